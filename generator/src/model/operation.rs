//! Operations and their inputs.

use super::{
    Body, Docs, ErrorResponse, HttpMethod, Identifier, Literal, Output, SuccessResponse, TypeRef,
};
use crate::diagnostic::Pointer;

/// One method of one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// JSON pointer of the operation.
    pub pointer: Pointer,
    /// `operationId` as published, or method and path where there is none.
    pub id: String,
    /// Method of the group.
    pub name: Identifier,
    /// The builder struct, unique among all operations and the group's accessor struct.
    pub type_name: Identifier,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path as published, with `{name}` for parameters.
    pub path: String,
    /// The path in pieces.
    pub segments: Vec<PathSegment>,
    /// The parameters in the order in which callers pass them: path, query, header, cookie, each in the document's order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// The value of `Accept`: the media types of the documented responses that the client can read.
    pub accept: Option<String>,
    /// What a call returns.
    pub output: Output,
    /// The documented responses with a 2xx status.
    pub successes: Vec<SuccessResponse>,
    /// The documented responses with any other status.
    pub errors: Vec<ErrorResponse>,
    /// How further pages are asked for.
    pub pagination: Option<Pagination>,
    /// What a retry does.
    pub retry: RetryClass,
    /// JSON pointer of the secret in the responses, where it is in one place.
    pub new_secret: Option<Pointer>,
    /// What the operation does to a credential.
    pub credential_effect: Option<CredentialEffect>,
    /// Whether a credential is sent.
    pub security: SecurityRequirement,
    /// Whether the request or the response carries a secret.
    pub carries_secret: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether the document discourages its use.
    pub deprecated: bool,
}

impl Operation {
    /// The parameters that a call cannot do without.
    pub fn required_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| parameter.required)
    }

    /// The parameters that a setter sets.
    pub fn optional_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| !parameter.required)
    }

    /// Whether a new credential takes the place of the one that the call itself carries, so that its builder has `adopt` and
    /// `verify_outcome`. Such an operation whose result comes in pages has the methods for pages instead.
    #[must_use]
    pub fn replaces_caller(&self) -> bool {
        self.pagination.is_none()
            && self.credential_effect.as_ref().is_some_and(|effect| {
                effect.kind == CredentialEffectKind::Replace
                    && effect.target == CredentialTarget::Caller
            })
    }

    /// What watches over the credential of the operation's calls, in an API that knows this of the status of credentials. The end of a
    /// credential that a parameter names is watched only where a response proves the end of the caller's own, which it may be.
    #[must_use]
    pub fn guard(&self, status: &CredentialStatusInfo) -> Option<Guard<'_>> {
        let effect = self.credential_effect.as_ref()?;
        match (effect.kind, &effect.target) {
            (CredentialEffectKind::Replace, _) => Some(Guard::Replaces(effect)),
            (CredentialEffectKind::Revoke, CredentialTarget::Parameter(_))
                if status.ended.is_none() =>
            {
                None
            }
            (CredentialEffectKind::Revoke, _) => Some(Guard::Revokes(effect)),
        }
    }

    /// Whether a call replaces or revokes a credential, the caller's own or another one.
    #[must_use]
    pub fn has_effect(&self, kind: CredentialEffectKind) -> bool {
        let effect = self.credential_effect.as_ref();
        effect.is_some_and(|effect| effect.kind == kind)
    }

    /// Whether a call makes a secret or ends a credential, so that a caller has to know how it ended.
    #[must_use]
    pub fn changes_credential(&self) -> bool {
        self.credential_effect.is_some() || self.new_secret.is_some()
    }

    /// Every reference to a type that is in the operation itself.
    pub fn type_refs(&self) -> impl Iterator<Item = &TypeRef> {
        self.parameters
            .iter()
            .map(|parameter| &parameter.type_ref)
            .chain(self.body.iter().flat_map(Body::type_ref))
            .chain(self.successes.iter().filter_map(SuccessResponse::type_ref))
            .chain(self.errors.iter().filter_map(ErrorResponse::type_ref))
    }
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathSegment {
    /// Literal text.
    Literal(String),
    /// The index of a path parameter in [`Operation::parameters`].
    Parameter(usize),
}

/// An input that is not in the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// JSON pointer of the parameter.
    pub pointer: Pointer,
    /// Argument or setter.
    pub name: Identifier,
    /// The name on the wire.
    pub wire_name: String,
    /// Where it is in a request.
    pub location: ParameterLocation,
    /// How its value is written.
    pub style: ParameterStyle,
    /// Whether lists and objects are spread.
    pub explode: bool,
    /// Whether reserved characters stay as they are (query only).
    pub allow_reserved: bool,
    /// The value is JSON text (`content` with a JSON media type) instead of a style.
    pub json: bool,
    /// The type of the value.
    pub type_ref: TypeRef,
    /// Whether a call cannot do without.
    pub required: bool,
    /// What the document says of it; allowed range, length and pattern included.
    pub docs: Docs,
    /// Whether the document discourages its use.
    pub deprecated: bool,
    /// What the server assumes where it is absent, for the documentation.
    pub default: Option<Literal>,
    /// A value that the document gives as an example, for the documentation.
    pub example: Option<Literal>,
}

