//! Walks through JSON text that has been read once, so that nothing in it can be invalid.

use std::ops::ControlFlow;

use super::json::{scalar_length, string_length, unquote};
use super::text::Mark;
use super::token::Token;

/// Visits the tokens of a text until the visitor breaks.
pub(super) fn walk<'text>(
    text: &'text str,
    mut visit: impl FnMut(Token<'text>, Mark) -> ControlFlow<()>,
) {
    let mut offset = 0;
    while let Some(rest) = text.get(offset..).filter(|rest| !rest.is_empty()) {
        let (length, token) = match rest.as_bytes().first() {
            Some(b'{') => (1, Some(Token::Object)),
            Some(b'[') => (1, Some(Token::List)),
            Some(b'}' | b']') => (1, Some(Token::End)),
            Some(b',' | b':' | b' ' | b'\t' | b'\n' | b'\r') => (1, None),
            Some(b'"') => {
                let length = string_length(rest);
                let raw = rest.get(..length).unwrap_or_default();
                (
                    length,
                    Some(Token::Scalar(unquote(raw).unwrap_or_default())),
                )
            }
            _ => {
                let length = scalar_length(rest);
                let raw = rest.get(..length).unwrap_or_default();
                (length, Some(Token::Scalar(raw.into())))
            }
        };
        if let Some(token) = token
            && visit(token, Mark::Offset(offset)).is_break()
        {
            return;
        }
        offset += length.max(1);
    }
}
