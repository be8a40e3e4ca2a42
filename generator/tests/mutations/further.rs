//! What is done to documents of every dialect, beside [`damage`](super::damage).

use serde_json::{Value, json};

use super::damage::{Random, pointers};

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

/// Nests, swaps or refers, or puts a word of another dialect, an odd text or a number beyond all types in place of a node.
pub(crate) fn damage_further(document: &mut Value, random: &mut Random) {
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
pub(crate) fn text(document: &Value, is_yaml: bool) -> String {
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
