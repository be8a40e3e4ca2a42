//! Rules for what restricts values: bounds of numbers and enumerations.

use super::walk::Walker;
use crate::diagnostic::{Severity, codes};
use crate::source::{Data, Number, Object as Members, Value};

impl<'tree> Walker<'tree, '_> {
    pub(super) fn bounds(&mut self, members: &'tree Members, kind: Option<&str>) {
        for keyword in ["minimum", "maximum", "multipleOf"] {
            match members.get(keyword).map(Value::data) {
                None => {}
                Some(Data::Number(number)) => self.bound(keyword, number, kind),
                Some(Data::Null) => self.remove_member(keyword),
                Some(Data::String(text)) if meant_as_bound(text, kind).is_some() => {
                    let message =
                        format!("`{keyword}` of a schema must be a number, found a string");
                    let help = "remove the quotes; it is read so".to_owned();
                    self.report_at(keyword, Severity::Error, codes::WRONG_TYPE, message, help);
                    if let Some(number) = meant_as_bound(text, kind) {
                        self.replace_member(keyword, Data::Number(number));
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
            self.replace_member(keyword, Data::Number(readable));
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
        let (code, message, help) = match value.data() {
            Data::Number(number) if self.version.has_json_schema() => {
                return self.bound(keyword, number, kind);
            }
            Data::Bool(false) if self.version.has_json_schema() => (
                codes::JSON_SCHEMA_KEYWORD,
                format!("`{keyword}: false` is OpenAPI 3.0"),
                "remove it, since it restricts nothing".to_owned(),
            ),
            Data::Bool(true) if self.version.has_json_schema() => (
                codes::JSON_SCHEMA_KEYWORD,
                format!(
                    "`{keyword}: true` is OpenAPI 3.0; in {} it is a number",
                    self.version
                ),
                format!("write `{keyword}` with the number of `{bound}`; it is read so"),
            ),
            Data::Bool(_) => return,
            Data::Null => return self.remove_member(keyword),
            Data::Number(number) if !members.contains_key(bound) => {
                let Some(readable) = readable(number, kind) else {
                    return self.bound(keyword, number, kind);
                };
                if readable.as_str() != number.as_str() {
                    self.replace_member(keyword, Data::Number(readable));
                }
                (
                    codes::JSON_SCHEMA_KEYWORD,
                    format!("`{keyword}` as a number is OpenAPI 3.1; in 3.0 it is true or false"),
                    format!("write `{bound}: {number}` and `{keyword}: true`; it is read so"),
                )
            }
            _ => {
                self.remove_member(keyword);
                (
                    codes::WRONG_TYPE,
                    format!(
                        "`{keyword}` of a schema must be true or false, found {}",
                        value.kind()
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
        let Some(values) = values.as_array() else {
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
            self.replace_member("enum", Data::Array(read));
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
    let read = |data: Data| Some(Value::new(value.origin(), data));
    match (kind, value.data()) {
        (Some("string"), Data::Number(number)) => read(number.as_str().into()),
        (Some("string"), Data::Bool(value)) => read(if *value { "true" } else { "false" }.into()),
        (Some("integer"), Data::Number(number)) => read(Data::Number(number.as_i64()?.into())),
        (Some("integer"), Data::String(text)) => {
            read(Data::Number(text.parse::<i64>().ok()?.into()))
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
