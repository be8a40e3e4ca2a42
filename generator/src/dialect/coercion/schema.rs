//! Types, and what they say of bounds and of the values of an enumeration.

use super::number::{meant_as, meant_as_bound, readable};
use super::value::meant_value;
use crate::openapi::{Shape, Version};
use crate::source::{Data, Object, Value};

/// Reads the keywords of a schema, or of an object of Swagger 2.0 that has them, as what was meant.
pub(super) fn coerce(members: &mut Object, version: Version) {
    kinds(members, version);
    let kind = kind(members);
    for (keyword, value) in members {
        match keyword.as_str() {
            "minimum" | "maximum" | "multipleOf" | "exclusiveMinimum" | "exclusiveMaximum" => {
                as_bound(value, kind);
            }
            "enum" => {
                let values = value.as_array_mut();
                values
                    .into_iter()
                    .flatten()
                    .for_each(|value| as_kind(value, kind));
            }
            "const" if !version.has_json_schema() => as_kind(value, kind),
            "required" => as_names(value, kind, version),
            _ => {}
        }
    }
}

fn as_bound(bound: &mut Value, kind: Option<&str>) {
    let meant = match bound.data() {
        Data::Number(number) => readable(number, kind),
        Data::String(text) => meant_as_bound(text, kind),
        _ => None,
    };
    if let Some(meant) = meant {
        *bound = Value::new(bound.origin(), Data::Number(meant));
    }
}

/// Reads the names of the properties that an object must have.
fn as_names(required: &mut Value, kind: Option<&str>, version: Version) {
    if required.as_str().is_some() && matches!(kind, None | Some("object")) {
        let names = Data::Array(vec![required.clone()]);
        *required = Value::new(required.origin(), names);
    }
    for name in required.as_array_mut().into_iter().flatten() {
        if let Some(meant) = meant_value(name, Shape::String, version) {
            *name = Value::new(name.origin(), meant);
        }
    }
}

fn as_kind(value: &mut Value, kind: Option<&str>) {
    if let Some(meant) = meant_as(value, kind) {
        *value = meant;
    }
}

/// Reads misspelt types. Without JSON Schema null is no type: what else the schema says holds.
fn kinds(members: &mut Object, version: Version) {
    let Some(kind) = members.get_mut("type") else {
        return;
    };
    let origin = kind.origin();
    match kind.data_mut() {
        Data::String(word) if word != "null" => as_type(kind),
        Data::Array(words) => words.iter_mut().for_each(as_type),
        Data::String(_) | Data::Null if !version.has_json_schema() => {
            members.shift_remove("type");
            let flag = Value::new(origin, Data::Bool(true));
            members.insert("nullable".to_owned(), flag);
        }
        _ => {}
    }
}

fn as_type(word: &mut Value) {
    let Some(written) = word.as_str().filter(|word| !is_type(word)) else {
        return;
    };
    if let Some(meant) = meant_type(written) {
        *word = Value::new(word.origin(), Data::from(meant));
    }
}

/// The only type of values that are not null.
fn kind(members: &Object) -> Option<&'static str> {
    let known = |kind: &Value| {
        let word = kind.as_str()?;
        TYPES.into_iter().find(|known| *known == word)
    };
    let kind = members.get("type")?;
    match kind.data() {
        Data::Array(kinds) => {
            let mut kinds = kinds.iter().filter_map(known);
            let first = kinds.next();
            first.filter(|first| kinds.all(|other| other == *first))
        }
        _ => known(kind),
    }
}

/// Every type but null.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Returns whether a word is a type other than null.
pub(in crate::dialect) fn is_type(kind: &str) -> bool {
    TYPES.contains(&kind)
}

/// Returns the type that differs from a word only in upper and lower case, or that the word abbreviates.
pub(in crate::dialect) fn meant_type(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    let full = match lower.as_str() {
        "str" => "string",
        "int" => "integer",
        "bool" => "boolean",
        other => other,
    };
    TYPES.into_iter().find(|known| *known == full)
}
