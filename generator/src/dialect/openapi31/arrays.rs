//! Arrays: tuples, and what their elements may be.

use super::Members;
use super::schema::Schema;
use crate::dialect::make;
use crate::source::{Data, Value};

/// In drafts before 2020-12, a list under `items` was a tuple, and `additionalItems` what follows it.
pub(super) fn read_earlier_drafts(members: &mut Members) {
    if members.get("items").and_then(Value::as_array).is_none()
        || members.contains_key("prefixItems")
    {
        return;
    }
    if let Some(tuple) = members.shift_remove("items") {
        members.insert("prefixItems".to_owned(), tuple);
    }
    if let Some(rest) = members.shift_remove("additionalItems") {
        members.insert("items".to_owned(), rest);
    }
}

/// A tuple is a list whose elements are of any of its types. `prefixItems` stays, since it says their order.
pub(super) fn arrays(schema: &mut Schema<'_>) {
    if let Some(rest) = schema.take("unevaluatedItems")
        && !schema.has("items")
        && !is_composed(schema)
    {
        schema.put("items", as_schema(rest));
    }
    let prefix: Vec<Value> = schema
        .get("prefixItems")
        .and_then(Value::as_array)
        .unwrap_or_default()
        .to_vec();
    if schema.has("prefixItems") && !schema.has("type") && !is_composed(schema) {
        schema.put("type", make::text(schema.origin, "array"));
    }
    let rest = schema.get("items");
    let is_closed = rest.is_some_and(make::is_never);
    if is_closed {
        let most = make::size(schema.origin, prefix.len());
        let most = match schema.take("maxItems") {
            Some(known) if size_of(&known) < size_of(&most) => known,
            _ => most,
        };
        schema.put("maxItems", most);
        schema.put("items", make::empty(schema.origin));
    }
    if prefix.is_empty() {
        return;
    }
    let origin = schema
        .get("prefixItems")
        .map_or(schema.origin, Value::origin);
    let mut elements: Vec<Value> = Vec::new();
    let rest = schema
        .take("items")
        .filter(|rest| !is_closed && !make::is_anything(rest));
    for element in prefix.into_iter().chain(rest) {
        if !elements.contains(&element) && !make::is_never(&element) {
            elements.push(element);
        }
    }
    let items = match elements.len() {
        1 => elements.pop().unwrap_or_else(|| make::empty(origin)),
        _ => make::object(origin, [("anyOf", make::list(origin, elements))]),
    };
    schema.put("items", items);
}

fn size_of(value: &Value) -> Option<u64> {
    value.as_number()?.as_u64()
}

fn is_composed(schema: &Schema<'_>) -> bool {
    ["$ref", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.has(keyword))
}

fn as_schema(value: Value) -> Value {
    let origin = value.origin();
    match value.data() {
        Data::Bool(true) => make::empty(origin),
        Data::Bool(false) => make::never(origin),
        _ => value,
    }
}
