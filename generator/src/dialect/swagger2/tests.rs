use serde_json::Value as Json;

use super::{normalize, report};
use crate::diagnostic::{Diagnostics, Pointer};
use crate::source::Document;

fn parsed(text: &str) -> Document {
    Document::parse("a.yaml", text.as_bytes(), &mut Diagnostics::new()).expect("a document")
}

/// Normalizes a document that consists of the given lines beside its version.
fn run(lines: &str) -> (Document, Diagnostics) {
    let mut document = parsed(&format!("swagger: '2.0'\n{lines}"));
    let mut diagnostics = Diagnostics::new();
    report(document.value(), &mut diagnostics);
    normalize(&mut document);
    (document, diagnostics)
}

fn at(document: &Document, pointer: &str) -> Json {
    let pointer = Pointer::parse(pointer).expect("a pointer");
    document
        .get(&pointer)
        .map_or(Json::Null, |value| value.to_json())
}

/// Asserts that the node at a pointer of the normalized document is the given one.
#[track_caller]
fn assert_node(lines: &str, pointer: &str, expected: &str) {
    let (document, _) = run(lines);
    let expected = match expected {
        "" => Json::Null,
        expected => parsed(expected).value().to_json(),
    };
    assert_eq!(
        at(&document, pointer),
        expected,
        "{pointer} of {:#}",
        document.value().to_json()
    );
}

/// Returns a document with the given lines in its only operation, which is `POST /pets`.
fn operation(lines: &str) -> String {
    format!("paths:\n  /pets:\n    post:\n{lines}")
}

const OPERATION: &str = "/paths/~1pets/post";

#[test]
fn host_base_path_and_schemes_become_servers() {
    for (lines, expected) in [
        (
            "host: a.test\nbasePath: /v1\nschemes: [https]",
            "[{url: 'https://a.test/v1'}]",
        ),
        (
            "host: a.test:8080\nbasePath: v1/\nschemes: [http, https]",
            "[{url: 'https://a.test:8080/v1'}, {url: 'http://a.test:8080/v1'}]",
        ),
        ("host: a.test", "[{url: 'https://a.test'}]"),
        ("host: a.test\nschemes: [http]", "[{url: 'http://a.test'}]"),
        ("host: a.test\nschemes: [wss]", "[{url: 'wss://a.test'}]"),
        ("basePath: /v1", "[{url: /v1}]"),
        ("basePath: /", "[{url: /}]"),
        (
            "host: 'http://a.test/'\nbasePath: /b",
            "[{url: 'http://a.test/b'}]",
        ),
        ("schemes: [https]", ""),
        ("host: 5\nbasePath: [a]", "[{url: /}]"),
        ("info: {}", ""),
    ] {
        assert_node(lines, "/servers", expected);
    }
}

#[test]
fn an_operation_has_servers_where_its_schemes_differ() {
    let lines = "host: a.test\nschemes: [https]\npaths:\n  /a:\n    get: {schemes: [http]}\n    put: {schemes: [https]}\n";
    assert_node(
        lines,
        "/paths/~1a/get",
        "{servers: [{url: 'http://a.test'}]}",
    );
    assert_node(lines, "/paths/~1a/put", "{}");
}

#[test]
fn media_types_are_those_of_the_operation_or_of_the_document() {
    let body = "      parameters: [{in: body, name: b, schema: {type: string}}]\n      responses: {'200': {description: d, schema: {type: string}}}\n";
    let of = |head: &str, own: &str| format!("{head}{}", operation(&format!("{own}{body}")));
    let head = "consumes: [application/a+json]\nproduces: [application/b+json]\n";
    let own = "      consumes: [text/c]\n      produces: [text/d, text/e]\n";
    let request = format!("{OPERATION}/requestBody/content");
    let response = format!("{OPERATION}/responses/200/content");
    for (head, own, in_request, in_response) in [
        ("", "", vec!["application/json"], vec!["application/json"]),
        (
            head,
            "",
            vec!["application/a+json"],
            vec!["application/b+json"],
        ),
        ("", own, vec!["text/c"], vec!["text/d", "text/e"]),
        (head, own, vec!["text/c"], vec!["text/d", "text/e"]),
    ] {
        let (document, _) = run(&of(head, own));
        for (pointer, expected) in [(&request, in_request), (&response, in_response)] {
            let found = at(&document, pointer);
            let names: Vec<&String> = found.as_object().expect("content").keys().collect();
            assert_eq!(names, expected);
            for name in names {
                assert_eq!(found[name]["schema"]["type"], "string");
            }
        }
    }
}

