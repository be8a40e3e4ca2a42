//! Strings, numbers and booleans.

use super::subschema::Subschema;
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::model::TypeRef;
use crate::openapi::{Node, Schema};

/// The type of a value of one of OpenAPI's plain types.
pub(super) fn scalar<'a>(
    context: &mut Context<'a>,
    kind: &str,
    subschemas: &[Subschema<'a>],
) -> TypeRef {
    let format = subschemas
        .iter()
        .find_map(|subschema| subschema.node.format().text());
    match (kind, format) {
        ("boolean", _) => TypeRef::Boolean,
        ("integer", Some("int32" | "int16" | "int8" | "uint8" | "uint16")) => {
            match subschemas
                .iter()
                .find(|subschema| exceeds_32_bits(&subschema.node))
            {
                Some(_) => TypeRef::Integer64,
                None => TypeRef::Integer32,
            }
        }
        ("integer", _) => {
            for subschema in subschemas {
                warn_of_large(context, &subschema.node);
            }
            TypeRef::Integer64
        }
        ("number", Some("float")) => TypeRef::Float,
        ("number", _) => TypeRef::Double,
        ("string", Some("date")) => TypeRef::Date,
        ("string", Some("date-time")) => TypeRef::Timestamp,
        ("string", Some("password")) => TypeRef::Secret,
        ("string", Some("binary")) => TypeRef::Binary,
        ("string", _) => TypeRef::String,
        _ => TypeRef::Any,
    }
}

/// A range that 32 bits cannot hold says more than the format.
fn exceeds_32_bits(node: &Node<'_, Schema>) -> bool {
    [node.minimum(), node.maximum()].iter().any(|bound| {
        bound
            .number()
            .and_then(crate::source::Number::as_i64)
            .is_some_and(|bound| i32::try_from(bound).is_err())
    })
}

fn warn_of_large<'a>(context: &mut Context<'a>, node: &Node<'a, Schema>) {
    if node.format().text() == Some("uint64") {
        context.report(
            codes::INTEGER_RANGE,
            &node.format().pointer(),
            "an integer without a sign is read into 64 bits with one, so that values from 2^63 on are rejected",
            "describe it as a string where such values occur",
        );
    }
}
