//! Rules for what restricts values: bounds of numbers and enumerations.

use super::walk::Walker;
use crate::diagnostic::{Severity, codes};
use crate::source::{Number, Object as Members, Value};

impl<'tree> Walker<'tree, '_> {
    pub(super) fn bounds(&mut self, members: &'tree Members, kind: Option<&str>) {
        for keyword in ["minimum", "maximum", "multipleOf"] {
            match members.get(keyword) {
                None => {}
                Some(Value::Number(number)) => self.bound(keyword, number, kind),
                Some(Value::Null) => self.remove_member(keyword),
                Some(Value::String(text)) if meant_as_bound(text, kind).is_some() => {
                    let message =
                        format!("`{keyword}` of a schema must be a number, found a string");
                    let help = "remove the quotes; it is read so".to_owned();
                    self.report_at(keyword, Severity::Error, codes::WRONG_TYPE, message, help);
                    if let Some(number) = meant_as_bound(text, kind) {
                        self.replace_member(keyword, Value::Number(number));
                    }
                }
                Some(other) => {
                    let message = format!(
                        "`{keyword}` of a schema must be a number, found {}",
                        other.kind()
                    );
                    let help = "write it as a number; until then it is ignored".to_owned();
                    self.report_at(keyword, Severity::Error, codes::WRONG_TYPE, message, help);
                    self.remove_member(keyword);
                }
            }
        }
        self.exclusive_bound(members, "exclusiveMinimum", "minimum", kind);
        self.exclusive_bound(members, "exclusiveMaximum", "maximum", kind);
    }

    fn bound(&mut self, keyword: &str, number: &Number, kind: Option<&str>) {
        let Some(readable) = readable(number, kind) else {
            let message = format!(
                "`{keyword}: {number}` lies beyond what 64 bits hold, so it restricts nothing"
            );
            self.report_at(
                keyword,
                Severity::Note,
                codes::NUMBER_OUT_OF_RANGE,
                message,
                "remove it".to_owned(),
            );
            return self.remove_member(keyword);
        };
        if readable.as_str() != number.as_str() {
            self.replace_member(keyword, Value::Number(readable));
        }
    }

    /// JSON Schema made the exclusive bounds numbers after OpenAPI 3.0 had taken them over as booleans.
    fn exclusive_bound(
        &mut self,
        members: &Members,
        keyword: &str,
        bound: &str,
        kind: Option<&str>,
    ) {
        let Some(value) = members.get(keyword) else {
            return;
        };
        let (code, message, help) = match value {
            Value::Bool(_) => return,
            Value::Null => return self.remove_member(keyword),
            Value::Number(number) if !members.contains_key(bound) => {
                let Some(readable) = readable(number, kind) else {
                    return self.bound(keyword, number, kind);
                };
                self.replace_member(keyword, Value::Bool(true));
                self.replace_member(bound, Value::Number(readable));
                (
                    codes::JSON_SCHEMA_KEYWORD,
                    format!("`{keyword}` as a number is OpenAPI 3.1; in 3.0 it is true or false"),
                    format!("write `{bound}: {number}` and `{keyword}: true`; it is read so"),
                )
            }
            other => {
                self.remove_member(keyword);
                (
                    codes::WRONG_TYPE,
                    format!(
                        "`{keyword}` of a schema must be true or false, found {}",
                        other.kind()
                    ),
                    format!(
                        "put the number into `{bound}` and write `{keyword}: true`; until then it is ignored"
                    ),
                )
            }
        };
        self.report_at(keyword, Severity::Error, code, message, help);
    }

    pub(super) fn enumeration(&mut self, values: &'tree Value, kind: Option<&str>) {
        let Value::Array(values) = values else {
            let message = format!("`enum` of a schema must be a list, found {}", values.kind());
            let help = "list the values that there are; until then it is ignored".to_owned();
            self.report_at("enum", Severity::Error, codes::WRONG_TYPE, message, help);
            return self.remove_member("enum");
        };
        if values.is_empty() {
            let message = "`enum` is an empty list".to_owned();
            let help =
                "remove it, or list the values that there are; until then it is ignored".to_owned();
            self.report_at("enum", Severity::Error, codes::EMPTY_LIST, message, help);
            return self.remove_member("enum");
        }
        let mut read: Vec<Value> = Vec::with_capacity(values.len());
        let mut unfit = Vec::new();
        let mut repeated = Vec::new();
        let mut is_changed = false;
        for value in values {
            let meant = meant_as(value, kind);
            is_changed |= meant.as_ref() != Some(value) || is_rewritten(value, kind);
            match meant {
                None => unfit.push(value),
                Some(meant) => {
                    if Some(meant.kind()) != Some(value.kind()) {
                        unfit.push(value);
                    }
                    if read.contains(&meant) {
                        repeated.push(value);
                        is_changed = true;
                    } else {
                        read.push(meant);
                    }
                }
            }
        }
        if let (Some(kind), Some(first)) = (kind, unfit.first()) {
            let message = format!(
                "{} in `enum` {} not of the type `{kind}`",
                listed(&unfit),
                is_or_are(&unfit)
            );
            let help = match meant_as(first, Some(kind)) {
                Some(meant) => format!(
                    "write them as the type says, or correct the type; they are read as `{kind}` (`{}`)",
                    meant.to_json()
                ),
                None => "correct the values or the type; until then they are ignored".to_owned(),
            };
            self.report_at(
                "enum",
                Severity::Error,
                codes::ENUM_VALUE_TYPE,
                message,
                help,
            );
        }
        if !repeated.is_empty() {
            let message = format!(
                "{} {} more than once in `enum`",
                listed(&repeated),
                if repeated.len() == 1 {
                    "stands"
                } else {
                    "stand"
                }
            );
            let help = "remove the repetitions; they are ignored".to_owned();
            self.report_at(
                "enum",
                Severity::Error,
                codes::DUPLICATE_ENUM_VALUE,
                message,
                help,
            );
        }
        if read.is_empty() {
            self.remove_member("enum");
        } else if is_changed {
            self.replace_member("enum", Value::Array(read));
        }
    }
}

