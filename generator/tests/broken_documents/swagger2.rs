//! Faults of Swagger 2.0, each rule with one, in the words of Swagger 2.0.

use super::{Fault, assert_faults};

const HEAD: &str = "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\nhost: api.test\nconsumes: [application/json]\nproduces: [application/json]\n";

fn fault(code: &'static str, lines: String) -> Fault {
    Fault {
        code,
        document: format!("{HEAD}{lines}"),
    }
}

/// A fault of the operation `GET /pets/{id}`.
fn operation(code: &'static str, lines: &str) -> Fault {
    fault(
        code,
        format!(
            "paths:\n  /pets/{{id}}:\n    parameters:\n    - {{name: id, in: path, required: true, type: string}}\n    get:\n{lines}"
        ),
    )
}

/// A fault of a parameter of that operation.
fn parameter(code: &'static str, parameter: &str) -> Fault {
    operation(
        code,
        &format!(
            "      parameters:\n      - {parameter}\n      responses: {{}}\ndefinitions:\n  Pet: {{type: string}}\n"
        ),
    )
}

/// A member, whose key has the mark that its value begins with.
fn member(key: &str, value: &str) -> String {
    match value.strip_prefix('▸') {
        Some(value) => format!("▸{key}: {value}"),
        None => format!("{key}: {value}"),
    }
}

fn response(code: &'static str, response: &str) -> Fault {
    let response = member("'200'", response);
    operation(code, &format!("      responses:\n        {response}\n"))
}

/// A fault of the schema `A`, beside `Pet`.
fn schema(code: &'static str, schema: &str) -> Fault {
    let schema = member("A", schema);
    fault(
        code,
        format!("paths: {{}}\ndefinitions:\n  Pet: {{type: object}}\n  {schema}\n"),
    )
}

fn scheme(code: &'static str, scheme: &str) -> Fault {
    let scheme = member("key", scheme);
    fault(
        code,
        format!("paths: {{}}\nsecurityDefinitions:\n  {scheme}\n"),
    )
}

#[test]
fn parameters() {
    assert_faults(
        "swagger2_parameters",
        &[
            parameter("missing-member", "▸{name: q, in: query}"),
            parameter("missing-member", "▸{name: q, in: body}"),
            parameter("missing-member", "▸{name: q, in: body, type: string}"),
            parameter("missing-member", "{name: q, in: query, type: array, ▸items: {format: a}}"),
            parameter("missing-member", "▸{in: query, type: string}"),
            parameter("missing-member", "{▸nmae: q, in: query, type: string}"),
            parameter("unknown-keyword", "{name: q, in: query, ▸schema: {type: string}}"),
            parameter(
                "unknown-keyword",
                "{name: q, in: query, type: array, items: {▸$ref: '#/definitions/Pet'}}",
            ),
            parameter("unknown-keyword", "{name: q, in: query, type: string, ▸deprecated: true}"),
            parameter("unknown-keyword", "{name: q, in: query, type: string, ▸style: form}"),
            parameter("unknown-keyword", "{name: q, in: query, type: string, ▸title: A}"),
            parameter("unknown-keyword", "{name: q, in: query, type: string, ▸formt: date}"),
            parameter("unknown-location", "{name: q, ▸in: formdata, type: string}"),
            parameter("unknown-location", "{name: q, ▸in: cookie, type: string}"),
            parameter("unknown-location", "{name: q, ▸in: matrix, type: string}"),
            parameter(
                "unknown-style",
                "{name: q, in: query, type: array, items: {type: string}, ▸collectionFormat: commas}",
            ),
            parameter(
                "style-not-allowed",
                "{name: q, in: header, type: array, items: {type: string}, ▸collectionFormat: multi}",
            ),
            parameter(
                "wrong-type",
                "{name: q, in: query, type: array, items: {type: string}, ▸collectionFormat: [csv]}",
            ),
            parameter(
                "keyword-not-applicable",
                "{name: q, in: query, type: string, ▸collectionFormat: multi}",
            ),
            parameter("unknown-keyword", "{name: q, in: query, type: string, ▸style: forms}"),
            parameter("unknown-type", "{name: q, in: query, ▸type: file}"),
            parameter("unknown-type", "{name: q, in: query, ▸type: object}"),
            parameter("unknown-type", "{name: q, in: query, ▸type: Integer}"),
            parameter("unknown-type", "{name: q, in: query, ▸type: uuid}"),
            parameter(
                "unknown-type",
                "{name: q, in: query, type: array, items: {▸type: strin}}",
            ),
            parameter("null-type", "{name: q, in: query, ▸type: 'null'}"),
            parameter("type-list", "{name: q, in: query, ▸type: [string, 'null']}"),
            parameter("array-without-items", "▸{name: q, in: query, type: array}"),
            parameter("enum-value-type", "{name: q, in: query, type: integer, ▸enum: [1, b]}"),
            parameter("empty-list", "{name: q, in: query, type: string, ▸enum: []}"),
            parameter("duplicate-enum-value", "{name: q, in: query, type: string, ▸enum: [a, a]}"),
            parameter("keyword-not-applicable", "{name: q, in: query, type: integer, ▸minLength: 1}"),
            parameter("wrong-type", "{name: q, in: query, type: integer, ▸minimum: '1'}"),
            parameter(
                "json-schema-keyword",
                "{name: q, in: query, type: integer, ▸exclusiveMinimum: 1}",
            ),
            parameter("wrong-type", "{name: q, in: query, type: string, ▸required: 'true'}"),
            parameter("ignored-header", "▸{name: Accept, in: header, type: string}"),
            parameter("unused-path-parameter", "▸{name: b, in: path, required: true, type: string}"),
            operation(
                "duplicate-parameter",
                "      parameters:\n      - {name: q, in: query, type: string}\n      - ▸{name: q, in: query, type: integer}\n      responses: {}\n",
            ),
            operation(
                "several-bodies",
                "      ▸parameters:\n      - {name: a, in: body, schema: {}}\n      - {name: b, in: body, schema: {}}\n      responses: {}\n",
            ),
            fault(
                "optional-path-parameter",
                "paths:\n  /pets/{id}:\n    get:\n      parameters:\n      - ▸{name: id, in: path, type: string}\n      responses: {}\n".to_owned(),
            ),
            fault(
                "undeclared-path-parameter",
                "paths:\n  ▸/pets/{id}:\n    get: {responses: {}}\n".to_owned(),
            ),
        ],
    );
}

