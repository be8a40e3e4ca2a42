//! The tokens of an item as a tree that is cheap to search, to change and to print.

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};

/// A token, with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::emit) enum Token {
    /// A name, a keyword, a lifetime or a literal.
    Word(String),
    /// A sign, or several that belong together: `::`, `->`, `=>`, `..`.
    Sign(&'static str),
    /// Tokens between delimiters.
    Group(Delimiter, Vec<Token>),
    /// A line of documentation.
    Doc(String),
    /// What is in `#[…]`.
    Attribute(Vec<Token>),
}

/// Every sign of Rust, those that are found often first.
const SIGNS: &str = ":,.#=<>&;'-?!*|+/$@%^~";

/// The signs of two characters that are one.
const PAIRS: [&str; 4] = ["::", "->", "=>", ".."];

impl Token {
    pub(in crate::emit) fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(own) if *own == sign)
    }

    pub(in crate::emit) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

/// Returns the tokens of a stream.
pub(in crate::emit) fn tree(stream: TokenStream) -> Vec<Token> {
    let mut tokens = Vec::new();
    push_all(stream, &mut tokens);
    tokens
}

fn push_all(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut is_joint = false;
    let stream = stream.into_iter();
    tokens.reserve(stream.size_hint().0);
    for token in stream {
        let continues = is_joint;
        is_joint = false;
        match token {
            TokenTree::Ident(name) => push_word(name.to_string(), tokens),
            TokenTree::Literal(literal) => tokens.push(Token::Word(literal.to_string())),
            TokenTree::Punct(punct) => {
                is_joint = punct.spacing() == Spacing::Joint;
                push_sign(sign(punct.as_char()), continues, tokens);
            }
            TokenTree::Group(group) => {
                let delimiter = group.delimiter();
                let stream = group.stream();
                // Its tokens can only be moved out of the stream while nothing else holds them.
                drop(group);
                push_group(delimiter, stream, tokens);
            }
        }
    }
}

fn push_word(word: String, tokens: &mut Vec<Token>) {
    match tokens.last_mut() {
        Some(last) if last.is_sign("'") => *last = Token::Word(format!("'{word}")),
        _ => tokens.push(Token::Word(word)),
    }
}

fn sign(character: char) -> &'static str {
    let at = SIGNS.bytes().position(|sign| char::from(sign) == character);
    at.and_then(|at| SIGNS.get(at..=at)).unwrap_or_default()
}

fn push_sign(sign: &'static str, continues: bool, tokens: &mut Vec<Token>) {
    if continues && let Some(Token::Sign(last)) = tokens.last_mut() {
        let pair = PAIRS
            .iter()
            .find(|pair| pair.strip_prefix(*last) == Some(sign));
        if let Some(pair) = pair {
            *last = pair;
            return;
        }
    }
    tokens.push(Token::Sign(sign));
}

fn push_group(delimiter: Delimiter, stream: TokenStream, tokens: &mut Vec<Token>) {
    match delimiter {
        Delimiter::None => push_all(stream, tokens),
        Delimiter::Bracket if tokens.last().is_some_and(|last| last.is_sign("#")) => {
            tokens.pop();
            let inner = tree(stream);
            match documentation(&inner) {
                Some(text) => {
                    tokens.extend(text.split('\n').map(|line| Token::Doc(line.to_owned())));
                }
                None => tokens.push(Token::Attribute(inner)),
            }
        }
        _ => tokens.push(Token::Group(delimiter, tree(stream))),
    }
}

/// Returns the text of `doc = "text"`, where its lines can be written after `///`.
fn documentation(attribute: &[Token]) -> Option<String> {
    let [name, equals, Token::Word(literal)] = attribute else {
        return None;
    };
    if !name.is_word("doc") || !equals.is_sign("=") {
        return None;
    }
    let has_return = |text: &str| text.bytes().any(|byte| byte == b'\r');
    let has_slash = |text: &str| text.starts_with('/') || text.contains("\n/");
    unescaped(literal).filter(|text| !has_return(text) && !has_slash(text))
}

/// Returns the text of a literal, with or without escapes.
fn unescaped(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_matches('#');
        return Some(raw.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (character, after) = escaped(escape)?;
        text.push(character);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// Returns the character that follows a backslash, and the text after it.
fn escaped(escape: &str) -> Option<(char, &str)> {
    let mut characters = escape.chars();
    let character = match characters.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'x' => {
            let (code, rest) = characters.as_str().split_at_checked(2)?;
            return Some((u8::from_str_radix(code, 16).ok()?.into(), rest));
        }
        'u' => {
            let (code, rest) = characters.as_str().strip_prefix('{')?.split_once('}')?;
            let code = u32::from_str_radix(code, 16).ok()?;
            return Some((char::from_u32(code)?, rest));
        }
        other => other,
    };
    Some((character, characters.as_str()))
}

/// Returns a text as a literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}
