//! What is left out of a document is counted in the summary and in the account.

use generator::account::Part;
use generator::{Generated, Source, read_model};

fn read(paths: &str) -> Generated {
    let text = format!("openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\n{paths}");
    read_model(
        Source {
            name: "api.yaml",
            bytes: text.as_bytes(),
        },
        &[],
    )
}

#[track_caller]
fn assert_skipped(paths: &str, summary: &str) {
    let read = read(paths);
    assert_eq!(
        read.summary.to_string(),
        summary,
        "{}",
        read.render_diagnostics(false)
    );
}

#[test]
fn operations_behind_a_reference_are_counted() {
    assert_skipped(
        "paths:\n  /pets: {$ref: '#/x-path-items/pets'}\n  /all: {$ref: '#/paths/~1more'}\n  /more: {put: {responses: {}}}\nx-path-items: {pets: {get: {responses: {}}, post: {responses: {}}}}\n",
        "4 operations and 0 schemas read, 4 operations and 0 types emitted, 0 operations skipped",
    );
}

#[test]
fn operations_beside_a_reference_are_read() {
    assert_skipped(
        "paths:\n  /pets: {$ref: '#/x-pets', post: {responses: {}}, get: {operationId: mine, responses: {}}}\nx-pets: {get: {operationId: theirs, responses: {}}, put: {responses: {}}}\n",
        "3 operations and 0 schemas read, 3 operations and 0 types emitted, 0 operations skipped",
    );
}

#[test]
fn paths_that_are_left_out_are_counted() {
    let read = read(
        "paths:\n  pets: {get: {responses: {}}}\n  /a: {$ref: '#/x-a'}\n  '/b/{': {get: {responses: {}}, put: {responses: {}}}\n  /c: 5\n  /d: {$ref: '#/components/schemas/D'}\n  /e: {get: {responses: {}}}\n  x-f: 5\ncomponents: {schemas: {D: {type: string}}}\n",
    );
    assert_eq!(
        read.summary.to_string(),
        "4 operations and 1 schema read, 1 operation and 1 type emitted, 3 operations skipped"
    );
    assert_eq!(reported(&read, Part::PathItem), (6, 5));
    assert_eq!(reported(&read, Part::Operation), (4, 3));
}

#[test]
fn responses_and_properties_that_are_left_out_are_counted() {
    let read = read(
        "paths:\n  /a:\n    get:\n      responses:\n        ok: {description: ok}\n        '200': {$ref: '#/components/responses/None'}\n        '201': 5\n        '202': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\n        '204': {description: ok}\ncomponents:\n  schemas:\n    A: {type: object, properties: {a: 5, b: {type: string}, c: {type: object, properties: {d: 5}}}}\n",
    );
    assert_eq!(read.summary.operations_skipped(), 0);
    assert_eq!(reported(&read, Part::Response), (5, 3));
    assert_eq!(reported(&read, Part::Property), (4, 2));
}

/// How many parts of a kind there are, and how many of them are left out.
fn reported(read: &Generated, part: Part) -> (usize, usize) {
    let counts = read.account.of(part);
    (counts.read, counts.reported)
}

#[test]
fn examples_have_no_properties() {
    let read = read(
        "paths:\n  /a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}\ncomponents:\n  schemas:\n    A: {type: string, example: {properties: {a: 5}}, default: {properties: {a: 5}}}\n",
    );
    assert_eq!(reported(&read, Part::Property), (0, 0));
}
