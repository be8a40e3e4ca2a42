//! Rules for parameters, headers and the encodings of form fields.

use super::walk::{Disposition, Walker};
use crate::diagnostic::codes;
use crate::dialect::coercion::{belongs_into_schema, has_misplaced_schema, meant_schema, text};
use crate::openapi::{Header, ObjectDefinition, Parameter, SpecObject as _, Version};
use crate::source::{Data, Object as Members, Value};

/// Every style there is.
pub(super) const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

/// The styles that a parameter in this place may have.
fn styles_of(location: &str, version: Version) -> &'static [&'static str] {
    match location {
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        "cookie" if version == Version::OpenApi32 => &["form", "cookie"],
        "cookie" => &["form"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    }
}

/// The places that a parameter may have, for messages.
pub(super) const fn locations(version: Version) -> &'static str {
    match version {
        Version::Swagger2 => "`path`, `query`, `header`, `formData` or `body`",
        _ => "`path`, `query`, `header` or `cookie`",
    }
}

impl<'tree> Walker<'tree, '_> {
    pub(super) fn parameter(&mut self, members: &'tree Members) -> Disposition {
        let Some(location) = self.location(members) else {
            return Disposition::Drop;
        };
        let name = members.get("name").and_then(text).unwrap_or_default();
        let is_ignored = ["accept", "content-type", "authorization"]
            .contains(&name.to_ascii_lowercase().as_str());
        if location == "header" && is_ignored {
            let message = format!("a header parameter `{name}` is ignored in {}", self.version);
            let help = match self.version {
                Version::Swagger2 => {
                    "remove it; `consumes`, `produces` and `securityDefinitions` say what these headers hold"
                }
                _ => "remove it; media types and security schemes say what these headers hold",
            }
            .to_owned();
            self.report(codes::IGNORED_HEADER, message, help);
            return Disposition::Drop;
        }
        if location == "path" {
            self.path_parameter_is_required(members, name);
        }
        if self.version == Version::Swagger2 {
            self.described_value(members, Parameter::definition(), location);
            return Disposition::Keep;
        }
        self.style(
            members,
            styles_of(location, self.version),
            &format!("a parameter in `{location}`"),
        );
        self.schema_or_content(members, "parameter", Parameter::definition());
        Disposition::Keep
    }

    fn location<'members>(&mut self, members: &'members Members) -> Option<&'members str> {
        let location = match members.get("in").map(Value::data) {
            Some(Data::String(location)) => location.as_str(),
            Some(other) => {
                let message = other.mismatch("`in` of a parameter", "a string");
                let help = format!(
                    "write {}; until then the parameter is skipped",
                    locations(self.version)
                );
                self.report_at("in", codes::WRONG_TYPE, message, help);
                return None;
            }
            None => return None,
        };
        if self.version == Version::Swagger2 {
            return self.location_of_swagger2(location);
        }
        let is_whole_query = location == "querystring" && self.version == Version::OpenApi32;
        if matches!(location, "path" | "query" | "header" | "cookie") || is_whole_query {
            return Some(location);
        }
        let help = match location {
            "body" => "that is Swagger 2.0; write `requestBody`. Until then the parameter is skipped"
                .to_owned(),
            "formData" => {
                "that is Swagger 2.0; write `requestBody` with a form's media type. Until then the parameter is skipped"
                    .to_owned()
            }
            _ => format!(
                "write {}; until then the parameter is skipped",
                locations(self.version)
            ),
        };
        let message = format!("`{location}` is no place for a parameter");
        self.report_at("in", codes::UNKNOWN_LOCATION, message, help);
        None
    }

    pub(super) fn header(&mut self, members: &'tree Members) -> Disposition {
        if self.version == Version::Swagger2 {
            self.described_value(members, Header::definition(), "header");
            return Disposition::Keep;
        }
        self.style(members, styles_of("header", self.version), "a header");
        self.schema_or_content(members, "header", Header::definition());
        Disposition::Keep
    }

    pub(super) fn encoding(&mut self, members: &Members) -> Disposition {
        self.style(members, styles_of("query", self.version), "an encoding");
        Disposition::Keep
    }

    fn style(&mut self, members: &Members, allowed: &[&str], owner: &str) {
        let Some(value) = members.get("style") else {
            return;
        };
        let list = allowed
            .iter()
            .map(|style| format!("`{style}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let help =
            format!("{owner} has one of {list}; until then it is read as if it had no style");
        let (code, message) = match value.data() {
            Data::String(style) if allowed.contains(&style.as_str()) => return,
            Data::String(style)
                if STYLES.contains(&style.as_str())
                    || style == "cookie" && self.version == Version::OpenApi32 =>
            {
                (
                    codes::STYLE_NOT_ALLOWED,
                    format!("{owner} cannot have the style `{style}`"),
                )
            }
            Data::String(style) => (codes::UNKNOWN_STYLE, format!("`{style}` is no style")),
            _ => (codes::WRONG_TYPE, value.mismatch("`style`", "a string")),
        };
        self.report_at("style", code, message, help);
        self.remove_member("style");
    }

    fn path_parameter_is_required(&mut self, members: &Members, name: &str) {
        let message = match members.get("required").map(Value::data) {
            Some(Data::Bool(true)) => return,
            Some(Data::Bool(false)) => {
                format!("the path parameter `{name}` says that it is not required")
            }
            Some(Data::Null) | None => {
                format!("the path parameter `{name}` does not say that it is required")
            }
            // Anything else was reported as of the wrong type.
            Some(_) => return,
        };
        let help = "write `required: true`, since a path cannot leave a part out; it is read so"
            .to_owned();
        if members.get("required").and_then(Value::as_bool).is_some() {
            self.report_at("required", codes::OPTIONAL_PATH_PARAMETER, message, help);
        } else {
            self.report(codes::OPTIONAL_PATH_PARAMETER, message, help);
        }
    }

    /// A parameter or header has a `schema`, or a `content` of one media type.
    fn schema_or_content(
        &mut self,
        members: &'tree Members,
        owner: &str,
        definition: &ObjectDefinition,
    ) {
        let content = members.get("content");
        let entries = content.and_then(Value::as_object);
        // An entry that is no object was reported and cut.
        let mut usable = entries
            .into_iter()
            .flatten()
            .filter(|(_, entry)| entry.as_object().is_some());
        let first = usable.next();
        match (members.get("schema").map(Value::data), first) {
            (Some(Data::Object(_)), _) if entries.is_some() => {
                let message = format!("a {owner} has both `schema` and `content`");
                let help = "keep one of the two; until then `content` is ignored";
                self.report_at("content", codes::SCHEMA_AND_CONTENT, message, help);
                self.remove_member("content");
            }
            (Some(Data::Object(_)), _) => {}
            (_, Some(_)) => {
                let others: Vec<_> = usable.map(|(key, _)| key).collect();
                if others.is_empty() {
                    return;
                }
                let message = format!(
                    "the `content` of a {owner} has {} media types",
                    others.len() + 1
                );
                let help = "keep one of them; until then the first one is read";
                self.report_at("content", codes::SEVERAL_CONTENTS, message, help);
                for key in others {
                    self.edits.remove(self.pointer.key("content").key(key));
                }
            }
            (_, None) if has_misplaced_schema(members) => {
                self.misplaced_schema(members, owner, definition);
            }
            (schema, None) => {
                let is_absent = matches!(schema, None | Some(Data::Null));
                let is_empty =
                    content.is_none_or(Value::is_null) || entries.is_some_and(Members::is_empty);
                // Anything else was reported as of the wrong type.
                if is_absent && is_empty {
                    let message = format!("a {owner} has neither `schema` nor `content`");
                    let help = "add `schema` with its type; until then its value may be anything";
                    let names = ["schema", "content"];
                    let code = codes::MISSING_MEMBER;
                    self.missing_by_rule(&names, members, definition, code, message, help);
                }
                self.remove_member("content");
            }
        }
    }

    /// Reports the keywords beside a parameter, which are read as its schema.
    fn misplaced_schema(&mut self, members: &Members, owner: &str, definition: &ObjectDefinition) {
        let Some(schema) = meant_schema(members) else {
            return;
        };
        let keywords: Vec<String> = members
            .keys()
            .filter(|key| belongs_into_schema(definition, key))
            .map(|key| format!("`{key}`"))
            .collect();
        let message = format!(
            "a {owner} has {} beside it; in {} these are part of its `schema`",
            keywords.join(", "),
            self.version
        );
        let help = format!("write `schema: {}`; it is read so", schema.to_json());
        self.report_at("type", codes::MISSING_MEMBER, message, help);
        self.remove_member("content");
    }
}
