//! Parameters whose values their style cannot write.

use crate::diagnostic::{Pointer, codes};
use crate::lower::context::Context;
use crate::model::{Operation, ParameterStyle, TypeDef, TypeId, TypeKind, TypeRef};

/// Reports the parameters with values that their style has no form for: plain values, and lists and objects of them, have one in every
/// style, objects of objects in `deepObject` alone.
pub(super) fn report(context: &mut Context<'_>, operation: &Operation, types: &[TypeDef]) {
    for parameter in operation.parameters.iter().filter(|one| !one.json) {
        if !is_writable(parameter.style, &parameter.type_ref, types) {
            let message = format!(
                "values of the parameter `{}` nest deeper than its style can write; calls with such values fail",
                parameter.wire_name
            );
            let help = "describe it by `content` with `application/json`, or as a string that holds JSON, where the server reads that";
            context.report(
                codes::NESTED_PARAMETER,
                &Pointer::parse(&parameter.pointer).unwrap_or_default(),
                message,
                help,
            );
        }
    }
}

/// Whether a style has a form for the values of a type.
pub(super) fn is_writable(style: ParameterStyle, type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    match style {
        ParameterStyle::DeepObject => nests(type_ref, types, &mut Vec::new()),
        _ => is_flat(type_ref, types),
    }
}

/// Whether a value is made of plain values, lists of them and objects of all these.
fn nests(type_ref: &TypeRef, types: &[TypeDef], seen: &mut Vec<TypeId>) -> bool {
    match type_ref {
        TypeRef::Array(inner) => is_plain(inner, types),
        TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
            nests(inner, types, seen)
        }
        TypeRef::Named(id) if !seen.contains(id) => {
            seen.push(*id);
            match types.get(id.index()).map(|definition| &definition.kind) {
                Some(TypeKind::Record(record)) => {
                    let additional = record.additional.iter().map(|field| &field.type_ref);
                    let fields = record.fields.iter().map(|field| &field.type_ref);
                    fields
                        .chain(additional)
                        .all(|field| nests(field, types, seen))
                }
                Some(TypeKind::Alias(alias)) => nests(&alias.target, types, seen),
                _ => true,
            }
        }
        _ => true,
    }
}

/// Whether a value is plain, or a list or an object of plain values.
fn is_flat(type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    match type_ref {
        TypeRef::Array(inner) | TypeRef::Map(inner) => is_plain(inner, types),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_flat(inner, types),
        TypeRef::Named(id) => match types.get(id.index()).map(|definition| &definition.kind) {
            Some(TypeKind::Record(record)) => {
                let additional = record.additional.iter().map(|field| &field.type_ref);
                let fields = record.fields.iter().map(|field| &field.type_ref);
                fields.chain(additional).all(|field| is_plain(field, types))
            }
            Some(TypeKind::Alias(alias)) => is_flat(&alias.target, types),
            // Some of the variants may do.
            Some(TypeKind::Union(_)) => true,
            _ => is_plain(type_ref, types),
        },
        _ => true,
    }
}

fn is_plain(type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    match type_ref {
        TypeRef::Array(_) | TypeRef::Map(_) => false,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_plain(inner, types),
        TypeRef::Named(id) => !matches!(
            types.get(id.index()).map(|definition| &definition.kind),
            Some(TypeKind::Record(_))
        ),
        _ => true,
    }
}
