//! How the time grows with the document: the same schemas and paths once, twice, four and eight times.

use serde_json::{Map, Value};

use crate::document::Input;
use crate::phases::{Phases, print_head};

const SECTIONS: [&str; 4] = ["schemas", "parameters", "responses", "requestBodies"];

/// Prints the phases of several copies of each document of OpenAPI 3. The last column compares a copy with the only one.
pub(crate) fn print(inputs: &[Input]) {
    print_head("copies of a document, milliseconds", " for each copy |");
    for input in inputs.iter().filter(|input| input.overlay.is_none()) {
        let document = match serde_json::from_slice(&input.spec) {
            Ok(document) => document,
            Err(_) => serde_yaml::from_slice(&input.spec).expect("the document is YAML or JSON"),
        };
        if let Value::Object(document) = &document
            && document.contains_key("openapi")
        {
            print_copies(&input.name, document);
        }
    }
}

fn print_copies(name: &str, document: &Map<String, Value>) {
    let mut of_one = 0.0;
    for copies in [1, 2, 4, 8] {
        let copied = Input {
            name: format!("{name} × {copies}"),
            spec: serde_json::to_vec(&copied(document, copies)).expect("a document is JSON"),
            overlay: None,
        };
        let phases = Phases::measure(&copied);
        let of_each = phases.sum().as_secs_f64() / f64::from(copies);
        if copies == 1 {
            of_one = of_each;
        }
        println!(
            "| {} | {} | {:.2} |",
            copied.name,
            phases.cells(),
            of_each / of_one
        );
    }
}

/// Returns a document with copies of its paths and of most components, under other names each.
fn copied(document: &Map<String, Value>, copies: u32) -> Value {
    let mut result = document.clone();
    for copy in 1..copies {
        if let (Some(Value::Object(paths)), Some(Value::Object(into))) =
            (document.get("paths"), result.get_mut("paths"))
        {
            let copied = paths.iter();
            into.extend(
                copied.map(|(path, item)| (format!("/copy{copy}{path}"), renamed(item, copy))),
            );
        }
        for section in SECTIONS {
            let components = document.get("components").and_then(|all| all.get(section));
            let into = result.get_mut("components");
            if let (Some(Value::Object(components)), Some(Value::Object(into))) =
                (components, into.and_then(|all| all.get_mut(section)))
            {
                let copied = components.iter();
                into.extend(copied.map(|(name, node)| (of_copy(name, copy), renamed(node, copy))));
            }
        }
    }
    Value::Object(result)
}

fn of_copy(name: &str, copy: u32) -> String {
    format!("{name}Copy{copy}")
}

/// Returns a node whose references, operations and tags have the names of a copy.
fn renamed(node: &Value, copy: u32) -> Value {
    match node {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("$ref", Value::String(text)) if is_copied(text) => {
                        Value::String(of_copy(text, copy))
                    }
                    ("operationId", Value::String(text)) => Value::String(of_copy(text, copy)),
                    ("tags", Value::Array(tags)) => {
                        let tags = tags.iter().map(|tag| match tag {
                            Value::String(text) => Value::String(of_copy(text, copy)),
                            tag => tag.clone(),
                        });
                        Value::Array(tags.collect())
                    }
                    ("mapping", Value::Object(entries)) => {
                        let entries = entries.iter().map(|(tag, target)| {
                            let target = match target {
                                Value::String(text) => Value::String(of_copy(text, copy)),
                                target => target.clone(),
                            };
                            (tag.clone(), target)
                        });
                        Value::Object(entries.collect())
                    }
                    (_, value) => renamed(value, copy),
                };
                (key.clone(), value)
            });
            Value::Object(members.collect())
        }
        Value::Array(elements) => {
            Value::Array(elements.iter().map(|one| renamed(one, copy)).collect())
        }
        scalar => scalar.clone(),
    }
}

/// Whether a reference is to a component of which there are copies.
fn is_copied(reference: &str) -> bool {
    let section = reference
        .strip_prefix("#/components/")
        .and_then(|rest| rest.split_once('/'));
    section.is_some_and(|(section, name)| SECTIONS.contains(&section) && !name.contains('/'))
}
