//! What is left out of a document is counted in the summary.

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
    assert_skipped(
        "paths:\n  pets: {get: {responses: {}}}\n  /a: {$ref: '#/x-a'}\n  '/b/{': {get: {responses: {}}, put: {responses: {}}}\n  /c: 5\n  /d: {$ref: '#/components/schemas/D'}\n  /e: {get: {responses: {}}}\ncomponents: {schemas: {D: {type: string}}}\n",
        "4 operations and 1 schema read, 1 operation and 1 type emitted, 3 operations, 5 paths skipped",
    );
}

#[test]
fn responses_and_properties_that_are_left_out_are_counted() {
    assert_skipped(
        "paths:\n  /a:\n    get:\n      responses:\n        ok: {description: ok}\n        '200': {$ref: '#/components/responses/None'}\n        '201': 5\n        '204': {description: ok}\ncomponents:\n  schemas:\n    A: {type: object, properties: {a: 5, b: {type: string}, c: {type: object, properties: {d: false}}}}\n",
        "1 operation and 1 schema read, 1 operation and 1 type emitted, 0 operations, 3 responses, 2 properties skipped",
    );
}

#[test]
fn examples_have_no_properties() {
    assert_skipped(
        "paths: {}\ncomponents:\n  schemas:\n    A: {type: string, example: {properties: {a: 5}}, default: {properties: {a: 5}}}\n",
        "0 operations and 1 schema read, 0 operations and 1 type emitted, 0 operations skipped",
    );
}
