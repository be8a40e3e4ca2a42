//! Media types of OpenAPI 3.2, and binary parts of forms.

use super::{Pass, walk};
use crate::diagnostic::{Pointer, codes};
use crate::dialect::make;
use crate::openapi::Version;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Document, Value, reference_target};

/// Puts each media type of the components where it is used.
pub(super) fn inline(document: &mut Document) {
    let components = Pointer::root().key("components").key("mediaTypes");
    let Some(known) = document.get(&components) else {
        return;
    };
    let mut inliner = Inliner {
        components,
        known: known.clone(),
    };
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut inliner);
}

struct Inliner {
    components: Pointer,
    known: Value,
}

impl walk::Visitor for Inliner {
    fn enter(&mut self, value: &mut Value, kind: Kind, _pointer: &Pointer) {
        if kind != Kind::MediaType {
            return;
        }
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference
            .and_then(reference_target)
            .and_then(|target| target.strip_prefix(&self.components))
            .and_then(|rest| self.known.pointer(&rest));
        if let Some(target) = target {
            *value = target.clone();
        }
    }
}

pub(super) fn media_type(pass: &mut Pass<'_>, value: &mut Value, pointer: &Pointer) {
    let Some(members) = value.as_object_mut() else {
        return;
    };
    if let Some(item) = members.shift_remove("itemSchema") {
        let read = match members.contains_key("schema") {
            true => "`schema` is read instead",
            false => "the body is passed as it is",
        };
        pass.report(
            codes::UNSUPPORTED_BODY,
            &item,
            &pointer.key("itemSchema"),
            format!("a body that is a sequence of items has no type yet; {read}"),
            "encode or decode the items where you send or read the body",
        );
    }
    let is_form = pointer.last().is_some_and(|media_type| {
        media_type
            .trim()
            .to_ascii_lowercase()
            .starts_with("multipart/")
    });
    if is_form
        && pass.version > Version::OpenApi30
        && let Some(schema) = members.get_mut("schema")
    {
        binary_parts(schema);
    }
}

/// A part of a form without a schema is a file: `application/octet-stream` is the default.
fn binary_parts(schema: &mut Value) {
    let properties = schema
        .as_object_mut()
        .and_then(|members| members.get_mut("properties"));
    let properties = properties.and_then(Value::as_object_mut);
    for property in properties
        .into_iter()
        .flat_map(|properties| properties.values_mut())
    {
        binary_part(property);
        // Of a list, each item is a part.
        if let Some(items) = property
            .as_object_mut()
            .and_then(|members| members.get_mut("items"))
        {
            binary_part(items);
        }
    }
}

fn binary_part(schema: &mut Value) {
    let origin = schema.origin();
    if let Some(members) = schema.as_object_mut()
        && members
            .keys()
            .all(|key| matches!(key.as_str(), "title" | "description" | "deprecated"))
    {
        members.insert("type".to_owned(), make::text(origin, "string"));
        members.insert("format".to_owned(), make::text(origin, "binary"));
    }
}
