//! The API as a whole.

use super::{
    Body, BodyMediaType, Docs, Field, Identifier, Operation, Record, TypeDef, TypeId, TypeKind,
    TypeRef,
};

/// Everything that a client crate is emitted from.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`, as published.
    pub version: String,
    /// What the document says of the API as a whole.
    pub docs: Docs,
    /// The first server of the document that is an absolute URL, variables replaced by their defaults, without a trailing slash.
    pub default_base_url: Option<String>,
    /// The operations by group, in the document's order.
    pub groups: Vec<Group>,
    /// Every named type, in the order of emission. A [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// The credentials that the document's security schemes describe.
    pub credentials: Vec<CredentialScheme>,
    /// Where a server's error body says what.
    pub error_body: ErrorBody,
    /// Headers that answers carry whatever the operation is.
    pub response_headers: ResponseHeaders,
}

impl Api {
    /// The type with this id.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.index())
    }

    /// The record with this id.
    #[must_use]
    pub fn record(&self, id: TypeId) -> Option<&Record> {
        match &self.type_def(id)?.kind {
            TypeKind::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The members of a flattened body that setters set: all but those that are arguments already.
    pub fn setter_fields(
        &self,
        id: TypeId,
        body_is_required: bool,
    ) -> impl Iterator<Item = &Field> {
        let fields = self.record(id).map_or(&[][..], |record| &record.fields);
        fields
            .iter()
            .filter(move |field| !(body_is_required && field.is_constructor_argument()))
    }

    /// How callers pass a value of this type.
    #[must_use]
    pub fn input_shape<'a>(&self, reference: &'a TypeRef) -> InputShape<'a> {
        match reference {
            TypeRef::String | TypeRef::Secret => InputShape::Into,
            TypeRef::Binary => InputShape::Into,
            TypeRef::Named(id) if self.is_convertible(*id) => InputShape::Into,
            TypeRef::Array(item) if self.is_item(item) => InputShape::Items(item),
            _ => InputShape::Plain,
        }
    }

    /// Whether texts, numbers or variants become a value of the type by themselves.
    fn is_convertible(&self, id: TypeId) -> bool {
        self.type_def(id)
            .is_some_and(|definition| match &definition.kind {
                TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => true,
                TypeKind::Union(union) => union.convertible_variants().next().is_some(),
                TypeKind::Record(_) | TypeKind::Alias(_) => false,
            })
    }

    fn is_item(&self, item: &TypeRef) -> bool {
        match item {
            TypeRef::Any
            | TypeRef::Array(_)
            | TypeRef::Map(_)
            | TypeRef::Nullable(_)
            | TypeRef::Boxed(_) => false,
            TypeRef::Named(id) => !self
                .type_def(*id)
                .is_some_and(|definition| matches!(definition.kind, TypeKind::Alias(_))),
            _ => true,
        }
    }

    /// Every operation of every group.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    /// Whether any part of the API needs this optional part of the runtime.
    #[must_use]
    pub fn needs(&self, feature: RuntimeFeature) -> bool {
        let body_is = |wanted: BodyMediaType| {
            self.operations().any(|operation| {
                operation
                    .body
                    .as_ref()
                    .is_some_and(|body: &Body| body.media_type == wanted)
            })
        };
        match feature {
            RuntimeFeature::Pagination => self
                .operations()
                .any(|operation| operation.pagination.is_some()),
            RuntimeFeature::Time => self.mentions(&|reference| reference.is_time()),
            RuntimeFeature::Nullable => self.types.iter().any(TypeDef::has_three_state_field),
            RuntimeFeature::Enumeration => self.types.iter().any(|definition| {
                matches!(
                    definition.kind,
                    TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_)
                )
            }),
            RuntimeFeature::Union => self
                .types
                .iter()
                .any(|definition| matches!(definition.kind, TypeKind::Union(_))),
            RuntimeFeature::Form => body_is(BodyMediaType::Form),
            RuntimeFeature::Multipart => body_is(BodyMediaType::Multipart),
        }
    }

    fn mentions(&self, wanted: &dyn Fn(&TypeRef) -> bool) -> bool {
        let in_types = self.types.iter().any(|definition| {
            definition
                .type_refs()
                .any(|reference| reference.any(wanted))
        });
        in_types
            || self
                .operations()
                .any(|operation| operation.type_refs().any(|reference| reference.any(wanted)))
    }
}

/// How callers pass a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputShape<'a> {
    /// As it is.
    Plain,
    /// As anything that becomes one.
    Into,
    /// As anything whose items become items of this type.
    Items(&'a TypeRef),
}

/// A part of the runtime that only some clients need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuntimeFeature {
    /// Pages and streams.
    Pagination,
    /// Dates and timestamps.
    Time,
    /// Members that tell absent from null.
    Nullable,
    /// Open enumerations.
    Enumeration,
    /// Unions.
    Union,
    /// `application/x-www-form-urlencoded` bodies.
    Form,
    /// `multipart/form-data` bodies.
    Multipart,
}

impl RuntimeFeature {
    /// Every feature, in canonical order.
    pub const ALL: [Self; 7] = [
        Self::Pagination,
        Self::Time,
        Self::Nullable,
        Self::Enumeration,
        Self::Union,
        Self::Form,
        Self::Multipart,
    ];
}

/// Operations that share an accessor of the client and a module.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// JSON pointer of the tag, or of the first operation where there is no tag object.
    pub pointer: String,
    /// The tag as published.
    pub tag: String,
    /// Accessor of the client and name of the module.
    pub name: Identifier,
    /// The struct that the accessor returns.
    pub type_name: Identifier,
    /// What the document says of the tag.
    pub docs: Docs,
    /// In the document's order.
    pub operations: Vec<Operation>,
}

impl Group {
    /// Whether the result of an operation comes in pages.
    #[must_use]
    pub fn has_pages(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.pagination.is_some())
    }

    /// Whether an operation has an input outside its body.
    #[must_use]
    pub fn has_parameters(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| !operation.parameters.is_empty())
    }
}

/// One way to prove who is calling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialScheme {
    /// JSON pointer of the security scheme.
    pub pointer: String,
    /// The scheme's key in the document.
    pub key: String,
    /// Constructor of the client's `Auth`.
    pub name: Identifier,
    /// What the document says of it.
    pub docs: Docs,
    /// How it travels.
    pub placement: CredentialPlacement,
}

/// Where a credential stands in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// JSON pointers into a server's error body; the first that yields wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// A text for people.
    pub message: Vec<String>,
    /// A code for programs: a string without white space.
    pub code: Vec<String>,
    /// The scopes that the call needs, separated by spaces.
    pub required_scopes: Vec<String>,
}

/// Names of headers that any answer may carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseHeaders {
    /// Headers that hold the request's id, first that is present wins.
    pub request_id: Vec<String>,
    /// Headers about the rate limit.
    pub rate_limit: RateLimitHeaders,
}

/// Names of the headers that describe a rate limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RateLimitHeaders {
    /// Requests allowed in the window.
    pub limit: Option<String>,
    /// Requests left in the window.
    pub remaining: Option<String>,
    /// Requests counted in the window.
    pub observed: Option<String>,
    /// The limit's name.
    pub name: Option<String>,
    /// End of the window, in Unix seconds.
    pub reset: Option<String>,
}
