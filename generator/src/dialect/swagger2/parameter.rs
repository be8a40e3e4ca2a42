//! Parameters outside of the body: their keywords become a schema, and the format of their lists a style.

use super::Pass;
use super::reference;
use crate::dialect::make::{flag, object, set, set_absent, text};
use crate::openapi::{Parameter, Schema, SpecObject as _, Version};
use crate::source::{Data, Object, Value};

/// What a parameter becomes in the normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A request body.
    Body,
    /// A property of a request body.
    Form,
    /// A parameter.
    Other,
}

/// Returns what a parameter becomes, or the one that it refers to.
pub(super) fn kind(root: &Value, parameter: &Value) -> Kind {
    let parameter = reference::resolve(root, parameter);
    match parameter.get("in").and_then(Value::as_str) {
        Some("body") => Kind::Body,
        Some("formData") => Kind::Form,
        _ => Kind::Other,
    }
}

/// Where a value is written, as far as that decides on the style of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    Path,
    Header,
    /// The query, or a form.
    Query,
}

/// Returns whether a keyword of a parameter or header belongs to its schema.
pub(super) fn is_of_schema(key: &str) -> bool {
    let schema = Schema::definition();
    let parameter = Parameter::definition();
    let is_extension = schema.extensions.iter().any(|one| one.name == key);
    match key {
        "x-nullable" => true,
        "x-rust-name" => false,
        _ if is_extension => true,
        _ => {
            schema.field_of_any_version(key).is_some()
                && parameter.field(key, Version::OpenApi30).is_none()
        }
    }
}

impl<'tree> Pass<'tree> {
    /// Returns an element of a list of parameters that is neither a body nor a part of a form.
    pub(super) fn parameter(&self, parameter: &Value) -> Value {
        let Some(members) = parameter.as_object() else {
            return parameter.clone();
        };
        let mut normal = Object::default();
        if members.contains_key("$ref") {
            for (key, value) in members {
                let value = match key.as_str() {
                    "$ref" => self.reference(value),
                    _ => value.clone(),
                };
                set(&mut normal, key, value);
            }
            return object(parameter.origin(), normal);
        }
        let location = match members.get("in").and_then(Value::as_str) {
            Some("path") => Location::Path,
            Some("header") => Location::Header,
            _ => Location::Query,
        };
        object(
            parameter.origin(),
            self.described(parameter, members, location),
        )
    }

    /// Returns the members of a parameter or header, its keywords in a schema.
    pub(super) fn described(&self, owner: &Value, members: &Object, location: Location) -> Object {
        let mut normal = Object::default();
        let mut schema = Object::default();
        for (key, value) in members {
            match (key.as_str(), value.data()) {
                ("collectionFormat", _) => {}
                ("schema", _) => set(&mut normal, key, self.schema(value)),
                ("x-example", _) => set_absent(&mut normal, "example", value.clone()),
                ("x-examples", Data::Object(examples)) => {
                    set(&mut normal, "examples", named_examples(value, examples));
                }
                (key, _) if is_of_schema(key) => self.keyword(&mut schema, key, value),
                _ => set(&mut normal, key, value.clone()),
            }
        }
        if !normal.contains_key("content") {
            set_absent(&mut normal, "schema", object(owner.origin(), schema));
        }
        for (key, value) in style(members, location) {
            set_absent(&mut normal, key, value);
        }
        normal
    }
}

/// Returns named examples, each of which is a value.
pub(super) fn named_examples(node: &Value, examples: &Object) -> Value {
    let examples = examples.iter().map(|(name, example)| {
        let example = match example.get("value") {
            Some(_) => example.clone(),
            None => object(example.origin(), [("value", example.clone())]),
        };
        (name.clone(), example)
    });
    object(node.origin(), examples)
}

/// Returns `style` and `explode` of a list, as far as they differ from what holds without them.
pub(super) fn style(members: &Object, location: Location) -> Vec<(&'static str, Value)> {
    let Some(kind) = members
        .get("type")
        .filter(|kind| kind.as_str() == Some("array"))
    else {
        return Vec::new();
    };
    let format = members.get("collectionFormat");
    let origin = format.unwrap_or(kind).origin();
    let delimiter = match format.and_then(Value::as_str) {
        Some("ssv") => Some("spaceDelimited"),
        Some("pipes") => Some("pipeDelimited"),
        Some("tsv") => Some("tabDelimited"),
        Some("multi") if location == Location::Query => return Vec::new(),
        _ => None,
    };
    let style = delimiter.map(|style| ("style", text(origin, style)));
    // Without `explode`, the lists of a query are spread where they have no delimiter of their own.
    let explode = (location == Location::Query).then(|| ("explode", flag(origin, false)));
    style.into_iter().chain(explode).collect()
}
