//! Rules that only Swagger 2.0 has: the schema's keywords beside a parameter, its flows, and the words of OpenAPI 3.0 in its documents.

use super::parameter::STYLES;
use super::reference::{Reference, Referrer};
use super::walk::{Context, Disposition, RemovalScope, Walker};
use super::words::definite;
use crate::diagnostic::{Severity, codes, nearest};
use crate::openapi::{
    Kind, ObjectDefinition, Schema, SecurityScheme, Shape, SpecObject as _, Version,
};
use crate::source::{Data, Object as Members, Value};

/// The formats of lists. `multi` repeats the name of the parameter, which needs one.
const COLLECTION_FORMATS: &[&str] = &["csv", "ssv", "tsv", "pipes", "multi"];

impl<'tree> Walker<'tree, '_> {
    /// Checks what a parameter, its items or a header say of their values.
    pub(super) fn described_value(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
        location: &str,
    ) {
        let has = |keyword: &str| members.get(keyword).is_some_and(|value| !value.is_null());
        let owner = definition.name;
        if location == "body" {
            if !has("schema") {
                self.missing_schema(members, definition);
            }
        } else if !has("type") && has("schema") {
            // That of a header was reported as a field of later versions.
            if definition.kind == Kind::Header {
                return;
            }
            let message = format!("only a body has a `schema` in {}", self.version);
            let help = format!(
                "write its keywords beside {}; it is read so",
                definite(owner)
            );
            self.report_at(
                "schema",
                codes::UNKNOWN_KEYWORD.rated(Severity::Note),
                message,
                help,
            );
        } else if !has("type") {
            let message = match definition.kind {
                Kind::Items => format!("{owner} have no `type`"),
                _ => format!("{owner} has no `type`"),
            };
            let help = "add `type`; until then its value may be anything";
            let code = codes::MISSING_MEMBER;
            self.missing_by_rule(&["type"], members, definition, code, message, help);
        }
        self.type_keywords(members, definition);
        self.collection_format(members, location, definition);
    }

    fn missing_schema(&mut self, members: &'tree Members, definition: &ObjectDefinition) {
        let message = "a body has no `schema`";
        let help = match members.contains_key("type") {
            true => "write `schema: {type: …}` in place of the `type` beside; it is read so",
            false => "add `schema`; until then the body may be anything",
        };
        let code = codes::MISSING_MEMBER;
        self.missing_by_rule(&["schema"], members, definition, code, message, help);
    }

    fn collection_format(
        &mut self,
        members: &Members,
        location: &str,
        definition: &'static ObjectDefinition,
    ) {
        const KEYWORD: &str = "collectionFormat";
        let Some(value) = members.get(KEYWORD) else {
            return;
        };
        let help = "write `csv`, `ssv`, `tsv` or `pipes`; until then it is read as `csv`";
        let (code, message) = match value.data() {
            Data::String(format) if format == "multi" && !is_repeatable(location) => (
                codes::STYLE_NOT_ALLOWED,
                "only a list in `query` or `formData` can have the format `multi`".to_owned(),
            ),
            Data::String(format) if COLLECTION_FORMATS.contains(&format.as_str()) => {
                if let Some(message) = without_effect(members, definition.kind) {
                    let code = codes::KEYWORD_NOT_APPLICABLE.rated(Severity::Note);
                    self.report_at(KEYWORD, code, message, "remove it");
                }
                return;
            }
            Data::String(format) => (
                codes::UNKNOWN_STYLE,
                format!("`{format}` is no format of a list"),
            ),
            _ => (
                codes::WRONG_TYPE,
                value.mismatch(format_args!("`{KEYWORD}`"), "a string"),
            ),
        };
        self.report_at(KEYWORD, code, message, help);
        self.remove_member(KEYWORD);
    }

    /// Checks the items of a parameter or header. A `$ref` is no part of them, but what it means is plain.
    pub(super) fn items(
        &mut self,
        members: &'tree Members,
        definition: &'static ObjectDefinition,
    ) -> Disposition {
        let Some(target) = members.get("$ref").and_then(Value::as_str) else {
            self.described_value(members, definition, "");
            return Disposition::Keep;
        };
        let message = format!("{} cannot be a `$ref` in {}", definition.name, self.version);
        let help = "write their type out; it is read as in a schema";
        self.report_at(
            "$ref",
            codes::UNKNOWN_KEYWORD.rated(Severity::Note),
            message,
            help,
        );
        self.references.push(Reference {
            pointer: self.pointer.clone(),
            target,
            expected: Schema::definition(),
            referrer: Referrer::Schema,
        });
        Disposition::Keep
    }

    /// The place of a parameter, if the version has it or what it means is plain.
    pub(super) fn location_of_swagger2<'members>(
        &mut self,
        location: &'members str,
    ) -> Option<&'members str> {
        const LOCATIONS: &[&str] = &["path", "query", "header", "formData", "body"];
        if LOCATIONS.contains(&location) {
            return Some(location);
        }
        let message = format!(
            "`{location}` is no place for a parameter in {}",
            self.version
        );
        let places = super::parameter::locations(self.version);
        let help = match (location, nearest(location, LOCATIONS.iter().copied())) {
            ("cookie", _) => {
                "remove it, or write `in: header` and `name: Cookie`; it is read as in OpenAPI 3.0"
                    .to_owned()
            }
            (_, Some(meant)) => {
                format!("did you mean `{meant}`? until then the parameter is skipped")
            }
            _ => format!("write {places}; until then the parameter is skipped"),
        };
        self.report_at("in", codes::UNKNOWN_LOCATION, message, help);
        (location == "cookie").then_some(location)
    }

    /// Checks a field that only later versions have, or a keyword of a schema beside a parameter. What such a field means is plain where
    /// it holds a plain value or a schema. Returns whether it is such a field.
    pub(super) fn field_of_later_version(
        &mut self,
        key: &str,
        value: &'tree Value,
        definition: &'static ObjectDefinition,
    ) -> bool {
        let own = definition.field_of_any_version(key);
        let is_described = matches!(
            definition.kind,
            Kind::Parameter | Kind::Items | Kind::Header
        );
        let of_schema = Schema::definition()
            .field_of_any_version(key)
            .filter(|_| is_described);
        let Some(field) = own.or(of_schema) else {
            return false;
        };
        if definition.kind == Kind::SecurityScheme {
            // Reported with the type.
            self.member_of(Version::OpenApi30, key, value, field.shape, definition);
            return true;
        }
        let is_style = definition.kind == Kind::Parameter
            && key == "style"
            && value.as_str().is_some_and(|style| STYLES.contains(&style));
        let is_read = is_plain(field.shape) || is_style;
        if key == "example" && is_read {
            // Common, and plain in meaning.
            return true;
        }
        let consequence = match (definition.kind, key) {
            (Kind::OpenApi, "components") => "only what a `$ref` leads to is read",
            _ if is_read => "it is read as there",
            _ => "it is ignored",
        };
        let first = field.columns.first().unwrap_or(self.version);
        let message = match first {
            Version::Swagger2 => format!(
                "{} has no `{key}` in {}; it is read as in a schema",
                definition.name, self.version
            ),
            _ => format!(
                "{} has no `{key}` in {}, but in {first}; {consequence}",
                definition.name, self.version
            ),
        };
        let help = remedy(definition.kind, key, first).to_owned();
        let severity = match is_read || key == "examples" {
            true => Severity::Note,
            false => Severity::Warning,
        };
        self.report_at(key, codes::UNKNOWN_KEYWORD.rated(severity), message, help);
        if is_style {
            return true;
        }
        if is_read {
            self.member_of(self.version, key, value, field.shape, definition);
        } else if key != "components" {
            self.remove_member(key);
        }
        true
    }

    /// Checks a member as the given version has it.
    fn member_of(
        &mut self,
        version: Version,
        key: &str,
        value: &'tree Value,
        shape: Shape,
        owner: &'static ObjectDefinition,
    ) {
        let declared = std::mem::replace(&mut self.version, version);
        self.pointer.push(key);
        let scope = RemovalScope::Member;
        if self.value(value, shape, Context { owner, scope }) == Disposition::Drop {
            self.edits.remove(self.pointer.clone());
        }
        self.pointer.pop();
        self.version = declared;
    }

    /// Checks the name of the property that distinguishes schemas.
    pub(super) fn discriminator_name(&mut self, value: &'tree Value) {
        const KEYWORD: &str = "discriminator";
        let (message, help) = match value.data() {
            Data::String(_) => return,
            Data::Object(members) => {
                let name = members.get("propertyName").and_then(Value::as_str);
                let message = format!("`{KEYWORD}` is the name of a property in {}", self.version);
                let help = match name {
                    Some(name) => format!("write `{KEYWORD}: {name}`; it is read so"),
                    None => "write the property's name; until then it is ignored".to_owned(),
                };
                if name.is_none() {
                    self.remove_member(KEYWORD);
                } else {
                    self.pointer.push(KEYWORD);
                    self.discriminator(members);
                    self.pointer.pop();
                }
                (message, help)
            }
            _ => {
                self.remove_member(KEYWORD);
                (
                    value.mismatch(format_args!("`{KEYWORD}`"), "a string"),
                    "write the property's name; until then it is ignored".to_owned(),
                )
            }
        };
        self.report_at(KEYWORD, codes::WRONG_TYPE, message, help);
    }

    /// Checks the flow of an OAuth scheme, and that it has the addresses that it needs.
    pub(super) fn flow(&mut self, members: &'tree Members) {
        const KEYWORD: &str = "flow";
        let unusable = "until then the flow is ignored";
        let Some(flow) = members.get(KEYWORD) else {
            return;
        };
        let needed: &[&str] = match flow.as_str() {
            Some("implicit") => &["authorizationUrl"],
            Some("password" | "application" | "clientCredentials") => &["tokenUrl"],
            Some("accessCode" | "authorizationCode") => &["authorizationUrl", "tokenUrl"],
            _ => {
                let name = flow.as_str().unwrap_or(flow.kind());
                let message = format!("`{name}` is no flow of OAuth");
                let help = format!(
                    "write `implicit`, `password`, `application` or `accessCode`; {unusable}"
                );
                self.report_at(KEYWORD, codes::UNKNOWN_SECURITY_TYPE, message, help);
                return self.remove_member(KEYWORD);
            }
        };
        let meant = match flow.as_str() {
            Some("clientCredentials") => Some("application"),
            Some("authorizationCode") => Some("accessCode"),
            _ => None,
        };
        if let Some(meant) = meant {
            let message = format!("this flow of OAuth is called `{meant}` in {}", self.version);
            let help = format!("write `flow: {meant}`; it is read so");
            self.report_at(KEYWORD, codes::UNKNOWN_SECURITY_TYPE, message, help);
        }
        let is_missing = |name: &&&str| members.get(**name).and_then(Value::as_str).is_none();
        if let Some(missing) = needed.iter().find(is_missing) {
            let name = meant.or(flow.as_str()).unwrap_or_default();
            if !members.contains_key(*missing) {
                let message = format!("the flow `{name}` of an OAuth scheme has no `{missing}`");
                let help = format!(
                    "add `{missing}`, which {} requires; {unusable}",
                    self.version
                );
                let (owner, code) = (SecurityScheme::definition(), codes::MISSING_MEMBER);
                self.missing_by_rule(&[missing], members, owner, code, message, help);
            }
            self.remove_member(KEYWORD);
        }
    }
}

