//! The account of real documents, where they are at hand: every operation, parameter, answer, schema and property is in the model as what it
//! is, or is in the diagnostics.

mod soundness;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::diagnostic::{Diagnostics, Pointer, Severity};
use generator::model::{Api, TypeKind};
use generator::source::{Document, Value};
use generator::{Source, read_model};

/// What became of a document.
struct Account {
    document: Document,
    api: Api,
    /// Where the diagnostics are that report a loss.
    losses: BTreeSet<String>,
    counts: BTreeMap<String, usize>,
}

/// Reads a document, or says that it is not there.
fn account(name: &str) -> Option<Account> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let Ok(bytes) = std::fs::read(folder.join(name)) else {
        println!("skipped: {name} is not in {}", folder.display());
        return None;
    };
    let read = read_model(
        Source {
            name,
            bytes: &bytes,
        },
        &[],
    );
    let mut losses = BTreeSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for item in &read.diagnostics {
        let kind = format!("{:?} {}", item.severity, item.code);
        *counts.entry(kind).or_default() += 1;
        if item.severity != Severity::Note {
            losses.insert(item.pointer.to_string());
        }
    }
    let document = Document::parse(name, &bytes, &mut Diagnostics::new()).expect("a document");
    Some(Account {
        document,
        api: read.api.expect("a model"),
        losses,
        counts,
    })
}

impl Account {
    /// Whether a diagnostic reports the node, of something in it, or of what it is in.
    fn is_reported(&self, pointer: &Pointer) -> bool {
        self.losses.iter().any(|loss| {
            Pointer::parse(loss)
                .is_some_and(|loss| pointer.starts_with(&loss) || loss.starts_with(pointer))
        })
    }

    /// The node behind a reference, and where it is.
    fn resolve<'a>(&'a self, pointer: Pointer, node: &'a Value) -> Option<(Pointer, &'a Value)> {
        let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
            return Some((pointer, node));
        };
        let target = Pointer::parse(reference.strip_prefix('#')?)?;
        let node = self.document.get(&target)?;
        self.resolve(target, node)
    }

    /// What is neither in the model nor in the diagnostics.
    fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        let root = self.document.value();
        for (path, item) in members(root.get("paths")) {
            let path = Pointer::root().key("paths").key(path);
            for method in [
                "get", "put", "post", "delete", "options", "head", "patch", "trace",
            ] {
                if let Some(node) = item.get(method) {
                    self.missing_in_operation(&path.key(method), item, node, &mut missing);
                }
            }
        }
        let schemas = Pointer::root().key("components").key("schemas");
        let names: BTreeSet<&str> = self
            .api
            .types
            .iter()
            .filter_map(|one| one.schema_name.as_deref())
            .collect();
        for (name, schema) in members(self.document.get(&schemas)) {
            let pointer = schemas.key(name);
            if !names.contains(name) && !self.is_reported(&pointer) {
                missing.push(pointer.to_string());
            }
            self.missing_properties(&pointer, schema, &mut missing);
        }
        missing
    }

    fn missing_in_operation(
        &self,
        pointer: &Pointer,
        item: &Value,
        node: &Value,
        missing: &mut Vec<String>,
    ) {
        let Some(operation) = self.api.operations().find(|one| one.pointer == *pointer) else {
            missing.push(pointer.to_string());
            return;
        };
        let path = pointer.parent().unwrap_or_default();
        for (owner, owner_pointer) in [(item, &path), (node, pointer)] {
            let parameters = owner
                .get("parameters")
                .and_then(Value::as_array)
                .unwrap_or_default();
            for (index, parameter) in parameters.iter().enumerate() {
                let at = owner_pointer.key("parameters").index(index);
                let Some((at, parameter)) = self.resolve(at, parameter) else {
                    continue;
                };
                let text = |key: &str| {
                    parameter
                        .get(key)
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                };
                let is_there = operation.parameters.iter().any(|one| {
                    one.wire_name == text("name")
                        && format!("{:?}", one.location).eq_ignore_ascii_case(text("in"))
                });
                if !is_there && !self.is_reported(&at) {
                    missing.push(at.to_string());
                }
            }
        }
        if let Some(body) = node.get("requestBody")
            && operation.body.is_none()
            && let Some((at, _)) = self.resolve(pointer.key("requestBody"), body)
            && !self.is_reported(&at)
        {
            missing.push(at.to_string());
        }
        for (status, response) in members(node.get("responses")) {
            let at = pointer.key("responses").key(status);
            let Some((at, response)) = self.resolve(at, response) else {
                continue;
            };
            let successes = operation
                .successes
                .iter()
                .map(|one| (&one.pointer, &one.content));
            let errors = operation
                .errors
                .iter()
                .map(|one| (&one.pointer, &one.content));
            let answer = successes.chain(errors).find(|(pointer, _)| **pointer == at);
            let has_content = !members(response.get("content")).is_empty();
            let is_there = answer.is_some_and(|(_, content)| content.is_some() || !has_content);
            if !is_there && !self.is_reported(&at) {
                missing.push(at.to_string());
            }
        }
    }

    /// A property is in the model where a field comes from it, or from one of the same name that describes the same values.
    fn missing_properties(&self, pointer: &Pointer, schema: &Value, missing: &mut Vec<String>) {
        for (name, property) in members(schema.get("properties")) {
            let at = pointer.key("properties").key(name);
            if !self.has_field(name, &at, property) && !self.is_reported(&at) {
                missing.push(at.to_string());
            }
            self.missing_properties(&at, property, missing);
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(keyword) {
                self.missing_properties(&pointer.key(keyword), inner, missing);
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = schema
                .get(keyword)
                .and_then(Value::as_array)
                .unwrap_or_default();
            for (index, part) in parts.iter().enumerate() {
                self.missing_properties(&pointer.key(keyword).index(index), part, missing);
            }
        }
    }

    fn has_field(&self, name: &str, pointer: &Pointer, property: &Value) -> bool {
        let fields = self
            .api
            .types
            .iter()
            .flat_map(|definition| match &definition.kind {
                TypeKind::Record(record) => record.fields.as_slice(),
                _ => &[],
            });
        let mut named = fields.filter(|field| field.wire_name == name);
        named.any(|field| {
            let is_same = |other: &Value| says_what(other) == says_what(property);
            field.pointer == *pointer || self.document.get(&field.pointer).is_some_and(is_same)
        })
    }
}

