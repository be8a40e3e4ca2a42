//! The credentials of an API.

use super::{Docs, Identifier};
use crate::diagnostic::Pointer;

/// One way to prove who is calling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialScheme {
    /// JSON pointer of the security scheme.
    pub pointer: Pointer,
    /// The scheme's key in the document.
    pub key: String,
    /// Constructor of the client's `Auth`.
    pub name: Identifier,
    /// What the document says of it.
    pub docs: Docs,
    /// How it travels.
    pub placement: CredentialPlacement,
    /// It is only required together with another credential, so a request may have it beside the client's own.
    pub is_companion: bool,
}

/// Where a credential is in a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CredentialPlacement {
    /// A header of this name, the value as it is.
    Header(String),
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}

impl CredentialPlacement {
    /// Whether a secret alone makes the credential.
    #[must_use]
    pub fn takes_secret_only(&self) -> bool {
        !matches!(self, Self::Basic)
    }
}