/// Says why a format of lists has no effect, if it has none.
fn without_effect(members: &Members, kind: Kind) -> Option<String> {
    if kind == Kind::Header {
        let message = "a client gives the headers of responses as text, so `collectionFormat` has no effect here";
        return Some(message.to_owned());
    }
    let kind = members.get("type")?.as_str()?;
    let is_list = kind.eq_ignore_ascii_case("array") || members.contains_key("items");
    (!is_list).then(|| {
        format!("a value of the type `{kind}` is no list, so `collectionFormat` has no effect")
    })
}

/// Whether a field holds a plain value, schemas or an operation, which the pass over Swagger 2.0 brings along.
fn is_plain(shape: Shape) -> bool {
    match shape {
        Shape::Any | Shape::String | Shape::Boolean | Shape::Number | Shape::Size => true,
        Shape::List(inner) | Shape::Map(inner) => is_plain(*inner),
        Shape::Object(_) | Shape::Reference(_) | Shape::OrBoolean(_) => shape
            .object()
            .is_some_and(|object| matches!(object.kind, Kind::Schema | Kind::Operation)),
        Shape::Custom => false,
    }
}

/// A parameter whose name can be written more than once.
fn is_repeatable(location: &str) -> bool {
    matches!(location, "query" | "formData")
}

