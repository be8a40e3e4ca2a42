//! Rules for what restricts values: bounds of numbers and enumerations.

use std::collections::HashSet;

use super::walk::Walker;
use crate::diagnostic::{Severity, codes};
use crate::dialect::coercion::{meant_as, meant_as_bound, readable};
use crate::openapi::ObjectDefinition;
use crate::source::{Data, Number, Object as Members, Value};

impl<'tree> Walker<'tree, '_> {
    pub(super) fn bounds(
        &mut self,
        members: &'tree Members,
        kind: Option<&str>,
        owner: &'static ObjectDefinition,
    ) {
        let owner = owner.name;
        for keyword in ["minimum", "maximum", "multipleOf"] {
            match members.get(keyword).map(Value::data) {
                None => {}
                Some(Data::Number(number)) => self.bound(keyword, number, kind),
                Some(Data::Null) => self.remove_member(keyword),
                Some(found @ Data::String(text)) if meant_as_bound(text, kind).is_some() => {
                    let message =
                        found.mismatch(format_args!("`{keyword}` of {owner}"), "a number");
                    let help = "remove the quotes; it is read so";
                    self.report_at(keyword, codes::WRONG_TYPE, message, help);
                }
                Some(other) => {
                    let message =
                        other.mismatch(format_args!("`{keyword}` of {owner}"), "a number");
                    let help = "write it as a number; until then it is ignored";
                    self.report_at(keyword, codes::WRONG_TYPE, message, help);
                    self.remove_member(keyword);
                }
            }
        }
        self.exclusive_bound(members, "exclusiveMinimum", "minimum", kind, owner);
        self.exclusive_bound(members, "exclusiveMaximum", "maximum", kind, owner);
    }

    fn bound(&mut self, keyword: &str, number: &Number, kind: Option<&str>) {
        if readable(number, kind).is_none() {
            let message = format!(
                "`{keyword}: {number}` lies beyond what 64 bits hold, so it restricts nothing"
            );
            self.report_at(keyword, codes::NUMBER_OUT_OF_RANGE, message, "remove it");
            self.remove_member(keyword);
        }
    }

    /// JSON Schema made the exclusive bounds numbers after OpenAPI 3.0 had taken them over as booleans.
    fn exclusive_bound(
        &mut self,
        members: &Members,
        keyword: &str,
        bound: &str,
        kind: Option<&str>,
        owner: &str,
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
            other if self.version.has_json_schema() => {
                self.remove_member(keyword);
                (
                    codes::WRONG_TYPE,
                    other.mismatch(format_args!("`{keyword}` of {owner}"), "a number"),
                    "write it as a number; until then it is ignored".to_owned(),
                )
            }
            Data::Number(number) if !members.contains_key(bound) => {
                if readable(number, kind).is_none() {
                    return self.bound(keyword, number, kind);
                }
                (
                    codes::JSON_SCHEMA_KEYWORD,
                    format!(
                        "`{keyword}` as a number is OpenAPI 3.1; in {} it is true or false",
                        self.version
                    ),
                    format!("write `{bound}: {number}` and `{keyword}: true`; it is read so"),
                )
            }
            _ => {
                self.remove_member(keyword);
                (
                    codes::WRONG_TYPE,
                    value.mismatch(format_args!("`{keyword}` of {owner}"), "true or false"),
                    format!(
                        "put the number into `{bound}` and write `{keyword}: true`; until then it is ignored"
                    ),
                )
            }
        };
        self.report_at(keyword, code.rated(Severity::Error), message, help);
    }

    pub(super) fn enumeration(
        &mut self,
        values: &'tree Value,
        kind: Option<&str>,
        owner: &'static ObjectDefinition,
    ) {
        let Some(values) = values.as_array() else {
            let message = values.mismatch(format_args!("`enum` of {}", owner.name), "a list");
            let help = "list the values that there are; until then it is ignored";
            self.report_at("enum", codes::WRONG_TYPE, message, help);
            return self.remove_member("enum");
        };
        if values.is_empty() {
            let message = "`enum` is an empty list";
            let help = "remove it, or list the values that there are; until then it is ignored";
            self.report_at("enum", codes::EMPTY_LIST, message, help);
            return self.remove_member("enum");
        }
        let mut read: HashSet<Value> = HashSet::new();
        let mut unfit = Vec::new();
        let mut repeated = Vec::new();
        let at = self.pointer.key("enum");
        for (index, value) in values.iter().enumerate() {
            match meant_as(value, kind) {
                None => {
                    unfit.push(value);
                    self.edits.remove(at.index(index));
                }
                Some(meant) => {
                    if meant.kind() != value.kind() {
                        unfit.push(value);
                    }
                    if !read.insert(meant) {
                        repeated.push(value);
                        self.edits.remove(at.index(index));
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
            self.report_at("enum", codes::ENUM_VALUE_TYPE, message, help);
        }
        if !repeated.is_empty() {
            let message = format!(
                "{} {} in `enum` more than once",
                listed(&repeated),
                if repeated.len() == 1 { "is" } else { "are" }
            );
            let help = "remove the repetitions; they are ignored";
            self.report_at("enum", codes::DUPLICATE_ENUM_VALUE, message, help);
        }
        if read.is_empty() {
            self.remove_member("enum");
        }
    }
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