impl Parameter {
    /// Returns whether the value is written as OpenAPI does by default.
    #[must_use]
    pub fn has_default_format(&self) -> bool {
        let style = self.location.default_style();
        !self.json
            && !self.allow_reserved
            && self.style == style
            && self.explode == style.default_explode()
    }
}

/// Where a parameter is in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// A segment of the path, or a part of one.
    Path,
    /// The query string.
    Query,
    /// A header of its own.
    Header,
    /// The `Cookie` header.
    Cookie,
}

impl ParameterLocation {
    /// The style of a parameter that names none.
    #[must_use]
    pub fn default_style(self) -> ParameterStyle {
        match self {
            Self::Path | Self::Header => ParameterStyle::Simple,
            Self::Query | Self::Cookie => ParameterStyle::Form,
        }
    }
}

impl ParameterStyle {
    /// Whether lists and objects are spread where a parameter does not say so.
    #[must_use]
    pub fn default_explode(self) -> bool {
        self == Self::Form
    }

    /// The text between the items of a list that is not spread, outside of a URL.
    #[must_use]
    pub const fn delimiter(self) -> &'static str {
        match self {
            Self::SpaceDelimited => " ",
            Self::PipeDelimited => "|",
            Self::TabDelimited => "\t",
            _ => ",",
        }
    }
}

/// OpenAPI's `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterStyle {
    /// `;name=value`.
    Matrix,
    /// `.value`.
    Label,
    /// `name=value`.
    Form,
    /// `value`.
    Simple,
    /// `a%20b`.
    SpaceDelimited,
    /// `a|b`.
    PipeDelimited,
    /// `a%09b`.
    TabDelimited,
    /// `name[key]=value`.
    DeepObject,
}

/// How further pages are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The type of an item.
    pub item: TypeRef,
    /// Index of the parameter that takes the page's number, in [`Operation::parameters`]; its type is an integer.
    pub page_parameter: usize,
    /// Index of the parameter that takes the page's size.
    pub page_size_parameter: Option<usize>,
    /// The number of a list's first page.
    pub first_page: u32,
    /// Holds the next page's number, or nothing on the last page.
    pub next_page_header: Option<String>,
    /// Holds the page's own number.
    pub page_header: Option<String>,
    /// Holds the number of items that a page has.
    pub page_size_header: Option<String>,
    /// Holds the number of all items.
    pub total_header: Option<String>,
    /// Holds the number of all pages.
    pub total_pages_header: Option<String>,
    /// Holds RFC 8288 links with `rel="next"`.
    pub link_header: Option<String>,
    /// Whether another page is requested where a response says nothing of one.
    pub may_guess: bool,
    /// The status of the response to a request for a page after the last one; without it that response is an empty page.
    pub past_end_status: Option<u16>,
}

/// What a retry of a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryClass {
    /// Twice is the same as once.
    Idempotent,
    /// May be repeated only when it certainly was not executed.
    NonIdempotent,
}

/// What watches over the credential of an operation's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard<'a> {
    /// A credential is replaced, the caller's own or another one.
    Replaces(&'a CredentialEffect),
    /// A credential ends, the caller's own or another one, which may be the caller's own.
    Revokes(&'a CredentialEffect),
}

/// What an operation does to a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialEffect {
    /// Replaced or revoked.
    pub kind: CredentialEffectKind,
    /// Whose credential.
    pub target: CredentialTarget,
    /// JSON pointer of the new secret in the response.
    pub secret: Option<Pointer>,
}

/// What happens to the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialEffectKind {
    /// A new one takes its place.
    Replace,
    /// It ends.
    Revoke,
}

/// Whose credential an operation acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialTarget {
    /// The one that the request carries.
    Caller,
    /// The one that a path parameter names: its index in [`Operation::parameters`].
    Parameter(usize),
}

/// Where the status of a credential is asked for, and what proves it, in the whole API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CredentialStatusInfo {
    /// Path of the operation that reports whether a credential is still active (a `GET` without parameters).
    pub check_path: Option<String>,
    /// JSON pointer of the credential's identity in the response of the check operation: the value of the path parameter that names it.
    pub identity: Option<Pointer>,
    /// The response that proves that a credential has ended.
    pub ended: Option<ResponsePattern>,
    /// JSON pointer of a member that is `true` in a response with a 2xx status to the check, which proves that the credential is active;
    /// without it any JSON object proves it.
    pub active_member: Option<Pointer>,
    /// Error responses for a reason that the server only finds once it has accepted the credential.
    pub active_error_responses: Vec<ResponsePattern>,
}

/// An error response that proves something of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsePattern {
    /// Its status.
    pub status: u16,
    /// The code in its body.
    pub code: Option<String>,
    /// What the server's message begins with, in this case; a code alone may mean other ends of a credential, too.
    pub message: Option<String>,
}

/// Whether a credential is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityRequirement {
    /// A credential is always sent.
    Required,
    /// A credential is sent if the client has one.
    Optional,
    /// No credential is sent.
    Anonymous,
}
