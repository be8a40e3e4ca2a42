//! Takes the words for readers out of a document, and leaves its structure.

use super::phrase;
use crate::openapi::{Callback, Holds, Kind, ObjectDefinition, OpenApi, Shape, Version};
use crate::source::{Data, Object, Value};

/// The fields that are for readers. Examples are among them, and so are those that the pass over Swagger 2.0 has no other place for.
const PROSE: [&str; 8] = [
    "summary",
    "description",
    "example",
    "examples",
    "externalDocs",
    "$comment",
    "x-example",
    "x-examples",
];

/// Takes summaries, descriptions, examples and links to documentation out of a document. A response keeps a `description`, which
/// OpenAPI requires: the reason phrase of its status.
pub(super) fn remove(document: &mut Value, version: Version) {
    Removal { version }.value(document, OpenApi::SHAPE);
}

/// Whether a member of an object of the specification is for readers.
pub(super) fn is_prose(definition: &ObjectDefinition, name: &str, version: Version) -> bool {
    PROSE.contains(&name) && definition.patterned_field(name, version).is_none()
}

/// Returns what a member of an object of the specification holds.
pub(super) fn shape_of_member(
    definition: &ObjectDefinition,
    name: &str,
    version: Version,
) -> Option<Shape> {
    match (definition.kind, name) {
        // Their table leaves them to a rule.
        (Kind::Operation | Kind::Components, "callbacks") => Some(Shape::Map(&Callback::SHAPE)),
        _ => match definition.field(name, version) {
            Some((field, _)) => Some(field.shape),
            None => match definition.patterned_field(name, version) {
                Some((shape, _)) => Some(shape),
                None => Some(definition.field_of_any_version(name)?.shape),
            },
        },
    }
}

struct Removal {
    version: Version,
}

impl Removal {
    fn value(&self, value: &mut Value, shape: Shape) {
        match (shape, value.data_mut()) {
            (Shape::List(inner), Data::Array(elements)) => {
                elements
                    .iter_mut()
                    .for_each(|element| self.value(element, *inner));
            }
            (Shape::Map(inner), Data::Object(members)) => {
                members
                    .values_mut()
                    .for_each(|member| self.value(member, *inner));
            }
            (shape, Data::Object(members)) => {
                if let Some(definition) = shape.object() {
                    self.object(members, definition);
                }
            }
            _ => {}
        }
    }

    fn object(&self, members: &mut Object, definition: &ObjectDefinition) {
        let is_response = definition.kind == Kind::Response;
        members.retain(|name, _| {
            let is_required = is_response && name == "description";
            is_required || !is_prose(definition, name, self.version)
        });
        for (name, value) in members.iter_mut() {
            if is_response && name == "description" {
                // One of an operation gets the phrase of its status below.
                *value.data_mut() = Data::String(String::new());
            } else if is_scopes(definition.kind) && name == "scopes" {
                silence(value);
            } else if let Some(shape) = shape_of_member(definition, name, self.version) {
                self.value(value, shape);
            }
            if definition.kind == Kind::Responses
                && let Some(description) = value
                    .as_object_mut()
                    .and_then(|response| response.get_mut("description"))
            {
                *description.data_mut() = Data::String(phrase::of(name).to_owned());
            }
        }
    }
}

fn is_scopes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ImplicitFlow | Kind::TokenFlow | Kind::AuthorizationCodeFlow | Kind::DeviceFlow
    )
}

/// Leaves the names of scopes, without their descriptions.
fn silence(scopes: &mut Value) {
    for description in scopes
        .as_object_mut()
        .into_iter()
        .flat_map(Object::values_mut)
    {
        if description.as_str().is_some() {
            *description.data_mut() = Data::String(String::new());
        }
    }
}

/// Whether a keyword is for readers wherever it is one.
pub(super) fn is_prose_of_any(keyword: &str) -> bool {
    PROSE.contains(&keyword)
}
