//! `const` and `examples`.

use super::schema::Schema;
use crate::dialect::make;
use crate::source::Value;

/// A constant is an enumeration of one value.
pub(super) fn constants(schema: &mut Schema<'_>) {
    if let Some(constant) = schema.take("const") {
        let values = make::list(constant.origin(), vec![constant]);
        schema.put("enum", values);
    }
}

/// The first of several examples is the example.
pub(super) fn examples(schema: &mut Schema<'_>) {
    if schema.get("examples").and_then(Value::as_array).is_none() {
        return;
    }
    let first = match schema.take("examples").map(Value::into_data) {
        Some(crate::source::Data::Array(examples)) => examples.into_iter().next(),
        _ => None,
    };
    if let Some(first) = first
        && !schema.has("example")
    {
        schema.put("example", first);
    }
}
