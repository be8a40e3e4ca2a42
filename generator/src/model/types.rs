//! Named types.

use super::{Docs, Identifier, TypeId, TypeRef};
use crate::diagnostic::Pointer;

/// A type that the crate defines.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// JSON pointer of the schema.
    pub pointer: Pointer,
    /// The schema's key under `components.schemas`, where it has one.
    pub schema_name: Option<String>,
    /// The type's name.
    pub name: Identifier,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether the document discourages its use.
    pub deprecated: bool,
    /// Where values of it travel.
    pub usage: Usage,
    /// Whether a secret can be reached from it.
    pub reaches_secret: bool,
    /// What it is.
    pub kind: TypeKind,
}

impl TypeDef {
    /// Every reference to a type that is in the definition itself.
    pub fn type_refs(&self) -> impl Iterator<Item = &TypeRef> {
        let refs: Vec<&TypeRef> = match &self.kind {
            TypeKind::Record(record) => record.all_fields().map(|field| &field.type_ref).collect(),
            TypeKind::Union(union) => union
                .variants
                .iter()
                .map(|variant| &variant.type_ref)
                .collect(),
            TypeKind::Alias(alias) => vec![&alias.target],
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
        };
        refs.into_iter()
    }

    /// Returns the record that it is, if it is one.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        match &self.kind {
            TypeKind::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Returns the union that it is, if it is one.
    #[must_use]
    pub fn union(&self) -> Option<&Union> {
        match &self.kind {
            TypeKind::Union(union) => Some(union),
            _ => None,
        }
    }

    /// Whether callers make values of it.
    #[must_use]
    pub fn is_built_by_callers(&self) -> bool {
        self.usage.request
    }

    /// Whether it is a form with files in it, which is written and never read.
    #[must_use]
    pub fn holds_files(&self) -> bool {
        self.type_refs()
            .any(|reference| reference.any(&TypeRef::is_binary))
    }

    /// The name of a variant of an enumeration.
    #[must_use]
    pub fn variant_name(&self, index: usize) -> Option<&Identifier> {
        match &self.kind {
            TypeKind::StringEnum(enumeration) => {
                enumeration.variants.get(index).map(|variant| &variant.name)
            }
            TypeKind::IntegerEnum(enumeration) => {
                enumeration.variants.get(index).map(|variant| &variant.name)
            }
            _ => None,
        }
    }

    /// The value of a variant of an enumeration as text.
    #[must_use]
    pub fn variant_text(&self, index: usize) -> Option<String> {
        match &self.kind {
            TypeKind::StringEnum(enumeration) => enumeration
                .variants
                .get(index)
                .map(|variant| variant.value.clone()),
            TypeKind::IntegerEnum(enumeration) => enumeration
                .variants
                .get(index)
                .map(|variant| variant.value.to_string()),
            _ => None,
        }
    }

    /// Whether a field distinguishes absent, null and value.
    #[must_use]
    pub fn has_three_state_field(&self) -> bool {
        self.record().is_some_and(|record| {
            let mut fields = record.fields.iter();
            fields.any(|field| field.presence == FieldPresence::OptionalNullable)
        })
    }
}

/// The directions in which values of a type travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Reached from a parameter or a request body.
    pub request: bool,
    /// Reached from a response.
    pub response: bool,
}

/// The shape of a named type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// A struct.
    Record(Record),
    /// An open enumeration of strings.
    StringEnum(StringEnum),
    /// An open enumeration of integers.
    IntegerEnum(IntegerEnum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
}

/// A JSON object with known members.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The fields in the document's order, those of merged `allOf` parts first.
    pub fields: Vec<Field>,
    /// Holds the members that no field names, as a map from member name to this type; always [`FieldPresence::Required`].
    pub additional: Option<Box<Field>>,
}

