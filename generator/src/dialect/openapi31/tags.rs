//! Tags of OpenAPI 3.2: which of an operation's tags is its group.

use std::collections::BTreeSet;

use super::walk;
use crate::diagnostic::Pointer;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Document, Value};

/// Puts the tags by which an operation is found before those that mark it.
pub(super) fn sort(document: &mut Document) {
    let mut marks = BTreeSet::new();
    let tags = document.get(&Pointer::root().key("tags"));
    let tags = tags.and_then(Value::as_array).unwrap_or_default();
    for tag in tags {
        let text = |key: &str| tag.get(key).and_then(Value::as_str);
        let Some(name) = text("name") else { continue };
        if text("kind").is_some_and(|kind| kind != "nav") {
            marks.insert(name.to_owned());
        }
    }
    if !marks.is_empty() {
        walk::walk(document.value_mut(), OpenApi::SHAPE, &mut Sorter { marks });
    }
}

struct Sorter {
    /// The tags that mark operations: badges, audiences.
    marks: BTreeSet<String>,
}

impl walk::Visitor for Sorter {
    fn enter(&mut self, value: &mut Value, kind: Kind, _pointer: &Pointer) {
        let tags = value.as_object_mut().filter(|_| kind == Kind::Operation);
        let tags = tags.and_then(|members| members.get_mut("tags"));
        if let Some(tags) = tags.and_then(Value::as_array_mut) {
            tags.sort_by_key(|tag| tag.as_str().is_some_and(|tag| self.marks.contains(tag)));
        }
    }
}
