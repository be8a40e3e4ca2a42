//! Parameters whose values no style can write.

use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::model::{Operation, TypeDef, TypeKind, TypeRef};

/// Reports the parameters whose values nest deeper than a list or an object of plain values, which is all that OpenAPI gives a form to.
pub(super) fn report(context: &mut Context<'_>, operation: &Operation, types: &[TypeDef]) {
    for parameter in operation.parameters.iter().filter(|one| !one.json) {
        if !is_flat(&parameter.type_ref, types) {
            context.report(
                Severity::Warning,
                codes::NESTED_PARAMETER,
                &Pointer::parse(&parameter.pointer).unwrap_or_default(),
                format!(
                    "values of the parameter `{}` nest deeper than any style can write; calls with such values fail",
                    parameter.wire_name
                ),
                "describe it by `content` with `application/json` where the server reads that",
            );
        }
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
