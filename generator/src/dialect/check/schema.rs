//! Rules for schemas: types, and what belongs to which.

use super::bounds::meant_as;
use super::coerce::text;
use super::reference::{Place, Reference};
use super::walk::{Context, RemovalScope, Verdict, Walker};
use crate::diagnostic::{Severity, codes};
use crate::openapi::{Schema, Shape, SpecObject as _};
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
];

impl<'tree> Walker<'tree, '_> {
    pub(super) fn schema(&mut self, members: &'tree Members) -> Verdict {
        let kind = members.get("type").and_then(|kind| self.schema_type(kind));
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
            if needs_items && !members.contains_key("items") {
                let message = "an array does not say what its items are".to_owned();
                let help = "add `items`; until then they may be anything".to_owned();
                self.report(Severity::Warning, codes::ARRAY_WITHOUT_ITEMS, message, help);
            }
        }
        if let Some(required) = members.get("required") {
            self.required(required, kind);
        }
        // Of another type they were reported and cut as not applicable.
        if is_composed || matches!(kind, None | Some("number" | "integer")) {
            self.bounds(members, kind);
        }
        if let Some(values) = members.get("enum") {
            self.enumeration(values, kind);
        }
        if let Some(value) = members.get("const")
            && !self.version.has_json_schema()
        {
            self.constant(value, kind, members.contains_key("enum"));
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            if members
                .get(keyword)
                .and_then(Value::as_array)
                .is_some_and(<[Value]>::is_empty)
            {
                let message = format!("`{keyword}` is an empty list");
                let help = "remove it, or list the schemas; until then it is ignored".to_owned();
                self.report_at(keyword, Severity::Error, codes::EMPTY_LIST, message, help);
                self.remove_member(keyword);
            }
        }
        Verdict::Keep
    }

    /// The type, when the document names one that there is. What it names otherwise is reported and changed.
    fn schema_type(&mut self, kind: &'tree Value) -> Option<&'tree str> {
        match kind.data() {
            Data::String(kind) if is_type(kind) => return Some(kind),
            Data::String(kind) if kind == "null" && self.version.has_json_schema() => return None,
            Data::String(kind) if meant_type(kind).is_some() => {
                let meant = meant_type(kind).unwrap_or_default();
                let message = format!("`{kind}` is no type in {}", self.version);
                let help = format!("write `{meant}`; it is read so");
                self.report_at("type", Severity::Error, codes::UNKNOWN_TYPE, message, help);
                self.replace_member("type", Value::from(meant));
                return Some(meant);
            }
            Data::String(kind) if kind != "null" => {
                let message = format!("`{kind}` is no type in {}", self.version);
                let help = match likely_type(kind) {
                    Some(likely) => format!("did you mean {likely}? until then the value may be anything"),
                    None => "write `string`, `number`, `integer`, `boolean`, `array` or `object`; until then the value may be anything".to_owned(),
                };
                self.report_at("type", Severity::Error, codes::UNKNOWN_TYPE, message, help);
                self.remove_member("type");
            }
            Data::String(_) | Data::Null => {
                let message = "there is no type `null` in OpenAPI 3.0".to_owned();
                let help = "write `nullable: true` beside the type of the values that are not null; it is read so".to_owned();
                self.report_at("type", Severity::Error, codes::NULL_TYPE, message, help);
                // An empty `type:` is a slip: what else the schema says holds.
                self.remove_member("type");
                self.replace_member("nullable", Data::Bool(true));
            }
            Data::Array(kinds) if self.version.has_json_schema() => return self.types(kinds),
            Data::Array(kinds) => return self.type_list(kinds),
            _ => {
                let message = format!("`type` of a schema must be a string, found {}", kind.kind());
                let help = "write `string`, `number`, `integer`, `boolean`, `array` or `object`; until then the value may be anything".to_owned();
                self.report_at("type", Severity::Error, codes::WRONG_TYPE, message, help);
                self.remove_member("type");
            }
        }
        None
    }

    /// Checks a list of types. Returns the one type that its values have beside null.
    fn types(&mut self, kinds: &'tree [Value]) -> Option<&'tree str> {
        self.pointer.push("type");
        if kinds.is_empty() {
            let message = "`type` is an empty list".to_owned();
            let help = "list the types, or remove it; until then it is ignored".to_owned();
            self.report(Severity::Error, codes::EMPTY_LIST, message, help);
            self.edits.remove(self.pointer.clone());
        }
        let mut others: Vec<&str> = Vec::new();
        for (index, kind) in kinds.iter().enumerate() {
            let word = kind.as_str().unwrap_or_default();
            let meant = meant_type(word).filter(|meant| *meant != word);
            self.pointer.push_index(index);
            match (word, meant) {
                ("null", _) => {}
                (word, _) if is_type(word) => others.push(word),
                (word, Some(meant)) => {
                    let message = format!("`{word}` is no type in {}", self.version);
                    let help = format!("write `{meant}`; it is read so");
                    self.report(Severity::Error, codes::UNKNOWN_TYPE, message, help);
                    self.replace(Value::from(meant));
                    others.push(meant);
                }
                _ => {
                    let message = format!("`{}` is no type in {}", kind.to_json(), self.version);
                    let help = "write `string`, `number`, `integer`, `boolean`, `array`, `object` or `null`; until then it is left out of the list".to_owned();
                    self.report(Severity::Error, codes::UNKNOWN_TYPE, message, help);
                    self.edits.remove(self.pointer.clone());
                }
            }
            self.pointer.pop();
        }
        self.pointer.pop();
        let mut others = others.into_iter();
        let first = others.next();
        first.filter(|first| others.all(|other| other == *first))
    }

    fn type_list(&mut self, kinds: &'tree [Value]) -> Option<&'tree str> {
        let is_nullable = kinds
            .iter()
            .any(|kind| kind.is_null() || kind.as_str() == Some("null"));
        let mut others = kinds
            .iter()
            .filter_map(Value::as_str)
            .filter(|kind| is_type(kind));
        let single = others
            .next()
            .filter(|first| others.all(|other| other == *first));
        let read = match single {
            Some(kind) if is_nullable => {
                format!("`type: {kind}` with `nullable: true`; it is read so")
            }
            Some(kind) => format!("`type: {kind}`; it is read so"),
            None => "an `anyOf` of schemas with one type each; it is read so".to_owned(),
        };
        let message = "a list of types is OpenAPI 3.1; in 3.0 a schema has one type".to_owned();
        self.report_at(
            "type",
            Severity::Error,
            codes::TYPE_LIST,
            message,
            format!("write {read}"),
        );
        single
    }

    /// Cuts keywords that say nothing about values of this type, so that the schema is read as the plain type that it is.
    fn inapplicable_keywords(&mut self, kind: &str, members: &Members) {
        for (keyword, kinds) in TYPED_KEYWORDS {
            let Some(value) = members.get(*keyword) else {
                continue;
            };
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
                severity,
                codes::KEYWORD_NOT_APPLICABLE,
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
                    loss: RemovalScope::Member,
                };
                let shape = Shape::List(&Shape::String);
                self.value(required, shape, context);
                self.pointer.pop();
                return;
            }
            Data::Null => return self.remove_member("required"),
            _ => format!(
                "`required` of a schema must be a list of property names, found {}",
                required.kind()
            ),
        };
        let is_object = matches!(kind, None | Some("object"));
        let help = match required.data() {
            Data::Bool(_) => "list the property's name in `required` of the object that has it; until then it is ignored".to_owned(),
            Data::String(name) if is_object => format!("write `required: [{name}]`; it is read so"),
            _ => "write a list of property names; until then it is ignored".to_owned(),
        };
        self.report_at(
            "required",
            Severity::Error,
            codes::WRONG_TYPE_FOR_REQUIRED,
            message,
            help,
        );
        match required.data() {
            Data::String(_) if is_object => {
                self.replace_member("required", Data::Array(vec![required.clone()]))
            }
            _ => self.remove_member("required"),
        }
    }

    pub(super) fn discriminator(&mut self, members: &'tree Members) -> Verdict {
        let Some(mapping) = members.get("mapping").and_then(Value::as_object) else {
            return Verdict::Keep;
        };
        for (tag, target) in mapping {
            let Some(target) = text(target) else { continue };
            let pointer = self.pointer.key("mapping").key(tag);
            self.references.push(Reference {
                pointer,
                target,
                expected: Schema::definition(),
                place: Place::Mapping,
            });
        }
        Verdict::Keep
    }

    fn constant(&mut self, value: &Value, kind: Option<&str>, has_enum: bool) {
        let message = "`const` is OpenAPI 3.1".to_owned();
        let help = match meant_as(value, kind) {
            _ if has_enum => {
                self.remove_member("const");
                "remove it, since there is an `enum`; until then it is ignored"
            }
            Some(meant) => {
                if meant != *value {
                    self.replace_member("const", meant);
                }
                "write `enum` with one value; it is read so"
            }
            None => {
                self.remove_member("const");
                "write `enum` with one value of the schema's type; until then it is ignored"
            }
        };
        self.report_at(
            "const",
            Severity::Error,
            codes::JSON_SCHEMA_KEYWORD,
            message,
            help.to_owned(),
        );
    }
}

