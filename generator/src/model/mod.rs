//! The intermediate model of a client: plain data and the questions an emitter asks.
//!
//! Every decision has been taken when a value of these types exists: names are valid and unique Rust identifiers, text is safe to be
//! in rustdoc, references are resolved. This module knows neither OpenAPI's document types (`openapiv3`) nor tokens (`syn`, `quote`).

mod api;
mod body;
mod name;
mod operation;
mod response;
mod types;

pub use api::{
    Api, CredentialPlacement, CredentialScheme, ErrorBody, Group, InputShape, RateLimitHeaders,
    ResponseHeaders, RuntimeFeature,
};
pub use body::{Body, BodyInput, BodyMediaType, MemberFormat};
pub use name::{Docs, Identifier};
pub use operation::{
    CredentialEffect, CredentialEffectKind, CredentialStatusInfo, CredentialTarget, Guard,
    HttpMethod, Operation, Pagination, Parameter, ParameterLocation, ParameterStyle, PathSegment,
    ResponsePattern, RetryClass, SecurityRequirement,
};
pub use response::{
    Content, ContentKind, ErrorResponse, Output, StatusPattern, StatusVariant, SuccessResponse,
};
pub use types::{
    Alias, EnumVariant, Field, FieldPresence, IntegerEnum, Literal, Record, StringEnum, TypeDef,
    TypeId, TypeKind, TypeRef, Union, UnionKind, UnionVariant, Usage,
};