#[test]
fn the_document_and_its_operations() {
    assert_faults(
        "swagger2_operations",
        &[
            Fault {
                code: "invalid-host",
                document: "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\n▸host: https://api.test\npaths: {}\n".to_owned(),
            },
            Fault {
                code: "assumed-media-type",
                document: "▸swagger: '2.0'\ninfo: {title: Pets, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: a, schema: {type: string}}}}}}\n".to_owned(),
            },
            Fault {
                code: "unquoted-string",
                document: "▸swagger: 2.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n".to_owned(),
            },
            fault("null-value", "▸tags: null\npaths: {}\n".to_owned()),
            fault("wrong-type", "▸schemes: https\npaths: {}\n".to_owned()),
            Fault {
                code: "missing-member",
                document: "▸swagger: '2.0'\ninfo: {title: Pets, version: '1'}\n".to_owned(),
            },
            fault("unknown-keyword", "▸servers: [{url: /}]\npaths: {}\n".to_owned()),
            fault("unknown-keyword", "▸components: {schemas: {}}\npaths: {}\n".to_owned()),
            fault("unknown-keyword", "▸definition: {}\npaths: {}\n".to_owned()),
            fault("invalid-path", "paths:\n  ▸pets: {}\n".to_owned()),
            operation("unknown-keyword", "      ▸requestBody: {content: {}}\n      responses: {}\n"),
            operation("unknown-keyword", "      ▸callbacks: {}\n      responses: {}\n"),
            operation("wrong-type", "      ▸produces: application/json\n      responses: {}\n"),
            fault(
                "missing-member",
                "paths:\n  /a:\n    ▸get: {tags: []}\n".to_owned(),
            ),
            operation("invalid-status", "      responses:\n        ▸ok: {description: a}\n"),
            response("missing-member", "▸{schema: {type: string}}"),
            response(
                "unknown-keyword",
                "{description: a, ▸content: {application/json: {schema: {}}}}",
            ),
            response("wrong-type", "{description: a, ▸examples: []}"),
            response("missing-member", "{description: a, headers: {▸X-A: {description: b}}}"),
            response(
                "unknown-keyword",
                "{description: a, headers: {X-A: {▸schema: {type: string}}}}",
            ),
            response(
                "style-not-allowed",
                "{description: a, headers: {X-A: {type: array, items: {type: string}, ▸collectionFormat: multi}}}",
            ),
            response(
                "keyword-not-applicable",
                "{description: a, headers: {X-A: {type: array, items: {type: string}, ▸collectionFormat: pipes}}}",
            ),
            fault(
                "duplicate-operation-id",
                "paths:\n  /a:\n    get: {operationId: a, responses: {}}\n    put: {▸operationId: a, responses: {}}\n".to_owned(),
            ),
            fault(
                "unknown-keyword",
                "paths:\n  /a:\n    ▸trace: {responses: {}}\n".to_owned(),
            ),
        ],
    );
}

