use super::coerce;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::openapi::Version;
use crate::source::Document;

fn parsed(text: &str) -> Document {
    Document::parse("a.yaml", text.as_bytes(), &mut Diagnostics::new()).expect("a document")
}

/// Asserts what the node at a pointer of a document is read as.
#[track_caller]
fn assert_read(version: Version, at: &str, text: &str, expected: &str) {
    let mut document = parsed(text);
    coerce(&mut document, version);
    let pointer = Pointer::parse(at).expect("a pointer");
    let found = document.get(&pointer).expect("a node").to_json();
    assert_eq!(found, parsed(expected).value().to_json(), "{at} of {text}");
}

#[track_caller]
fn assert_schema(version: Version, schema: &str, expected: &str) {
    let (at, text) = match version {
        Version::Swagger2 => (
            "/definitions/A",
            format!("{{definitions: {{A: {schema}}}}}"),
        ),
        _ => (
            "/components/schemas/A",
            format!("{{components: {{schemas: {{A: {schema}}}}}}}"),
        ),
    };
    assert_read(version, at, &text, expected);
}

#[test]
fn values_get_the_type_of_their_place() {
    for version in Version::ALL.iter().copied() {
        for (schema, expected) in [
            ("{description: 5}", "{description: '5'}"),
            ("{uniqueItems: 'true'}", "{uniqueItems: true}"),
            (
                "{minLength: '3', maxLength: 4.0}",
                "{minLength: 3, maxLength: 4}",
            ),
            (
                "{additionalProperties: 'false'}",
                "{additionalProperties: false}",
            ),
            (
                "{properties: {a: {type: Integer}}}",
                "{properties: {a: {type: integer}}}",
            ),
            (
                "{type: integer, enum: ['1', 2.0]}",
                "{type: integer, enum: [1, 2]}",
            ),
            (
                "{type: str, enum: [1, true]}",
                "{type: string, enum: ['1', 'true']}",
            ),
            (
                "{type: integer, minimum: '1', maximum: 9.0}",
                "{type: integer, minimum: 1, maximum: 9}",
            ),
            ("{required: a}", "{required: [a]}"),
            ("{required: [5]}", "{required: ['5']}"),
            ("{type: string, example: 5}", "{type: string, example: 5}"),
        ] {
            assert_schema(version, schema, expected);
        }
    }
}

#[test]
fn null_is_no_type_without_json_schema() {
    for schema in ["{type: 'null', title: T}", "{type:, title: T}"] {
        for version in [Version::Swagger2, Version::OpenApi30] {
            assert_schema(version, schema, "{title: T, nullable: true}");
        }
    }
    assert_schema(Version::OpenApi31, "{type: 'null'}", "{type: 'null'}");
}

#[test]
fn a_schema_of_anything_is_an_object_without_json_schema() {
    assert_schema(Version::OpenApi30, "{items: true}", "{items: {}}");
    assert_schema(Version::OpenApi31, "{items: true}", "{items: true}");
}

#[test]
fn what_is_beside_a_reference_stays() {
    let schema = "{$ref: '#/x', minLength: '3'}";
    assert_schema(Version::OpenApi30, schema, schema);
    assert_schema(Version::OpenApi31, schema, "{$ref: '#/x', minLength: 3}");
}

#[test]
fn parameters_get_what_their_place_needs() {
    let read = |version: Version, parameter: &str, expected: &str| {
        let text = format!("{{paths: {{/a: {{parameters: [{parameter}]}}}}}}");
        assert_read(version, "/paths/~1a/parameters/0", &text, expected);
    };
    for (parameter, expected) in [
        (
            "{name: a, in: path, schema: {}}",
            "{name: a, in: path, schema: {}, required: true}",
        ),
        ("{name: a, in: query}", "{name: a, in: query, schema: {}}"),
        (
            "{name: a, in: query, type: int, minimum: 2.0}",
            "{name: a, in: query, type: int, minimum: 2.0, schema: {type: integer, minimum: 2}}",
        ),
    ] {
        read(Version::OpenApi30, parameter, expected);
    }
    read(
        Version::Swagger2,
        "{name: a, in: query, type: array, items: {type: Integer, enum: ['1']}, required: 'true'}",
        "{name: a, in: query, type: array, items: {type: integer, enum: [1]}, required: true}",
    );
}

#[test]
fn objects_get_the_members_that_say_as_much_when_they_are_empty() {
    let text = "{paths: {/a: {get: {responses: {'200': {}}}}}}";
    assert_read(
        Version::OpenApi30,
        "/paths/~1a/get",
        text,
        "{responses: {'200': {description: ''}}}",
    );
    assert_read(Version::Swagger2, "/info", text, "{title: '', version: ''}");
}

#[test]
fn what_references_lead_to_is_read_as_what_they_need() {
    let text = "{components: {schemas: {A: {$ref: '#/x-a'}}}, x-a: {items: {$ref: '#/x-b'}}, x-b: {type: Str}}";
    assert_read(Version::OpenApi30, "/x-b", text, "{type: string}");
}
