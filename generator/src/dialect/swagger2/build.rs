//! Makes nodes of the normal form.

use crate::source::{Data, Object, Origin, Value};

/// Makes an object.
pub(super) fn object(origin: Origin, members: Object) -> Value {
    Value::new(origin, Data::Object(members))
}

/// Makes an object of one member.
pub(super) fn single(origin: Origin, key: &str, value: Value) -> Value {
    object(origin, [(key.to_owned(), value)].into_iter().collect())
}

/// Makes a list.
pub(super) fn list(origin: Origin, elements: Vec<Value>) -> Value {
    Value::new(origin, Data::Array(elements))
}

/// Makes a string.
pub(super) fn text(origin: Origin, text: &str) -> Value {
    Value::new(origin, Data::String(text.to_owned()))
}

/// Makes a boolean.
pub(super) fn boolean(origin: Origin, value: bool) -> Value {
    Value::new(origin, Data::Bool(value))
}

/// Sets a member.
pub(super) fn set(members: &mut Object, key: &str, value: Value) {
    members.insert(key.to_owned(), value);
}

/// Sets a member that the object does not have yet.
pub(super) fn set_absent(members: &mut Object, key: &str, value: Value) {
    members.entry(key.to_owned()).or_insert(value);
}
