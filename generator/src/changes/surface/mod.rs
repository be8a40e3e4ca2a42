//! The public API of a client, made from the model in one place: what users can name, and what it sends and reads.

mod client;
mod operation;
mod signature;
mod types;

use crate::diagnostic::{Locate, Location, Origin, Pointer};
use crate::model::{Api, Docs};
use crate::source::Document;

/// The fact how a member is read and written.
pub(super) const PRESENCE: &str = "presence";
/// The presence of a member that is never left out and may be null.
pub(super) const NULLABLE: &str = "always written, null for none";
/// The fact which member names the variant of an enum of types.
pub(super) const TAG: &str = "member that names the variant";
/// The order of the variants of an enum of types without such a member.
pub(super) const ORDER_OF_VARIANTS: &str = "order in which variants are tried";
/// The signature of a struct.
pub(super) const STRUCT: &str = "struct";
/// The signature of an enum of integers.
pub(super) const ENUM_OF_INTEGERS: &str = "enum of integers";
/// The signature of an enum of strings.
pub(super) const ENUM_OF_STRINGS: &str = "enum of strings";
/// The signature of an enum of types.
pub(super) const ENUM_OF_TYPES: &str = "enum of types";
/// The key of the variant for all values that no other variant has.
pub(super) const UNLISTED: &str = "all other values";

/// The public API of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// The crate's items, the groups with their operations, the types.
    pub items: Vec<Item>,
}

/// Something that users can name, or that is sent or read for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// How users reach it.
    pub path: String,
    /// Its own name in Rust.
    pub name: String,
    /// What it is in the document: method and path, the name of a schema or a member, a value.
    pub key: String,
    /// Its type or signature; of an implementation the feature that it needs. Types of the crate begin with `types::`.
    pub signature: String,
    /// Whether callers must pass it, to the operation or to `new`.
    pub is_argument: bool,
    /// Whether the document discourages its use.
    pub deprecated: bool,
    /// What no signature shows.
    pub facts: Vec<Fact>,
    /// JSON pointer in the document as lowering read it.
    pub pointer: Pointer,
    /// Where that was written.
    pub location: Option<Location>,
    /// What belongs to it.
    pub children: Vec<Item>,
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The API as a whole.
    Api,
    /// A name of the crate's root or of one of its modules that only some clients have.
    Export,
    /// A constructor of `Auth`.
    Credential,
    /// An accessor of the client.
    Group,
    /// The struct that an accessor returns, or the builder of an operation.
    Struct,
    /// A method of a group.
    Operation,
    /// A parameter, the body, or a member of it: an argument or a setter.
    Input,
    /// A method of a builder that only some operations have.
    Method,
    /// What a call returns.
    Output,
    /// A documented error response.
    Error,
    /// A type of the module `types`.
    Type,
    /// The function `new` of a type.
    Constructor,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// An implementation of a trait that only some types have.
    Implementation,
}

impl Kind {
    /// Returns the noun for the kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Export => "export",
            Self::Credential => "credential",
            Self::Group => "group",
            Self::Struct => "struct",
            Self::Operation => "operation",
            Self::Input => "input",
            Self::Method => "method",
            Self::Output => "output",
            Self::Error => "error",
            Self::Type => "type",
            Self::Constructor => "constructor",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Implementation => "implementation",
        }
    }
}

/// Something about an item that no signature shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub side: Side,
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

/// Returns whether the signature of a type is one that it is another name for.
pub(super) fn is_alias(signature: &str) -> bool {
    ![STRUCT, ENUM_OF_STRINGS, ENUM_OF_INTEGERS, ENUM_OF_TYPES].contains(&signature)
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Requests and responses.
    Http,
    /// The documentation.
    Documentation,
}

impl Surface {
    /// Lists the public API of a client in a crate of this name.
    #[must_use]
    pub fn of(api: &Api, krate: &str) -> Self {
        let mut items = client::items(api);
        items.extend(api.groups.iter().map(|group| operation::group(api, group)));
        items.extend(types::items(api, krate));
        Self { items }
    }

    /// Looks up where the items were written.
    pub(crate) fn locate(&mut self, document: &Document, overlays: &[Document]) {
        let mut items = Vec::new();
        self.items
            .iter_mut()
            .for_each(|item| collect(item, &mut items));
        let origins: Vec<Option<Origin>> = items
            .iter()
            .map(|item| {
                let pointer = Some(item.pointer).filter(|pointer| !pointer.is_root())?;
                Some(document.place(pointer).origin)
            })
            .collect();
        for written in std::iter::once(document).chain(overlays) {
            let (slots, origins): (Vec<usize>, Vec<Origin>) = origins
                .iter()
                .enumerate()
                .filter_map(|(slot, origin)| Some((slot, (*origin)?)))
                .unzip();
            for (slot, place) in slots.into_iter().zip(written.locate_all(&origins)) {
                if let (Some(item), Some(place)) = (items.get_mut(slot), place) {
                    *item.location = Some(place.location);
                }
            }
        }
    }
}

/// Where an item is, in the model and in the file.
struct Located<'a> {
    pointer: &'a Pointer,
    location: &'a mut Option<Location>,
}

fn collect<'a>(item: &'a mut Item, all: &mut Vec<Located<'a>>) {
    all.push(Located {
        pointer: &item.pointer,
        location: &mut item.location,
    });
    item.children.iter_mut().for_each(|item| collect(item, all));
}

impl Item {
    /// Creates an item that is not deprecated.
    fn new(kind: Kind, path: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            kind,
            path: path.into(),
            name: name.into(),
            key: String::new(),
            signature: String::new(),
            is_argument: false,
            deprecated: false,
            facts: Vec::new(),
            pointer: Pointer::root(),
            location: None,
            children: Vec::new(),
        }
    }

    /// Returns the value of a fact.
    pub(super) fn fact(&self, name: &str) -> Option<&str> {
        let fact = self.facts.iter().find(|fact| fact.name == name);
        fact.map(|fact| fact.value.as_str())
    }

    /// Adds a fact about requests and responses. What is empty is not there.
    fn http(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.add(Side::Http, name, value.into());
        self
    }

    /// Adds the document's words.
    fn documented(mut self, docs: &Docs) -> Self {
        let link = docs.link.as_deref().unwrap_or_default();
        let words = format!("{} {link}", docs.text());
        self.add(
            Side::Documentation,
            "documentation",
            words.trim().to_owned(),
        );
        self
    }

    fn add(&mut self, side: Side, name: &'static str, value: String) {
        if !value.is_empty() {
            self.facts.push(Fact { side, name, value });
        }
    }
}
