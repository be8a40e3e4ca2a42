//! Path templates, and the parameters that fill them where the document has none that could stay.

use super::make;
use crate::diagnostic::Pointer;
use crate::openapi::METHODS;
use crate::source::{Document, Origin, Value, follow};

/// Adds a string parameter to each operation for each name of its path that no parameter declares, so that an operation is not lost
/// with one of its parameters. The cause was reported where it is.
pub(super) fn complete(document: &mut Document) {
    for (parameters, name, origin) in missing(document.value()) {
        let length = match document.get(&parameters).and_then(Value::as_array) {
            Some(elements) => elements.len(),
            None => {
                document.set(&parameters, make::list(origin, Vec::new()));
                0
            }
        };
        document.set(&parameters.index(length), string_parameter(&name, origin));
    }
}

/// The lists of parameters that lack one, with the names and the origins of the operations.
fn missing(root: &Value) -> Vec<(Pointer, String, Origin)> {
    let mut missing = Vec::new();
    let paths = Pointer::root().key("paths");
    let items = root.get("paths").and_then(Value::as_object);
    for (path, item) in items.into_iter().flatten() {
        let Ok(names) = template_names(path) else {
            continue;
        };
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            for name in &names {
                if !declares(root, item, name) && !declares(root, operation, name) {
                    let parameters = paths.key(path).key(method).key("parameters");
                    missing.push((parameters, name.clone(), operation.origin()));
                }
            }
        }
    }
    missing
}

/// Whether a path item or operation has a path parameter of this name.
fn declares(root: &Value, owner: &Value, name: &str) -> bool {
    let elements = owner
        .get("parameters")
        .and_then(Value::as_array)
        .unwrap_or_default();
    elements.iter().any(|element| {
        let Some(parameter) = follow(root, element).node() else {
            return false;
        };
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        text("in") == Some("path") && text("name") == Some(name)
    })
}

fn string_parameter(name: &str, origin: Origin) -> Value {
    let schema = make::object(origin, [("type", make::text(origin, "string"))]);
    make::object(
        origin,
        [
            ("name", make::text(origin, name)),
            ("in", make::text(origin, "path")),
            ("required", make::flag(origin, true)),
            ("schema", schema),
        ],
    )
}

/// The names between braces, each once.
pub(super) fn template_names(path: &str) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = path;
    loop {
        let (before, after) = match rest.split_once('{') {
            Some(parts) => parts,
            None => (rest, ""),
        };
        if before.contains('}') {
            return Err(format!("the path `{path}` has a `}}` without a `{{`"));
        }
        if before.len() == rest.len() {
            return Ok(names);
        }
        let Some((name, after)) = after.split_once('}') else {
            return Err(format!("the path `{path}` has a `{{` without a `}}`"));
        };
        if name.is_empty() || name.contains(['{', '/']) {
            return Err(format!(
                "the path `{path}` has a parameter without a proper name"
            ));
        }
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        rest = after;
    }
}
