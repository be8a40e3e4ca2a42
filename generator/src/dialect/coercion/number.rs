//! Numbers and the values of enumerations.

use crate::source::{Data, Number, Value};

/// A bound, or `None` when it lies beyond 64 bits, with or without a sign. Those of integers have to be written as integers: `10.0` is 10.
pub(in crate::dialect) fn readable(number: &Number, kind: Option<&str>) -> Option<Number> {
    let double = number.as_f64();
    match (kind, number.as_i64()) {
        (Some("integer"), Some(whole)) if !number.is_integer() => Some(whole.into()),
        (Some("integer"), None) if double.abs() > u64::MAX as f64 => None,
        _ => double.is_finite().then(|| number.clone()),
    }
}

pub(in crate::dialect) fn meant_as_bound(text: &str, kind: Option<&str>) -> Option<Number> {
    readable(&Number::parse(text)?, kind)
}

/// A value of an enumeration as its type has it, or `None` when it cannot be one. `null` is judged by `nullable`, not by the type.
pub(in crate::dialect) fn meant_as(value: &Value, kind: Option<&str>) -> Option<Value> {
    let read = |data: Data| Some(Value::new(value.origin(), data));
    match (kind, value.data()) {
        (Some("string"), Data::Number(number)) => read(number.as_str().into()),
        (Some("string"), Data::Bool(value)) => read(if *value { "true" } else { "false" }.into()),
        (Some("integer"), Data::Number(number)) => match number.as_i64() {
            Some(whole) => read(Data::Number(whole.into())),
            None => number.is_integer().then(|| value.clone()),
        },
        (Some("integer"), Data::String(text)) => {
            let signed = text.parse::<i64>().map(Number::from);
            let whole = signed.or_else(|_| text.parse::<u64>().map(Number::from));
            read(Data::Number(whole.ok()?))
        }
        (Some("number"), Data::Number(number)) => {
            number.as_f64().is_finite().then(|| value.clone())
        }
        (Some("number"), Data::String(text)) => Number::parse(text)
            .filter(|number| number.as_f64().is_finite())
            .map(Data::Number)
            .and_then(read),
        (Some("boolean"), Data::String(text)) => text.parse().ok().map(Data::Bool).and_then(read),
        (Some("string" | "boolean"), Data::Array(_) | Data::Object(_))
        | (Some("integer" | "number"), Data::Array(_) | Data::Object(_) | Data::Bool(_))
        | (Some("boolean"), Data::Number(_)) => None,
        _ => Some(value.clone()),
    }
}
