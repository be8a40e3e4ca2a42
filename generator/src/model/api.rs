//! The API as a whole.

use super::{
    Body, BodyMediaType, CredentialPlacement, CredentialScheme, CredentialStatusInfo, Docs, Field,
    Identifier, Operation, ParameterLocation, Record, RuntimeFeature, TypeDef, TypeId, TypeKind,
    TypeRef, UnionVariant,
};
use crate::diagnostic::Pointer;

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
    /// The path with which the path of every operation begins, without a trailing slash: `x-base-path`, or that of a server without a
    /// host. A base URL may end with it.
    pub base_path: Option<String>,
    /// The operations by group, in the document's order.
    pub groups: Vec<Group>,
    /// Every named type, in the order of emission. A [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// The credentials that the document's security schemes describe.
    pub credentials: Vec<CredentialScheme>,
    /// Places in which the server takes credentials that no security scheme describes. Nothing else may be there.
    pub other_credential_places: Vec<CredentialPlacement>,
    /// Where the status of a credential is asked for, and what proves it.
    pub credential_status: CredentialStatusInfo,
    /// Where a server's error body says what.
    pub error_body: ErrorBody,
    /// Headers that responses carry whatever the operation is.
    pub response_headers: ResponseHeaders,
    /// Modules of the maintainer's beside the emitted ones, which the crate's root declares.
    pub modules: Vec<Identifier>,
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
        self.type_def(id)?.record()
    }

    /// The fields that a record's `new` takes.
    pub fn constructor_fields(&self, id: TypeId) -> impl Iterator<Item = &Field> {
        self.record(id)
            .into_iter()
            .flat_map(Record::constructor_fields)
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

    /// The type that this is without aliases and boxes around it.
    #[must_use]
    pub fn resolved<'a>(&'a self, reference: &'a TypeRef) -> &'a TypeRef {
        reference.resolved(&self.types)
    }

    /// How callers pass a value of this type.
    #[must_use]
    pub fn input_shape<'a>(&'a self, reference: &'a TypeRef) -> InputShape<'a> {
        match reference {
            TypeRef::String
            | TypeRef::Secret
            | TypeRef::Binary
            | TypeRef::Any
            | TypeRef::Boxed(_) => InputShape::Into,
            TypeRef::Array(item) if self.is_item(item) => InputShape::Items(item),
            TypeRef::Named(id) => match self.type_def(*id).map(|definition| &definition.kind) {
                Some(TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_)) => {
                    InputShape::Into
                }
                Some(TypeKind::Alias(alias)) => self.input_shape(&alias.target),
                Some(TypeKind::Record(_)) | None => InputShape::Plain,
            },
            _ => InputShape::Plain,
        }
    }

    /// Whether items of a list can be passed as anything that becomes one.
    fn is_item(&self, item: &TypeRef) -> bool {
        !matches!(
            self.resolved(item),
            TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Nullable(_)
        )
    }

    /// Whether the value is a date or timestamp, or a list, map or option of them, through aliases.
    #[must_use]
    pub fn holds_times(&self, reference: &TypeRef) -> bool {
        match self.resolved(reference) {
            TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => {
                self.holds_times(inner)
            }
            resolved => resolved.is_time(),
        }
    }

    /// The variants of a union whose type no other variant has, so that a value of the type says which is meant.
    pub fn convertible_variants<'a>(
        &'a self,
        definition: &'a TypeDef,
    ) -> impl Iterator<Item = &'a UnionVariant> {
        let union = definition.union();
        let variants = union.map_or(&[][..], |union| &union.variants);
        let type_of = |variant: &'a UnionVariant| self.resolved(&variant.type_ref);
        let is_itself = |reference: &TypeRef| match reference {
            TypeRef::Named(id) => self
                .type_def(*id)
                .is_some_and(|other| other.name == definition.name),
            _ => false,
        };
        variants.iter().filter(move |variant| {
            let wanted = type_of(variant);
            !is_itself(wanted)
                && variants
                    .iter()
                    .filter(|other| type_of(other) == wanted)
                    .count()
                    == 1
        })
    }

    /// The variant of a union to which a text converts, owned or borrowed.
    pub fn text_variant<'a>(&'a self, definition: &'a TypeDef) -> Option<&'a UnionVariant> {
        self.convertible_variants(definition)
            .find(|variant| *self.resolved(&variant.type_ref) == TypeRef::String)
    }

    /// Whether one of several types is a record, which may be much larger than the others.
    pub fn has_uneven_variants<'a>(&self, types: impl IntoIterator<Item = &'a TypeRef>) -> bool {
        types.into_iter().any(|reference| match reference {
            TypeRef::Boxed(_) => false,
            other => match self.resolved(other) {
                TypeRef::Named(id) => self.record(*id).is_some(),
                _ => false,
            },
        })
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
            RuntimeFeature::Replacement => self
                .operations()
                .any(|operation| operation.guard(&self.credential_status).is_some()),
            RuntimeFeature::List => self.mentions(&|reference| {
                matches!(self.input_shape(reference), InputShape::Items(item) if !item.is_copy())
            }),
            RuntimeFeature::Time => self.mentions(&|reference| reference.is_time()),
            RuntimeFeature::Nullable => self.types.iter().any(TypeDef::has_three_state_field),
            RuntimeFeature::StringEnum => self
                .types
                .iter()
                .any(|definition| matches!(definition.kind, TypeKind::StringEnum(_))),
            RuntimeFeature::IntegerEnum => self
                .types
                .iter()
                .any(|definition| matches!(definition.kind, TypeKind::IntegerEnum(_))),
            RuntimeFeature::AdditionalMembers => self.types.iter().any(|definition| {
                let record = definition.record();
                record.is_some_and(|record| record.additional.is_some())
            }),
            RuntimeFeature::RateLimit => {
                self.response_headers.rate_limit != RateLimitHeaders::default()
            }
            RuntimeFeature::NewSecret => {
                self.needs(RuntimeFeature::Replacement)
                    || self
                        .operations()
                        .any(|operation| operation.new_secret.is_some())
            }
            RuntimeFeature::ParameterFormat => {
                self.needs(RuntimeFeature::Form)
                    || self
                        .operations()
                        .flat_map(|operation| &operation.parameters)
                        .any(|parameter| {
                            parameter.location == ParameterLocation::Cookie
                                || !parameter.has_default_format()
                        })
            }
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
    /// The value itself.
    Plain,
    /// Anything that converts into the value.
    Into,
    /// Anything whose items convert into items of this type.
    Items(&'a TypeRef),
}

/// Operations that share an accessor of the client and a module.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// JSON pointer of the tag, or of the first operation where there is no tag object.
    pub pointer: Pointer,
    /// The tag as published.
    pub tag: String,
    /// Accessor of the client and name of the module.
    pub name: Identifier,
    /// The struct that the accessor returns.
    pub type_name: Identifier,
    /// What the document says of the tag.
    pub docs: Docs,
    /// The operations in the document's order.
    pub operations: Vec<Operation>,
}

/// JSON pointers into a server's error body; the first that yields wins. Without any, the client reads the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// A text for people.
    pub message: Vec<Pointer>,
    /// A code for programs: a string without white space.
    pub code: Vec<Pointer>,
    /// The scopes that the call needs, separated by spaces.
    pub required_scopes: Vec<Pointer>,
}

/// Names of headers that any response may carry.
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
