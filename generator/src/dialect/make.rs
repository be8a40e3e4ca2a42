//! Makes nodes of the normal form. Each takes the origin of the node that it was made from.

use crate::source::{Data, Object, Origin, Value};

/// Makes an object.
pub(super) fn object<K: Into<String>>(
    origin: Origin,
    members: impl IntoIterator<Item = (K, Value)>,
) -> Value {
    let members = members.into_iter().map(|(key, value)| (key.into(), value));
    Value::new(origin, Data::Object(members.collect()))
}

/// Makes an object without members, which is the schema of which every value is an instance.
pub(super) fn empty(origin: Origin) -> Value {
    Value::new(origin, Data::Object(Object::default()))
}

/// Makes a list.
pub(super) fn list(origin: Origin, elements: Vec<Value>) -> Value {
    Value::new(origin, Data::Array(elements))
}

/// Makes a string.
pub(super) fn text(origin: Origin, text: impl Into<String>) -> Value {
    Value::new(origin, Data::String(text.into()))
}

/// Makes a boolean.
pub(super) fn flag(origin: Origin, flag: bool) -> Value {
    Value::new(origin, Data::Bool(flag))
}

/// Makes a whole number.
pub(super) fn size(origin: Origin, size: usize) -> Value {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    Value::new(origin, Data::Number(size.into()))
}

/// Sets a member.
pub(super) fn set(members: &mut Object, key: &str, value: Value) {
    members.insert(key.to_owned(), value);
}

/// Sets a member that the object does not have yet.
pub(super) fn set_absent(members: &mut Object, key: &str, value: Value) {
    members.entry(key.to_owned()).or_insert(value);
}

/// Makes the schema of which no value is an instance.
pub(super) fn never(origin: Origin) -> Value {
    object(origin, [("not", empty(origin))])
}

/// Whether no value is an instance of a schema in the normal form.
pub(super) fn is_never(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else {
        return false;
    };
    let not = members.get("not").and_then(Value::as_object);
    members.len() == 1 && not.is_some_and(Object::is_empty)
}

/// Whether a schema says nothing of values: `{}`.
pub(super) fn is_anything(schema: &Value) -> bool {
    schema.as_object().is_some_and(Object::is_empty)
}
