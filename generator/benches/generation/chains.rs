//! How the time grows with the number of schemas that lead from one to the next.

use serde_json::{Map, Value, json};

use crate::document::Input;
use crate::phases::{Phases, print_head};

/// The name of a link, and a schema that leads to another one by it.
type Link = (&'static str, fn(Value) -> Value);

const LINKS: [Link; 5] = [
    ("`$ref`", |next| next),
    (
        "`allOf`",
        |next| json!({"type": "object", "allOf": [next], "properties": {"a": {"type": "string"}}}),
    ),
    (
        "`oneOf`",
        |next| json!({"oneOf": [next, {"type": "string"}]}),
    ),
    ("`items`", |next| json!({"type": "array", "items": next})),
    (
        "`properties`",
        |next| json!({"type": "object", "properties": {"next": next}}),
    ),
];

/// Prints the phases of chains of several lengths. The last column compares a schema with one of the shortest chain.
pub(crate) fn print() {
    print_head("chains of schemas, milliseconds", " for each schema |");
    for (name, link) in LINKS {
        let mut of_shortest = 0.0;
        for length in [2_500_u32, 5_000, 10_000, 20_000] {
            let input = Input {
                name: format!("{name} × {length}"),
                spec: serde_json::to_vec(&chain(link, length)).expect("a document is JSON"),
                overlay: None,
            };
            let phases = Phases::measure(&input);
            let of_each = phases.sum().as_secs_f64() / f64::from(length);
            if of_shortest == 0.0 {
                of_shortest = of_each;
            }
            println!(
                "| {} | {} | {:.2} |",
                input.name,
                phases.cells(),
                of_each / of_shortest
            );
        }
    }
}

/// Returns a document of schemas that lead from one to the next, of which an operation returns the first.
fn chain(link: fn(Value) -> Value, length: u32) -> Value {
    let reference = |number: u32| json!({"$ref": format!("#/components/schemas/S{number}")});
    let mut schemas: Map<String, Value> = (0..length)
        .map(|number| (format!("S{number}"), link(reference(number + 1))))
        .collect();
    let last = json!({"type": "object", "properties": {"z": {"type": "string"}}});
    schemas.insert(format!("S{length}"), last);
    let content = json!({"application/json": {"schema": reference(0)}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Chain", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "The first.", "content": content}}}}},
        "components": {"schemas": schemas},
    })
}
