//! A type as something refers to it, and the names of types that have none of their own.

use crate::diagnostic::Pointer;
use crate::lower::names;
use crate::model::{Identifier, TypeRef};

/// A type, and whether a value may also be null.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct NullableType {
    pub(in crate::lower) type_ref: TypeRef,
    pub(in crate::lower) nullable: bool,
}

impl NullableType {
    pub(super) fn plain(type_ref: TypeRef) -> Self {
        Self {
            type_ref,
            nullable: false,
        }
    }

    /// Returns the type with null as one of its values.
    pub(in crate::lower) fn into_ref(self) -> TypeRef {
        match self.type_ref {
            TypeRef::Any => TypeRef::Any,
            other if self.nullable => TypeRef::Nullable(Box::new(other)),
            other => other,
        }
    }
}

/// What a type without a name of its own is named after.
#[derive(Debug, Clone)]
pub(in crate::lower) struct NameContext {
    /// The names of what surrounds it, in upper camel case.
    pub(super) base: String,
    /// The name that a schema among the components has.
    pub(super) component: Option<ComponentName>,
}

impl NameContext {
    pub(in crate::lower) fn new(base: impl Into<String>) -> Self {
        Self {
            base: base.into(),
            component: None,
        }
    }

    /// Returns the context of a part of this one.
    pub(in crate::lower) fn within(&self, piece: &str) -> Self {
        Self::new(names::join(&self.base, &names::camel_piece(piece)))
    }
}

/// The identity of a schema among the components.
#[derive(Debug, Clone)]
pub(super) struct ComponentName {
    pub(super) key: String,
    pub(super) name: Identifier,
    pub(super) pointer: Pointer,
}