/// Every type but null.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

pub(super) fn is_type(kind: &str) -> bool {
    TYPES.contains(&kind)
}

/// The type that differs from a word only in upper and lower case, or that the word abbreviates.
pub(super) fn meant_type(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    let full = match lower.as_str() {
        "str" => "string",
        "int" => "integer",
        "bool" => "boolean",
        other => other,
    };
    TYPES.into_iter().find(|known| *known == full)
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

/// The type that writers most often mean by a word that is none.
fn likely_type(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "symbol" | "char" | "varchar" | "email" | "uri" | "url" => {
            "`string`"
        }
        "uuid" => "`type: string` with `format: uuid`",
        "date" => "`type: string` with `format: date`",
        "datetime" | "date-time" | "date_time" | "timestamp" | "time" => {
            "`type: string` with `format: date-time`"
        }
        "file" | "binary" | "blob" => "`type: string` with `format: binary`",
        "integer" | "int" | "int32" | "short" | "byte" => "`integer`",
        "int64" | "long" | "bigint" | "biginteger" => "`type: integer` with `format: int64`",
        "number" | "num" | "float" | "double" | "decimal" | "bigdecimal" => "`number`",
        "boolean" | "bool" => "`boolean`",
        "array" | "list" | "set" => "`array`",
        "object" | "hash" | "map" | "dict" | "dictionary" | "json" => "`object`",
        _ => return None,
    })
}
