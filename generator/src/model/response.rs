//! What a server responds.

use super::{Docs, Identifier, TypeRef};
use crate::diagnostic::Pointer;

/// What a call returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Nothing: the body of any 2xx is ignored.
    Empty,
    /// The content of any 2xx.
    Content(Content),
    /// The content of any 2xx, none where the body is empty (a documented 204 beside a 200 with a body).
    Optional(Content),
    /// A page of items; only with [`Operation::pagination`](super::Operation::pagination).
    Page(TypeRef),
    /// Responses of different types, distinguished by status. An undocumented 2xx is read as the first variant that fits.
    ByStatus {
        /// The enum, unique beside the operations of the group.
        type_name: Identifier,
        /// The variants in the order of their statuses.
        variants: Vec<StatusVariant>,
    },
}

impl Output {
    /// Whether a call returns nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// One of several successful responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusVariant {
    /// The variant's name.
    pub name: Identifier,
    /// The documented status.
    pub status: StatusPattern,
    /// What it holds; none for a response without a body.
    pub content: Option<Content>,
    /// What the document says of it.
    pub docs: Docs,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The media type as published.
    pub media_type: String,
    /// How it is read.
    pub kind: ContentKind,
}

impl Content {
    /// The type of JSON.
    #[must_use]
    pub fn type_ref(&self) -> Option<&TypeRef> {
        match &self.kind {
            ContentKind::Json(type_ref) => Some(type_ref),
            ContentKind::Text | ContentKind::Binary => None,
        }
    }
}

/// How the body of a response is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentKind {
    /// The body is JSON of this type.
    Json(TypeRef),
    /// The body is text.
    Text,
    /// The body is read as bytes.
    Binary,
}

/// A documented response with a 2xx status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessResponse {
    /// JSON pointer of the response.
    pub pointer: Pointer,
    /// The documented status.
    pub status: StatusPattern,
    /// The body, where one is documented that can be read.
    pub content: Option<Content>,
    /// What the document says of it.
    pub docs: Docs,
}

impl SuccessResponse {
    /// The type of a JSON body.
    #[must_use]
    pub fn type_ref(&self) -> Option<&TypeRef> {
        self.content.as_ref()?.type_ref()
    }
}

/// A documented response with a status that is not 2xx.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorResponse {
    /// JSON pointer of the response.
    pub pointer: Pointer,
    /// The documented status.
    pub status: StatusPattern,
    /// What such a response can mean where it has no code (`x-error-advice`); errors show it.
    pub advice: Option<String>,
    /// The body, where one is documented that can be read.
    pub content: Option<Content>,
    /// What the document says of it.
    pub docs: Docs,
}

impl ErrorResponse {
    /// The type of a JSON body.
    #[must_use]
    pub fn type_ref(&self) -> Option<&TypeRef> {
        self.content.as_ref()?.type_ref()
    }
}

/// A status, a class of statuses, or all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusPattern {
    /// This status.
    Code(u16),
    /// `4XX` is 4.
    Class(u8),
    /// `default`.
    Default,
}
