//! Arrays: tuples, and what their elements may be.

use super::alternatives::{Alternatives, elements};
use super::schema::Schema;
use super::{Members, Pass};
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

/// A tuple is a list whose elements are of any of its types. What says in a word what `prefixItems` are stays, since it says their order.
pub(super) fn arrays(pass: &mut Pass<'_>, schema: &mut Schema<'_>) {
    if let Some(rest) = schema.take("unevaluatedItems")
        && !schema.has("items")
        && !is_composed(schema)
    {
        schema.put("items", as_schema(rest));
    }
    let prefix = schema.get("prefixItems").and_then(Value::as_array);
    let length = prefix.map_or(0, <[Value]>::len);
    let is_closed = schema.get("items").is_some_and(make::is_never);
    if is_closed {
        let most = make::size(schema.origin, length);
        let most = match schema.take("maxItems") {
            Some(known) if size_of(&known) < size_of(&most) => known,
            _ => most,
        };
        schema.put("maxItems", most);
        schema.put("items", make::empty(schema.origin));
    }
    if length == 0 {
        return;
    }
    let origin = schema
        .get("prefixItems")
        .map_or(schema.origin, Value::origin);
    let is_full = schema
        .get("maxItems")
        .and_then(size_of)
        .is_some_and(|most| usize::try_from(most).is_ok_and(|most| most <= length));
    let rest = schema.take("items").filter(|_| !is_full);
    if let Some(rest) = rest.as_ref().filter(|rest| make::is_anything(rest)) {
        return schema.put("items", rest.clone());
    }
    let mut alternatives = Alternatives::default();
    let place = schema.pointer.key("prefixItems");
    alternatives.take(elements(schema.members.get_mut("prefixItems"), &place));
    if !is_full {
        // Without `items`, an element after those that are described may be anything.
        alternatives.add(rest.unwrap_or_else(|| make::empty(origin)));
    }
    let items = match alternatives.is_empty() {
        true => make::empty(origin),
        false => alternatives.into_schema(origin, &schema.pointer.key("items"), &mut pass.moves),
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