#[test]
fn schemas() {
    let deep =
        "{properties: {a: ".repeat(31) + "{properties: {▸a: {type: string}}}" + &"}}".repeat(31);
    assert_faults(
        "swagger2_schemas",
        &[
            schema("unknown-type", "{▸type: Integer}"),
            schema("unknown-type", "{▸type: uuid}"),
            schema("unknown-type", "{▸type: file}"),
            schema("null-type", "{▸type: 'null'}"),
            schema("type-list", "{▸type: [string, integer]}"),
            schema("wrong-type", "{▸discriminator: {propertyName: kind}}"),
            schema("wrong-type", "{▸discriminator: 5}"),
            schema("json-schema-keyword", "{▸oneOf: [{type: string}]}"),
            schema("json-schema-keyword", "{type: string, ▸nullable: true}"),
            schema("json-schema-keyword", "{▸const: a}"),
            schema("json-schema-keyword", "{▸patternProperties: {}}"),
            schema("json-schema-keyword", "{▸definitions: {}}"),
            schema("unknown-keyword", "{▸propertis: {}}"),
            schema(
                "unknown-keyword",
                "{type: array, items: {}, ▸collectionFormat: csv}",
            ),
            schema(
                "wrong-type-for-required",
                "{properties: {a: {type: string, ▸required: true}}}",
            ),
            schema("empty-list", "{▸allOf: []}"),
            schema("array-without-items", "▸{type: array}"),
            schema("wrong-type", "{type: number, ▸maximum: high}"),
            schema("number-out-of-range", "{type: integer, ▸maximum: 1e40}"),
            schema(
                "number-out-of-range",
                "{type: string, ▸maxLength: 99999999999999999999}",
            ),
            schema("dangling-reference", "{▸$ref: '#/definitions/Pett'}"),
            schema("dangling-reference", "{▸$ref: '#Pet'}"),
            schema("external-reference", "{▸$ref: Pet}"),
            schema("mismatched-reference", "{▸$ref: '#/definitions'}"),
            schema("reference-loop", "{▸$ref: '#/definitions/A'}"),
            schema(
                "ignored-beside-reference",
                "▸{$ref: '#/definitions/Pet', minProperties: 1}",
            ),
            schema("too-deep", &deep),
        ],
    );
}

#[test]
fn security() {
    let requirement =
        |lines: &str| fault("unknown-security-scheme", format!("paths: {{}}\n{lines}"));
    assert_faults(
        "swagger2_security",
        &[
            scheme("unknown-security-type", "{▸type: token}"),
            scheme("unknown-security-type", "{▸type: http, scheme: bearer}"),
            scheme("unknown-security-type", "{▸type: oauth2, flows: {}}"),
            scheme("missing-member", "▸{type: oauth2}"),
            scheme("missing-member", "▸{type: oauth2, flow: password}"),
            scheme("unknown-security-type", "{type: oauth2, ▸flow: magic}"),
            scheme(
                "unknown-security-type",
                "{type: oauth2, ▸flow: clientCredentials, tokenUrl: 'https://a.test'}",
            ),
            scheme("missing-member", "▸{type: apiKey, name: key}"),
            scheme("unknown-location", "{type: apiKey, name: key, ▸in: cookie}"),
            scheme("unknown-location", "{type: apiKey, name: key, ▸in: body}"),
            requirement("security: [{▸token: []}]\n"),
            requirement("security: [{▸keys: []}]\nsecurityDefinitions: {key: {type: basic}}\n"),
        ],
    );
}
