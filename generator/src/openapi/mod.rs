//! The objects of OpenAPI, each described once.
//!
//! A table has a row for each field of an object: its keyword, what it holds, and its presence in Swagger 2.0 and OpenAPI 3.0, 3.1 and
//! 3.2. The check walks a document along the tables ([`ObjectDefinition`]). Lowering reads it by the views that the same rows make
//! ([`Node`]): `schema.items()`, `operation.parameters()`. A misspelt one does not compile.

mod components;
mod definition;
mod description;
mod extension;
mod holds;
mod mapping;
mod method;
mod node;
mod operation;
mod schema;
mod security;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod typed;
mod version;
mod walk;

pub use components::{component_schema_name, component_schemas};
pub use definition::{
    Columns, Extension, FixedField, Kind, ObjectDefinition, PatternedFields, Presence, Shape,
};
pub use description::{
    Components, Contact, ExternalDocumentation, Info, License, OpenApi, Server, ServerVariable, Tag,
};
pub use extension::{
    ActiveProof, Credential, CredentialPlaces, CredentialStatus, CredentialTarget, ErrorBody,
    ErrorPattern, OperationNames, Pagination, RateLimit, ResponseHeaders,
};
pub use holds::{
    Any, Custom, Flag, Holds, List, Map, Number, OrBoolean, Ref, Size, SpecObject, Text,
};
pub use mapping::{is_schema_name, mapping_target};
pub use method::HttpMethod;
pub(crate) use method::METHODS;
pub use node::{Field, Node};
pub use operation::{
    AdditionalOperations, Callback, Encoding, Example, Header, Items, Link, MediaType, Operation,
    Parameter, PathItem, Paths, RequestBody, Response, Responses,
};
pub use schema::{Discriminator, Schema, Xml};
pub use security::{
    AuthorizationCodeFlow, DeviceFlow, ImplicitFlow, OAuthFlows, SecurityRequirement,
    SecurityScheme, TokenFlow,
};
pub use status::{class_phrase, reason_phrase};
pub use typed::Typed;
pub use version::Version;
pub use walk::{each_object, shape_of_member};

use crate::diagnostic::Pointer;

/// Returns the object that the specification has at a pointer of a document, or `None` where it has none.
#[must_use]
pub fn object_at(pointer: &Pointer, version: Version) -> Option<&'static ObjectDefinition> {
    shape_at(pointer, version)?.object()
}

/// Returns what the specification has at a pointer of a document, or `None` where it has nothing.
#[must_use]
pub fn shape_at(pointer: &Pointer, version: Version) -> Option<Shape> {
    pointer
        .segments()
        .try_fold(OpenApi::SHAPE, |shape, segment| {
            shape.child(&segment, version)
        })
}