#[test]
fn bodies_without_media_types_are_reported_once() {
    let lines = operation("      responses: {'200': {schema: {}}, '201': {schema: {}}}\n");
    let (_, diagnostics) = run(&lines);
    let codes: Vec<&str> = diagnostics.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["assumed-media-type"]);
    let (_, diagnostics) = run(&format!("produces: [application/json]\n{lines}"));
    assert!(diagnostics.is_empty());
    let examples = operation("      responses: {'200': {schema: {}, examples: {text/a: b}}}\n");
    let (_, diagnostics) = run(&examples);
    assert!(diagnostics.is_empty());
}

#[test]
fn a_body_parameter_becomes_the_request_body() {
    assert_node(
        &operation(
            "      consumes: [application/json]\n      parameters:\n      - {in: body, name: pet, description: d, required: true, x-a: 1, x-example: {b: 2}, schema: {$ref: '#/definitions/Pet'}}\n",
        ),
        OPERATION,
        "requestBody:\n  description: d\n  required: true\n  x-a: 1\n  content:\n    application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {b: 2}}\n",
    );
}

#[test]
fn a_body_parameter_with_a_type_beside_is_read_as_its_schema() {
    assert_node(
        &operation(
            "      consumes: [text/plain]\n      parameters: [{in: body, name: pet, type: array, items: {type: file}}]\n",
        ),
        &format!("{OPERATION}/requestBody/content"),
        "text/plain: {schema: {type: array, items: {type: string, format: binary}}}",
    );
}

#[test]
fn examples_of_a_body_go_to_their_media_types() {
    let content = format!("{OPERATION}/requestBody/content");
    let of = |examples: &str| {
        operation(&format!(
            "      consumes: [a/b, c/d]\n      parameters: [{{in: body, name: pet, schema: {{}}, x-examples: {examples}}}]\n"
        ))
    };
    assert_node(
        &of("{a/b: 1}"),
        &content,
        "{a/b: {schema: {}, example: 1}, c/d: {schema: {}}}",
    );
    assert_node(
        &of("{one: 1}"),
        &format!("{content}/a~1b"),
        "{schema: {}, examples: {one: {value: 1}}}",
    );
}

#[test]
fn the_style_of_a_form_parameter_is_that_of_its_encoding() {
    assert_node(
        &operation(
            "      parameters: [{in: formData, name: a, type: array, items: {type: string}, style: form, explode: true}]\n",
        ),
        &format!("{OPERATION}/requestBody/content/application~1x-www-form-urlencoded"),
        "schema: {type: object, properties: {a: {type: array, items: {type: string}}}}\nencoding: {a: {style: form, explode: true}}\n",
    );
}

#[test]
fn form_parameters_become_properties() {
    let fields = "      parameters:\n      - {in: query, name: q, type: string}\n      - {in: formData, name: a, type: string, description: d, required: true, x-rust-name: alpha}\n      - {in: formData, name: b, type: array, items: {type: integer}}\n      - {in: formData, name: c, type: array, collectionFormat: multi, items: {type: string}}\n      - {in: formData, name: d, type: array, collectionFormat: pipes, items: {type: string}}\n";
    let body = |media_type: &str| {
        format!(
            "required: true\ncontent:\n  {media_type}:\n    schema:\n      type: object\n      required: [a]\n      properties:\n        a: {{type: string, description: d, x-rust-field-name: alpha}}\n        b: {{type: array, items: {{type: integer}}}}\n        c: {{type: array, items: {{type: string}}}}\n        d: {{type: array, items: {{type: string}}}}\n    encoding:\n      b: {{explode: false}}\n      d: {{style: pipeDelimited, explode: false}}\n"
        )
    };
    let pointer = format!("{OPERATION}/requestBody");
    for (consumes, media_type) in [
        ("", "application/x-www-form-urlencoded"),
        (
            "      consumes: [application/json]\n",
            "application/x-www-form-urlencoded",
        ),
        (
            "      consumes: [multipart/form-data]\n",
            "multipart/form-data",
        ),
    ] {
        let lines = operation(&format!("{consumes}{fields}"));
        assert_node(&lines, &pointer, &body(media_type));
        assert_node(
            &lines,
            &format!("{OPERATION}/parameters"),
            "[{in: query, name: q, schema: {type: string}}]",
        );
    }
}

