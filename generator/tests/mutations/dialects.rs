//! Damaged documents of every dialect, alone and in several files, through the whole run: each gives Rust that parses, or an error with
//! its place.

use std::time::{Duration, Instant};

use generator::diagnostic::Severity;
use generator::source::{LoadError, Loaded};
use generator::{Config, Source, generate_with_files};
use serde_json::{Value, json};

use super::damage::{Random, damage, pointers};
use super::emitted::assert_rust;
use super::soundness::assert_sound;
use super::{as_json, cases};

const DOCUMENTS: &[(&str, &str)] = &[
    ("2.0", include_str!("swagger2.yaml")),
    ("3.0", super::DOCUMENT),
    ("3.1", include_str!("openapi31.yaml")),
    ("3.2", include_str!("openapi32.yaml")),
];

/// The keywords and values of all dialects.
const WORDS: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "$self",
    "additionalOperations",
    "collectionFormat",
    "components",
    "consumes",
    "const",
    "contains",
    "content",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "defaultMapping",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "discriminator",
    "else",
    "exclusiveMaximum",
    "flow",
    "host",
    "if",
    "items",
    "itemSchema",
    "kind",
    "mediaTypes",
    "parent",
    "pathItems",
    "patternProperties",
    "paths",
    "prefixItems",
    "produces",
    "propertyNames",
    "query",
    "schemes",
    "securityDefinitions",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "webhooks",
    "x-nullable",
];

const TEXTS: &[&str] = &[
    "#",
    "#/definitions/Pet",
    "#/definitions/Cat",
    "#/components/schemas/Cat",
    "#/components/pathItems/Pet",
    "#/components/mediaTypes/Pet",
    "#chip",
    "#node",
    "part.yaml",
    "part.yaml#/A",
    "part.yaml#/paths",
    "part.json#/B",
    "folder/part.yaml",
    "../outside.yaml",
    "https://example.com/pet",
    "https://example.com/pets.yaml#/components/schemas/Pet",
    "2.0",
    "3.0.0",
    "3.1.0",
    "base64",
    "body",
    "cookie",
    "csv",
    "file",
    "formData",
    "multi",
    "mutualTLS",
    "null",
    "querystring",
    "tsv",
    "COPY",
    // Texts that make hostile names.
    "",
    " ",
    "--",
    "Self",
    "crate",
    "r#type",
    "1st",
    "\u{0}",
    "\u{feff}bom",
    "\u{202e}right to left",
    "e\u{301}",
    "\u{df}\u{1e9e}",
    "\u{fb01}",
    "\u{1f980}",
    "\u{65e5}\u{672c}",
    "a\nb\r\tc",
    "`\\\"'*/{}",
];

/// Numbers that JSON has and no type of Rust does, as they stand in the text.
const NUMBERS: &[&str] = &[
    "1e999",
    "-1e-999",
    "123456789012345678901234567890",
    "-0",
    "0.1e1",
    "18446744073709551616",
];

const FILES: &[(&str, &str)] = &[
    (
        "part.yaml",
        "A: {type: object, properties: {b: {$ref: 'part.json#/B'}, self: {$ref: '#/A'}}}\npaths: {get: {parameters: [{$ref: 'part.json#/limit'}], responses: {'200': {$ref: '#/response'}}}}\nresponse: {description: ok, content: {application/json: {schema: {$ref: '#/A'}}}}\n",
    ),
    (
        "part.json",
        r##"{"B": {"oneOf": [{"$ref": "part.yaml#/A"}, {"$anchor": "there", "type": "string"}]}, "limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}}"##,
    ),
    ("folder/part.yaml", "{$ref: ../part.yaml}"),
];

fn load(path: &str) -> Result<Loaded, LoadError> {
    if path.starts_with("..") {
        return Err(LoadError::Outside);
    }
    let file = FILES.iter().find(|(name, _)| *name == path);
    let (name, text) = file.ok_or(LoadError::Missing)?;
    Ok(Loaded {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
    })
}

