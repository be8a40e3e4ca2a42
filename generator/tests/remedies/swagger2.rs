//! Remedies that are followed in a document of Swagger 2.0.

use super::input::{Case, Input, case};

/// A document with these members.
fn swagger(members: &str) -> String {
    format!(
        "swagger: '2.0'\ninfo: {{title: a, version: '1'}}\nconsumes: [application/json]\nproduces: [application/json]\n{members}\n"
    )
}

/// A document whose only operation has these members beside its responses.
fn operation(members: &str) -> String {
    swagger(&format!(
        "paths: {{/a: {{post: {{{members}, responses: {{'204': {{description: ok}}}}}}}}}}"
    ))
}

fn parameter(parameter: &str) -> String {
    operation(&format!("parameters: [{parameter}]"))
}

fn schemas(schemas: &str) -> String {
    swagger(&format!("paths: {{}}\ndefinitions: {{{schemas}}}"))
}

fn schema(schema: &str) -> String {
    schemas(&format!("A: {schema}"))
}

fn response(response: &str) -> String {
    swagger(&format!("paths: {{}}\nresponses: {{R: {response}}}"))
}

fn secured(scheme: &str) -> String {
    swagger(&format!(
        "paths: {{}}\nsecurityDefinitions: {{key: {scheme}}}"
    ))
}

pub(crate) fn cases() -> Vec<Case> {
    [
        parameters(),
        bodies(),
        schema_keywords(),
        later_fields(),
        schemes(),
        lists(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn lists() -> Vec<Case> {
    vec![Case {
        code: "too-large",
        before: Input::new(shared_media_types(1_000)),
        after: Input::new(shared_media_types(10)),
    }]
}

/// A document of operations that share a list of media types.
fn shared_media_types(count: usize) -> String {
    let names = (0..count).map(|number| format!("text/p{number}"));
    let names = names.collect::<Vec<_>>().join(", ");
    let paths = (0..200).map(|number| {
        format!(
            "/a{number}: {{get: {{responses: {{'200': {{description: a, schema: {{type: string}}}}}}}}}}"
        )
    });
    let paths = paths.collect::<Vec<_>>().join(", ");
    format!(
        "swagger: '2.0'\ninfo: {{title: a, version: '1'}}\nproduces: [{names}]\npaths: {{{paths}}}\n"
    )
}

fn parameters() -> Vec<Case> {
    vec![
        case(
            "missing-member",
            parameter("{name: a, in: query}"),
            ("in: query", "in: query, type: string"),
        ),
        case(
            "undeclared-path-parameter",
            swagger("paths: {'/a/{id}': {get: {responses: {'204': {description: ok}}}}}"),
            (
                "get: {",
                "get: {parameters: [{name: id, in: path, required: true, type: string}], ",
            ),
        ),
        case(
            "unknown-location",
            parameter("{name: a, in: qeury, type: string}"),
            ("qeury", "query"),
        ),
        case(
            "unknown-location",
            parameter("{name: a, in: url, type: string}"),
            ("url", "query"),
        ),
        case(
            "unknown-location",
            parameter("{name: a, in: cookie, type: string}"),
            ("name: a, in: cookie", "name: Cookie, in: header"),
        ),
        case(
            "ignored-header",
            operation("summary: a, parameters: [{name: Accept, in: header, type: string}]"),
            (
                ", parameters: [{name: Accept, in: header, type: string}]",
                "",
            ),
        ),
        case(
            "unknown-style",
            parameter(
                "{name: a, in: query, type: array, items: {type: string}, collectionFormat: commas}",
            ),
            ("commas", "csv"),
        ),
        case(
            "style-not-allowed",
            parameter(
                "{name: a, in: header, type: array, items: {type: string}, collectionFormat: multi}",
            ),
            ("multi", "csv"),
        ),
        case(
            "keyword-not-applicable",
            parameter("{name: a, in: query, type: string, collectionFormat: csv}"),
            (", collectionFormat: csv", ""),
        ),
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, schema: {type: string}}"),
            ("schema: {type: string}", "type: string"),
        ),
        case(
            "unknown-type",
            parameter("{name: a, in: query, type: object}"),
            (
                "in: query, type: object",
                "in: body, schema: {type: object}",
            ),
        ),
        case(
            "unknown-keyword",
            swagger(
                "paths: {/a: {get: {parameters: [{name: a, in: query, type: array, items: {$ref: '#/definitions/A'}}], responses: {'204': {description: ok}}}}}\ndefinitions: {A: {type: string}}",
            ),
            ("{$ref: '#/definitions/A'}", "{type: string}"),
        ),
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, type: string, readOnly: true}"),
            (", readOnly: true", ""),
        ),
    ]
}

