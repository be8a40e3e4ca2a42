//! Members of forms.

use crate::model::{TypeDef, TypeKind, TypeRef};

/// A member of a form.
pub(super) struct Member<'m> {
    pub(super) name: &'m str,
    pub(super) values: Values,
    pub(super) type_ref: &'m TypeRef,
    pub(super) types: &'m [TypeDef],
}

impl<'m> Member<'m> {
    /// Finds a member of a form by its name.
    pub(super) fn find(form: &'m TypeRef, name: &'m str, types: &'m [TypeDef]) -> Option<Self> {
        let type_ref = match form.non_null(types) {
            TypeRef::Map(value) => value,
            TypeRef::Named(id) => {
                let record = types.get(id.index())?.record()?;
                let field = record.fields.iter().find(|field| field.wire_name == name);
                let field = field.or(record.additional.as_deref())?;
                &field.type_ref
            }
            _ => return None,
        };
        Some(Self {
            name,
            values: values(type_ref, types),
            type_ref,
            types,
        })
    }
}

/// What is written one by one for a member: the items of a list, or its only value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) is_list: bool,
    pub(super) kind: ValueKind,
}

/// What values are, as far as it decides how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Plain,
    File,
    /// An object, or a list in a list.
    Composite,
    /// Known when a value is there.
    Unknown,
}

fn values(type_ref: &TypeRef, types: &[TypeDef]) -> Values {
    match type_ref.non_null(types) {
        TypeRef::Array(item) => Values {
            is_list: true,
            kind: kind(item, types),
        },
        value => Values {
            is_list: false,
            kind: kind(value, types),
        },
    }
}

fn kind(type_ref: &TypeRef, types: &[TypeDef]) -> ValueKind {
    match type_ref.non_null(types) {
        TypeRef::Array(_) | TypeRef::Map(_) => ValueKind::Composite,
        TypeRef::Any => ValueKind::Unknown,
        TypeRef::Binary => ValueKind::File,
        TypeRef::Named(id) => match types.get(id.index()).map(|definition| &definition.kind) {
            Some(TypeKind::Record(_)) => ValueKind::Composite,
            Some(TypeKind::Union(_)) => ValueKind::Unknown,
            _ => ValueKind::Plain,
        },
        _ => ValueKind::Plain,
    }
}
