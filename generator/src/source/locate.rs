//! Finds where nodes were written, by walking through their file and counting as its reader did.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::text::{Format, Mark, SourceText};
use super::token::Token;
use super::{json_tokens, yaml_tokens};
use crate::diagnostic::{NodeLocation, Pointer};

/// Returns the places of nodes, given by their numbers: that of the key for the member of an object, that of the value otherwise.
pub(super) fn locate(file: &SourceText, nodes: &[u32]) -> Vec<Option<NodeLocation>> {
    let mut wanted = nodes.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut search = Search {
        wanted: &wanted,
        found: Vec::with_capacity(wanted.len()),
        read: 0,
        open: Vec::new(),
    };
    if !wanted.is_empty() {
        match file.format {
            Format::Json => {
                json_tokens::walk(file.read_text(), |token, mark| search.token(token, mark));
            }
            Format::Yaml => {
                yaml_tokens::walk(file.read_text(), |token, mark| search.token(token, mark));
            }
        }
    }
    let marks: Vec<Option<Mark>> = search.found.iter().map(|(mark, _)| Some(*mark)).collect();
    let places = file.places(&marks);
    let written: Vec<Option<NodeLocation>> = places
        .into_iter()
        .zip(search.found)
        .map(|(place, (_, pointer))| {
            let (location, source_line) = place?;
            Some(NodeLocation {
                location,
                source_line,
                pointer,
            })
        })
        .collect();
    nodes
        .iter()
        .map(|node| {
            let found = wanted.binary_search(node).ok()?;
            written.get(found).cloned().flatten()
        })
        .collect()
}

/// A walk that looks for nodes by their numbers.
struct Search<'text, 'wanted> {
    /// The numbers of the nodes, in ascending order.
    wanted: &'wanted [u32],
    /// The nodes that were found, in the same order.
    found: Vec<(Mark, Pointer)>,
    /// How many nodes have been read.
    read: u32,
    open: Vec<Open<'text>>,
}

/// An object or list whose end has not come yet.
enum Open<'text> {
    Object {
        key: Cow<'text, str>,
        mark: Mark,
        expects_key: bool,
    },
    List {
        length: usize,
    },
}

impl<'text> Search<'text, '_> {
    fn token(&mut self, token: Token<'text>, mark: Mark) -> ControlFlow<()> {
        let opened = match token {
            Token::End => {
                self.open.pop();
                return self.next(self.open.is_empty());
            }
            Token::Scalar(text) => {
                if let Some(Open::Object {
                    key,
                    mark: at,
                    expects_key: expects_key @ true,
                }) = self.open.last_mut()
                {
                    (*key, *at, *expects_key) = (text, mark, false);
                    return ControlFlow::Continue(());
                }
                None
            }
            Token::Object => Some(Open::Object {
                key: Cow::Borrowed(""),
                mark,
                expects_key: true,
            }),
            Token::List => Some(Open::List { length: 0 }),
        };
        self.node(mark);
        let is_whole = opened.is_none() && self.open.is_empty();
        self.open.extend(opened);
        self.next(is_whole)
    }

    fn node(&mut self, mark: Mark) {
        let mark = match self.open.last_mut() {
            Some(Open::Object {
                mark, expects_key, ..
            }) => {
                *expects_key = true;
                *mark
            }
            Some(Open::List { length }) => {
                *length += 1;
                mark
            }
            None => mark,
        };
        if self.wanted.get(self.found.len()) == Some(&self.read) {
            self.found.push((mark, self.pointer()));
        }
        self.read += 1;
    }

    fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        for open in &self.open {
            match open {
                Open::Object { key, .. } => pointer.push(key),
                Open::List { length } => pointer.push_index(length.saturating_sub(1)),
            }
        }
        pointer
    }

    /// Stops at the end of the document, and when all nodes are found.
    fn next(&self, is_whole: bool) -> ControlFlow<()> {
        if is_whole || self.found.len() == self.wanted.len() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
