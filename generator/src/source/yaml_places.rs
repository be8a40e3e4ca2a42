//! Finds nodes in YAML text from a parser's events, without building a tree.

use std::ptr;

use saphyr_parser::{Event, Parser};

use super::text::{Mark, Wanted};
use super::yaml::mark_of;

/// The places of the wanted nodes. What stands behind an alias or a merge key has the place of the node that uses it.
pub(super) fn locate(text: &str, wanted: &Wanted, found: &mut [Option<Mark>]) {
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let opens_object = match event {
            Event::MappingStart(..) => Some(true),
            Event::SequenceStart(..) => Some(false),
            Event::Scalar(..) | Event::Alias(_) => None,
            Event::MappingEnd | Event::SequenceEnd => {
                stack.pop();
                if stack.is_empty() {
                    return;
                }
                continue;
            }
            _ => continue,
        };
        let step = match stack.last_mut() {
            None => Step::Node {
                wanted: Some(wanted),
                is_here: true,
            },
            Some(open) if open.is_object => open.member(&event),
            Some(open) => open.element(),
        };
        let node = match step {
            Step::Key(wanted) => {
                wanted
                    .into_iter()
                    .for_each(|wanted| wanted.found(mark_of(span), found));
                continue;
            }
            Step::Node { wanted, is_here } => {
                let placed = wanted.filter(|_| is_here);
                placed
                    .into_iter()
                    .for_each(|wanted| wanted.found(mark_of(span), found));
                wanted
            }
        };
        match opens_object {
            Some(is_object) => stack.push(Open::new(node, is_object)),
            None if stack.is_empty() => return,
            None => {}
        }
    }
}

/// What an event is to the collection that it stands in.
enum Step<'wanted> {
    /// A key, and what is wanted of its value.
    Key(Option<&'wanted Wanted>),
    /// A value. Its place counts unless it has a key, whose place counts instead.
    Node {
        wanted: Option<&'wanted Wanted>,
        is_here: bool,
    },
}

/// A collection whose end has not come yet, with what is wanted in it.
struct Open<'wanted> {
    wanted: Option<&'wanted Wanted>,
    is_object: bool,
    /// What is wanted of the value that comes next, when a key has been read.
    value: Option<Option<&'wanted Wanted>>,
    elements: usize,
    /// The members that were found, since of two equal keys the first one counts.
    seen: Vec<&'wanted Wanted>,
}

impl<'wanted> Open<'wanted> {
    fn new(wanted: Option<&'wanted Wanted>, is_object: bool) -> Self {
        Self {
            wanted,
            is_object,
            value: None,
            elements: 0,
            seen: Vec::new(),
        }
    }

    fn member(&mut self, event: &Event<'_>) -> Step<'wanted> {
        if let Some(wanted) = self.value.take() {
            return Step::Node {
                wanted,
                is_here: false,
            };
        }
        let child = match event {
            Event::Scalar(key, ..) => self.wanted.and_then(|wanted| wanted.child(key)),
            _ => None,
        };
        let child = child.filter(|child| !self.seen.iter().any(|seen| ptr::eq(*seen, *child)));
        self.seen.extend(child);
        self.value = Some(child);
        Step::Key(child)
    }

    fn element(&mut self) -> Step<'wanted> {
        let index = self.elements;
        self.elements += 1;
        let wanted = self
            .wanted
            .and_then(|wanted| wanted.child(&index.to_string()));
        Step::Node {
            wanted,
            is_here: true,
        }
    }
}