/// A bound as `openapiv3` can hold it, or `None` when it lies beyond 64 bits. Those of integers have to be written as integers: `10.0` is 10.
fn readable(number: &Number, kind: Option<&str>) -> Option<Number> {
    let double = number.as_f64();
    match (kind, number.as_i64()) {
        (Some("integer"), Some(whole)) if !number.is_integer() => Some(whole.into()),
        (Some("integer"), None) if double.abs() >= i64::MAX as f64 => None,
        _ => double.is_finite().then(|| number.clone()),
    }
}

fn meant_as_bound(text: &str, kind: Option<&str>) -> Option<Number> {
    readable(&Number::parse(text)?, kind)
}

/// A value of an enumeration as its type has it, or `None` when it cannot be one. `null` is judged by `nullable`, not by the type.
pub(super) fn meant_as(value: &Value, kind: Option<&str>) -> Option<Value> {
    match (kind, value) {
        (Some("string"), Value::Number(number)) => Some(Value::from(number.as_str())),
        (Some("string"), Value::Bool(value)) => {
            Some(Value::from(if *value { "true" } else { "false" }))
        }
        (Some("integer"), Value::Number(number)) => Some(Value::Number(number.as_i64()?.into())),
        (Some("integer"), Value::String(text)) => {
            Some(Value::Number(text.parse::<i64>().ok()?.into()))
        }
        (Some("number"), Value::Number(number)) => {
            number.as_f64().is_finite().then(|| value.clone())
        }
        (Some("number"), Value::String(text)) => Number::parse(text)
            .filter(|number| number.as_f64().is_finite())
            .map(Value::Number),
        (Some("boolean"), Value::String(text)) => text.parse().ok().map(Value::Bool),
        (Some("string" | "boolean"), Value::Array(_) | Value::Object(_))
        | (Some("integer" | "number"), Value::Array(_) | Value::Object(_) | Value::Bool(_))
        | (Some("boolean"), Value::Number(_)) => None,
        _ => Some(value.clone()),
    }
}

/// Whether an equal number has to be written otherwise: `1.0` among integers.
fn is_rewritten(value: &Value, kind: Option<&str>) -> bool {
    kind == Some("integer") && value.as_number().is_some_and(|number| !number.is_integer())
}

fn listed(values: &[&Value]) -> String {
    const MOST: usize = 3;
    let mut texts: Vec<String> = values
        .iter()
        .take(MOST)
        .map(|value| format!("`{}`", value.to_json()))
        .collect();
    if values.len() > MOST {
        texts.push(format!("{} more", values.len() - MOST));
    }
    texts.join(", ")
}

fn is_or_are(values: &[&Value]) -> &'static str {
    if values.len() == 1 { "is" } else { "are" }
}
