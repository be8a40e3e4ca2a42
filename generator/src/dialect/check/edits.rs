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
                let empty = Value::new(node.origin(), Data::Object(Object::new()));
                document.set(pointer, empty);
            }
        }
        removed.apply(&mut Pointer::root(), document);
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

    /// Cuts from the last node to the first, so that the indexes of those still to come hold.
    fn apply(&self, pointer: &mut Pointer, document: &mut Document) {
        if self.is_removed {
            document.remove(pointer);
            return;
        }
        for (segment, child) in self.children.iter().rev() {
            match segment {
                Segment::Index(index) => pointer.push_index(*index),
                Segment::Key(key) => pointer.push(key),
            }
            child.apply(pointer, document);
            pointer.pop();
        }
        drop_empty_composition(pointer, document);
    }
}

/// A list of schemas that lost its last element would say that nothing is valid.
fn drop_empty_composition(list: &Pointer, document: &mut Document) {
    let is_composition = matches!(list.last().as_deref(), Some("allOf" | "oneOf" | "anyOf"));
    if is_composition
        && document
            .get(list)
            .and_then(Value::as_array)
            .is_some_and(<[Value]>::is_empty)
    {
        document.remove(list);
    }
}
