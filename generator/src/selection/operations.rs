//! The operations of a document, in its order.

use crate::diagnostic::Pointer;
use crate::openapi::METHODS;
use crate::source::{Object, Value, resolve};

/// An operation, and what selectors look at.
#[derive(Debug, Clone)]
pub(super) struct Operation<'a> {
    /// The key of the path item that leads to it.
    pub(super) item: &'a str,
    /// Whether it is one that the server calls.
    pub(super) is_webhook: bool,
    pub(super) method: &'a str,
    pub(super) value: &'a Value,
    /// The path; none for a webhook.
    pub(super) path: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) tags: Vec<&'a str>,
}

/// Returns every operation under `paths` and `webhooks`.
pub(super) fn all(root: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (section, is_webhook) in [("paths", false), ("webhooks", true)] {
        let section_at = Pointer::root().key(section);
        let items = root.get(section).and_then(Value::as_object);
        let items = items.into_iter().flatten();
        for (key, item) in items.filter(|(key, _)| is_webhook || key.starts_with('/')) {
            let of_item = of_item(root, &section_at.key(key), item);
            found.extend(of_item.into_iter().map(|(method, value)| Operation {
                item: key,
                is_webhook,
                method,
                value,
                path: (!is_webhook).then_some(key.as_str()),
                id: value.get("operationId").and_then(Value::as_str),
                tags: tags(value),
            }));
        }
    }
    found
}

/// Returns the members of a path item and of what its `$ref` leads to. Those beside the reference win.
pub(super) fn members<'a>(
    root: &'a Value,
    pointer: &Pointer,
    item: &'a Value,
) -> Vec<(&'a str, &'a Value)> {
    let own = item.as_object();
    let target = match item.get("$ref") {
        Some(_) => resolve(root, pointer).and_then(|(_, target)| target.as_object()),
        None => None,
    };
    let is_own = |key: &str| own.is_some_and(|own| own.contains_key(key));
    let borrowed = target.into_iter().flatten();
    let borrowed = borrowed.filter(|(key, _)| !is_own(key));
    let is_resolved = target.is_some();
    let own = own.into_iter().flatten();
    let own = own.filter(|(key, _)| !is_resolved || *key != "$ref");
    borrowed
        .chain(own)
        .map(|(key, value)| (key.as_str(), value))
        .collect()
}

fn of_item<'a>(root: &'a Value, pointer: &Pointer, item: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let mut found = Vec::new();
    for (key, value) in members(root, pointer, item) {
        if METHODS.contains(&key) {
            found.push((key, value));
        } else if key == "additionalOperations" {
            let further = value.as_object().into_iter().flat_map(Object::iter);
            found.extend(further.map(|(method, value)| (method.as_str(), value)));
        }
    }
    found
}

fn tags(operation: &Value) -> Vec<&str> {
    let tags = operation.get("tags").and_then(Value::as_array);
    let tags = tags.unwrap_or_default().iter();
    tags.filter_map(Value::as_str).collect()
}
