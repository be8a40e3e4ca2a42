//! The intermediate model of a client: plain data and the questions an emitter asks.
//!
//! Every decision has been taken when a value of these types exists: names are valid and unique Rust identifiers, text is safe to be
//! in rustdoc, references are resolved. This module knows neither OpenAPI's document types (`openapiv3`) nor tokens (`syn`, `quote`).

mod api;
mod body;
mod credential;
mod feature;
mod name;
mod operation;
mod response;
mod type_ref;
mod types;

pub use api::{Api, ErrorBody, Group, InputShape, RateLimitHeaders, ResponseHeaders};
pub use body::{Body, BodyInput, BodyMediaType, MemberFormat, MemberSerialization};
pub use credential::{CredentialPlacement, CredentialScheme};
pub use feature::RuntimeFeature;
pub use name::{Docs, Identifier};
pub use operation::{
    CredentialEffect, CredentialEffectKind, CredentialStatusInfo, CredentialTarget, Guard,
    Operation, Pagination, Parameter, ParameterLocation, ParameterStyle, PathSegment,
    ResponsePattern, RetryClass, SecurityRequirement,
};
pub use response::{
    Content, ContentKind, ErrorResponse, Output, StatusPattern, StatusVariant, SuccessResponse,
};
pub use type_ref::{TypeId, TypeRef};
pub use types::{
    Alias, EnumVariant, Field, FieldPresence, IntegerEnum, Literal, Record, StringEnum, TypeDef,
    TypeKind, Union, UnionKind, UnionVariant, Usage,
};

pub use crate::openapi::HttpMethod;
