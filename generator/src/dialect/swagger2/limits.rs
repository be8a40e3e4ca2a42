//! Keeps lists of media types, which are written out for every body, in proportion to the document.

use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::openapi::METHODS;
use crate::source::{Data, Document, Value};

/// How many nodes may be made from one list.
const MAX_NODES: usize = 200_000;

/// How many media types stay in any case.
const MIN_LENGTH: usize = 10;

/// Shortens the lists of media types that would be repeated too often: those of the document, and those of single operations.
pub(in crate::dialect) fn limit_media_types(
    document: &mut Document,
    diagnostics: &mut Diagnostics,
) {
    let root = document.value();
    let mut lists: Vec<(Pointer, usize)> = Vec::new();
    let mut add = |owner: &Value, at: &Pointer, repeating: Option<&Value>| {
        for keyword in ["consumes", "produces"] {
            let length = owner
                .get(keyword)
                .and_then(Value::as_array)
                .map(<[Value]>::len);
            if let Some(length) = length.filter(|length| *length > MIN_LENGTH)
                && let Some(repeating) = repeating
            {
                let kept = MIN_LENGTH + MAX_NODES / (1 + repeating.node_count());
                if length > kept {
                    lists.push((at.key(keyword), kept));
                }
            }
        }
    };
    add(root, &Pointer::root(), root.get("paths"));
    let paths = Pointer::root().key("paths");
    let items = root.get("paths").and_then(Value::as_object);
    for (path, item) in items.into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                add(operation, &paths.key(path).key(method), Some(operation));
            }
        }
    }
    for (pointer, kept) in lists {
        let place = document.place(&pointer.index(kept));
        let message = format!(
            "so many bodies share this list that only its first {kept} media types are read"
        );
        let help = "list fewer media types, and those of a single operation there";
        diagnostics.push(codes::TOO_LARGE, &place, message, help);
        if let Some(list) = document.value_mut().pointer_mut(&pointer)
            && let Data::Array(names) = list.data_mut()
        {
            names.truncate(kept);
        }
    }
}
