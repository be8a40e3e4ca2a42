//! Rules for schemas: types, and what belongs to which.

use super::reference::{Reference, Referrer};
use super::walk::{Context, Disposition, RemovalScope, Walker};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::dialect::coercion::{meant_as, text};
use crate::openapi::{Kind, ObjectDefinition, Schema, Shape, SpecObject as _, Version};
use crate::source::{Data, Object as Members, Value};

/// The keywords that belong to one type, with the types they belong to.
const TYPED_KEYWORDS: &[(&str, &[&str])] = &[
    ("format", &["string", "number", "integer"]),
    ("properties", &["object"]),
    ("items", &["array"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minimum", &["number", "integer"]),
    ("maximum", &["number", "integer"]),
    ("exclusiveMinimum", &["number", "integer"]),
    ("exclusiveMaximum", &["number", "integer"]),
    ("multipleOf", &["number", "integer"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
    ("discriminator", &["object"]),
];

impl<'tree> Walker<'tree, '_> {
    pub(super) fn schema(&mut self, members: &'tree Members) -> Disposition {
        self.type_keywords(members, Schema::definition());
        if self.version == Version::Swagger2
            && let Some(discriminator) = members.get("discriminator")
        {
            self.discriminator_name(discriminator);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            if members
                .get(keyword)
                .and_then(Value::as_array)
                .is_some_and(<[Value]>::is_empty)
            {
                let message = format!("`{keyword}` is an empty list");
                let help = "remove it, or list the schemas; until then it is ignored";
                self.report_at(keyword, codes::EMPTY_LIST, message, help);
                self.remove_member(keyword);
            }
        }
        Disposition::Keep
    }

    /// Checks the type of values and what depends on it, in a schema or in an object of Swagger 2.0 that has the keywords of one.
    pub(super) fn type_keywords(
        &mut self,
        members: &'tree Members,
        owner: &'static ObjectDefinition,
    ) {
        let kind = members
            .get("type")
            .and_then(|kind| self.schema_type(kind, owner));
        let is_composed = ["allOf", "oneOf", "anyOf"].iter().any(|keyword| {
            members
                .get(*keyword)
                .and_then(Value::as_array)
                .is_some_and(|list| !list.is_empty())
        }) || members.get("not").and_then(Value::as_object).is_some();
        if let Some(kind) = kind
            && !is_composed
        {
            self.inapplicable_keywords(kind, members);
            let needs_items = kind == "array" && !self.version.has_json_schema();
            if needs_items && members.get("items").is_none() && !self.has_items_beside() {
                let message = "an array does not say what its items are";
                let help = "add `items`; until then they may be anything";
                let code = codes::ARRAY_WITHOUT_ITEMS;
                self.missing_by_rule(&["items"], members, owner, code, message, help);
            }
        }
        if owner.kind == Kind::Schema
            && let Some(required) = members.get("required")
        {
            self.required(required, kind);
        }
        // Of another type they were reported and cut as not applicable.
        if is_composed || matches!(kind, None | Some("number" | "integer")) {
            self.bounds(members, kind, owner);
        }
        if let Some(values) = members.get("enum") {
            self.enumeration(values, kind, owner);
        }
        if let Some(value) = members.get("const")
            && !self.version.has_json_schema()
        {
            self.constant(value, kind, members.get("enum").is_some());
        }
    }

    /// Whether what the present schema is a part or an alternative of says what the items are. What a reference leads to is checked there.
    fn has_items_beside(&mut self) -> bool {
        let mut pointer = self.pointer.clone();
        loop {
            let Some((list, owner)) = pointer
                .parent()
                .and_then(|list| list.parent().map(|owner| (list, owner)))
            else {
                return false;
            };
            let keyword = list.last().unwrap_or_default();
            let is_part = keyword == "allOf";
            if !is_part && !matches!(&*keyword, "oneOf" | "anyOf") {
                return false;
            }
            let Some(schema) = self.root.pointer(&owner) else {
                return false;
            };
            // Beside alternatives without a type, keywords about items do not restrict other values.
            let is_array = schema.get("type").and_then(Value::as_str) == Some("array");
            if schema.get("items").is_some() && (is_part || is_array) {
                return true;
            }
            if is_part && self.has_part_with_items(&list) {
                return true;
            }
            pointer = owner;
        }
    }

    /// Whether a part of the `allOf` at this place has `items`, or a reference. All parts ask, so the last result is kept.
    fn has_part_with_items(&mut self, list: &Pointer) -> bool {
        if let Some((searched, found)) = &self.searched_parts
            && searched == list
        {
            return *found;
        }
        let parts = self.root.pointer(list).and_then(Value::as_array);
        let mut parts = parts.unwrap_or_default().iter();
        let found = parts.any(|part| part.get("items").or(part.get("$ref")).is_some());
        self.searched_parts = Some((list.clone(), found));
        found
    }

    /// Cuts keywords that say nothing about values of this type, so that the schema is read as the plain type that it is.
    fn inapplicable_keywords(&mut self, kind: &str, members: &Members) {
        for (keyword, kinds) in TYPED_KEYWORDS {
            let Some(value) = members.get(*keyword) else {
                continue;
            };
            // That of Swagger 2.0 is a text, which has a rule of its own.
            if *keyword == "discriminator" && self.version == Version::Swagger2 {
                continue;
            }
            // A `required` that is no list of names is a fault of its own, whatever the type.
            if kinds.contains(&kind) || (*keyword == "required" && value.as_array().is_none()) {
                continue;
            }
            let is_structure = matches!(*keyword, "properties" | "items" | "additionalProperties");
            let severity = if is_structure {
                Severity::Warning
            } else {
                Severity::Note
            };
            let message = format!(
                "`{keyword}` says nothing about {}; it is ignored",
                values_of(kind)
            );
            let help = format!("remove it, or correct `type` ({})", kinds.join(", "));
            self.report_at(
                keyword,
                codes::KEYWORD_NOT_APPLICABLE.rated(severity),
                message,
                help,
            );
            self.remove_member(keyword);
        }
    }

    fn required(&mut self, required: &'tree Value, kind: Option<&str>) {
        let message = match required.data() {
            Data::Array(_) => {
                self.pointer.push("required");
                let context = Context {
                    owner: Schema::definition(),
                    scope: RemovalScope::Member,
                };
                let shape = Shape::List(&Shape::String);
                self.value(required, shape, context);
                self.pointer.pop();
                return;
            }
            Data::Null => return self.remove_member("required"),
            _ => required.mismatch("`required` of a schema", "a list of property names"),
        };
        let is_object = matches!(kind, None | Some("object"));
        let help = match required.data() {
            Data::Bool(_) => "list the property's name in `required` of the object that has it; until then it is ignored".to_owned(),
            Data::String(name) if is_object => format!("write `required: [{name}]`; it is read so"),
            _ => "write a list of property names; until then it is ignored".to_owned(),
        };
        self.report_at("required", codes::WRONG_TYPE_FOR_REQUIRED, message, help);
        if !(is_object && required.as_str().is_some()) {
            self.remove_member("required");
        }
    }

    pub(super) fn discriminator(&mut self, members: &'tree Members) -> Disposition {
        let mapping = members.get("mapping").and_then(Value::as_object);
        let at = self.pointer.key("mapping");
        let mapping = mapping.into_iter().flatten();
        let mapping = mapping.map(|(tag, target)| (at.key(tag), target));
        let is_known = self.version >= Version::OpenApi32;
        if !is_known && members.contains_key("defaultMapping") {
            self.remove_member("defaultMapping");
        }
        let default = members.get("defaultMapping").filter(|_| is_known);
        let default = default.map(|target| (self.pointer.key("defaultMapping"), target));
        for (pointer, target) in mapping.chain(default) {
            let Some(target) = text(target) else { continue };
            self.references.push(Reference {
                pointer,
                target,
                expected: Schema::definition(),
                referrer: Referrer::Mapping,
            });
        }
        Disposition::Keep
    }

    fn constant(&mut self, value: &Value, kind: Option<&str>, has_enum: bool) {
        let message = "`const` is OpenAPI 3.1";
        let help = match meant_as(value, kind) {
            _ if has_enum => {
                self.remove_member("const");
                "remove it, since there is an `enum`; until then it is ignored"
            }
            Some(_) => "write `enum` with one value; it is read so",
            None => {
                self.remove_member("const");
                "write `enum` with one value of the schema's type; until then it is ignored"
            }
        };
        self.report_at(
            "const",
            codes::JSON_SCHEMA_KEYWORD.rated(Severity::Error),
            message,
            help,
        );
    }
}

fn values_of(kind: &str) -> &'static str {
    match kind {
        "string" => "strings",
        "number" => "numbers",
        "integer" => "integers",
        "boolean" => "booleans",
        "array" => "arrays",
        _ => "objects",
    }
}