#[test]
fn a_file_makes_a_form_multipart() {
    let pointer = format!("{OPERATION}/requestBody/content");
    for field in [
        "{in: formData, name: f, type: file}",
        "{in: formData, name: f, type: array, items: {type: file}, collectionFormat: multi}",
    ] {
        let (document, _) = run(&operation(&format!(
            "      consumes: [application/x-www-form-urlencoded]\n      parameters: [{field}]\n"
        )));
        let content = at(&document, &pointer);
        let names: Vec<&String> = content.as_object().expect("content").keys().collect();
        assert_eq!(names, ["multipart/form-data"]);
        let text = content.to_string();
        assert!(
            text.contains(r#""format":"binary""#) && !text.contains("file\""),
            "{text}"
        );
    }
}

#[test]
fn parameters_of_a_path_item_go_to_its_operations() {
    let lines = "consumes: [application/json]\npaths:\n  /a:\n    parameters:\n    - {in: body, name: b, schema: {type: string}}\n    - {in: query, name: q, type: string}\n    get: {}\n    put: {parameters: [{in: body, name: c, schema: {type: integer}}]}\n    post: {parameters: [{in: formData, name: f, type: string}]}\n";
    assert_node(
        lines,
        "/paths/~1a/parameters",
        "[{in: query, name: q, schema: {type: string}}]",
    );
    let content = |method: &str| format!("/paths/~1a/{method}/requestBody/content");
    assert_node(
        lines,
        &content("get"),
        "{application/json: {schema: {type: string}}}",
    );
    assert_node(
        lines,
        &content("put"),
        "{application/json: {schema: {type: integer}}}",
    );
    assert_node(
        lines,
        &content("post"),
        "{application/x-www-form-urlencoded: {schema: {type: object, properties: {f: {type: string}}}}}",
    );
}

#[test]
fn a_second_body_is_reported() {
    for parameters in [
        "[{in: body, name: a, schema: {}}, {in: body, name: b, schema: {}}]",
        "[{in: formData, name: a, type: string}, {in: body, name: b, schema: {}}]",
    ] {
        let (document, diagnostics) = run(&operation(&format!(
            "      consumes: [application/json]\n      parameters: {parameters}\n"
        )));
        let codes: Vec<&str> = diagnostics.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["several-bodies"]);
        assert_eq!(
            at(&document, &format!("{OPERATION}/requestBody/content")),
            serde_json::json!({"application/json": {"schema": {}}})
        );
    }
}

#[test]
fn shared_parameters_are_referred_to_or_made_part_of_the_form() {
    let lines = "consumes: [application/json]\nparameters:\n  Limit: {in: query, name: limit, type: integer}\n  Pet: {in: body, name: pet, schema: {type: object}}\n  Name: {in: formData, name: name, type: string}\npaths:\n  /pets:\n    post: {parameters: [{$ref: '#/parameters/Limit'}, {$ref: '#/parameters/Pet'}]}\n    put: {consumes: [application/x+json], parameters: [{$ref: '#/parameters/Pet'}]}\n    patch: {parameters: [{$ref: '#/parameters/Name'}]}\n";
    assert_node(
        lines,
        "/components",
        "parameters: {Limit: {in: query, name: limit, schema: {type: integer}}}\nrequestBodies: {Pet: {content: {application/json: {schema: {type: object}}}}}\n",
    );
    assert_node(
        lines,
        "/paths/~1pets/post",
        "{parameters: [{$ref: '#/components/parameters/Limit'}], requestBody: {$ref: '#/components/requestBodies/Pet'}}",
    );
    assert_node(
        lines,
        "/paths/~1pets/put/requestBody",
        "{content: {application/x+json: {schema: {$ref: '#/components/requestBodies/Pet/content/application~1json/schema'}}}}",
    );
    assert_node(
        lines,
        "/paths/~1pets/patch/requestBody/content/application~1x-www-form-urlencoded/schema/properties",
        "{name: {type: string}}",
    );
}

