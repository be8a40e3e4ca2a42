//! Keywords that the declared version of OpenAPI does not have in a schema.

use super::walk::{Context, Disposition, RemovalScope, Walker};
use crate::diagnostic::{Severity, codes, nearest};
use crate::openapi::{FixedField, Schema, SpecObject as _, Version};
use crate::source::Value;

/// The keywords of earlier drafts of JSON Schema, which later ones replaced.
const EARLIER_KEYWORDS: &[&str] = &[
    "definitions",
    "dependencies",
    "additionalItems",
    "id",
    "$recursiveRef",
    "$recursiveAnchor",
];

impl<'tree> Walker<'tree, '_> {
    /// Keywords of other versions of JSON Schema, and what is no keyword at all.
    pub(super) fn unknown_schema_keyword(&mut self, keyword: &str, value: &'tree Value) {
        if self.version.has_json_schema() {
            return self.keyword_beyond_json_schema(keyword);
        }
        let (severity, help) = match keyword {
            // Reported with the type, which decides how it is read.
            "const" => return,
            "$schema" | "$id" | "id" | "$anchor" | "$comment" | "$vocabulary" => {
                (Severity::Note, "remove it")
            }
            "$defs" | "definitions" => {
                let message = format!(
                    "`{keyword}` is JSON Schema but not {}; only what a `$ref` leads to is read",
                    self.version
                );
                let help = format!("move the schemas into `{}`", self.version.schemas());
                return self.report_at(keyword, codes::JSON_SCHEMA_KEYWORD, message, help);
            }
            "additionalItems" | "dependencies" | "$dynamicRef" | "$dynamicAnchor"
            | "$recursiveRef" => {
                self.remove_member(keyword);
                (
                    Severity::Warning,
                    "remove it, and describe what it means in `description`",
                )
            }
            _ => {
                if let Some(field) = Schema::definition().field_of_any_version(keyword) {
                    return self.keyword_of_json_schema(field, value);
                }
                let message = format!(
                    "a schema has no `{keyword}` in {}; it is ignored",
                    self.version
                );
                let known = Schema::definition()
                    .fields(self.version)
                    .map(|(field, _)| field.name);
                let help = match nearest(keyword, known) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None if value.as_object().is_some() => format!(
                        "if `{keyword}` is a property, move it into `properties`; otherwise remove it"
                    ),
                    None => "remove it, or begin its name with `x-`".to_owned(),
                };
                return self.report_at(keyword, codes::UNKNOWN_KEYWORD, message, help);
            }
        };
        let message = format!(
            "`{keyword}` is JSON Schema but not {}; it is ignored",
            self.version
        );
        self.report_at(
            keyword,
            codes::JSON_SCHEMA_KEYWORD.rated(severity),
            message,
            help,
        );
    }

    /// A keyword that later versions have, and that is read as there.
    fn keyword_of_json_schema(&mut self, field: &'static FixedField, value: &'tree Value) {
        let keyword = field.name;
        let severity = match keyword {
            "examples" | "contentEncoding" | "contentMediaType" | "contentSchema"
            | "deprecated" | "writeOnly" | "nullable" => Severity::Note,
            _ => Severity::Warning,
        };
        let first = field.columns.first().unwrap_or(self.version);
        let message = match first {
            Version::OpenApi30 => format!(
                "a schema has no `{keyword}` in {}, but in {first}; it is read as there",
                self.version
            ),
            _ => format!(
                "`{keyword}` is JSON Schema but not {}; it is read as in {first}",
                self.version
            ),
        };
        let own = match keyword {
            "nullable" => Some(self.version.nullable()),
            "examples" => Some("example"),
            "patternProperties" => Some("additionalProperties"),
            "prefixItems" => Some("items"),
            _ => None,
        };
        let help = match (own, self.version) {
            (Some(own), Version::Swagger2) => format!("write `{own}`"),
            (Some(own), _) => format!("write `{own}`, or declare `{}`", first.declaration()),
            (None, Version::Swagger2) => format!("remove it, or write the document in {first}"),
            (None, _) => format!("remove it, or declare `{}`", first.declaration()),
        };
        self.report_at(
            keyword,
            codes::JSON_SCHEMA_KEYWORD.rated(severity),
            message,
            help,
        );
        let context = Context {
            owner: Schema::definition(),
            scope: RemovalScope::Member,
        };
        self.pointer.push(keyword);
        if self.value(value, field.shape, context) == Disposition::Drop {
            self.edits.remove(self.pointer.clone());
        }
        self.pointer.pop();
    }

    /// A keyword of a schema of JSON Schema 2020-12 that neither it nor OpenAPI knows. It is allowed, and has no meaning.
    fn keyword_beyond_json_schema(&mut self, keyword: &str) {
        if EARLIER_KEYWORDS.contains(&keyword) {
            return;
        }
        if keyword == "nullable" {
            let message = format!(
                "`nullable` is OpenAPI 3.0; in {} null is a type",
                self.version
            );
            let help =
                "write `type: [string, 'null']`, with the type in place of `string`; it is read so";
            return self.report_at(
                keyword,
                codes::JSON_SCHEMA_KEYWORD.rated(Severity::Note),
                message,
                help,
            );
        }
        let mut known = Schema::definition()
            .fields(self.version)
            .map(|(field, _)| field.name);
        let message = format!(
            "`{keyword}` has no meaning in {}; it is ignored",
            self.version
        );
        let (severity, help) = match nearest(keyword, &mut known) {
            Some(known) => (Severity::Warning, format!("did you mean `{known}`?")),
            None => (
                Severity::Note,
                "remove it, or begin its name with `x-`".to_owned(),
            ),
        };
        self.report_at(
            keyword,
            codes::UNKNOWN_KEYWORD.rated(severity),
            message,
            help,
        );
    }
}
