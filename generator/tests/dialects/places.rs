//! What is wrong with a document, and an overlay of its own dialect.

use generator::{Source, read_model};

use super::{Dialect, read, without_places};

/// The line, the column and the author's pointer of the only diagnostic of a code.
#[track_caller]
fn place(text: &str, code: &str) -> (usize, usize, String) {
    let read = read(text);
    let found: Vec<_> = read
        .diagnostics
        .iter()
        .filter(|one| one.code.as_str() == code)
        .collect();
    let [diagnostic] = found.as_slice() else {
        panic!("{}\n{text}", read.render_diagnostics(false));
    };
    assert!(!diagnostic.help.is_empty());
    let location = diagnostic.location.as_ref().expect("a location");
    (
        location.line,
        location.column,
        diagnostic.pointer.to_string(),
    )
}

/// Asserts that a fault of the given code is shown where `▸` is in what follows the head of a document.
#[track_caller]
fn assert_place(dialect: Dialect, code: &str, pointer: &str, marked: &str) {
    let text = format!("{}{marked}", dialect.head());
    let before = text.split('▸').next().unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    assert_eq!(
        place(&text.replace('▸', ""), code),
        (line, column, pointer.to_owned()),
        "{dialect:?}"
    );
}

#[test]
fn a_fault_is_shown_where_its_author_wrote_it() {
    for dialect in Dialect::ALL {
        let (schemas, map) = match dialect {
            Dialect::V2 => ("", "definitions"),
            _ => ("components:\n", "schemas"),
        };
        let pointer = match dialect {
            Dialect::V2 => "/definitions/A/properties/b/type",
            _ => "/components/schemas/A/properties/b/type",
        };
        let indent = if schemas.is_empty() { "" } else { "  " };
        assert_place(
            dialect,
            "unknown-type",
            pointer,
            &format!(
                "paths: {{}}\n{schemas}{indent}{map}:\n{indent}  A:\n{indent}    type: object\n{indent}    properties:\n{indent}      b:\n{indent}        ▸type: strin\n"
            ),
        );
    }
}

#[test]
fn faults_in_what_the_pass_moves_are_shown_where_they_were_written() {
    let operation = |lines: &str| {
        format!(
            "paths:\n  /a:\n    post:\n      parameters:\n{lines}      responses: {{'204': {{description: done}}}}\n"
        )
    };
    for (code, pointer, lines) in [
        (
            "unknown-type",
            "/paths/~1a/post/parameters/0/type",
            "      - {in: query, name: q, ▸type: strin}\n",
        ),
        (
            "unknown-type",
            "/paths/~1a/post/parameters/1/items/type",
            "      - {in: query, name: p, type: string}\n      - {in: formData, name: q, type: array, items: {▸type: strin}}\n",
        ),
        (
            "dangling-reference",
            "/paths/~1a/post/parameters/0/schema/$ref",
            "      - {in: body, name: q, schema: {▸$ref: '#/definitions/Nobody'}}\n",
        ),
        ("several-bodies", "/paths/~1a/post/parameters", ""),
    ] {
        if lines.is_empty() {
            let text = "paths:\n  /a:\n    post:\n      ▸parameters:\n      - {in: body, name: a, schema: {}}\n      - {in: body, name: b, schema: {}}\n      responses: {'204': {description: done}}\n";
            assert_place(Dialect::V2, code, pointer, text);
        } else {
            assert_place(Dialect::V2, code, pointer, &operation(lines));
        }
    }
    assert_place(
        Dialect::V2,
        "unknown-type",
        "/responses/Bad/schema/type",
        "responses:\n  Bad: {description: bad, schema: {▸type: strin}}\npaths:\n  /a:\n    get: {responses: {default: {$ref: '#/responses/Bad'}}}\n",
    );
    assert_place(
        Dialect::V2,
        "unknown-type",
        "/paths/~1a/get/responses/200/headers/X/type",
        "paths:\n  /a:\n    get: {responses: {'200': {description: ok, headers: {X: {▸type: strin}}}}}\n",
    );
}

#[test]
fn an_overlay_is_written_in_the_dialect_of_its_document() {
    let document = |definitions: &str| {
        format!(
            "{}paths:\n  /a:\n    get:\n      operationId: a\n      parameters: [{{in: query, name: q, type: string}}]\n      responses: {{'200': {{description: ok, schema: {{$ref: '#/definitions/A'}}}}}}\ndefinitions: {definitions}\n",
            Dialect::V2.head()
        )
    };
    let overlay = "overlay: 1.0.0\ninfo: {title: Corrections, version: '1'}\nactions:\n- target: $.definitions.A.properties.b\n  update: {x-nullable: true}\n- target: $.definitions.A.properties\n  update: {c: {type: strin}}\n";
    let published = document("{A: {type: object, required: [b], properties: {b: {type: string}}}}");
    let read = read_model(
        Source {
            name: "api.yaml",
            bytes: published.as_bytes(),
        },
        &[Source {
            name: "api.overlay.yaml",
            bytes: overlay.as_bytes(),
        }],
    );
    let [diagnostic] = read.diagnostics.iter().collect::<Vec<_>>()[..] else {
        panic!("{}", read.render_diagnostics(false));
    };
    let location = diagnostic.location.as_ref().expect("a location");
    assert_eq!(
        (
            diagnostic.code.as_str(),
            location.file.as_str(),
            location.line
        ),
        ("unknown-type", "api.overlay.yaml", 7)
    );
    let corrected = super::read(&document(
        "{A: {type: object, required: [b], properties: {b: {type: string, x-nullable: true}, c: {}}}}",
    ));
    assert_eq!(
        without_places(&read.api.expect("a model")),
        without_places(&corrected.api.expect("a model"))
    );
}

#[test]
fn lists_are_written_with_the_delimiter_that_their_format_names() {
    for location in ["query", "path", "header"] {
        let text = format!(
            "{}paths:\n  /a/{{p}}:\n    get:\n      parameters:\n      - {{in: {location}, name: p, required: true, type: array, collectionFormat: tsv, items: {{type: string}}}}\n      responses: {{'204': {{description: done}}}}\n",
            Dialect::V2.head()
        );
        let api = read(&text).api.expect("a model");
        let operation = api.operations().next().expect("an operation");
        let parameter = operation
            .parameters
            .iter()
            .find(|one| format!("{:?}", one.location).eq_ignore_ascii_case(location))
            .expect("the parameter");
        assert_eq!(
            format!("{:?}", parameter.style),
            "TabDelimited",
            "{location}"
        );
        assert!(!parameter.explode);
    }
}
