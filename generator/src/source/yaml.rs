//! Reads YAML text from a parser's events. [`yaml_tokens`](super::yaml_tokens) finds nodes by the same events, so that values and places always
//! agree.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::number::Number;
use super::text::Mark;
use super::value::{Data, MAX_DEPTH, MAX_KEY, Object, Value, insert_new};
use super::yaml_fault::{Fault, FaultKind};
use crate::diagnostic::Origin;

/// How many nodes aliases may add to a document. Real documents stay far below; a chain of aliases to aliases does not.
const MAX_ALIASED_NODES: usize = 1_000_000;

/// Reads the first document of a stream. The origins of its nodes have the number `file`. The faults that it could read past are in the list.
pub(super) fn parse(text: &str, file: u32) -> Result<(Value, Vec<Fault>), Fault> {
    let mut builder = Builder {
        file,
        ..Builder::default()
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            let mark = Mark::Position {
                line: marker.line(),
                column: marker.col() + 1,
            };
            Fault {
                kind: FaultKind::Syntax(error.info().to_owned()),
                mark,
            }
        })?;
        let mark = mark_of(span);
        if matches!(event, Event::DocumentStart(_)) && builder.root.is_some() {
            builder.faults.push(Fault {
                kind: FaultKind::SecondDocument,
                mark,
            });
            break;
        }
        builder.event(event, mark)?;
    }
    match builder.root {
        Some(built) if !built.value.is_null() => Ok((built.value, builder.faults)),
        _ => Err(Fault {
            kind: FaultKind::Empty,
            mark: Mark::Position { line: 1, column: 1 },
        }),
    }
}

pub(super) fn mark_of(span: Span) -> Mark {
    Mark::Position {
        line: span.start.line().max(1),
        column: span.start.col() + 1,
    }
}

/// A finished node, with what its copies cost.
#[derive(Debug, Clone)]
struct Built {
    value: Value,
    nodes: usize,
    height: usize,
}

/// A collection that is being read.
struct Frame {
    origin: Origin,
    anchor: usize,
    nodes: usize,
    height: usize,
    content: Content,
}

enum Content {
    Array(Vec<Value>),
    Object {
        members: Object,
        key: Option<Key>,
        merged: Vec<Object>,
    },
}

struct Key {
    name: String,
    mark: Mark,
    is_merge: bool,
}