fn bodies() -> Vec<Case> {
    let nested = "type: array, items: {type: array, items: {type: array, items: {type: string}}}";
    vec![
        case(
            "nested-parameter",
            parameter(&format!("{{name: a, in: query, {nested}}}")),
            (nested, "type: string"),
        ),
        case(
            "missing-member",
            parameter("{name: a, in: body}"),
            ("in: body", "in: body, schema: {type: string}"),
        ),
        case(
            "missing-member",
            parameter("{name: a, in: body, type: string}"),
            ("type: string", "schema: {type: string}"),
        ),
        case(
            "invalid-status",
            swagger("paths: {/a: {get: {responses: {ok: {description: ok}}}}}"),
            ("{ok:", "{'200':"),
        ),
        case(
            "unknown-keyword",
            operation("requestBody: {content: {text/plain: {schema: {type: string}}}}"),
            (
                "requestBody: {content: {text/plain: {schema: {type: string}}}}",
                "consumes: [text/plain], parameters: [{name: a, in: body, schema: {type: string}}]",
            ),
        ),
        case(
            "unknown-keyword",
            swagger(
                "paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: string}}}}}}}}",
            ),
            (
                "content: {application/json: {schema: {type: string}}}",
                "schema: {type: string}",
            ),
        ),
        case(
            "unknown-keyword",
            parameter(
                "{name: a, in: query, type: string, content: {application/json: {schema: {type: string}}}}",
            ),
            (
                "in: query, type: string, content: {application/json: {schema: {type: string}}}",
                "in: body, schema: {type: string}",
            ),
        ),
        case(
            "unknown-keyword",
            response("{description: ok, headers: {X-Total: {schema: {type: integer}}}}"),
            ("schema: {type: integer}", "type: integer"),
        ),
    ]
}

fn schema_keywords() -> Vec<Case> {
    vec![
        case(
            "json-schema-keyword",
            schema("{oneOf: [{type: string}, {type: integer}]}"),
            ("oneOf: [{type: string}, {type: integer}]", "type: string"),
        ),
        case(
            "json-schema-keyword",
            schema("{type: string, contentMediaType: text/csv}"),
            (", contentMediaType: text/csv", ""),
        ),
        case(
            "json-schema-keyword",
            schema("{type: string, nullable: true}"),
            ("nullable", "x-nullable"),
        ),
        case(
            "type-list",
            schema("{type: [string, 'null']}"),
            ("[string, 'null']", "string, x-nullable: true"),
        ),
        case(
            "type-list",
            schema("{type: [string, integer]}"),
            ("[string, integer]", "string"),
        ),
        case(
            "null-type",
            schema("{type: 'null'}"),
            ("'null'", "string, x-nullable: true"),
        ),
        case(
            "unknown-type",
            schema("{type: file}"),
            ("type: file", "type: string, format: binary"),
        ),
        case(
            "dangling-reference",
            schemas("A: {type: array, items: {$ref: '#B'}}, B: {type: string}"),
            ("#B", "#/definitions/B"),
        ),
        case(
            "wrong-type",
            schemas(
                "A: {type: object, discriminator: {}, required: [kind], properties: {kind: {type: string}}}, B: {allOf: [{$ref: '#/definitions/A'}, {type: object, properties: {b: {type: string}}}]}",
            ),
            ("discriminator: {}", "discriminator: kind"),
        ),
        case(
            "wrong-type",
            schemas(
                "A: {type: object, discriminator: {propertyName: kind}, required: [kind], properties: {kind: {type: string}}}, B: {allOf: [{$ref: '#/definitions/A'}, {type: object, properties: {b: {type: string}}}]}",
            ),
            ("discriminator: {propertyName: kind}", "discriminator: kind"),
        ),
    ]
}

