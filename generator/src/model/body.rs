//! What a request carries beside its parameters.

use super::{Docs, Identifier, ParameterStyle, TypeId, TypeRef};
use crate::diagnostic::Pointer;

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// JSON pointer of the request body.
    pub pointer: Pointer,
    /// Whether a call cannot do without.
    pub required: bool,
    /// How the value is written.
    pub media_type: BodyMediaType,
    /// The value of `Content-Type` (for multipart without the boundary).
    pub content_type: String,
    /// The members of a form that are not written as OpenAPI does by default: plain values as texts, objects as JSON, lists item by item.
    pub formats: Vec<MemberFormat>,
    /// How callers pass it.
    pub input: BodyInput,
    /// What the document says of it.
    pub docs: Docs,
}

impl Body {
    /// The type of an argument, where the body is one.
    pub fn type_ref(&self) -> Option<&TypeRef> {
        match &self.input {
            BodyInput::Argument { type_ref, .. } => Some(type_ref),
            BodyInput::Flattened { .. } => None,
        }
    }

    /// The record whose fields callers pass one by one.
    #[must_use]
    pub fn record(&self) -> Option<TypeId> {
        match &self.input {
            BodyInput::Argument { .. } => None,
            BodyInput::Flattened { record } => Some(*record),
        }
    }
}

/// How a member of a form is written.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberFormat {
    /// The name on the wire.
    pub wire_name: String,
    /// How its values are written.
    pub serialization: MemberSerialization,
}

/// How the values of a member of a form are written.
#[derive(Debug, Clone, PartialEq)]
pub enum MemberSerialization {
    /// The values are written like those of a parameter in a query.
    Style {
        /// The style.
        style: ParameterStyle,
        /// Whether lists and objects are spread.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// Each value is written as JSON, including scalars. A part of a multipart form has this content type.
    Json(String),
    /// Each value is written in the default way, in a part of this content type.
    ContentType(String),
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyMediaType {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`; the type is a record.
    Form,
    /// `multipart/form-data`; the type is a record whose [`TypeRef::Binary`] members are files.
    Multipart,
    /// Text; the type is [`TypeRef::String`].
    Text,
    /// Bytes; the type is [`TypeRef::Binary`].
    Binary,
}

/// How callers pass a body.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyInput {
    /// The record's required fields are arguments, its other fields setters. No field's name collides with a parameter's.
    ///
    /// An optional body is sent as soon as a setter was called.
    Flattened {
        /// The record.
        record: TypeId,
    },
    /// One argument (or, where the body is optional, one setter).
    Argument {
        /// Argument or setter.
        name: Identifier,
        /// Its type.
        type_ref: TypeRef,
    },
}
