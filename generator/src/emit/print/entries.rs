//! The entries of a group: items, statements, members, arguments.

use proc_macro2::Delimiter;

use super::token::Token;

/// What a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Items, with an empty line between them.
    Items,
    /// Statements and an expression.
    Statements,
    /// The members of a definition or the arms of a match, each with a comma and a line of its own.
    Members,
    /// The values of a literal or a call, each with a comma.
    List,
    /// The names of a declaration, with as many on a line as fit.
    Names,
}

/// Words that may be before an item's own.
const MODIFIERS: [&str; 2] = ["pub", "const"];

impl Kind {
    /// Returns the kind of the group after these tokens.
    pub(super) fn of(head: &[Token], delimiter: Delimiter) -> Self {
        if delimiter != Delimiter::Brace {
            return Self::List;
        }
        match keyword(head) {
            Some("impl") => Self::Items,
            Some("fn" | "mod" | "if") => Self::Statements,
            Some("struct" | "enum" | "match") => Self::Members,
            Some("use") => Self::Names,
            _ => match head.last() {
                None | Some(Token::Sign("=" | "=>")) => Self::Statements,
                Some(_) => Self::List,
            },
        }
    }

    /// Returns the token that ends an entry.
    pub(super) fn separator(self, entry: &Entry<'_>) -> &'static str {
        match entry.tokens {
            [.., arrow, Token::Group(Delimiter::Brace, _)] if arrow.is_sign("=>") => "",
            [first, ..] if first.is_sign("..") => "",
            _ => entry.separator.unwrap_or(match self {
                Self::Items | Self::Statements => "",
                Self::Members | Self::List | Self::Names => ",",
            }),
        }
    }
}

/// Returns the keyword of an item or a statement.
fn keyword(tokens: &[Token]) -> Option<&str> {
    let (first, rest) = tokens.split_first()?;
    match first {
        Token::Group(Delimiter::Parenthesis, _) => keyword(rest),
        Token::Word(word) if MODIFIERS.contains(&word.as_str()) => keyword(rest),
        Token::Word(word) => Some(word),
        _ => None,
    }
}

/// An entry of a group.
pub(super) struct Entry<'a> {
    /// Its documentation and attributes.
    pub(super) attributes: &'a [Token],
    /// Its other tokens.
    pub(super) tokens: &'a [Token],
    /// The sign that ends it.
    separator: Option<&'static str>,
}

impl Entry<'_> {
    /// Returns whether the entry ends with a group that is never on one line.
    pub(super) fn ends_with_brace(&self) -> bool {
        match self.tokens.last() {
            Some(Token::Group(Delimiter::Brace, _)) => true,
            Some(Token::Group(_, inner)) => {
                let mut inner = entries(inner);
                inner.next().is_some_and(|only| only.ends_with_brace()) && inner.next().is_none()
            }
            _ => false,
        }
    }
}

/// Returns the entries of a group.
pub(super) fn entries(tokens: &[Token]) -> impl Iterator<Item = Entry<'_>> {
    let mut rest = tokens;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_attribute = |token: &&Token| matches!(token, Token::Doc(_) | Token::Attribute(_));
        let (attributes, after) = rest.split_at(rest.iter().take_while(is_attribute).count());
        let (length, separator) = extent(after);
        let (tokens, after) = after.split_at(length);
        rest = match separator {
            Some(_) => after.get(1..).unwrap_or_default(),
            None => after,
        };
        Some(Entry {
            attributes,
            tokens,
            separator,
        })
    })
}

/// Returns the length of the first entry, and the sign after it. A `<` is never a comparison.
fn extent(tokens: &[Token]) -> (usize, Option<&'static str>) {
    let has_body = matches!(
        keyword(tokens),
        Some("impl" | "fn" | "mod" | "struct" | "enum" | "match" | "if")
    );
    let mut depth: usize = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign("<") => depth += 1,
            Token::Sign(">") => depth = depth.saturating_sub(1),
            Token::Sign(separator @ ("," | ";")) if depth == 0 => return (at, Some(separator)),
            Token::Group(Delimiter::Brace, _) if has_body => return (at + 1, None),
            _ => {}
        }
    }
    (tokens.len(), None)
}
