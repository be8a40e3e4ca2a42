//! Parameters whose values their style cannot write.

use crate::diagnostic::{Pointer, codes};
use crate::lower::context::Context;
use crate::model::{Operation, ParameterStyle, Record, TypeDef, TypeId, TypeKind, TypeRef};

/// Reports the parameters with values that their style has no form for.
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

/// Whether a style has a form for the values of a type: any value for `deepObject`, and else plain values, and lists and objects of them.
pub(super) fn is_writable(style: ParameterStyle, type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    style == ParameterStyle::DeepObject
        || reaches(
            type_ref,
            types,
            &mut Vec::new(),
            &|type_ref| match type_ref {
                TypeRef::Array(inner) | TypeRef::Map(inner) => is_plain(inner, types),
                TypeRef::Named(id) => record(*id, types).is_none_or(|record| {
                    let additional = record.additional.iter().map(|field| &field.type_ref);
                    let fields = record.fields.iter().map(|field| &field.type_ref);
                    fields.chain(additional).all(|field| is_plain(field, types))
                }),
                _ => true,
            },
        )
}

fn is_plain(type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    reaches(
        type_ref,
        types,
        &mut Vec::new(),
        &|type_ref| match type_ref {
            TypeRef::Array(_) | TypeRef::Map(_) => false,
            TypeRef::Named(id) => record(*id, types).is_none(),
            _ => true,
        },
    )
}

/// Whether something holds for a type, or for one of those that it stands for. Of the variants of a union, some may do.
fn reaches(
    type_ref: &TypeRef,
    types: &[TypeDef],
    seen: &mut Vec<TypeId>,
    holds: &dyn Fn(&TypeRef) -> bool,
) -> bool {
    let id = match type_ref {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
            return reaches(inner, types, seen, holds);
        }
        TypeRef::Named(id) => *id,
        _ => return holds(type_ref),
    };
    let kind = types.get(id.index()).map(|definition| &definition.kind);
    match kind {
        Some(TypeKind::Alias(_) | TypeKind::Union(_)) if seen.contains(&id) => return false,
        Some(TypeKind::Alias(_) | TypeKind::Union(_)) => seen.push(id),
        _ => {}
    }
    match kind {
        Some(TypeKind::Alias(alias)) => reaches(&alias.target, types, seen, holds),
        Some(TypeKind::Union(union)) => {
            let mut variants = union.variants.iter();
            variants.any(|variant| reaches(&variant.type_ref, types, seen, holds))
        }
        _ => holds(type_ref),
    }
}

fn record(id: TypeId, types: &[TypeDef]) -> Option<&Record> {
    match types.get(id.index()).map(|definition| &definition.kind) {
        Some(TypeKind::Record(record)) => Some(record),
        _ => None,
    }
}
