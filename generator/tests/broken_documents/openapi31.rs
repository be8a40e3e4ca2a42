//! Faults of OpenAPI 3.1 and 3.2, where their rules differ from those of 3.0.

use super::{Fault, assert_faults};

fn fault(version: &str, code: &'static str, lines: &str) -> Fault {
    Fault {
        code,
        document: format!("openapi: {version}\ninfo: {{title: Pets, version: '1'}}\n{lines}"),
    }
}

/// A fault of the schema `A`, beside `Pet`, in OpenAPI 3.1.
fn schema(code: &'static str, schema: &str) -> Fault {
    let lines = format!(
        "paths: {{}}\ncomponents:\n  schemas:\n    Pet: {{type: object}}\n    A: {schema}\n"
    );
    fault("3.1.1", code, &lines)
}

fn operation(version: &str, code: &'static str, lines: &str) -> Fault {
    fault(
        version,
        code,
        &format!("paths:\n  /pets:\n    post:\n{lines}      responses: {{}}\n"),
    )
}

fn parameter(version: &str, code: &'static str, parameter: &str) -> Fault {
    let lines = format!("      parameters:\n      - {parameter}\n");
    operation(version, code, &lines)
}

#[test]
fn schemas_of_openapi_3_1() {
    assert_faults(
        "openapi31_schemas",
        &[
            schema("unknown-type", "{type: [string, ▸strin]}"),
            schema("unknown-type", "{type: [▸Integer, 'null']}"),
            schema("unknown-type", "{▸type: uuid}"),
            schema("empty-list", "{▸type: []}"),
            schema("empty-list", "{▸anyOf: []}"),
            schema("wrong-type", "{▸prefixItems: {type: string}}"),
            schema("wrong-type", "{▸contains: 5}"),
            schema("wrong-type", "{dependentRequired: {▸a: {b: c}}}"),
            schema("wrong-type", "{▸patternProperties: []}"),
            schema("wrong-type", "{type: array, ▸minContains: -1}"),
            schema("wrong-type", "{type: number, ▸exclusiveMinimum: high}"),
            schema(
                "json-schema-keyword",
                "{type: number, minimum: 1, ▸exclusiveMinimum: true}",
            ),
            schema("json-schema-keyword", "{type: string, ▸nullable: true}"),
            schema("unknown-keyword", "{▸propertis: {}}"),
            schema("unknown-keyword", "{▸colour: red}"),
            schema("enum-value-type", "{type: integer, ▸enum: [a]}"),
            schema("keyword-not-applicable", "{type: string, ▸minItems: 1}"),
            schema(
                "dangling-reference",
                "{description: a, ▸$ref: '#/components/schemas/Pett'}",
            ),
            schema(
                "dangling-reference",
                "{$defs: {B: {type: string}}, ▸$ref: '#/$defs/B'}",
            ),
            schema("mismatched-reference", "{▸$ref: '#/components/schemas'}"),
            schema("reference-loop", "{▸$ref: '#/components/schemas/A'}"),
        ],
    );
}

#[test]
fn operations_of_openapi_3_1_and_3_2() {
    assert_faults(
        "openapi31_operations",
        &[
            parameter(
                "3.1.1",
                "unknown-location",
                "{name: q, ▸in: querystring, schema: {}}",
            ),
            parameter(
                "3.1.1",
                "style-not-allowed",
                "{name: q, in: query, ▸style: matrix, schema: {type: string}}",
            ),
            parameter(
                "3.1.1",
                "unknown-style",
                "{name: q, in: cookie, ▸style: cookie, schema: {type: string}}",
            ),
            parameter(
                "3.1.1",
                "missing-member",
                "{name: q, in: query, ▸type: string}",
            ),
            parameter("3.1.1", "missing-member", "▸{name: q, in: query}"),
            parameter(
                "3.1.1",
                "missing-member",
                "{▸nmae: q, in: query, schema: {}}",
            ),
            parameter(
                "3.2.0",
                "unknown-location",
                "{name: q, ▸in: body, schema: {}}",
            ),
            operation(
                "3.1.1",
                "unknown-keyword",
                "      ▸consumes: [application/json]\n",
            ),
            fault(
                "3.1.1",
                "unknown-keyword",
                "paths:\n  /pets:\n    ▸query: {responses: {}}\n",
            ),
            fault(
                "3.1.1",
                "unknown-security-type",
                "components: {securitySchemes: {key: {▸type: basic}}}\n",
            ),
            fault("3.1.1", "wrong-type", "▸webhooks: []\n"),
            fault("3.1.1", "unknown-keyword", "▸definitions: {}\n"),
            fault("3.1.1", "wrong-type", "components: {▸pathItems: []}\n"),
            fault("3.2.0", "wrong-type", "tags: [{name: a, ▸parent: [b]}]\n"),
            fault("3.2.0", "wrong-type", "▸$self: []\n"),
            fault(
                "3.2.0",
                "wrong-type",
                "paths:\n  /pets:\n    ▸additionalOperations: []\n",
            ),
            fault(
                "3.2.0",
                "missing-member",
                "components:\n  securitySchemes:\n    key: {type: oauth2, flows: {▸deviceAuthorization: {tokenUrl: /a, scopes: {}}}}\n",
            ),
        ],
    );
}
