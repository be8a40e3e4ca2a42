//! Remedies that are followed in a document of OpenAPI 3.1 or 3.2.

use super::input::{Case, Input, case};

fn document(version: &str, members: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: a, version: '1'}}\n{members}\n")
}

/// A document of OpenAPI 3.1 with these schemas.
fn schemas(schemas: &str) -> String {
    document("3.1.1", &format!("components: {{schemas: {{{schemas}}}}}"))
}

fn schema(schema: &str) -> String {
    schemas(&format!("A: {schema}"))
}

/// A document of OpenAPI 3.2 whose only operation has this parameter.
fn parameter(parameter: &str) -> String {
    document(
        "3.2.0",
        &format!(
            "paths: {{/a: {{get: {{parameters: [{parameter}], responses: {{'204': {{description: ok}}}}}}}}}}"
        ),
    )
}

/// A document of paths that share a path item with a list of parameters.
fn shared_path_item(parameters: usize, paths: usize) -> String {
    let parameters = (0..parameters).map(|number| {
        format!("{{name: p{number}, in: query, description: a, schema: {{type: string}}}}")
    });
    let parameters = parameters.collect::<Vec<_>>().join(", ");
    let paths =
        (0..paths).map(|number| format!("/a{number}: {{$ref: '#/components/pathItems/P'}}"));
    let paths = paths.collect::<Vec<_>>().join(", ");
    document(
        "3.1.1",
        &format!(
            "paths: {{{paths}}}\ncomponents: {{pathItems: {{P: {{parameters: [{parameters}], get: {{responses: {{'204': {{description: a}}}}}}}}}}}}"
        ),
    )
}

pub(crate) fn cases() -> Vec<Case> {
    let keyword = |document: String, edit| case("json-schema-keyword", document, edit);
    let parts = "B: {type: object, properties: {b: {type: string}}}, C: {type: object, properties: {c: {type: string}}}";
    let one_of = "oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]";
    vec![
        Case {
            code: "too-large",
            before: Input::new(shared_path_item(500, 30)),
            after: Input::new(shared_path_item(50, 30)),
        },
        case("empty-list", schema("{type: []}"), ("[]", "[string]")),
        case(
            "unknown-type",
            schema("{type: [string, text]}"),
            ("text", "integer"),
        ),
        case(
            "unknown-type",
            schema("{type: [String, 'null']}"),
            ("String", "string"),
        ),
        keyword(
            schemas("A: {type: string, contentSchema: {properties: {a: {type: string}}}}"),
            (
                "{properties: {a: {type: string}}}}",
                "{$ref: '#/components/schemas/B'}}, B: {type: object, properties: {a: {type: string}}}",
            ),
        ),
        keyword(
            schema("{type: number, minimum: 1, exclusiveMinimum: false}"),
            (", exclusiveMinimum: false", ""),
        ),
        keyword(
            schema("{type: number, minimum: 1, exclusiveMinimum: true}"),
            ("minimum: 1, exclusiveMinimum: true", "exclusiveMinimum: 1"),
        ),
        keyword(
            schema("{type: string, nullable: true}"),
            ("type: string, nullable: true", "type: [string, 'null']"),
        ),
        keyword(
            schemas(&format!(
                "A: {{if: {{required: [b]}}, then: {{$ref: '#/components/schemas/B'}}, else: {{$ref: '#/components/schemas/C'}}}}, {parts}"
            )),
            (
                "if: {required: [b]}, then: {$ref: '#/components/schemas/B'}, else: {$ref: '#/components/schemas/C'}",
                one_of,
            ),
        ),
        keyword(
            schemas(&format!(
                "A: {{type: object, properties: {{a: {{type: string}}}}, if: {{required: [b]}}, then: {{properties: {{b: {{type: string}}}}}}, else: {{properties: {{c: {{type: string}}}}}}}}, {parts}"
            )),
            (
                "{type: object, properties: {a: {type: string}}, if: {required: [b]}, then: {properties: {b: {type: string}}}, else: {properties: {c: {type: string}}}}",
                &format!("{{type: object, properties: {{a: {{type: string}}}}, {one_of}}}"),
            ),
        ),
        keyword(
            schemas(&format!(
                "A: {{type: object, properties: {{a: {{type: string}}}}, if: {{required: [b]}}, then: {{oneOf: [{{$ref: '#/components/schemas/B'}}]}}}}, {parts}"
            )),
            (
                "if: {required: [b]}, then: {oneOf: [{$ref: '#/components/schemas/B'}]}",
                one_of,
            ),
        ),
        keyword(
            schemas(&format!(
                "A: {{type: object, properties: {{a: {{type: string}}}}, dependentSchemas: {{a: {{{one_of}}}}}}}, {parts}"
            )),
            (&format!("dependentSchemas: {{a: {{{one_of}}}}}"), one_of),
        ),
        keyword(
            document(
                "3.1.1",
                "jsonSchemaDialect: 'https://example.com/dialect'\npaths: {}",
            ),
            (
                "https://example.com/dialect",
                "https://json-schema.org/draft/2020-12/schema",
            ),
        ),
        keyword(
            schemas(
                "A: {type: array, items: {$dynamicRef: '#item'}}, B: {$dynamicAnchor: item, type: string}, C: {$dynamicAnchor: item, type: integer}",
            ),
            ("{$dynamicRef: '#item'}", "{$ref: '#/components/schemas/B'}"),
        ),
        case(
            "dangling-reference",
            schemas(
                "A: {type: object, properties: {a: {$ref: '#/components/schemas/Z', title: a}}}",
            ),
            ("{$ref: '#/components/schemas/Z', title: a}", "{title: a}"),
        ),
        case(
            "unknown-keyword",
            schema("{type: string, minLenght: 1}"),
            ("minLenght", "minLength"),
        ),
        case(
            "unknown-keyword",
            schema("{type: string, unit: metres}"),
            ("unit", "x-unit"),
        ),
        case(
            "unknown-style",
            parameter("{name: a, in: cookie, style: cookie, schema: {type: string}}"),
            ("style: cookie", "style: form"),
        ),
        case(
            "unknown-location",
            parameter(
                "{name: a, in: querystring, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}",
            ),
            ("application/json", "application/x-www-form-urlencoded"),
        ),
    ]
}