/// The keywords of a schema that say what values are.
fn says_what(schema: &Value) -> BTreeSet<(&str, String)> {
    let keywords = members(Some(schema)).into_iter();
    keywords
        .filter(|(key, _)| !matches!(*key, "description" | "example" | "title"))
        .map(|(key, value)| (key, value.to_json().to_string()))
        .collect()
}

fn members(node: Option<&Value>) -> Vec<(&str, &Value)> {
    let members = node.and_then(Value::as_object).into_iter().flatten();
    members.map(|(key, value)| (key.as_str(), value)).collect()
}

#[track_caller]
fn assert_account(name: &str, operations: usize, types: usize, counts: &[(&str, usize)]) {
    let Some(account) = account(name) else { return };
    soundness::assert_sound(&account.api);
    let missing = account.missing();
    assert!(
        missing.is_empty(),
        "{name}: {} are neither in the model nor in the diagnostics: {:#?}",
        missing.len(),
        missing.iter().take(20).collect::<Vec<_>>()
    );
    let found: Vec<(&str, usize)> = account
        .counts
        .iter()
        .map(|(kind, count)| (kind.as_str(), *count))
        .collect();
    assert_eq!(found, counts, "{name}");
    assert_eq!(
        (account.api.operations().count(), account.api.types.len()),
        (operations, types),
        "{name}"
    );
}

#[test]
fn petstore() {
    assert_account(
        "petstore.yaml",
        19,
        9,
        &[("Note not-read", 1), ("Warning media-type-skipped", 16)],
    );
}

#[test]
fn a_large_yaml_document() {
    assert_account(
        "gitlab-openapi3.yaml",
        1106,
        1308,
        &[
            ("Error undeclared-path-parameter", 3),
            ("Error unknown-type", 4),
            ("Warning media-type-skipped", 4),
        ],
    );
}

#[test]
fn a_large_json_document() {
    assert_account(
        "github.json",
        767,
        1141,
        &[
            ("Note implied-type", 2),
            ("Note keyword-not-applicable", 4),
            ("Note not-read", 1),
            ("Note overlapping-alternatives", 5),
            ("Warning array-without-items", 8),
            ("Warning keyword-not-applicable", 1),
            ("Warning media-type-skipped", 4),
            ("Warning required-without-property", 3),
            ("Warning servers-ignored", 1),
        ],
    );
}

#[test]
fn a_document_with_allof_everywhere() {
    assert_account(
        "box.json",
        296,
        1008,
        &[
            ("Note implied-type", 3),
            ("Note keyword-not-applicable", 8),
            ("Note not-read", 1),
            ("Warning nested-parameter", 1),
            ("Warning required-without-property", 8),
            ("Warning servers-ignored", 14),
        ],
    );
}
