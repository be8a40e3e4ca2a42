//! The keywords of a schema beside a parameter or header, as Swagger 2.0 has them, and the schema that they mean.

use super::number::meant_as;
use super::schema::{is_type, meant_type};
use crate::openapi::{Kind, ObjectDefinition};
use crate::source::{Data, Object as Members, Value};

/// The keywords that Swagger 2.0 has beside a parameter and OpenAPI 3.0 in its schema.
const KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "pattern",
    "nullable",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// Whether the keyword belongs into the schema of the object that has it.
pub(in crate::dialect) fn belongs_into_schema(
    definition: &ObjectDefinition,
    keyword: &str,
) -> bool {
    matches!(definition.kind, Kind::Parameter | Kind::Header) && KEYWORDS.contains(&keyword)
}

/// Whether a parameter or header has its type beside it, and neither a schema nor a content.
pub(in crate::dialect) fn has_misplaced_schema(members: &Members) -> bool {
    let is_absent = |key: &str| members.get(key).is_none_or(Value::is_null);
    is_absent("schema") && is_absent("content") && kind(members).is_some()
}

/// The schema that the keywords beside a parameter mean: its type, and what fits that type.
pub(in crate::dialect) fn meant_schema(members: &Members) -> Option<Value> {
    let kind = kind(members)?;
    let mut schema: Members = [("type".to_owned(), Value::from(kind))]
        .into_iter()
        .collect();
    for keyword in KEYWORDS {
        let Some(value) = members.get(*keyword) else {
            continue;
        };
        let is_number = matches!(kind, "integer" | "number");
        let made = |data: Data| Value::new(value.origin(), data);
        let value = match (*keyword, value.data()) {
            ("format", Data::String(_)) if kind != "array" => value.clone(),
            ("pattern", Data::String(_)) if kind == "string" => value.clone(),
            ("minimum" | "maximum" | "multipleOf", Data::Number(_)) if is_number => {
                match meant_as(value, Some(kind)) {
                    Some(bound) => bound,
                    None => continue,
                }
            }
            ("exclusiveMinimum" | "exclusiveMaximum", Data::Bool(_)) if is_number => value.clone(),
            ("nullable", Data::Bool(_)) => value.clone(),
            ("minLength" | "maxLength", Data::Number(size)) if kind == "string" => {
                match size.as_u64() {
                    Some(size) => made(Data::Number(size.into())),
                    None => continue,
                }
            }
            ("minItems" | "maxItems", Data::Number(size)) if kind == "array" => {
                match size.as_u64() {
                    Some(size) => made(Data::Number(size.into())),
                    None => continue,
                }
            }
            ("uniqueItems", Data::Bool(_)) if kind == "array" => value.clone(),
            ("default", _) if kind != "array" => match meant_as(value, Some(kind)) {
                Some(value) => value,
                None => continue,
            },
            ("enum", Data::Array(values)) if kind != "array" => {
                let values: Vec<Value> = values
                    .iter()
                    .filter(|value| !value.is_null())
                    .filter_map(|value| meant_as(value, Some(kind)))
                    .collect();
                if values.is_empty() {
                    continue;
                }
                made(Data::Array(values))
            }
            ("items", Data::Object(items)) if kind == "array" => {
                schema_of_items(items).unwrap_or_else(|| made(Data::Object(Members::default())))
            }
            _ => continue,
        };
        schema.insert((*keyword).to_owned(), value);
    }
    if kind == "array" && !schema.contains_key("items") {
        schema.insert("items".to_owned(), Data::Object(Members::default()).into());
    }
    Some(Data::Object(schema).into())
}

/// The items are described by the same keywords, one level below.
fn schema_of_items(items: &Members) -> Option<Value> {
    match items.get("items").and_then(Value::as_object) {
        // Three levels are beyond what a parameter can write.
        Some(inner) if inner.contains_key("items") => None,
        _ => meant_schema(items),
    }
}

fn kind(members: &Members) -> Option<&str> {
    let word = members.get("type").and_then(Value::as_str)?;
    let kind = if is_type(word) {
        word
    } else {
        meant_type(word)?
    };
    (kind != "object").then_some(kind)
}