impl Record {
    /// Returns the fields, and the one that holds the other members.
    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().chain(self.additional.as_deref())
    }

    /// Whether a value can be made without an argument.
    #[must_use]
    pub fn has_default(&self) -> bool {
        self.constructor_fields().next().is_none()
    }

    /// Whether a value without any member is what `Default` would make of its own accord.
    #[must_use]
    pub fn has_plain_default(&self) -> bool {
        self.fields.iter().all(|field| {
            matches!(
                field.presence,
                FieldPresence::Optional | FieldPresence::OptionalNullable
            )
        })
    }

    /// Whether the document discourages the use of one of the fields.
    #[must_use]
    pub fn has_deprecated_fields(&self) -> bool {
        self.fields.iter().any(|field| field.deprecated)
    }

    /// The fields that `new` takes: required, without a default.
    pub fn constructor_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.is_constructor_argument())
    }
}

/// A member of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// JSON pointer of the property.
    pub pointer: Pointer,
    /// The field's name.
    pub name: Identifier,
    /// The member's name in JSON.
    pub wire_name: String,
    /// The type of a present, non-null value.
    pub type_ref: TypeRef,
    /// Whether the member may be absent or null.
    pub presence: FieldPresence,
    /// What the document says of it; allowed range, length and pattern included.
    pub docs: Docs,
    /// Whether the document discourages its use.
    pub deprecated: bool,
    /// The default that the document states, for the documentation.
    pub default: Option<Literal>,
    /// A value that the document gives as an example, for the documentation.
    pub example: Option<Literal>,
}

impl Field {
    /// Whether `new` takes the field.
    #[must_use]
    pub fn is_constructor_argument(&self) -> bool {
        matches!(
            self.presence,
            FieldPresence::Required
                | FieldPresence::RequiredNullable
                | FieldPresence::OmittedWhenEmpty
        )
    }
}

/// Whether a member may be absent or null, and so what its field's type is.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldPresence {
    /// The member is always present and never null: `T`.
    Required,
    /// The member is always present and may be null: `Option<T>`. `None` is written as null. An absent member is read as `None`.
    RequiredNullable,
    /// The member may be absent: `Option<T>`. Null is read as `None`.
    Optional,
    /// The member may be absent or null, and a request can express both: `Option<Nullable<T>>`.
    OptionalNullable,
    /// The member is a list or map that callers always pass, and it is not sent if it is empty: `T`. Null and an absent member are read as
    /// empty.
    OmittedWhenEmpty,
    /// The member has this value if the server omits it or sends null: `T`.
    Defaulted(Literal),
}

/// A constant from the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i128),
    /// Any other number.
    Double(f64),
    /// A text.
    String(String),
    /// A variant of an enumeration, by its index.
    Variant(TypeId, usize),
    /// The empty list.
    EmptyArray,
    /// A list of values, as an example.
    Array(Vec<Literal>),
}

/// An open enumeration of strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StringEnum {
    /// The known values, in the document's order.
    pub variants: Vec<EnumVariant<String>>,
    /// The variant that keeps values the document does not know.
    pub catch_all: Identifier,
}

/// An open enumeration of integers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegerEnum {
    /// The known values, in the document's order.
    pub variants: Vec<EnumVariant<i64>>,
    /// The variant that keeps values the document does not know.
    pub catch_all: Identifier,
}

/// A known value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumVariant<T> {
    /// JSON pointer of the value.
    pub pointer: Pointer,
    /// The variant's name.
    pub name: Identifier,
    /// The value on the wire.
    pub value: T,
    /// What the document says of it.
    pub docs: Docs,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// How a variant is recognised.
    pub kind: UnionKind,
    /// The variants in the document's order.
    pub variants: Vec<UnionVariant>,
    /// The variant that keeps JSON which fits no other.
    pub catch_all: Identifier,
}

/// How the variant of a union is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnionKind {
    /// The value of a member names the variant.
    Tagged {
        /// The member's name in JSON.
        property: String,
    },
    /// The variants are tried in their order.
    Untagged,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnionVariant {
    /// The variant's name.
    pub name: Identifier,
    /// The values of the discriminator that select it; empty in an untagged union.
    pub tags: Vec<String>,
    /// Whether it is read where the discriminator has a value that selects no variant, or none.
    pub is_default: bool,
    /// What it holds.
    pub type_ref: TypeRef,
}

/// Another name for a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The type it represents. An alias never leads back to itself.
    pub target: TypeRef,
}