#[test]
fn shared_responses_have_the_media_types_of_their_first_operation() {
    let lines = "responses:\n  Bad: {description: bad, schema: {type: object}}\n  Empty: {description: none}\npaths:\n  /pets:\n    get: {produces: [a/b], responses: {default: {$ref: '#/responses/Bad'}, '404': {$ref: '#/responses/Empty'}}}\n    put: {produces: [c/d], responses: {default: {$ref: '#/responses/Bad'}, '404': {$ref: '#/responses/Empty'}}}\n";
    assert_node(
        lines,
        "/components/responses",
        "{Bad: {description: bad, content: {a/b: {schema: {type: object}}}}, Empty: {description: none}}",
    );
    assert_node(
        lines,
        "/paths/~1pets/get/responses",
        "{default: {$ref: '#/components/responses/Bad'}, '404': {$ref: '#/components/responses/Empty'}}",
    );
    assert_node(
        lines,
        "/paths/~1pets/put/responses",
        "{default: {description: bad, content: {c/d: {schema: {$ref: '#/components/responses/Bad/content/a~1b/schema'}}}}, '404': {$ref: '#/components/responses/Empty'}}",
    );
}

#[test]
fn responses_have_files_headers_and_examples() {
    let of = |head: &str, own: &str, response: &str| {
        let operation = operation(&format!("{own}      responses: {{'200': {response}}}\n"));
        format!("{head}{operation}")
    };
    let pointer = format!("{OPERATION}/responses/200");
    let root = "produces: [application/json]\n";
    assert_node(
        &of(root, "", "{schema: {type: file}}"),
        &pointer,
        "{content: {'*/*': {schema: {type: string, format: binary}}}}",
    );
    assert_node(
        &of(
            root,
            "      produces: [application/json]\n",
            "{schema: {type: file}}",
        ),
        &pointer,
        "{content: {application/json: {schema: {type: string, format: binary}}}}",
    );
    assert_node(
        &of(
            root,
            "",
            "{schema: {}, headers: {X-Rate: {type: array, items: {type: integer}, collectionFormat: ssv, description: d}}}",
        ),
        &format!("{pointer}/headers"),
        "{X-Rate: {schema: {type: array, items: {type: integer}}, description: d}}",
    );
    assert_node(
        &of(
            root,
            "",
            "{schema: {}, examples: {application/json: 1, text/x: 2}}",
        ),
        &pointer,
        "{content: {application/json: {schema: {}, example: 1}}, x-examples: {text/x: 2}}",
    );
    assert_node(
        &of("", "", "{schema: {}, examples: {application/a: 1}}"),
        &pointer,
        "{content: {application/a: {schema: {}, example: 1}}}",
    );
}

#[test]
fn keywords_of_a_parameter_become_its_schema() {
    for (parameter, expected) in [
        (
            "{in: query, name: a, type: integer, format: int64, minimum: 1, default: 2, required: true, x-a: 1, x-nullable: true}",
            "{in: query, name: a, required: true, x-a: 1, schema: {type: integer, format: int64, minimum: 1, default: 2, nullable: true}}",
        ),
        (
            "{in: query, name: a, type: string, x-example: e, enum: [b], x-enum-varnames: [B]}",
            "{in: query, name: a, example: e, schema: {type: string, enum: [b], x-enum-varnames: [B]}}",
        ),
        (
            "{in: query, name: a, type: string, x-examples: {one: e}}",
            "{in: query, name: a, examples: {one: {value: e}}, schema: {type: string}}",
        ),
        (
            "{in: query, name: a, schema: {type: string}}",
            "{in: query, name: a, schema: {type: string}}",
        ),
    ] {
        assert_node(
            &operation(&format!("      parameters: [{parameter}]\n")),
            &format!("{OPERATION}/parameters/0"),
            expected,
        );
    }
}

