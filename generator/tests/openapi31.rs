//! Documents of OpenAPI 3.1 and 3.2 from the text to the model.

use generator::diagnostic::Pointer;
use generator::model::{Api, HttpMethod, TypeKind, TypeRef};
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
        definition.pointer = Pointer::root();
        if let TypeKind::Record(record) = &mut definition.kind {
            let additional = record.additional.iter_mut().map(|field| &mut **field);
            for field in record.fields.iter_mut().chain(additional) {
                field.pointer = Pointer::root();
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
        .any(|(_, file)| file.text().contains("Method::QUERY"));
    assert!(sends);
}

#[test]
fn the_parameters_of_a_referenced_path_item_hold_for_operations_beside_the_reference() {
    let document = |own: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{'/a/{{id}}': {{$ref: '#/components/pathItems/P', {own}post: {{responses: {{'204': {{description: D}}}}}}}}}}\ncomponents: {{pathItems: {{P: {{parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]}}}}}}"
        )
    };
    let shared = read(&document(""));
    assert_eq!(codes(&shared), [""; 0]);
    let api = shared.api.expect("a model");
    let operation = &api.groups[0].operations[0];
    assert_eq!(operation.parameters[0].type_ref, TypeRef::Integer64);
    let own = read(&document("parameters: [], "));
    assert_eq!(codes(&own), ["undeclared-path-parameter"]);
}

