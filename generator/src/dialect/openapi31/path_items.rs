//! Path items that are written elsewhere and used by a `$ref`, which may have siblings.

use std::collections::BTreeSet;

use super::Members;
use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::dialect::copies::{self, Copies};
use crate::dialect::make;
use crate::source::{Data, Document, Value, reference_target};

/// How many `$ref`s of path items may follow one another.
const MAX_HOPS: usize = 16;

/// Puts each referenced path item where it is used. What is written beside the `$ref` is stronger.
pub(in crate::dialect) fn inline(document: &mut Document, diagnostics: &mut Diagnostics) {
    let mut copies: Option<Copies> = None;
    for section in ["paths", "webhooks"] {
        let pointer = Pointer::root().key(section);
        let root = document.value();
        let items = document.get(&pointer).and_then(Value::as_object);
        let mut inlined: Vec<(Pointer, Value)> = Vec::new();
        let mut left_out: BTreeSet<String> = BTreeSet::new();
        for (path, item) in items.into_iter().flatten() {
            let Some(parts) = parts(root, item).filter(|parts| parts.len() > 1) else {
                continue;
            };
            let at = pointer.key(path);
            let copies = copies.get_or_insert_with(|| Copies::of(root));
            if copies.take(parts.iter().copied()) {
                inlined.push((at, whole(&parts, item)));
                continue;
            }
            let message = "so many paths share a large path item that this path is left out";
            diagnostics.push(
                codes::TOO_LARGE,
                &root.place(&at),
                message,
                copies::remedy(),
            );
            left_out.insert(path.clone());
        }
        for (pointer, item) in inlined {
            document.set(&pointer, item);
        }
        if !left_out.is_empty()
            && let Some(items) = document.value_mut().pointer_mut(&pointer)
            && let Some(items) = items.as_object_mut()
        {
            items.retain(|path, _| !left_out.contains(path));
        }
    }
}

/// Returns a path item and those that it refers to, the strongest first.
fn parts<'a>(root: &'a Value, item: &'a Value) -> Option<Vec<&'a Value>> {
    let mut parts = Vec::new();
    let mut next = item;
    for _ in 0..MAX_HOPS {
        parts.push(next);
        let Some(reference) = next.as_object()?.get("$ref") else {
            return Some(parts);
        };
        next = root.pointer(&reference_target(reference.as_str()?)?)?;
    }
    None
}

fn whole(parts: &[&Value], item: &Value) -> Value {
    let mut members = Members::default();
    for (key, value) in parts.iter().filter_map(|part| part.as_object()).flatten() {
        if key != "$ref" && !members.contains_key(key) {
            members.insert(key.clone(), value.clone());
        }
    }
    Value::new(item.origin(), Data::Object(members))
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
