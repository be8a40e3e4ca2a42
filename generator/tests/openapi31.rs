//! Documents of OpenAPI 3.1 and 3.2 from the text to the model.

use generator::model::{Api, HttpMethod, TypeKind};
use generator::{Config, Generated, Source, generate, read_model};

fn read(text: &str) -> Generated {
    let source = Source {
        name: "api.yaml",
        bytes: text.as_bytes(),
    };
    read_model(source, &[])
}

fn codes(generated: &Generated) -> Vec<&str> {
    let items = generated.diagnostics.iter();
    items.map(|item| item.code.as_str()).collect()
}

/// The types of a document without what only says where they were written.
fn types(text: &str) -> Vec<generator::model::TypeDef> {
    let generated = read(text);
    assert_eq!(generated.diagnostics.len(), 0, "{text}");
    let api: Api = generated.api.expect("a model");
    let mut types = api.types;
    for definition in &mut types {
        definition.pointer.clear();
        if let TypeKind::Record(record) = &mut definition.kind {
            let additional = record.additional.iter_mut().map(|field| &mut **field);
            for field in record.fields.iter_mut().chain(additional) {
                field.pointer.clear();
            }
        }
    }
    types
}

#[test]
fn the_same_schema_in_both_versions_is_the_same_type() {
    for (of_3_1, of_3_0) in [
        (
            "{type: object, properties: {a: {type: [string, 'null']}}}",
            "{type: object, properties: {a: {type: string, nullable: true}}}",
        ),
        (
            "{type: object, properties: {a: {type: [string, integer]}}}",
            "{type: object, properties: {a: {anyOf: [{type: string}, {type: integer}]}}}",
        ),
        (
            "{type: object, properties: {a: {const: x}}}",
            "{type: object, properties: {a: {enum: [x]}}}",
        ),
        (
            "{type: object, properties: {a: {type: integer, exclusiveMinimum: 0}}}",
            "{type: object, properties: {a: {type: integer, minimum: 0, exclusiveMinimum: true}}}",
        ),
        (
            "{type: object, properties: {a: {$ref: '#/components/schemas/B', description: D}}}",
            "{type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/B'}], description: D}}}",
        ),
        (
            "{type: object, properties: {a: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}}}",
            "{type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/B'}], nullable: true}}}",
        ),
        (
            "{type: object, properties: {a: true, b: false}}",
            "{type: object, properties: {a: {}}}",
        ),
        (
            "{type: object, properties: {a: {type: string, contentEncoding: base64}}}",
            "{type: object, properties: {a: {type: string, format: byte}}}",
        ),
        (
            "{type: object, unevaluatedProperties: {type: string}, properties: {a: {type: string}}}",
            "{type: object, additionalProperties: {type: string}, properties: {a: {type: string}}}",
        ),
    ] {
        let document = |version: &str, schema: &str| {
            format!(
                "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}, B: {{type: object, properties: {{x: {{type: string}}}}}}}}}}"
            )
        };
        let newer = types(&document("3.1.0", of_3_1));
        assert_eq!(newer, types(&document("3.0.4", of_3_0)), "{of_3_1}");
        assert_eq!(newer, types(&document("3.2.0", of_3_1)), "{of_3_1}");
    }
}

#[test]
fn constants_of_an_alternative_are_named_by_their_titles() {
    let types = types(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {type: integer, oneOf: [{const: 0, title: TEXT, description: A text.}, {const: 1, title: VOICE}]}}}",
    );
    let TypeKind::IntegerEnum(enumeration) = &types[0].kind else {
        panic!("an enumeration, not {:?}", types[0].kind);
    };
    let names: Vec<&str> = enumeration
        .variants
        .iter()
        .map(|variant| variant.name.as_str())
        .collect();
    assert_eq!(names, ["Text", "Voice"]);
    let docs = &enumeration.variants[0].docs;
    assert_eq!(docs.summary.as_deref(), Some("A text."));
}

#[test]
fn methods_of_openapi_3_2_are_sent_or_counted_as_skipped() {
    let text = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths: {/a: {query: {responses: {'204': {}}}, additionalOperations: {COPY: {responses: {'204': {}}}}}}";
    let read = read(text);
    assert_eq!(codes(&read), ["unsupported-method"]);
    assert_eq!(
        (
            read.summary.operations_read,
            read.summary.operations_emitted
        ),
        (2, 1)
    );
    let api = read.api.expect("a model");
    assert_eq!(api.groups[0].operations[0].method, HttpMethod::Query);
    let source = Source {
        name: "api.yaml",
        bytes: text.as_bytes(),
    };
    let files = generate(source, &[], &Config::default()).files;
    let files = files.expect("a crate");
    let sends = files
        .iter()
        .any(|(_, file)| file.text.contains("Method::QUERY"));
    assert!(sends);
}

#[test]
fn a_webhook_has_the_type_of_its_body() {
    let read = read(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks: {petAdded: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}}}}",
    );
    assert_eq!(codes(&read), ["webhooks-ignored"]);
    let api = read.api.expect("a model");
    let names: Vec<&str> = api.types.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["PetAddedWebhook"]);
    assert!(api.types[0].usage.response);
    assert!(api.groups.is_empty());
}
