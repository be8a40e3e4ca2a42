//! Path items that are written elsewhere and used by a `$ref`, which may have siblings.

use super::Members;
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::source::{Data, Document, Value, reference_target};

/// How many `$ref`s of path items may follow one another.
const MAX_HOPS: usize = 16;

/// Puts each referenced path item where it is used. What is written beside the `$ref` is stronger.
pub(in crate::dialect) fn inline(document: &mut Document) {
    let mut inlined: Vec<(Pointer, Value)> = Vec::new();
    for section in ["paths", "webhooks"] {
        let pointer = Pointer::root().key(section);
        let items = document.get(&pointer).and_then(Value::as_object);
        for (path, item) in items.into_iter().flatten() {
            if item.get("$ref").is_some()
                && let Some(whole) = whole(document.value(), item)
            {
                inlined.push((pointer.key(path), whole));
            }
        }
    }
    for (pointer, item) in inlined {
        document.set(&pointer, item);
    }
}

fn whole(root: &Value, item: &Value) -> Option<Value> {
    let mut members = Members::default();
    let mut next = item;
    for _ in 0..MAX_HOPS {
        for (key, value) in next.as_object()? {
            if key != "$ref" && !members.contains_key(key) {
                members.insert(key.clone(), value.clone());
            }
        }
        let Some(reference) = next.get("$ref") else {
            return Some(Value::new(item.origin(), Data::Object(members)));
        };
        next = root.pointer(&reference_target(reference.as_str()?)?)?;
    }
    None
}

/// Adds the paths that a document of webhooks or components alone does not have.
pub(super) fn complete(root: &mut Value) {
    let origin = root.origin();
    if let Some(members) = root.as_object_mut() {
        members
            .entry("paths".to_owned())
            .or_insert_with(|| make::empty(origin));
    }
}
