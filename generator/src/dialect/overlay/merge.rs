//! Merges what an action brings into the document.

use crate::diagnostic::Pointer;
use crate::source::{Data, Document, Value};

/// Merges `update` into the node at `target`, and collects the pointers of the nodes that it changed or added: members are merged
/// one by one, elements are appended, everything else is replaced. What comes from the overlay keeps its origin.
pub(super) fn merge(
    document: &mut Document,
    target: &Pointer,
    update: &Value,
    changed: &mut Vec<Pointer>,
) {
    let present = document.get(target);
    match (present.map(Value::data), update.data()) {
        (Some(Data::Object(_)), Data::Object(members)) => {
            for (key, value) in members {
                merge(document, &target.key(key), value, changed);
            }
        }
        (Some(Data::Array(elements)), Data::Array(additions)) => {
            let length = elements.len();
            for (position, addition) in additions.iter().enumerate() {
                put(
                    document,
                    &target.index(length + position),
                    addition,
                    changed,
                );
            }
        }
        (Some(present), addition) if present == addition => {}
        _ => put(document, target, update, changed),
    }
}

/// Puts a copy of `value` at `target`.
pub(super) fn put(
    document: &mut Document,
    target: &Pointer,
    value: &Value,
    changed: &mut Vec<Pointer>,
) {
    if document.set(target, value.clone()) {
        changed.push(target.clone());
    }
}