#[test]
fn the_format_of_lists_becomes_a_style() {
    for (location, format, style) in [
        ("query", "", "explode: false"),
        ("query", "csv", "explode: false"),
        ("query", "multi", ""),
        ("query", "ssv", "style: spaceDelimited, explode: false"),
        ("query", "pipes", "style: pipeDelimited, explode: false"),
        ("query", "tsv", "style: tabDelimited, explode: false"),
        ("path", "csv", ""),
        ("path", "pipes", "style: pipeDelimited"),
        ("header", "", ""),
        ("header", "tsv", "style: tabDelimited"),
        ("header", "multi", ""),
    ] {
        let written = match format {
            "" => String::new(),
            format => format!(", collectionFormat: {format}"),
        };
        let style = match style {
            "" => String::new(),
            style => format!(", {style}"),
        };
        assert_node(
            &operation(&format!(
                "      parameters: [{{in: {location}, name: a, type: array, items: {{type: string, collectionFormat: csv}}{written}}}]\n"
            )),
            &format!("{OPERATION}/parameters/0"),
            &format!(
                "{{in: {location}, name: a, schema: {{type: array, items: {{type: string}}}}{style}}}"
            ),
        );
    }
}

#[test]
fn schemas_get_the_words_of_the_normal_form() {
    for (schema, expected) in [
        ("{type: file}", "{type: string, format: binary}"),
        ("{type: file, format: x}", "{type: string, format: binary}"),
        ("{format: x, type: file}", "{type: string, format: binary}"),
        (
            "{type: string, format: date}",
            "{type: string, format: date}",
        ),
        ("{x-nullable: true}", "{nullable: true}"),
        ("{x-nullable: false}", "{nullable: false}"),
        ("{x-nullable: maybe}", "{x-nullable: maybe}"),
        (
            "{$ref: '#/definitions/B', x-nullable: true, description: d}",
            "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true, description: d}",
        ),
        (
            "{$ref: '#/definitions/B', x-nullable: false}",
            "{$ref: '#/components/schemas/B'}",
        ),
        (
            "{discriminator: kind}",
            "{discriminator: {propertyName: kind}}",
        ),
        (
            "{discriminator: {propertyName: kind}}",
            "{discriminator: {propertyName: kind}}",
        ),
        ("{x-example: 1}", "{example: 1}"),
        ("{example: 2, x-example: 1}", "{example: 2}"),
        (
            "{properties: {type: {type: file}, $ref: {x-nullable: true}}}",
            "{properties: {type: {type: string, format: binary}, $ref: {nullable: true}}}",
        ),
        (
            "{additionalProperties: {allOf: [{type: file}]}, example: {type: file}, default: {type: file}}",
            "{additionalProperties: {allOf: [{type: string, format: binary}]}, example: {type: file}, default: {type: file}}",
        ),
        (
            "{additionalProperties: true}",
            "{additionalProperties: true}",
        ),
        (
            "{allOf: 1, properties: [a], items: x}",
            "{allOf: 1, properties: [a], items: x}",
        ),
        ("[1]", "[1]"),
    ] {
        assert_node(
            &format!("definitions: {{A: {schema}}}"),
            "/components/schemas/A",
            expected,
        );
    }
}

#[test]
fn references_lead_to_where_their_targets_went() {
    let lines = |reference: &str| {
        format!(
            "consumes: [a/a]\nproduces: [b/b]\nparameters: {{Q: {{in: query, name: q, type: array, items: {{type: string}}}}, B: {{in: body, name: b, schema: {{}}}}}}\nresponses: {{R: {{schema: {{}}, headers: {{H: {{type: array, items: {{}}}}}}}}}}\npaths:\n  /p:\n    parameters: [{{in: formData, name: f, type: array, items: {{}}}}, {{in: query, name: a, type: string}}]\n    get:\n      parameters: [{{in: body, name: b, schema: {{properties: {{c: {{}}}}}}}}, {{in: query, name: q, type: string}}]\n      responses: {{'200': {{schema: {{items: {{}}}}}}}}\ndefinitions: {{A: {{$ref: '{reference}'}}}}\n"
        )
    };
    for (reference, expected) in [
        ("#/definitions/B", "#/components/schemas/B"),
        (
            "#/definitions/B%20C/properties/d",
            "#/components/schemas/B%20C/properties/d",
        ),
        (
            "#/responses/R/schema",
            "#/components/responses/R/content/b~1b/schema",
        ),
        (
            "#/responses/R/headers/H/items",
            "#/components/responses/R/headers/H/schema/items",
        ),
        (
            "#/parameters/Q/items",
            "#/components/parameters/Q/schema/items",
        ),
        (
            "#/parameters/B/schema/a",
            "#/components/requestBodies/B/content/a~1a/schema/a",
        ),
        (
            "#/paths/~1p/get/responses/200/schema/items",
            "#/paths/~1p/get/responses/200/content/b~1b/schema/items",
        ),
        (
            "#/paths/~1p/get/parameters/0/schema/properties/c",
            "#/paths/~1p/get/requestBody/content/a~1a/schema/properties/c",
        ),
        (
            "#/paths/~1p/get/parameters/1",
            "#/paths/~1p/get/parameters/0",
        ),
        ("#/paths/~1p/parameters/1", "#/paths/~1p/parameters/0"),
        (
            "#/paths/~1p/parameters/0/items",
            "#/paths/~1p/get/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f/items",
        ),
        ("#/x-ours/A", "#/x-ours/A"),
        ("other.yaml#/definitions/A", "other.yaml#/definitions/A"),
        ("#A", "#A"),
    ] {
        assert_node(
            &lines(reference),
            "/components/schemas/A",
            &format!("{{$ref: '{expected}'}}"),
        );
    }
}

