//! What OpenAPI 3.0 allows where, as tables: one [`Grammar`] for each object of the specification.

mod description;
mod operation;
mod schema;

pub(super) use description::{DOCUMENT, security_scheme};
pub(super) use schema::SCHEMA;

use std::borrow::Cow;

use crate::diagnostic::{Part, Pointer};
use crate::source::{Data, Object as Members};

/// The kinds of objects that are checked beyond what the tables say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Header,
    Encoding,
    MediaType,
    RequestBody,
    Responses,
    Response,
    Link,
    Schema,
    Discriminator,
    SecurityScheme,
    SecurityRequirement,
    Example,
    Other,
}

/// One object of the specification.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) object: Object,
    /// What it is called in messages, with an article.
    pub(super) name: &'static str,
    pub(super) members: &'static [Member],
    /// The members whose names the document chooses.
    pub(super) others: Option<Others>,
}

/// A member with a fixed name.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) presence: Presence,
}

/// Members whose names the document chooses.
#[derive(Debug)]
pub(super) struct Others {
    pub(super) accepts: fn(&str) -> bool,
    pub(super) shape: Shape,
    /// [`Presence::Required`] when the object means something else without the member.
    pub(super) presence: Presence,
}

/// What happens when a member is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Optional,
    /// The object means nothing without it.
    Required,
    /// Required, but something empty in its place says as much.
    Filled,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Any,
    String,
    Boolean,
    /// A whole number that is not negative.
    Size,
    List(&'static Shape),
    Map(&'static Shape),
    Object(&'static Grammar),
    /// The object or a `$ref` to one.
    Reference(&'static Grammar),
    /// `true`, `false` or a schema.
    BooleanOrSchema,
    /// Checked by the object's own rules.
    Special,
}

impl Shape {
    /// What it is called in messages, with an article.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Any | Self::Special => "a value",
            Self::String => "a string",
            Self::Boolean => "true or false",
            Self::Size => "a whole number that is not negative",
            Self::List(Self::String) => "a list of strings",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
            Self::Object(_) => "an object",
            Self::Reference(_) => "an object or a `$ref`",
            Self::BooleanOrSchema => "true, false or a schema",
        }
    }

    /// The least that has this shape.
    pub(super) fn empty(&self) -> Data {
        match self {
            Self::List(_) => Data::Array(Vec::new()),
            Self::Object(grammar) => {
                let filled = grammar
                    .members
                    .iter()
                    .filter(|member| member.presence == Presence::Filled);
                Data::Object(
                    filled
                        .map(|member| (member.name.to_owned(), member.shape.empty().into()))
                        .collect(),
                )
            }
            Self::Map(_) | Self::Reference(_) | Self::BooleanOrSchema => {
                Data::Object(Members::new())
            }
            Self::String | Self::Any | Self::Special => Data::String(String::new()),
            Self::Boolean => Data::Bool(false),
            Self::Size => Data::Number(0_u64.into()),
        }
    }

    /// The shape of one member or element.
    fn child(&self, segment: &str) -> Option<Shape> {
        match self {
            Self::List(shape) | Self::Map(shape) => Some(**shape),
            Self::Object(grammar) | Self::Reference(grammar) => grammar.child(segment),
            Self::BooleanOrSchema => SCHEMA.child(segment),
            _ => None,
        }
    }
}

impl Grammar {
    pub(super) fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }

    fn child(&self, segment: &str) -> Option<Shape> {
        if let Some(member) = self.member(segment) {
            return Some(member.shape);
        }
        let others = self
            .others
            .as_ref()
            .filter(|others| (others.accepts)(segment))?;
        Some(others.shape)
    }
}

/// The kind of object that stands at a pointer of a document, or `None` where the specification knows none.
pub(super) fn grammar_at(pointer: &Pointer) -> Option<&'static Grammar> {
    grammar_below(&DOCUMENT, pointer.segments())
}

/// The kind of object that stands below one of a known kind.
pub(super) fn grammar_below<'a>(
    grammar: &'static Grammar,
    segments: impl Iterator<Item = Cow<'a, str>>,
) -> Option<&'static Grammar> {
    match shape_below(grammar, segments)? {
        Shape::Object(grammar) | Shape::Reference(grammar) => Some(grammar),
        Shape::BooleanOrSchema => Some(&SCHEMA),
        _ => None,
    }
}

/// What is lost of a document with the node at a pointer.
pub(super) fn part_at(pointer: &Pointer) -> Option<Part> {
    let parent = pointer.parent()?;
    match grammar_at(&parent).map(|grammar| grammar.object) {
        Some(Object::Paths) => return Some(Part::PathItem),
        Some(Object::Responses) => return Some(Part::Response),
        _ => {}
    }
    match grammar_at(pointer).map(|grammar| grammar.object) {
        Some(Object::Response) => Some(Part::Response),
        Some(Object::Schema) if parent.last().as_deref() == Some("properties") => {
            let owner = grammar_at(&parent.parent()?)?;
            (owner.object == Object::Schema).then_some(Part::Property)
        }
        _ => None,
    }
}

/// Whether the specification describes what stands at a pointer of a document.
pub(super) fn is_described(pointer: &Pointer) -> bool {
    !matches!(
        shape_below(&DOCUMENT, pointer.segments()),
        None | Some(Shape::Any)
    )
}

fn shape_below<'a>(
    grammar: &'static Grammar,
    mut segments: impl Iterator<Item = Cow<'a, str>>,
) -> Option<Shape> {
    segments.try_fold(Shape::Object(grammar), |shape, segment| {
        shape.child(&segment)
    })
}

const fn optional(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        presence: Presence::Optional,
    }
}

const fn required(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        presence: Presence::Required,
    }
}

const fn filled(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        shape,
        presence: Presence::Filled,
    }
}

fn any_name(_name: &str) -> bool {
    true
}
