//! `if`, `then` and `else`.

use super::Pass;
use super::objects::adopt_properties;
use super::schema::Schema;
use crate::diagnostic::{Severity, codes};
use crate::dialect::make;
use crate::source::Value;

/// Keywords by which a branch is a type of its own.
const TYPES_OF_THEIR_OWN: &[&str] = &["$ref", "oneOf", "anyOf", "allOf"];

impl Pass<'_> {
    /// Which branch holds depends on the value, which no type can say. Where both are types of their own, a value is of one of them;
    /// properties that only one of them has are optional.
    pub(super) fn conditions(&mut self, schema: &mut Schema<'_>) {
        let condition = schema.take("if");
        let branches: Vec<Value> = ["then", "else"]
            .iter()
            .filter_map(|keyword| schema.take(keyword))
            .filter(|branch| !make::is_anything(branch))
            .collect();
        let Some(condition) = condition.filter(|_| !branches.is_empty()) else {
            return;
        };
        let is_own = |branch: &Value| {
            TYPES_OF_THEIR_OWN
                .iter()
                .any(|key| branch.get(key).is_some())
        };
        let has_types =
            schema.has("properties") || TYPES_OF_THEIR_OWN.iter().any(|key| schema.has(key));
        let at = schema.pointer.key("if");
        if branches.len() == 2 && branches.iter().all(is_own) && !has_types {
            let origin = condition.origin();
            schema.put("anyOf", make::list(origin, branches));
            schema.take("type");
            return self.report(
                Severity::Note,
                codes::JSON_SCHEMA_KEYWORD,
                &condition,
                &at,
                "which of `then` and `else` holds is not checked; a value may be of either",
                "write `oneOf` with a `discriminator`, which says the same",
            );
        }
        let mut is_read = true;
        for branch in &branches {
            is_read &= adopt_properties(schema, branch);
        }
        let (severity, message) = match is_read {
            true => (
                Severity::Note,
                "what holds under a condition is not checked; the properties of `then` and `else` are optional",
            ),
            false => (
                Severity::Warning,
                "what holds under a condition is not read, beside the properties that `then` and `else` list themselves",
            ),
        };
        self.report(
            severity,
            codes::JSON_SCHEMA_KEYWORD,
            &condition,
            &at,
            message,
            "write `oneOf` with one schema for each kind of object",
        );
    }
}
