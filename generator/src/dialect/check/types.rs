//! Rules for `type`.

use super::walk::Walker;
use crate::diagnostic::{Severity, codes};
use crate::dialect::coercion::{is_type, meant_type};
use crate::openapi::{Kind, ObjectDefinition, Version};
use crate::source::{Data, Value};

impl<'tree> Walker<'tree, '_> {
    /// The type, when the document names one that there is. What it names otherwise is reported and changed.
    pub(super) fn schema_type(
        &mut self,
        kind: &'tree Value,
        owner: &'static ObjectDefinition,
    ) -> Option<&'tree str> {
        match kind.data() {
            Data::String(kind) if kind == "object" && self.is_plain_value(owner) => {
                let message = format!("{} cannot be an object in {}", owner.name, self.version);
                let help = "send it in a body; it is read as in a schema";
                self.report_at(
                    "type",
                    codes::UNKNOWN_TYPE.rated(Severity::Note),
                    message,
                    help,
                );
                return Some(kind);
            }
            Data::String(kind) if is_type(kind) => return Some(kind),
            Data::String(kind) if kind == "file" && self.version == Version::Swagger2 => {
                self.file(owner);
            }
            Data::String(kind) if kind == "null" && self.version.has_json_schema() => return None,
            Data::String(kind) if meant_type(kind).is_some() => {
                let meant = meant_type(kind).unwrap_or_default();
                let message = format!("`{kind}` is no type in {}", self.version);
                let help = format!("write `{meant}`; it is read so");
                self.report_at("type", codes::UNKNOWN_TYPE, message, help);
                return Some(meant);
            }
            Data::String(kind) if kind != "null" => {
                let message = format!("`{kind}` is no type in {}", self.version);
                let help = match likely_type(kind) {
                    Some(likely) => format!("did you mean {likely}? until then the value may be anything"),
                    None => "write `string`, `number`, `integer`, `boolean`, `array` or `object`; until then the value may be anything".to_owned(),
                };
                self.report_at("type", codes::UNKNOWN_TYPE, message, help);
                self.remove_member("type");
            }
            Data::String(_) | Data::Null => {
                let message = format!("there is no type `null` in {}", self.version);
                let help = format!(
                    "write `{}: true` beside the type of the values that are not null; it is read so",
                    self.version.nullable()
                );
                self.report_at("type", codes::NULL_TYPE, message, help);
            }
            Data::Array(kinds) if self.version.has_json_schema() => return self.types(kinds),
            Data::Array(kinds) => return self.type_list(kinds),
            _ => {
                let message = kind.mismatch(format_args!("`type` of {}", owner.name), "a string");
                let help = "write `string`, `number`, `integer`, `boolean`, `array` or `object`; until then the value may be anything";
                self.report_at("type", codes::WRONG_TYPE, message, help);
                self.remove_member("type");
            }
        }
        None
    }

    /// Whether the object describes a value that is no body.
    fn is_plain_value(&self, owner: &ObjectDefinition) -> bool {
        self.version == Version::Swagger2 && owner.kind != Kind::Schema
    }

    /// Files are in forms and responses.
    fn file(&mut self, owner: &ObjectDefinition) {
        let segments: Vec<_> = self.pointer.segments().collect();
        let is_response = matches!(
            segments.as_slice(),
            [.., responses, _, schema] if responses == "responses" && schema == "schema"
        );
        let parameter = self.root.pointer(&self.pointer);
        let is_form = parameter
            .and_then(|parameter| parameter.get("in")?.as_str())
            .is_some_and(|location| location == "formData");
        if (owner.kind == Kind::Schema && is_response) || is_form {
            return;
        }
        let message = format!(
            "only the `schema` of a response or a parameter in `formData` can be a file in {}",
            self.version
        );
        let help = "write `type: string` with `format: binary`; it is read so";
        self.report_at(
            "type",
            codes::UNKNOWN_TYPE.rated(Severity::Note),
            message,
            help,
        );
    }

    /// Checks a list of types. Returns the one type that its values have beside null.
    fn types(&mut self, kinds: &'tree [Value]) -> Option<&'tree str> {
        self.pointer.push("type");
        if kinds.is_empty() {
            let message = "`type` is an empty list";
            let help = "list the types, or remove it; until then it is ignored";
            self.report(codes::EMPTY_LIST, message, help);
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
                    self.report(codes::UNKNOWN_TYPE, message, help);
                    others.push(meant);
                }
                _ => {
                    let message = format!("`{}` is no type in {}", kind.to_json(), self.version);
                    let help = "write `string`, `number`, `integer`, `boolean`, `array`, `object` or `null`; until then it is left out of the list";
                    self.report(codes::UNKNOWN_TYPE, message, help);
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
            Some(kind) if is_nullable => format!(
                "`type: {kind}` with `{}: true`; it is read so",
                self.version.nullable()
            ),
            Some(kind) => format!("`type: {kind}`; it is read so"),
            None if self.version == Version::Swagger2 => {
                "one of them; until then each of them is read".to_owned()
            }
            None => "an `anyOf` of schemas with one type each; it is read so".to_owned(),
        };
        let message = format!(
            "a list of types is OpenAPI 3.1; in {} there is one type",
            self.version
        );
        self.report_at("type", codes::TYPE_LIST, message, format!("write {read}"));
        single
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
