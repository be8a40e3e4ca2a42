//! Merges what an action brings into the document.

use crate::diagnostic::Pointer;
use crate::source::{Data, Value};

/// Merges `update` into the node at `at`, and collects the pointers of the nodes that it changed or added: members are merged
/// one by one, elements are appended, everything else is replaced. What comes from the overlay keeps its origin.
pub(super) fn merge(
    node: &mut Value,
    at: &mut Pointer,
    update: &Value,
    changed: &mut Vec<Pointer>,
) {
    if let (Data::Object(present), Data::Object(members)) = (node.data_mut(), update.data()) {
        for (key, value) in members {
            at.push(key);
            match present.get_mut(key) {
                Some(member) => merge(member, at, value, changed),
                None => {
                    present.insert(key.clone(), value.clone());
                    changed.push(at.clone());
                }
            }
            at.pop();
        }
    } else if let (Data::Array(elements), Data::Array(additions)) = (node.data_mut(), update.data())
    {
        for addition in additions {
            append(elements, at, addition, changed);
        }
    } else if node != update {
        *node = update.clone();
        changed.push(at.clone());
    }
}

/// Adds a copy of `value` to the list at `at`.
pub(super) fn append(
    elements: &mut Vec<Value>,
    at: &Pointer,
    value: &Value,
    changed: &mut Vec<Pointer>,
) {
    changed.push(at.index(elements.len()));
    elements.push(value.clone());
}
