//! What holds beyond the tables, object by object, and members that the tables do not know.

use super::walk::{Disposition, Walker};
use crate::diagnostic::{codes, nearest};
use crate::dialect::coercion::{belongs_into_schema, text};
use crate::openapi::{Kind, ObjectDefinition, SecurityScheme, SpecObject as _, Version};
use crate::source::{Object as Members, Value};

impl<'tree> Walker<'tree, '_> {
    pub(super) fn rules(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
    ) -> Disposition {
        match definition.kind {
            Kind::Schema => self.schema(members),
            Kind::Parameter => self.parameter(members),
            Kind::Header => self.header(members),
            Kind::Items => self.items(members, definition),
            Kind::Encoding => self.encoding(members),
            Kind::PathItem => self.path_item(members),
            Kind::Operation => self.operation(members),
            Kind::OpenApi => {
                self.security(members);
                Disposition::Keep
            }
            Kind::Components => {
                // Nothing refers to them: the callbacks of operations are cut with a note.
                if members.contains_key("callbacks") {
                    self.remove_callbacks();
                }
                Disposition::Keep
            }
            Kind::Discriminator => self.discriminator(members),
            Kind::SecurityScheme => self.security_scheme(members),
            Kind::Link => self.link(members, definition),
            _ => Disposition::Keep,
        }
    }

    /// Remembers a list of security requirements, which can be checked once it is known which schemes stay.
    pub(super) fn security(&mut self, members: &'tree Members) {
        if let Some(requirements) = members.get("security").and_then(Value::as_array) {
            self.requirements
                .push((self.pointer.key("security"), requirements));
        }
    }

    fn link(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
    ) -> Disposition {
        let names_operation = |key: &str| members.get(key).and_then(text).is_some();
        if names_operation("operationRef") || names_operation("operationId") {
            return Disposition::Keep;
        }
        let message = "a link has neither `operationId` nor `operationRef`";
        let help = "name the operation that it leads to; until then the link is skipped";
        let names = ["operationId", "operationRef"];
        self.missing_by_rule(
            &names,
            members,
            definition,
            codes::MISSING_MEMBER,
            message,
            help,
        );
        Disposition::Drop
    }

    fn security_scheme(&mut self, members: &'tree Members) -> Disposition {
        let types = match self.version {
            Version::Swagger2 => "write `basic`, `apiKey` or `oauth2`",
            _ => "write `apiKey`, `http`, `oauth2` or `openIdConnect`",
        };
        let kind = members.get("type");
        let Some(kind) = kind.and_then(Value::as_str) else {
            if let Some(other) = kind {
                let message = other.mismatch("`type` of a security scheme", "a string");
                let help = format!("{types}; until then the scheme is skipped");
                self.report_at("type", codes::WRONG_TYPE, message, help);
            }
            return Disposition::Drop;
        };
        let Some(needed) = security_scheme(kind, members, self.version) else {
            let message = format!("`{kind}` is no type of security scheme");
            let help = match kind {
                "basic" => "write `type: http` with `scheme: basic`",
                _ => types,
            };
            let help = format!("{help}; until then the scheme is skipped");
            self.report_at("type", codes::UNKNOWN_SECURITY_TYPE, message, help);
            return Disposition::Drop;
        };
        if self.version == Version::Swagger2 && needed.iter().any(|name| is_later(name)) {
            let message = format!("{} has no such security scheme", self.version);
            let help = match kind {
                "oauth2" => {
                    "write its only flow as `flow`; until then it is read as in OpenAPI 3.0"
                }
                _ => "write `basic`, `apiKey` or `oauth2`; until then it is read as in OpenAPI 3.0",
            };
            self.report_at("type", codes::UNKNOWN_SECURITY_TYPE, message, help);
        }
        if let Some(missing) = needed.iter().find(|name| !members.contains_key(**name)) {
            let message = format!("a security scheme of type `{kind}` has no `{missing}`");
            let help = format!(
                "add `{missing}`, which {} requires; until then the scheme is skipped",
                self.version
            );
            self.missing_by_rule(
                &[missing],
                members,
                SecurityScheme::definition(),
                codes::MISSING_MEMBER,
                message,
                help,
            );
            return Disposition::Drop;
        }
        let place = members.get("in").map(Value::as_str);
        let is_known_place = matches!(place, None | Some(Some("query" | "header" | "cookie")));
        if kind == "apiKey" && place == Some(Some("cookie")) && self.version == Version::Swagger2 {
            let message = format!(
                "an API key is sent in `query` or `header` in {}",
                self.version
            );
            let help = "write `in: header` and `name: Cookie`; it is read as in OpenAPI 3.0";
            self.report_at("in", codes::UNKNOWN_LOCATION, message, help);
        }
        if kind == "apiKey" && !is_known_place {
            let (message, places) = match self.version {
                Version::Swagger2 => (
                    "an API key is sent neither in `query` nor in `header`",
                    "`query` or `header`",
                ),
                _ => (
                    "an API key is sent in none of `query`, `header` and `cookie`",
                    "`query`, `header` or `cookie`",
                ),
            };
            let help = format!("write {places}; until then the scheme is skipped");
            self.report_at("in", codes::UNKNOWN_LOCATION, message, help);
            return Disposition::Drop;
        }
        if kind == "oauth2" && self.version == Version::Swagger2 {
            self.flow(members);
        }
        // A needed member of the wrong type was reported and cut with the others.
        let has_needed = needed
            .iter()
            .filter_map(|name| Some((*name, members.get(*name)?)))
            .all(|(name, value)| match name {
                "flows" => value.as_object().is_some(),
                // Only the flow goes with its fault.
                "flow" => true,
                _ => text(value).is_some(),
            });
        if has_needed {
            Disposition::Keep
        } else {
            Disposition::Drop
        }
    }

    /// A member that the object does not have in the declared version.
    pub(super) fn unknown_member(
        &mut self,
        key: &str,
        value: &'tree Value,
        definition: &'static ObjectDefinition,
    ) {
        match definition.kind {
            Kind::Schema => return self.unknown_schema_keyword(key, value),
            Kind::Paths => {
                let message = format!("`{key}` is no path");
                let help = "a path begins with `/`; until then its operations are skipped";
                self.report_at(key, codes::INVALID_PATH, message, help);
                return self.remove_member(key);
            }
            Kind::Responses => {
                let message = format!("`{key}` is no status");
                let help = match self.version {
                    Version::Swagger2 => {
                        "write a code from 100 to 599, or `default`; until then this response is skipped"
                    }
                    _ => {
                        "write a code from 100 to 599, a class such as `2XX`, or `default`; until then this response is skipped"
                    }
                }
                .to_owned();
                self.report_at(key, codes::INVALID_STATUS, message, help);
                return self.remove_member(key);
            }
            _ => {}
        }
        if self.version == Version::Swagger2 && self.field_of_later_version(key, value, definition)
        {
            return;
        }
        let help = match (definition.kind, key) {
            _ if belongs_into_schema(definition, key) => format!("move `{key}` into `schema`"),
            (Kind::Parameter, "collectionFormat") => {
                "that is Swagger 2.0; write `style` and `explode`".to_owned()
            }
            (Kind::Response, "schema" | "examples") => {
                "that is Swagger 2.0; move it into `content`, below its media type".to_owned()
            }
            (Kind::Operation, "consumes" | "produces") => {
                "that is Swagger 2.0; media types are the keys of `content`".to_owned()
            }
            (Kind::Operation, "schemes") => {
                "that is Swagger 2.0; remove it, and write the scheme in the URLs of the document's `servers`".to_owned()
            }
            (Kind::OpenApi, "host" | "basePath" | "schemes") => {
                "that is Swagger 2.0; write the whole URL in `servers`".to_owned()
            }
            (Kind::OpenApi, "definitions" | "parameters" | "responses" | "securityDefinitions") => {
                let field = match key {
                    "definitions" => "schemas",
                    "securityDefinitions" => "securitySchemes",
                    _ => key,
                };
                format!("that is Swagger 2.0; move what is in it into `components.{field}`")
            }
            (Kind::OpenApi, "consumes" | "produces") => {
                "that is Swagger 2.0; media types are the keys of `content`".to_owned()
            }
            _ => self.help_for_unknown(key, definition),
        };
        let message = format!(
            "{} has no `{key}` in {}; it is ignored",
            definition.name, self.version
        );
        self.report_at(key, codes::UNKNOWN_KEYWORD, message, help);
        // An operation by a method that the version does not have is no operation.
        if definition.kind == Kind::PathItem {
            self.remove_member(key);
        }
    }

    /// Says what to do about a member that the version does not have.
    fn help_for_unknown(&self, key: &str, definition: &ObjectDefinition) -> String {
        let known = definition.field_of_any_version(key);
        if let Some(version) = known.and_then(|field| field.columns.first()) {
            return format!("declare `{}`, or remove it", version.declaration());
        }
        let mut names = definition.fields(self.version).map(|(field, _)| field.name);
        match nearest(key, &mut names) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "remove it, or begin its name with `x-`".to_owned(),
        }
    }
}

/// The members that a security scheme of this type must have, or `None` for a type that the version does not have.
fn security_scheme(
    kind: &str,
    members: &Members,
    version: Version,
) -> Option<&'static [&'static str]> {
    let is_swagger2 = version == Version::Swagger2;
    match kind {
        "basic" if is_swagger2 => Some(&[]),
        "oauth2" if is_swagger2 && !members.contains_key("flows") => Some(&["flow"]),
        "apiKey" => Some(&["name", "in"]),
        "http" => Some(&["scheme"]),
        "oauth2" => Some(&["flows"]),
        "openIdConnect" => Some(&["openIdConnectUrl"]),
        "mutualTLS" if version > Version::OpenApi30 => Some(&[]),
        _ => None,
    }
}

/// Whether Swagger 2.0 lacks the member of a security scheme.
fn is_later(name: &str) -> bool {
    let field = SecurityScheme::definition().field(name, Version::Swagger2);
    field.is_none()
}
