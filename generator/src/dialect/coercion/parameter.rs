//! Parameters and headers.

use super::misplaced::{has_misplaced_schema, meant_schema};
use crate::dialect::make;
use crate::openapi::{Kind, ObjectDefinition, Version};
use crate::source::{Object, Origin, Value};

/// Gives a parameter or header the members that its place needs.
pub(super) fn coerce(
    members: &mut Object,
    definition: &ObjectDefinition,
    origin: Origin,
    version: Version,
) {
    // A path cannot leave a part out.
    let is_in_path = members.get("in").and_then(Value::as_str) == Some("path");
    let is_required = members.get("required").and_then(Value::as_bool) == Some(true);
    if definition.kind == Kind::Parameter && is_in_path && !is_required {
        make::set(members, "required", make::flag(origin, true));
    }
    let is_described = members.contains_key("schema") || members.contains_key("content");
    if version == Version::Swagger2 || is_described {
        return;
    }
    let schema = match has_misplaced_schema(members) {
        true => meant_schema(members),
        false => None,
    };
    let schema = schema.map_or_else(
        || make::empty(origin),
        |schema| Value::new(origin, schema.into_data()),
    );
    make::set(members, "schema", schema);
}
