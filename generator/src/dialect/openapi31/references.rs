//! What is written beside a `$ref`. OpenAPI 3.0 ignores it; in JSON Schema 2020-12 it holds together with the target.

use super::Pass;
use super::schema::Schema;
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::openapi::Version;

/// Keywords that describe a schema and restrict nothing.
const ANNOTATIONS: &[&str] = &["title", "summary", "description", "example", "deprecated"];

impl Pass<'_> {
    pub(super) fn siblings(&mut self, schema: &mut Schema<'_>) {
        if !schema.has("$ref") || schema.members.len() == 1 || self.version == Version::OpenApi30 {
            return;
        }
        // What describes one of several alternatives is not worth hiding the name of its target.
        if is_alternative(schema.pointer) {
            let is_annotation = |key: &String| {
                ANNOTATIONS.contains(&key.as_str()) || key == "examples" || key.starts_with("x-")
            };
            schema.members.retain(|key, _| !is_annotation(key));
            if schema.members.len() == 1 {
                return;
            }
        }
        let Some(reference) = schema.take("$ref") else {
            return;
        };
        let origin = reference.origin();
        let reference = make::object(schema.origin, [("$ref", reference)]);
        match schema.list_mut("allOf") {
            Some(parts) => parts.insert(0, reference),
            None => schema.put("allOf", make::list(origin, vec![reference])),
        }
    }
}

/// Whether a schema is one of several that `allOf`, `oneOf` or `anyOf` lists.
fn is_alternative(pointer: &Pointer) -> bool {
    let Some(list) = pointer.parent() else {
        return false;
    };
    let is_element = pointer
        .last()
        .is_some_and(|index| index.bytes().all(|digit| digit.is_ascii_digit()));
    let is_list = list
        .last()
        .is_some_and(|list| matches!(&*list, "allOf" | "oneOf" | "anyOf"));
    is_element && is_list
}
