//! Takes the words for readers out of a document, and leaves its structure.

use crate::openapi::{
    Holds as _, Kind, ObjectDefinition, OpenApi, Version, class_phrase, each_object, reason_phrase,
};
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
    each_object(
        document,
        OpenApi::SHAPE,
        version,
        &mut |members, definition| {
            remove_from(members, definition, version);
        },
    );
}

fn remove_from(members: &mut Object, definition: &ObjectDefinition, version: Version) {
    let is_response = definition.kind == Kind::Response;
    members.retain(|name, _| {
        let is_prose =
            PROSE.contains(&&**name) && definition.patterned_field(name, version).is_none();
        !is_prose || is_response && name == "description"
    });
    for (name, value) in members.iter_mut() {
        if is_response && name == "description" {
            // One of an operation gets the phrase of its status from the object that it is in.
            *value.data_mut() = Data::String(String::new());
        } else if is_scopes(definition.kind) && name == "scopes" {
            silence(value);
        } else if definition.kind == Kind::Responses
            && let Some(description) = value
                .as_object_mut()
                .and_then(|response| response.get_mut("description"))
        {
            *description.data_mut() = Data::String(phrase(name).to_owned());
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

/// Returns the phrase of a key of `responses`: that of its status, or else that of its class.
fn phrase(key: &str) -> &'static str {
    let class = || match key.as_bytes().first() {
        Some(digit @ b'1'..=b'5') => class_phrase(digit - b'0'),
        _ => None,
    };
    let status = key.parse().ok().and_then(reason_phrase);
    status.or_else(class).unwrap_or("Any other status")
}