/// Says in the words of Swagger 2.0 how what a later field says is written.
fn remedy(kind: Kind, key: &str, first: Version) -> &'static str {
    match (kind, key) {
        (_, "nullable") => "write `x-nullable`",
        (_, "example" | "examples") => "begin its name with `x-`",
        (_, "style" | "explode") => "write `collectionFormat`",
        (_, "servers") => "write `host`, `basePath` and `schemes` at the top of the document",
        (_, "requestBody") => {
            "write a parameter with `in: body`, and its media types in `consumes`"
        }
        (Kind::Response, "content") => "write `schema`, and its media types in `produces`",
        (Kind::OpenApi, "components") => {
            "move what is in it into `definitions`, `parameters`, `responses` and `securityDefinitions`"
        }
        (Kind::Parameter, "content") => "write a parameter with `in: body` and a `schema`",
        (Kind::Header, "schema") => {
            "write the keywords of the schema beside the header's `description`"
        }
        (Kind::Parameter | Kind::Items | Kind::Header, _) if first == Version::Swagger2 => {
            "remove it, or describe the value in a body's `schema`"
        }
        _ => match first {
            Version::OpenApi32 => "remove it, or write the document in OpenAPI 3.2",
            Version::OpenApi31 => "remove it, or write the document in OpenAPI 3.1",
            _ => "remove it, or write the document in OpenAPI 3.0",
        },
    }
}