#[derive(Default)]
struct Builder {
    file: u32,
    /// How many nodes have been read: values, and aliases in the place of values.
    read: u32,
    stack: Vec<Frame>,
    root: Option<Built>,
    anchors: BTreeMap<usize, Built>,
    aliased_nodes: usize,
    faults: Vec<Fault>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, mark: Mark) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.expects_key() {
                    self.key(exact(&text), style, anchor, mark);
                    return Ok(());
                }
                let value = Value::new(self.origin(), scalar(&text, style, tag.as_deref()));
                self.finish(
                    Built {
                        value,
                        nodes: 1,
                        height: 0,
                    },
                    anchor,
                    mark,
                )
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, Content::Array(Vec::new()), mark),
            Event::MappingStart(anchor, _) => {
                let content = Content::Object {
                    members: Object::default(),
                    key: None,
                    merged: Vec::new(),
                };
                self.open(anchor, content, mark)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(mark),
            Event::Alias(anchor) => self.alias(anchor, mark),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    /// The origin of the node that comes next.
    fn origin(&mut self) -> Origin {
        let origin = Origin::new(self.file, self.read);
        self.read += 1;
        origin
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Frame {
                content: Content::Object { key: None, .. },
                ..
            })
        )
    }

    fn key(&mut self, name: String, style: ScalarStyle, anchor: usize, mark: Mark) {
        if anchor != 0 {
            let value = Value::from(name.as_str());
            self.anchors.insert(
                anchor,
                Built {
                    value,
                    nodes: 1,
                    height: 0,
                },
            );
        }
        if let Some(Frame {
            content: Content::Object { key, .. },
            ..
        }) = self.stack.last_mut()
        {
            let is_merge = style == ScalarStyle::Plain && name == "<<";
            *key = Some(Key {
                name,
                mark,
                is_merge,
            });
        }
    }

    fn open(&mut self, anchor: usize, content: Content, mark: Mark) -> Result<(), Fault> {
        if self.expects_key() {
            return Err(Fault {
                kind: FaultKind::ComplexKey,
                mark,
            });
        }
        if self.stack.len() > MAX_DEPTH {
            return Err(Fault {
                kind: FaultKind::TooDeep,
                mark,
            });
        }
        let origin = self.origin();
        self.stack.push(Frame {
            origin,
            anchor,
            nodes: 1,
            height: 0,
            content,
        });
        Ok(())
    }

    fn close(&mut self, mark: Mark) -> Result<(), Fault> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        let data = match frame.content {
            Content::Array(mut elements) => {
                elements.shrink_to_fit();
                Data::Array(elements)
            }
            Content::Object {
                mut members,
                merged,
                ..
            } => {
                // What is merged yields to what the object has itself, and the later source to the earlier.
                for (key, value) in merged.into_iter().flatten() {
                    members.entry(key).or_insert(value);
                }
                members.shrink_to_fit();
                Data::Object(members)
            }
        };
        let built = Built {
            value: Value::new(frame.origin, data),
            nodes: frame.nodes,
            height: frame.height,
        };
        self.finish(built, frame.anchor, mark)
    }

    fn alias(&mut self, anchor: usize, mark: Mark) -> Result<(), Fault> {
        let Some(built) = self.anchors.get(&anchor) else {
            // The node that contains the alias is not finished yet.
            return Err(Fault {
                kind: FaultKind::AliasBomb,
                mark,
            });
        };
        self.aliased_nodes += built.nodes;
        if self.aliased_nodes > MAX_ALIASED_NODES {
            return Err(Fault {
                kind: FaultKind::AliasBomb,
                mark,
            });
        }
        if self.stack.len() + built.height > MAX_DEPTH {
            return Err(Fault {
                kind: FaultKind::TooDeep,
                mark,
            });
        }
        let built = built.clone();
        if self.expects_key() {
            let Data::String(name) = built.value.into_data() else {
                return Err(Fault {
                    kind: FaultKind::ComplexKey,
                    mark,
                });
            };
            self.key(name, ScalarStyle::DoubleQuoted, 0, mark);
            return Ok(());
        }
        self.read += 1;
        self.finish(built, 0, mark)
    }

    fn finish(&mut self, built: Built, anchor: usize, mark: Mark) -> Result<(), Fault> {
        if anchor != 0 {
            self.anchors.insert(anchor, built.clone());
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(built);
            return Ok(());
        };
        frame.nodes += built.nodes;
        frame.height = frame.height.max(built.height + 1);
        match &mut frame.content {
            Content::Array(elements) => elements.push(built.value),
            Content::Object {
                members,
                key,
                merged,
            } => {
                let Some(key) = key.take() else {
                    return Err(Fault {
                        kind: FaultKind::ComplexKey,
                        mark,
                    });
                };
                if key.is_merge {
                    let kind = FaultKind::BadMerge;
                    match objects(built.value) {
                        Some(objects) => merged.extend(objects),
                        None => self.faults.push(Fault {
                            kind,
                            mark: key.mark,
                        }),
                    }
                    return Ok(());
                }
                let inserted = match key.name.len() > MAX_KEY {
                    true => Err(key.name),
                    false => insert_new(members, key.name, built.value),
                };
                if let Err(name) = inserted {
                    self.faults.push(Fault {
                        kind: FaultKind::of_lost_key(name),
                        mark: key.mark,
                    });
                }
            }
        }
        Ok(())
    }
}

/// What a merge key brings in: an object or a list of objects.
fn objects(value: Value) -> Option<Vec<Object>> {
    match value.into_data() {
        Data::Object(object) => Some(vec![object]),
        Data::Array(elements) => elements
            .into_iter()
            .map(|element| match element.into_data() {
                Data::Object(object) => Some(object),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// Returns a copy that takes no more memory than it needs. The parser's texts have room for a hundred bytes more.
fn exact(text: &str) -> String {
    text.to_owned()
}

/// The value of a scalar after YAML 1.2's core schema.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Data {
    let core_tag = tag
        .filter(|tag| tag.is_yaml_core_schema())
        .map(|tag| tag.suffix.as_str());
    match core_tag {
        Some("str") => return Data::String(exact(text)),
        Some("int" | "float" | "bool" | "null") => {}
        _ if style != ScalarStyle::Plain || tag.is_some() => {
            return Data::String(exact(text));
        }
        _ => {}
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        other => match Number::parse(other) {
            Some(number) => Data::Number(number),
            None => Data::String(exact(text)),
        },
    }
}