#[test]
fn security_definitions_become_schemes() {
    for (definition, expected) in [
        (
            "{type: basic, description: d}",
            "{type: http, scheme: basic, description: d}",
        ),
        (
            "{type: apiKey, in: header, name: X}",
            "{type: apiKey, in: header, name: X}",
        ),
        (
            "{type: oauth2, flow: implicit, authorizationUrl: a, scopes: {s: d}}",
            "{type: oauth2, flows: {implicit: {authorizationUrl: a, scopes: {s: d}}}}",
        ),
        (
            "{type: oauth2, flow: password, tokenUrl: t, x-a: 1}",
            "{type: oauth2, x-a: 1, flows: {password: {tokenUrl: t, scopes: {}}}}",
        ),
        (
            "{type: oauth2, flow: application, tokenUrl: t, scopes: {}}",
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: t, scopes: {}}}}",
        ),
        (
            "{type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {}}",
            "{type: oauth2, flows: {authorizationCode: {authorizationUrl: a, tokenUrl: t, scopes: {}}}}",
        ),
        ("{type: oauth2, flow: 5}", "{type: oauth2, flow: 5}"),
        ("{type: magic}", "{type: magic}"),
    ] {
        assert_node(
            &format!("securityDefinitions: {{S: {definition}}}"),
            "/components/securitySchemes/S",
            expected,
        );
    }
}

#[test]
fn what_is_not_understood_stays() {
    let lines = "foo: 1\ninfo: {title: t}\nx-a: {$ref: '#/definitions/A'}\ncomponents: {bar: 1}\ndefinitions: {A: {}}\npaths: {/a: 1, /b: {get: 2, summary: s}, c: 3, /d: {get: {parameters: 4, responses: 5, foo: 6}}}\n";
    let (document, _) = run(lines);
    assert_eq!(
        document.value().to_json(),
        serde_json::json!({
            "openapi": "3.0.4",
            "foo": 1,
            "info": {"title": "t"},
            "x-a": {"$ref": "#/definitions/A"},
            "components": {"bar": 1, "schemas": {"A": {}}},
            "paths": {
                "/a": 1,
                "/b": {"get": 2, "summary": "s"},
                "c": 3,
                "/d": {"get": {"parameters": 4, "responses": 5, "foo": 6}},
            },
        })
    );
}

#[test]
fn documents_that_are_not_well_formed_are_copied() {
    for lines in [
        "paths: 1",
        "paths: {/a: {get: {parameters: [1, {$ref: 2}, {in: body}, {in: formData}, {in: 3}], responses: {'200': 1, '201': {schema: 1, headers: 2, examples: 3}}}}}",
        "definitions: [1]\nparameters: 1\nresponses: []\nsecurityDefinitions: ''",
        "parameters: {A: {$ref: '#/parameters/B'}, B: {$ref: '#/parameters/A'}, C: {in: body, $ref: '#/parameters/C'}}\nresponses: {A: {$ref: '#/responses/A'}}\npaths: {/a: {get: {parameters: [{$ref: '#/parameters/A'}, {$ref: '#/parameters/C'}], responses: {default: {$ref: '#/responses/A'}}}}}",
        "paths: {/a: {$ref: '#/paths/~1a', parameters: {a: 1}, get: {$ref: '#/paths/~1a/get', schemes: 1, consumes: 1, produces: {a: 1}}}}",
        "host: ''\nbasePath: ''\nschemes: ['', 1]",
    ] {
        run(lines);
    }
}
