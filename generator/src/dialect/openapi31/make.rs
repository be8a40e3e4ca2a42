//! New nodes. Each takes the origin of the node that it was made from.

use super::Members;
use crate::source::{Data, Origin, Value};

pub(super) fn object<const N: usize>(origin: Origin, members: [(&str, Value); N]) -> Value {
    let members: Members = members
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    Value::new(origin, Data::Object(members))
}

pub(super) fn list(origin: Origin, elements: Vec<Value>) -> Value {
    Value::new(origin, Data::Array(elements))
}

pub(super) fn text(origin: Origin, text: impl Into<String>) -> Value {
    Value::new(origin, Data::String(text.into()))
}

pub(super) fn flag(origin: Origin, flag: bool) -> Value {
    Value::new(origin, Data::Bool(flag))
}

pub(super) fn size(origin: Origin, size: usize) -> Value {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    Value::new(origin, Data::Number(size.into()))
}

/// The schema of which no value is an instance.
pub(super) fn never(origin: Origin) -> Value {
    object(origin, [("not", object(origin, []))])
}

/// Whether no value is an instance of a schema in the normal form.
pub(super) fn is_never(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else {
        return false;
    };
    let not = members.get("not").and_then(Value::as_object);
    members.len() == 1 && not.is_some_and(Members::is_empty)
}

/// Whether a schema says nothing of values: `{}`.
pub(super) fn is_anything(schema: &Value) -> bool {
    schema.as_object().is_some_and(Members::is_empty)
}
