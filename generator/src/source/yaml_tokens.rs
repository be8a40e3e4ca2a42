//! Walks through YAML text by the same events that [`yaml`](super::yaml) reads.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use saphyr_parser::{Event, Parser};

use super::text::Mark;
use super::token::Token;
use super::yaml::mark_of;

/// Visits the tokens of the first document until the visitor breaks. An alias is the scalar that it represents, or an empty one.
pub(super) fn walk<'text>(
    text: &'text str,
    mut visit: impl FnMut(Token<'text>, Mark) -> ControlFlow<()>,
) {
    let mut anchors: BTreeMap<usize, Cow<'text, str>> = BTreeMap::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let token = match event {
            Event::Scalar(text, _, anchor, _) => {
                if anchor != 0 {
                    anchors.insert(anchor, text.clone());
                }
                Token::Scalar(text)
            }
            Event::Alias(anchor) => {
                Token::Scalar(anchors.get(&anchor).cloned().unwrap_or_default())
            }
            Event::MappingStart(..) => Token::Object,
            Event::SequenceStart(..) => Token::List,
            Event::MappingEnd | Event::SequenceEnd => Token::End,
            _ => continue,
        };
        if visit(token, mark_of(span)).is_break() {
            return;
        }
    }
}
