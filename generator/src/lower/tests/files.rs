//! Files in multipart forms.

use crate::model::{TypeKind, TypeRef};
use crate::{Source, read_model};

/// Returns the types of the members of a multipart form, in a document with this version and this other operation, and the codes of its
/// diagnostics with their places.
fn members(version: &str, form: &str, other: &str) -> (Vec<(String, TypeRef)>, Vec<String>) {
    let document = format!(
        "
openapi: {version}
info: {{title: T, version: '1'}}
paths:
  /a:
    post: {{requestBody: {{content: {{multipart/form-data: {{schema: {form}}}}}}}, responses: {{'204': {{description: d}}}}}}
    {other}
components:
  schemas:
    Form: {{type: object, properties: {{a: {{$ref: '#/components/schemas/Anything'}}}}}}
    Anything: {{description: d}}
    Binary: {{type: string, format: binary}}
"
    );
    let source = Source {
        name: "api.yaml",
        bytes: document.as_bytes(),
    };
    let generated = read_model(source, &[]);
    let api = generated.api.as_ref().expect("a model");
    let records = api.types.iter().filter_map(|one| match &one.kind {
        TypeKind::Record(record) => Some(record),
        _ => None,
    });
    let record = records.max_by_key(|record| record.fields.len());
    let record = record.expect("a record");
    let members = record.fields.iter();
    let members = members.map(|field| (field.wire_name.clone(), field.type_ref.clone()));
    let diagnostics = generated.diagnostics.iter();
    let diagnostics = diagnostics.map(|one| format!("{} {}", one.code, one.pointer));
    (members.collect(), diagnostics.collect())
}

#[test]
fn a_part_of_which_nothing_is_said_is_a_file_since_openapi_3_1() {
    let list = |item| TypeRef::Array(Box::new(item));
    let own = "{type: object, properties: {a: {}, b: {type: array, items: {title: t}}, c: {$ref: '#/components/schemas/Anything'}, d: {type: array, items: {$ref: '#/components/schemas/Anything'}}, e: {nullable: true}}}";
    for (version, nothing) in [
        ("3.0.3", TypeRef::Any),
        ("3.1.0", TypeRef::Binary),
        ("3.2.0", TypeRef::Binary),
    ] {
        let expected = [
            ("a", nothing.clone()),
            ("b", list(nothing.clone())),
            ("c", nothing.clone()),
            ("d", list(nothing.clone())),
        ];
        let (found, _) = members(version, own, "");
        for (found, (name, type_ref)) in found.iter().zip(expected) {
            assert_eq!(*found, (name.to_owned(), type_ref), "{version}");
        }
        let shared = "{$ref: '#/components/schemas/Form'}";
        let expected = (vec![("a".to_owned(), nothing)], Vec::new());
        assert_eq!(members(version, shared, ""), expected, "{version}");
    }
}

#[test]
fn a_file_of_a_form_that_becomes_a_string_is_reported() {
    let property = "/paths/~1a/post/requestBody/content/multipart~1form-data/schema/properties/f";
    for alternatives in [
        "oneOf: [{type: string, format: binary}, {type: integer}]",
        "anyOf: [{type: array, items: {type: string, format: binary}}, {type: string, format: binary}]",
        "type: array, items: {oneOf: [{$ref: '#/components/schemas/Binary'}, {type: integer}]}",
    ] {
        let form = format!("{{type: object, properties: {{f: {{{alternatives}}}}}}}");
        let (_, diagnostics) = members("3.1.0", &form, "");
        assert_eq!(
            diagnostics,
            [format!("unsupported-body {property}")],
            "{form}"
        );
    }
    let form = "{type: object, properties: {f: {type: array, items: {$ref: '#/components/schemas/Binary'}}}}";
    assert_eq!(members("3.1.0", form, "").1, [""; 0]);

    let json = "put: {requestBody: {content: {application/json: {schema: {$ref: '#/paths/~1a/post/requestBody/content/multipart~1form-data/schema'}}}}, responses: {'204': {description: d}}}";
    assert_eq!(
        members("3.1.0", form, json).1,
        [format!("unsupported-body {property}")]
    );
}
