//! Exclusive bounds, which are numbers in JSON Schema 2020-12 and flags in OpenAPI 3.0.

use super::schema::Schema;
use crate::dialect::make;
use crate::source::Value;

pub(super) fn bounds(schema: &mut Schema<'_>) {
    bound(schema, "minimum", "exclusiveMinimum", |exclusive, bound| {
        exclusive >= bound
    });
    bound(schema, "maximum", "exclusiveMaximum", |exclusive, bound| {
        exclusive <= bound
    });
}

/// Of two bounds, the narrower one stays.
fn bound(
    schema: &mut Schema<'_>,
    inclusive: &str,
    exclusive: &str,
    is_narrower: fn(f64, f64) -> bool,
) {
    let Some(number) = schema.get(exclusive).and_then(Value::as_number) else {
        return;
    };
    let number = number.as_f64();
    let other = schema.get(inclusive).and_then(Value::as_number);
    let counts = other.is_none_or(|other| is_narrower(number, other.as_f64()));
    let Some(value) = schema.take(exclusive) else {
        return;
    };
    if counts {
        let origin = value.origin();
        schema.put(inclusive, value);
        schema.put(exclusive, make::flag(origin, true));
    }
}
