//! Parameters whose values their style cannot write.

use std::collections::HashSet;

use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::model::{Operation, ParameterStyle, Record, TypeDef, TypeId, TypeRef};

/// Reports the parameters with values that their style has no form for.
pub(super) fn report(context: &mut Context<'_>, operation: &Operation, types: &[TypeDef]) {
    for parameter in operation.parameters.iter().filter(|one| !one.json) {
        if !is_writable(parameter.style, &parameter.type_ref, types) {
            let message = format!(
                "values of the parameter `{}` nest deeper than its style can write; calls with such values fail",
                parameter.wire_name
            );
            let help = "describe it by `content` with `application/json`, or as a string that holds JSON, where the server reads that";
            context.report(codes::NESTED_PARAMETER, &parameter.pointer, message, help);
        }
    }
}

/// Whether a style has a form for the values of a type: any value for `deepObject`, and else plain values, and lists and objects of them.
pub(super) fn is_writable(style: ParameterStyle, type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    style == ParameterStyle::DeepObject
        || any_variant(type_ref, types, &|type_ref| match type_ref {
            TypeRef::Array(inner) | TypeRef::Map(inner) => is_plain(inner, types),
            TypeRef::Named(id) => record(*id, types).is_none_or(|record| {
                let mut fields = record.all_fields();
                fields.all(|field| is_plain(&field.type_ref, types))
            }),
            _ => true,
        })
}

fn is_plain(type_ref: &TypeRef, types: &[TypeDef]) -> bool {
    any_variant(type_ref, types, &|type_ref| match type_ref {
        TypeRef::Array(_) | TypeRef::Map(_) => false,
        TypeRef::Named(id) => record(*id, types).is_none(),
        _ => true,
    })
}

/// Whether something holds for the type of a value, or for one of the variants where that is a union.
fn any_variant(type_ref: &TypeRef, types: &[TypeDef], holds: &dyn Fn(&TypeRef) -> bool) -> bool {
    let mut seen: HashSet<TypeId> = HashSet::new();
    let mut ahead = vec![type_ref];
    while let Some(type_ref) = ahead.pop() {
        let type_ref = type_ref.non_null(types);
        let union = match type_ref {
            TypeRef::Named(id) => types
                .get(id.index())
                .and_then(TypeDef::union)
                .map(|union| (*id, union)),
            _ => None,
        };
        match union {
            Some((id, union)) if seen.insert(id) => {
                ahead.extend(union.variants.iter().map(|variant| &variant.type_ref));
            }
            Some(_) => {}
            None if holds(type_ref) => return true,
            None => {}
        }
    }
    false
}

fn record(id: TypeId, types: &[TypeDef]) -> Option<&Record> {
    types.get(id.index())?.record()
}
