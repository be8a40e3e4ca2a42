//! References to types.

use super::{TypeDef, TypeKind};

/// Index of a [`TypeDef`](super::TypeDef) in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(usize);

impl TypeId {
    /// The id of the type at this index.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(index)
    }

    /// The index into the list of types.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// What a value's type is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// `bool`.
    Boolean,
    /// `i32`.
    Integer32,
    /// `i64`; what an integer without a format is as well.
    Integer64,
    /// `u64`.
    Unsigned64,
    /// `f64`. Every number is one: JSON's have no width, and `f32` would round them, or make them infinite.
    Double,
    /// `String`.
    String,
    /// A string that never shows in any output (`format: password`).
    Secret,
    /// A calendar date (`format: date`).
    Date,
    /// A point in time (`format: date-time`).
    Timestamp,
    /// Raw bytes (`format: binary` in a body or form part).
    Binary,
    /// Any JSON.
    Any,
    /// A list.
    Array(Box<TypeRef>),
    /// A JSON object whose keys are data.
    Map(Box<TypeRef>),
    /// `Option<T>`, where null is allowed inside a list or a map.
    Nullable(Box<TypeRef>),
    /// `Box<T>`, where a type would otherwise contain itself.
    Boxed(Box<TypeRef>),
    /// A type of the crate.
    Named(TypeId),
}

impl TypeRef {
    /// Returns the type that this is without the aliases and boxes around it.
    #[must_use]
    pub fn resolved<'a>(&'a self, types: &'a [TypeDef]) -> &'a Self {
        let mut reference = self;
        loop {
            let kind = match reference {
                Self::Boxed(inner) => {
                    reference = inner;
                    continue;
                }
                Self::Named(id) => types.get(id.index()).map(|definition| &definition.kind),
                _ => None,
            };
            match kind {
                Some(TypeKind::Alias(alias)) => reference = &alias.target,
                _ => return reference,
            }
        }
    }

    /// Returns the type of a value that is not null: this one without the options, aliases and boxes around it.
    #[must_use]
    pub fn non_null<'a>(&'a self, types: &'a [TypeDef]) -> &'a Self {
        match self.resolved(types) {
            Self::Nullable(inner) => inner.non_null(types),
            resolved => resolved,
        }
    }

    /// Whether this reference, or one nested in it, satisfies the test. Named types are not entered.
    pub fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        test(self)
            || match self {
                Self::Array(inner)
                | Self::Map(inner)
                | Self::Nullable(inner)
                | Self::Boxed(inner) => inner.any(test),
                _ => false,
            }
    }

    /// How many lists and maps are in one another here.
    #[must_use]
    pub fn nesting(&self) -> usize {
        match self {
            Self::Array(inner) | Self::Map(inner) => 1 + inner.nesting(),
            Self::Nullable(inner) | Self::Boxed(inner) => inner.nesting(),
            _ => 0,
        }
    }

    /// Whether the value is raw bytes.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        matches!(self, Self::Binary)
    }

    /// The type of the crate that this is, or that a list, map or option of it holds.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.named()
            }
            _ => None,
        }
    }

    /// Whether the value is a date or a timestamp.
    #[must_use]
    pub fn is_time(&self) -> bool {
        matches!(self, Self::Date | Self::Timestamp)
    }

    /// Whether the value is an integer.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        matches!(self, Self::Integer32 | Self::Integer64 | Self::Unsigned64)
    }

    /// Whether the value is copied rather than moved or borrowed.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Boolean
            | Self::Integer32
            | Self::Integer64
            | Self::Unsigned64
            | Self::Double
            | Self::Date
            | Self::Timestamp => true,
            Self::Nullable(inner) => inner.is_copy(),
            _ => false,
        }
    }
}
