//! Where a space belongs between two tokens of a line.

use proc_macro2::Delimiter;

use super::token::Token;

/// Words that end no value: a group or a path after them begins something.
const KEYWORDS: &[&str] = &[
    "as", "dyn", "else", "for", "if", "in", "let", "match", "mut", "return", "where",
];

/// Further words after which a path may begin.
const PATH_KEYWORDS: &[&str] = &["const", "impl", "pub"];

/// Returns the space between a token and the one before it.
pub(super) fn between(before: Option<&Token>, token: &Token) -> &'static str {
    match before {
        Some(before) if is_apart(before, token) => " ",
        _ => "",
    }
}

/// Returns whether a `::` after this word continues a path.
pub(in crate::emit) fn is_segment(token: &Token) -> bool {
    matches!(token, Token::Word(word)
        if !KEYWORDS.contains(&word.as_str()) && !PATH_KEYWORDS.contains(&word.as_str()))
}

fn is_apart(before: &Token, token: &Token) -> bool {
    match (before, token) {
        (_, Token::Sign("," | ";" | ":" | "." | "?" | ">")) => false,
        (_, Token::Sign("::")) if is_segment(before) || before.is_sign(">") => false,
        (Token::Sign("!"), Token::Group(Delimiter::Brace, _)) => true,
        (Token::Sign("::" | "." | "&" | "*" | ".." | "!" | "<" | "-"), _) => false,
        (
            _,
            Token::Sign("!" | "<") | Token::Group(Delimiter::Parenthesis | Delimiter::Bracket, _),
        ) => !ends_value(before),
        _ => true,
    }
}

fn ends_value(token: &Token) -> bool {
    match token {
        Token::Word(word) => !KEYWORDS.contains(&word.as_str()),
        Token::Group(..) => true,
        other => other.is_sign(">"),
    }
}
