//! What a check drops. Removals are collected while the tree is walked and carried out together at its end, so that
//! every pointer that is found on the way holds until then.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Pointer;
use crate::source::{Data, Document, Object, Value};

#[derive(Debug, Default)]
pub(super) struct Edits {
    removals: BTreeSet<Pointer>,
    emptied: BTreeSet<Pointer>,
}

impl Edits {
    /// Cuts a node out.
    pub(super) fn remove(&mut self, pointer: Pointer) {
        self.removals.insert(pointer);
    }

    /// Cuts out all that is in a node, where something needs the node itself.
    pub(super) fn empty(&mut self, pointer: Pointer) {
        self.emptied.insert(pointer);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.removals.is_empty() && self.emptied.is_empty()
    }

    /// A look-up of what is cut out.
    pub(super) fn removed(&self) -> Removed {
        let mut removed = Removed::default();
        for pointer in &self.removals {
            removed.add(pointer);
        }
        removed
    }

    pub(super) fn apply(&self, document: &mut Document) {
        let removed = self.removed();
        for pointer in &self.emptied {
            if let Some(node) = document.get(pointer) {
                let empty = Value::new(node.origin(), Data::Object(Object::default()));
                document.set(pointer, empty);
            }
        }
        removed.apply(document.value_mut());
    }
}

/// A set of nodes that are cut out, as a tree of their pointers' segments.
#[derive(Debug, Default)]
pub(super) struct Removed {
    is_removed: bool,
    children: BTreeMap<Segment, Removed>,
}

/// A segment, ordered so that the elements of a list come in their order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Index(usize),
    Key(String),
}

impl Segment {
    fn new(text: Cow<'_, str>) -> Self {
        match text.parse::<usize>() {
            Ok(index) if index.to_string() == *text => Self::Index(index),
            _ => Self::Key(text.into_owned()),
        }
    }

    fn key(&self) -> Cow<'_, str> {
        match self {
            Self::Index(index) => Cow::Owned(index.to_string()),
            Self::Key(key) => Cow::Borrowed(key),
        }
    }
}

impl Removed {
    pub(super) fn add(&mut self, pointer: &Pointer) {
        let mut node = self;
        for segment in pointer.segments() {
            node = node.children.entry(Segment::new(segment)).or_default();
        }
        node.is_removed = true;
    }

    /// Whether the node or one that contains it is cut out.
    pub(super) fn contains(&self, pointer: &Pointer) -> bool {
        let mut node = self;
        for segment in pointer.segments() {
            if node.is_removed {
                return true;
            }
            match node.children.get(&Segment::new(segment)) {
                Some(child) => node = child,
                None => return false,
            }
        }
        node.is_removed
    }

    /// Cuts out what is in a node. The members of an object, and the elements of a list, go at once.
    fn apply(&self, node: &mut Value) {
        let has_removed = self.children.values().any(|child| child.is_removed);
        match node.data_mut() {
            Data::Object(members) => {
                let mut is_emptied = false;
                for (segment, child) in self.children.iter().filter(|(_, child)| !child.is_removed)
                {
                    let key = segment.key();
                    if let Some(member) = members.get_mut(&*key) {
                        child.apply(member);
                        is_emptied |= is_empty_composition(&key, member);
                    }
                }
                if has_removed || is_emptied {
                    members.retain(|key, member| {
                        let child = self.children.get(&Segment::new(key.into()));
                        child.is_none_or(|child| {
                            !child.is_removed && !is_empty_composition(key, member)
                        })
                    });
                }
            }
            Data::Array(elements) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    if let Some(child) = self.children.get(&Segment::Index(index)) {
                        child.apply(element);
                    }
                }
                let mut index = 0;
                elements.retain(|_| {
                    let child = self.children.get(&Segment::Index(index));
                    index += 1;
                    child.is_none_or(|child| !child.is_removed)
                });
            }
            _ => {}
        }
    }
}

/// Whether a member is a list of schemas that has lost its last element, which would say that nothing is valid.
fn is_empty_composition(key: &str, member: &Value) -> bool {
    let is_composition = matches!(key, "allOf" | "oneOf" | "anyOf");
    is_composition && member.as_array().is_some_and(<[Value]>::is_empty)
}
