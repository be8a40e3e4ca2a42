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
        ("integer", format) => integer(context, format, subschemas),
        ("number", _) => TypeRef::Double,
        ("string", Some("date")) => TypeRef::Date,
        ("string", Some("date-time")) => TypeRef::Timestamp,
        ("string", Some("password")) => TypeRef::Secret,
        ("string", Some("binary")) => TypeRef::Binary,
        ("string", _) => TypeRef::String,
        _ => TypeRef::Any,
    }
}

/// The types of integers, of which each holds more large values than those before it.
const INTEGERS: [TypeRef; 3] = [TypeRef::Integer32, TypeRef::Integer64, TypeRef::Unsigned64];

/// The first type from that of the format on which holds the range. Without either, an integer has 64 bits and a sign: a minimum of zero does
/// not make it unsigned, since few values are large, and a server may send a negative one nevertheless.
fn integer<'a>(
    context: &mut Context<'a>,
    format: Option<&str>,
    subschemas: &[Subschema<'a>],
) -> TypeRef {
    let least = match format {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => TypeRef::Integer32,
        Some("uint64" | "uint") => TypeRef::Unsigned64,
        _ => TypeRef::Integer64,
    };
    let nodes = || subschemas.iter().map(|subschema| &subschema.node);
    // Some documents state the width of another language, and show that it is not that of the values.
    let mut shown = nodes().flat_map(shown_integers);
    let least = match least {
        TypeRef::Integer32 if shown.any(|value| !holds(&TypeRef::Integer32, value)) => {
            TypeRef::Integer64
        }
        least => least,
    };
    let low = nodes().filter_map(|node| Some(node.minimum().number()?.as_f64()));
    let high = nodes().filter_map(|node| Some(node.maximum().number()?.as_f64()));
    let range = (low.reduce(f64::max), high.reduce(f64::min));
    let is_wide = matches!(format, Some("int128" | "uint128"));
    let mut types = INTEGERS.into_iter().skip_while(|other| *other != least);
    match types.find(|other| holds_range(other, range)) {
        Some(found) if !is_wide => found,
        _ => {
            if let Some(last) = subschemas.last() {
                report_large(context, &last.node);
            }
            TypeRef::Integer64
        }
    }
}

/// The integers that a schema has as an example or default.
fn shown_integers<'a>(node: &Node<'a, Schema>) -> impl Iterator<Item = i128> + use<'a> {
    let values = [node.example().node(), node.default_value().node()];
    let numbers = values.into_iter().flatten();
    numbers.filter_map(|value| value.value.as_number()?.as_i128())
}

/// The type of integers that are all listed.
pub(super) fn listed_integers<'a>(
    context: &mut Context<'a>,
    node: &Node<'a, Schema>,
    values: &[i128],
) -> TypeRef {
    if values
        .iter()
        .all(|value| holds(&TypeRef::Unsigned64, *value))
    {
        return TypeRef::Unsigned64;
    }
    report_large(context, node);
    TypeRef::Integer64
}

fn report_large<'a>(context: &mut Context<'a>, node: &Node<'a, Schema>) {
    context.report(
        codes::INTEGER_RANGE,
        &node.pointer,
        "an integer is read into 64 bits, so that values beyond them are rejected",
        "describe it as a string where such values occur",
    );
}

/// Whether an integer is a value of a type of integers.
pub(super) fn holds(type_ref: &TypeRef, value: i128) -> bool {
    let (low, high) = limits(type_ref);
    (low..=high).contains(&value)
}

/// The bounds of documents are often rounded to doubles, so that the largest integer of 64 bits is one too large.
fn holds_range(type_ref: &TypeRef, (low, high): (Option<f64>, Option<f64>)) -> bool {
    let (least, most) = limits(type_ref);
    low.is_none_or(|low| low >= least as f64) && high.is_none_or(|high| high <= most as f64)
}

fn limits(type_ref: &TypeRef) -> (i128, i128) {
    match type_ref {
        TypeRef::Integer32 => (i32::MIN.into(), i32::MAX.into()),
        TypeRef::Unsigned64 => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}
