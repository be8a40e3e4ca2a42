//! Values of another type than their place asks for.

use crate::openapi::{Kind, Shape, Version};
use crate::source::{Data, Object, Value};

/// Returns what was meant by a value that is not of a shape, where that is plain. `None` too where nothing has to change.
pub(in crate::dialect) fn meant_value(
    value: &Value,
    shape: Shape,
    version: Version,
) -> Option<Data> {
    match (shape, value.data()) {
        (_, Data::String(_)) if matches!(shape, Shape::String) => None,
        (Shape::String, _) => text(value).map(Data::from),
        (Shape::Boolean | Shape::OrBoolean(_), Data::String(text)) => match text.as_str() {
            "true" => Some(Data::Bool(true)),
            "false" => Some(Data::Bool(false)),
            _ => None,
        },
        (Shape::Size, Data::String(text)) => text
            .parse::<u64>()
            .ok()
            .map(|size| Data::Number(size.into())),
        // A whole number may be written `10.0`.
        (Shape::Size, Data::Number(number)) if !number.is_integer() => {
            number.as_u64().map(|size| Data::Number(size.into()))
        }
        // The schema of any value, as OpenAPI 3.1 writes it.
        (Shape::Reference(definition), Data::Bool(true))
            if definition().kind == Kind::Schema && !version.has_json_schema() =>
        {
            Some(Data::Object(Object::default()))
        }
        (Shape::List(_), Data::Null) => Some(Data::Array(Vec::new())),
        (Shape::List(Shape::String), Data::String(_)) => Some(Data::Array(vec![value.clone()])),
        _ => None,
    }
}

/// Returns a string, or the text that is in its place because its quotes are missing.
pub(in crate::dialect) fn text(value: &Value) -> Option<&str> {
    match value.data() {
        Data::String(text) => Some(text),
        Data::Number(number) => Some(number.as_str()),
        Data::Bool(true) => Some("true"),
        Data::Bool(false) => Some("false"),
        Data::Null | Data::Array(_) | Data::Object(_) => None,
    }
}
