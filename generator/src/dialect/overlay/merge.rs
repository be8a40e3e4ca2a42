//! Merges what an action brings into the document.

use crate::diagnostic::Pointer;
use crate::source::{Data, Document, Value};

/// Where the part that is being merged stands in the overlay.
pub(super) struct Origin<'overlay> {
    pub(super) overlay: &'overlay Document,
    pub(super) pointer: Pointer,
}

/// Merges `update` into the node at `target`, and collects the pointers of the nodes that it changed or added: members are merged
/// one by one, elements are appended, everything else is replaced.
pub(super) fn merge(
    document: &mut Document,
    target: &Pointer,
    update: &Value,
    origin: &Origin<'_>,
    changed: &mut Vec<Pointer>,
) {
    let present = document.get(target);
    match (present.map(Value::data), update.data()) {
        (Some(Data::Object(_)), Data::Object(members)) => {
            for (key, value) in members {
                let pointer = origin.pointer.key(key);
                merge(
                    document,
                    &target.key(key),
                    value,
                    &Origin {
                        overlay: origin.overlay,
                        pointer,
                    },
                    changed,
                );
            }
        }
        (Some(Data::Array(elements)), Data::Array(additions)) => {
            let length = elements.len();
            for (position, addition) in additions.iter().enumerate() {
                let from = origin.pointer.index(position);
                put(
                    document,
                    &target.index(length + position),
                    addition,
                    origin.overlay,
                    &from,
                    changed,
                );
            }
        }
        (Some(present), addition) if present == addition => {}
        _ => put(
            document,
            target,
            update,
            origin.overlay,
            &origin.pointer,
            changed,
        ),
    }
}

/// Puts a copy of `value` at `target` and remembers where it was written.
pub(super) fn put(
    document: &mut Document,
    target: &Pointer,
    value: &Value,
    overlay: &Document,
    from: &Pointer,
    changed: &mut Vec<Pointer>,
) {
    if document.set_from(target, value.clone(), overlay, from) {
        changed.push(target.clone());
    }
}