fn later_fields() -> Vec<Case> {
    vec![
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, type: string, examples: {one: {value: b}}}"),
            ("examples", "x-examples"),
        ),
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, type: string, nullable: true}"),
            ("nullable", "x-nullable"),
        ),
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, type: array, items: {type: string}, explode: true}"),
            ("explode: true", "collectionFormat: multi"),
        ),
        case(
            "unknown-keyword",
            swagger("servers: [{url: 'https://example.com/v1'}]\npaths: {}"),
            (
                "servers: [{url: 'https://example.com/v1'}]",
                "host: example.com\nbasePath: /v1\nschemes: [https]",
            ),
        ),
        case(
            "unknown-keyword",
            swagger("paths: {}\ncomponents: {schemas: {A: {type: string}}}"),
            (
                "components: {schemas: {A: {type: string}}}",
                "definitions: {A: {type: string}}",
            ),
        ),
        case(
            "unknown-keyword",
            operation(
                "callbacks: {a: {'{$url}': {post: {responses: {'204': {description: ok}}}}}}",
            ),
            (
                "callbacks: {a: {'{$url}': {post: {responses: {'204': {description: ok}}}}}}, ",
                "",
            ),
        ),
        case(
            "unknown-keyword",
            swagger("paths: {}\nwebhooks: {}"),
            ("\nwebhooks: {}", ""),
        ),
        case(
            "unknown-keyword",
            swagger("tags: [{name: a, kind: nav}]\npaths: {}"),
            (", kind: nav", ""),
        ),
    ]
}

fn schemes() -> Vec<Case> {
    vec![
        case(
            "missing-member",
            secured("{type: oauth2, flow: implicit, scopes: {}}"),
            ("scopes", "authorizationUrl: 'https://example.com', scopes"),
        ),
        case(
            "unknown-security-type",
            secured(
                "{type: oauth2, flow: device, authorizationUrl: 'https://example.com', scopes: {}}",
            ),
            ("device", "implicit"),
        ),
        case(
            "unknown-security-type",
            secured(
                "{type: oauth2, flow: clientCredentials, tokenUrl: 'https://example.com', scopes: {}}",
            ),
            ("clientCredentials", "application"),
        ),
        case(
            "unknown-security-type",
            secured(
                "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com', scopes: {}}}}",
            ),
            (
                "flows: {clientCredentials: {tokenUrl: 'https://example.com', scopes: {}}}",
                "flow: application, tokenUrl: 'https://example.com', scopes: {}",
            ),
        ),
        case(
            "unknown-security-type",
            secured("{type: http, scheme: basic}"),
            ("type: http, scheme: basic", "type: basic"),
        ),
        case(
            "unknown-security-type",
            secured("{type: digest}"),
            ("digest", "basic"),
        ),
        case(
            "unknown-location",
            secured("{type: apiKey, in: cookie, name: session}"),
            ("in: cookie, name: session", "in: header, name: Cookie"),
        ),
        case(
            "unknown-location",
            secured("{type: apiKey, in: path, name: key}"),
            ("in: path", "in: query"),
        ),
        case(
            "unknown-security-scheme",
            swagger(
                "security: [{key: []}]\npaths: {}\nsecurityDefinitions: {other: {type: basic}}",
            ),
            ("{other: ", "{key: "),
        ),
    ]
}