/// Nests, swaps or refers, or puts a word of another dialect, an odd text or a number beyond all types in place of a node.
fn damage_further(document: &mut Value, random: &mut Random) {
    let all = pointers(document);
    if all.is_empty() {
        return;
    }
    let at = random.one_of(&all).clone();
    let other = random.one_of(&all).clone();
    let taken = |document: &mut Value, pointer: &str| {
        document
            .pointer_mut(pointer)
            .map(Value::take)
            .unwrap_or_default()
    };
    let value = match random.below(8) {
        0 => {
            let mut value = taken(document, &at);
            let word = *random.one_of(WORDS);
            for _ in 0..=random.below(140) {
                value = match word {
                    "items" | "if" | "then" | "else" | "contains" | "propertyNames" => {
                        json!({ word: value })
                    }
                    "prefixItems" => json!({ word: [value] }),
                    _ => json!({ word: { "a": value } }),
                };
            }
            value
        }
        1 => {
            let value = document.pointer(&at).cloned().unwrap_or_default();
            let mut other_value = document.pointer(&other).cloned().unwrap_or_default();
            if let Some(node) = document.pointer_mut(&other) {
                *node = value;
            }
            other_value.take()
        }
        2 => json!({ "$ref": format!("#{other}") }),
        3 => json!({ "$ref": random.one_of(TEXTS) }),
        4 => json!(format!("@{}@", random.one_of(NUMBERS))),
        5 => json!({ *random.one_of(WORDS): taken(document, &at) }),
        6 => json!({ *random.one_of(TEXTS): taken(document, &at) }),
        _ => json!(random.one_of(TEXTS)),
    };
    if let Some(node) = document.pointer_mut(&at) {
        if let (Some(members), Some(added), 0) =
            (node.as_object_mut(), value.as_object(), random.below(2))
        {
            members.extend(added.clone());
        } else {
            *node = value;
        }
    }
}

/// The text of a damaged document, in JSON or YAML.
fn text(document: &Value, is_yaml: bool) -> String {
    let mut text = match is_yaml {
        true => serde_yaml::to_string(document).expect("a tree of JSON is YAML"),
        false => document.to_string(),
    };
    for number in NUMBERS {
        for quote in ["\"", "'"] {
            text = text.replace(&format!("{quote}@{number}@{quote}"), number);
        }
    }
    text
}

fn survive(text: &str, overlay: &str, emits: bool) {
    let spec = Source {
        name: "spec.yaml",
        bytes: text.as_bytes(),
    };
    let overlay = Source {
        name: "overlay.yaml",
        bytes: overlay.as_bytes(),
    };
    let overlays = match overlay.bytes.is_empty() {
        true => &[][..],
        false => &[overlay][..],
    };
    let config = Config {
        strict: !emits,
        ..Config::default()
    };
    let generated = generate_with_files(spec, &load, overlays, &config);
    for diagnostic in &generated.diagnostics {
        assert_ne!(
            diagnostic.code.as_str(),
            "internal",
            "{diagnostic:?}\n{text}"
        );
        assert!(diagnostic.location.is_some(), "{diagnostic:?}\n{text}");
        assert!(!diagnostic.help.is_empty(), "{diagnostic:?}\n{text}");
    }
    match &generated.api {
        Some(api) => assert_sound(api),
        None => assert!(generated.diagnostics.has_fatal(), "{text}"),
    }
    if let Some(files) = generated.files.as_ref().filter(|_| emits) {
        assert_rust(files);
    }
}

#[test]
fn damaged_documents_of_every_dialect() {
    let overlay = super::OVERLAY;
    let documents: Vec<(&str, Value)> = DOCUMENTS
        .iter()
        .map(|(dialect, text)| (*dialect, as_json(text)))
        .collect();
    let number = cases(160);
    let mut slowest = (Duration::ZERO, String::new());
    let mut emitted = 0;
    for case in 0..number {
        let (_, document) = &documents[usize::try_from(case % 4).expect("below 4")];
        let mut random =
            Random(0x0dd0_ba11_5eed_cafe ^ (case + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut damaged = document.clone();
        for _ in 0..=random.below(4) {
            match random.below(2) {
                0 => damage(&mut damaged, &mut random),
                _ => damage_further(&mut damaged, &mut random),
            }
        }
        let text = text(&damaged, random.below(2) == 0);
        let overlay = match random.below(4) {
            0 => overlay,
            _ => "",
        };
        // To emit and parse a crate takes far longer than to read a document.
        let emits = random.below(16) == 0;
        emitted += u64::from(emits);
        let start = Instant::now();
        survive(&text, overlay, emits);
        if slowest.0 < start.elapsed() {
            slowest = (start.elapsed(), text);
        }
    }
    let (time, text) = slowest;
    println!("{number} documents, {emitted} crates; the slowest took {time:?}:\n{text}");
}

#[test]
fn the_documents_of_every_dialect_have_no_error() {
    for (dialect, text) in DOCUMENTS {
        let spec = Source {
            name: "spec.yaml",
            bytes: text.as_bytes(),
        };
        let generated = generate_with_files(spec, &load, &[], &Config::default());
        // The document of 3.2 has methods that no client sends.
        let faults: Vec<&str> = generated
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity < Severity::Warning)
            .map(|diagnostic| diagnostic.code.as_str())
            .collect();
        let is_expected = faults.iter().all(|code| *code == "unsupported-method");
        assert!(
            is_expected && (faults.is_empty() || *dialect == "3.2"),
            "{dialect}: {}",
            generated.render_diagnostics(false)
        );
        assert_eq!(
            generated.summary.operations_skipped(),
            faults.len(),
            "{dialect}: {}",
            generated.summary
        );
        assert_rust(&generated.files.expect("files"));
    }
}
