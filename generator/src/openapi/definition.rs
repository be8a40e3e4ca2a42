//! What a table says of an object: its fields, what they hold, and in which versions of OpenAPI they are legal.

use std::borrow::Cow;

use super::version::Version;
use crate::source::{Data, Object as Members};

/// Whether an object has a field in one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The version does not have the field.
    Unknown,
    /// The field may be absent.
    Optional,
    /// The object means nothing without the field.
    Required,
    /// The field is required, but an empty value in its place says as much.
    Defaulted,
}

/// The presence of a field in each version, in the order of [`Version::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns(pub [Presence; 4]);

impl Columns {
    /// The presence in one version.
    #[must_use]
    pub const fn of(self, version: Version) -> Presence {
        let [v2, v3_0, v3_1, v3_2] = self.0;
        match version {
            Version::Swagger2 => v2,
            Version::OpenApi30 => v3_0,
            Version::OpenApi31 => v3_1,
            Version::OpenApi32 => v3_2,
        }
    }

    /// The first version that has the field.
    #[must_use]
    pub fn first(self) -> Option<Version> {
        Version::ALL
            .iter()
            .copied()
            .find(|version| self.of(*version) != Presence::Unknown)
    }
}

/// The objects of the specification, and those of this generator's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is described at the table of its name")]
pub enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Tag,
    ExternalDocumentation,
    Paths,
    PathItem,
    AdditionalOperations,
    Operation,
    Parameter,
    Items,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Schema,
    Discriminator,
    Xml,
    SecurityRequirement,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    TokenFlow,
    AuthorizationCodeFlow,
    DeviceFlow,
    ErrorBody,
    OperationNames,
    CredentialPlaces,
    ResponseHeaders,
    RateLimit,
    CredentialStatus,
    ActiveProof,
    ErrorPattern,
    Credential,
    CredentialTarget,
    Pagination,
}

/// An object of the specification.
#[derive(Debug)]
pub struct ObjectDefinition {
    /// Which one it is.
    pub kind: Kind,
    /// The name for messages, with an article.
    pub name: &'static str,
    /// The fields with fixed names. A name occurs again only where versions hold different values in it.
    pub fixed: &'static [FixedField],
    /// The fields whose names the document chooses.
    pub patterned: Option<PatternedFields>,
    /// The extensions that this generator reads. They are checked where they are read.
    pub extensions: &'static [Extension],
}

/// A field with a fixed name.
#[derive(Debug)]
pub struct FixedField {
    /// The name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// The versions that have it.
    pub columns: Columns,
}

/// Fields whose names the document chooses.
#[derive(Debug)]
pub struct PatternedFields {
    /// Whether a name is one of theirs.
    pub accepts: fn(&str) -> bool,
    /// What they hold.
    pub shape: Shape,
    /// The versions that have them.
    pub columns: Columns,
}

/// An extension that this generator reads.
#[derive(Debug)]
pub struct Extension {
    /// The name, which begins with `x-`.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Anything.
    Any,
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Size,
    /// A list of such values.
    List(&'static Self),
    /// An object whose members are such values, under names that the document chooses.
    Map(&'static Self),
    /// An object of the specification.
    Object(fn() -> &'static ObjectDefinition),
    /// An object of the specification or a `$ref` to one.
    Reference(fn() -> &'static ObjectDefinition),
    /// `true`, `false`, or an object or a `$ref` to one.
    OrBoolean(fn() -> &'static ObjectDefinition),
    /// Checked by the rules of the object.
    Custom,
}

impl Shape {
    /// The name for messages, with an article.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Any | Self::Custom => "a value",
            Self::String => "a string",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::Size => "a whole number that is not negative",
            Self::List(Self::String) => "a list of strings",
            Self::List(_) => "a list",
            Self::Map(_) | Self::Object(_) => "an object",
            Self::Reference(_) => "an object or a `$ref`",
            Self::OrBoolean(_) => "true, false or a schema",
        }
    }

    /// The object that a value of this shape is, if it is one.
    #[must_use]
    pub fn object(&self) -> Option<&'static ObjectDefinition> {
        match self {
            Self::Object(definition)
            | Self::Reference(definition)
            | Self::OrBoolean(definition) => Some(definition()),
            _ => None,
        }
    }

    /// The least value of this shape.
    #[must_use]
    pub fn empty(&self, version: Version) -> Data {
        match self {
            Self::List(_) => Data::Array(Vec::new()),
            Self::Object(definition) => {
                let defaulted = definition()
                    .fields(version)
                    .filter(|(_, presence)| *presence == Presence::Defaulted);
                let empty = |field: &FixedField| field.shape.empty(version).into();
                Data::Object(
                    defaulted
                        .map(|(field, _)| (field.name.to_owned(), empty(field)))
                        .collect(),
                )
            }
            Self::Map(_) | Self::Reference(_) | Self::OrBoolean(_) => {
                Data::Object(Members::default())
            }
            Self::String | Self::Any | Self::Custom => Data::String(String::new()),
            Self::Boolean => Data::Bool(false),
            Self::Size | Self::Number => Data::Number(0_u64.into()),
        }
    }

    /// The shape of a member or element.
    #[must_use]
    pub fn child(&self, segment: &str, version: Version) -> Option<Self> {
        match self {
            Self::List(shape) | Self::Map(shape) => Some(**shape),
            _ => self.object()?.child(segment, version),
        }
    }
}

impl ObjectDefinition {
    /// The fixed fields that a version has, with their presence.
    pub fn fields(
        &self,
        version: Version,
    ) -> impl Iterator<Item = (&'static FixedField, Presence)> + use<> {
        self.fixed
            .iter()
            .map(move |field| (field, field.columns.of(version)))
            .filter(|(_, presence)| *presence != Presence::Unknown)
    }

    /// The fixed field of this name in a version.
    #[must_use]
    pub fn field(&self, name: &str, version: Version) -> Option<(&'static FixedField, Presence)> {
        self.fields(version).find(|(field, _)| field.name == name)
    }

    /// The fixed field of this name in whichever version has it first.
    #[must_use]
    pub fn field_of_any_version(&self, name: &str) -> Option<&'static FixedField> {
        self.fixed.iter().find(|field| field.name == name)
    }

    /// What a field holds whose name the document chooses, with its presence.
    #[must_use]
    pub fn patterned_field(&self, name: &str, version: Version) -> Option<(Shape, Presence)> {
        let fields = self.patterned.as_ref()?;
        let presence = fields.columns.of(version);
        let is_one = presence != Presence::Unknown && (fields.accepts)(name);
        is_one.then_some((fields.shape, presence))
    }

    /// The shape of a node below such an object.
    pub fn below<'a>(
        &self,
        mut segments: impl Iterator<Item = Cow<'a, str>>,
        version: Version,
    ) -> Option<Shape> {
        let shape = self.child(&segments.next()?, version)?;
        segments.try_fold(shape, |shape, segment| shape.child(&segment, version))
    }

    pub(super) fn child(&self, segment: &str, version: Version) -> Option<Shape> {
        match self.field(segment, version) {
            Some((field, _)) => Some(field.shape),
            None => Some(self.patterned_field(segment, version)?.0),
        }
    }
}