#[test]
fn a_path_has_its_parameters_where_the_path_item_that_it_refers_to_lacks_them() {
    for version in ["swagger: '2.0'", "openapi: 3.0.4", "openapi: 3.1.0"] {
        let (at, place) = match version {
            "openapi: 3.1.0" => ("components/pathItems", "components: {pathItems: {P: "),
            _ => ("x-path-items/all", "x-path-items: {all: {P: "),
        };
        let text = format!(
            "{version}\ninfo: {{title: T, version: '1'}}\npaths: {{'/a/{{id}}': {{$ref: '#/{at}/P'}}, /b: {{$ref: '#/{at}/P'}}}}\n{place}{{get: {{responses: {{'204': {{description: D}}}}}}}}}}}}"
        );
        let read = read(&text);
        assert_eq!(codes(&read), ["undeclared-path-parameter"], "{version}");
        let api = read.api.expect("a model");
        let operations: Vec<_> = api
            .groups
            .iter()
            .flat_map(|group| &group.operations)
            .collect();
        let counts: Vec<usize> = operations.iter().map(|one| one.parameters.len()).collect();
        assert_eq!(counts, [1, 0], "{version}");
    }
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

/// The types of a document, as text.
fn emitted(text: &str) -> String {
    let source = Source {
        name: "api.yaml",
        bytes: text.as_bytes(),
    };
    let generated = generate(source, &[], &Config::default());
    let rendered = generated.render_diagnostics(false);
    let files = generated.files.unwrap_or_else(|| panic!("{rendered}"));
    let files = files.iter().filter(|(path, _)| !path.contains("/runtime/"));
    files.map(|(_, file)| file.text()).collect()
}

const HEAD: &str = "openapi: 3.2.0\ninfo: {title: Things, version: '1'}\n";

#[test]
fn a_description_beside_a_reference_is_stronger_than_that_of_the_target_from_3_1_on() {
    let text = "
paths:
  /a:
    post:
      operationId: a
      parameters: [{$ref: '#/components/parameters/P', description: Own of the parameter.}]
      requestBody: {$ref: '#/components/requestBodies/B', description: Own of the body.}
      responses: {'404': {$ref: '#/components/responses/R', description: Own of the response.}}
components:
  parameters: {P: {name: p, in: query, description: Parameter of the target., schema: {type: string}}}
  requestBodies: {B: {description: Body of the target., content: {application/json: {schema: {type: string}}}}}
  responses: {R: {description: Response of the target., content: {application/json: {schema: {type: string}}}}}
";
    for (version, expected, other) in [
        ("3.0.4", "of the target.", "Own of the "),
        ("3.1.1", "Own of the ", "of the target."),
        ("3.2.0", "Own of the ", "of the target."),
    ] {
        let text = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}{text}");
        assert_eq!(codes(&read(&text)), Vec::<&str>::new(), "{text}");
        let emitted = emitted(&text);
        for part in ["parameter", "body", "response"] {
            let (expected, other) = match expected.starts_with("Own") {
                true => (
                    format!("{expected}{part}."),
                    format!("{} {other}", capital(part)),
                ),
                false => (
                    format!("{} {expected}", capital(part)),
                    format!("{other}{part}."),
                ),
            };
            assert!(emitted.contains(&expected), "{version}: {expected}");
            assert!(!emitted.contains(&other), "{version}: {other}");
        }
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[test]
fn what_no_type_can_say_is_in_the_documentation() {
    for (document, expected) in [
        (
            "tags: [{name: cats, parent: pets}]\npaths: {/a: {get: {tags: [cats], responses: {'204': {description: ok}}}}}\n",
            "Part of `pets`.",
        ),
        (
            "security: [{key: [admin, owner]}]\npaths: {/a: {get: {responses: {'204': {description: ok}}}}}\ncomponents: {securitySchemes: {key: {type: http, scheme: bearer}}}\n",
            "Requires the roles `admin`, `owner`.",
        ),
        (
            "paths: {/a: {get: {security: [{key: [read]}], responses: {'204': {description: ok}}}}}\ncomponents: {securitySchemes: {key: {type: openIdConnect, openIdConnectUrl: 'https://a.test'}}}\n",
            "Requires the scope `read`.",
        ),
        (
            "paths: {}\ncomponents: {schemas: {A: {type: object, properties: {a: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/B'}}}}, B: {type: object, properties: {b: {type: string}}}}}\n",
            "Holds `B`.",
        ),
        (
            "paths: {/a: {summary: Things of a kind., get: {responses: {'204': {description: ok}}}}}\n",
            "Things of a kind.",
        ),
    ] {
        let text = format!("{HEAD}{document}");
        assert_eq!(codes(&read(&text)), Vec::<&str>::new(), "{text}");
        assert!(emitted(&text).contains(expected), "{expected}");
    }
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1', license: {name: Apache, identifier: Apache-2.0}}\npaths: {}\n";
    assert!(emitted(text).contains("License: `Apache-2.0`."));
    let text = format!(
        "{HEAD}security: [{{}}, {{key: [admin]}}]\npaths: {{/a: {{get: {{responses: {{'204': {{description: ok}}}}}}}}}}\ncomponents: {{securitySchemes: {{key: {{type: http, scheme: bearer}}}}}}\n"
    );
    assert!(!emitted(&text).contains("Requires"), "{text}");
}

#[test]
fn the_server_that_is_used_is_named() {
    let text = format!(
        "{HEAD}servers: [{{url: 'https://a.test', name: production}}, {{url: 'https://b.test', name: test}}]\npaths: {{}}\n"
    );
    let read = read(&text);
    assert_eq!(codes(&read), ["servers-ignored"]);
    let rendered = read.render_diagnostics(false);
    assert!(
        rendered.contains("server 1 of 2, `production`, is where"),
        "{rendered}"
    );
}

#[test]
fn what_a_client_cannot_do_has_a_diagnostic() {
    for (document, code, text) in [
        (
            "paths: {/a: {additionalOperations: {COPY: {responses: {'204': {description: ok}}}}}}",
            "unsupported-method",
            "a client has no requests of the method `COPY`",
        ),
        (
            "paths: {/a: {additionalOperations: {GET: {responses: {'204': {description: ok}}}}}}",
            "unsupported-method",
            "move the operation to `get` of the path item",
        ),
        (
            "paths: {/a: {get: {parameters: [{name: a, in: cookie, style: cookie, schema: {type: string}}], responses: {'204': {description: ok}}}}}",
            "unknown-style",
            "percent-encodes what `cookie` does not",
        ),
        (
            "paths: {/a: {get: {parameters: [{name: a, in: query, style: cookie, schema: {type: string}}], responses: {'204': {description: ok}}}}}",
            "style-not-allowed",
            "a parameter in `query` cannot have the style `cookie`",
        ),
        (
            "jsonSchemaDialect: https://a.test/dialect\npaths: {}",
            "json-schema-keyword",
            "the dialect `https://a.test/dialect` of JSON Schema is not known",
        ),
        (
            "paths: {}\ncomponents: {schemas: {A: {$schema: 'https://a.test/dialect', type: string}}}",
            "json-schema-keyword",
            "the dialect `https://a.test/dialect` of JSON Schema is not known",
        ),
        (
            "paths: {}\ncomponents: {schemas: {A: {type: string, contentSchema: {properties: {a: {type: string}}}}}}",
            "json-schema-keyword",
            "what a string holds is not decoded",
        ),
    ] {
        let read = read(&format!("{HEAD}{document}\n"));
        assert_eq!(codes(&read), [code], "{document}");
        let rendered = read.render_diagnostics(false);
        assert!(rendered.contains(text), "{rendered}");
    }
}

#[test]
fn known_dialects_of_json_schema_are_silent() {
    for dialect in [
        "https://spec.openapis.org/oas/3.1/dialect/base",
        "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft-07/schema#",
    ] {
        let text = format!(
            "{HEAD}jsonSchemaDialect: {dialect}\npaths: {{}}\ncomponents: {{schemas: {{A: {{$schema: '{dialect}', type: string}}}}}}\n"
        );
        assert_eq!(codes(&read(&text)), Vec::<&str>::new(), "{dialect}");
    }
}

#[test]
fn the_branches_of_a_condition_are_read_through_references() {
    let written =
        "{type: object, properties: {a: {type: string}, b: {type: integer}, c: {type: boolean}}}";
    for schema in [
        "{type: object, properties: {a: {type: string}}, if: {properties: {a: {const: x}}}, then: {$ref: '#/components/schemas/T'}, else: {$ref: '#/components/schemas/E'}}",
        "{type: object, properties: {a: {type: string}}, if: {}, then: {allOf: [{$ref: '#/components/schemas/T'}, {$ref: '#/components/schemas/E'}]}}",
        "{type: object, properties: {a: {type: string}}, if: {}, then: {$ref: '#/components/schemas/T', properties: {c: {type: boolean}}, required: [c]}}",
    ] {
        let others = "T: {type: object, required: [b], properties: {b: {type: integer}}}, E: {allOf: [{type: object, properties: {c: {type: boolean}}}]}";
        let text = |schema: &str| {
            format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}, {others}}}}}\n")
        };
        let conditional = read(&text(schema));
        assert_eq!(codes(&conditional), ["json-schema-keyword"], "{schema}");
        let diagnostic = conditional.diagnostics.iter().next().expect("one");
        assert_eq!(
            diagnostic.severity,
            generator::diagnostic::Severity::Note,
            "{schema}"
        );
        let fields = |generated: &Generated| {
            let api = generated.api.as_ref().expect("a model");
            let fields = match &api.types[0].kind {
                TypeKind::Record(record) => &record.fields,
                other => panic!("{other:?}"),
            };
            let fields = fields.iter();
            fields
                .map(|field| {
                    format!(
                        "{} {:?} {:?}",
                        field.wire_name, field.type_ref, field.presence
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            fields(&conditional),
            fields(&read(&text(written))),
            "{schema}"
        );
    }
}

#[test]
fn what_a_discriminator_does_not_list_is_its_default_mapping() {
    let parts = "Cat: {type: object, required: [kind], properties: {kind: {type: string}}}, Other: {type: object, properties: {kind: {type: string}}}";
    let children = "Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}, Other: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {legs: {type: integer}}}]}";
    let alternatives =
        "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Other'}]";
    let base = "type: object, properties: {kind: {type: string}}";
    for (schema, schemas, default, expected) in [
        (alternatives, parts, "Other", Some("Other")),
        (
            alternatives,
            parts,
            "'#/components/schemas/Other'",
            Some("Other"),
        ),
        (base, children, "Other", Some("Other")),
        (base, children, "'#/components/schemas/Pet'", Some("Base")),
        (alternatives, parts, "'#/components/schemas/Fish'", None),
    ] {
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{Pet: {{{schema}, discriminator: {{propertyName: kind, defaultMapping: {default}}}}}, {schemas}, Fish: {{type: object}}}}}}"
        );
        let read = read(&text);
        let api = read.api.as_ref().expect("a model");
        let union = api
            .types
            .iter()
            .find_map(|definition| match &definition.kind {
                TypeKind::Union(union) => Some(union),
                _ => None,
            });
        let variants = &union.expect("a union").variants;
        let found: Vec<&str> = variants
            .iter()
            .filter(|variant| variant.is_default)
            .map(|variant| variant.name.as_str())
            .collect();
        assert_eq!(found, Vec::from_iter(expected), "{text}");
        let reported: &[&str] = match expected {
            Some(_) => &[],
            None => &["discriminator-ignored"],
        };
        assert_eq!(codes(&read), reported, "{text}");
        let source = Source {
            name: "api.yaml",
            bytes: text.as_bytes(),
        };
        let files = generate(source, &[], &Config::default()).files;
        let is_emitted = files.expect("a crate").iter().any(|(_, file)| {
            file.text()
                .contains(&format!("by \"kind\" else {}", expected.unwrap_or("-")))
        });
        assert_eq!(is_emitted, expected.is_some(), "{text}");
    }
}
