//! Remedies of what a document says to the generator.

use super::input::{Case, HEAD, case, schema};

/// A document with a list by page, to which this is `x-pagination`.
fn paginated(extension: &str) -> String {
    format!(
        "{HEAD}paths:\n  /things:\n    get:\n      operationId: list\n      parameters: [{{name: page, in: query, schema: {{type: integer}}}}, {{name: cursor, in: query, schema: {{type: string}}}}]\n      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: array, items: {{type: string}}}}}}}}}}}}\n      x-pagination: {extension}\n"
    )
}

/// A document with this status of credentials, and an operation with this effect on one.
fn credential(status: &str, effect: &str) -> String {
    let body = "{'200': {description: ok, content: {application/json: {schema: {type: object, properties: {token: {type: string}}}}}}}";
    format!(
        "{HEAD}components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}}}\nsecurity: [{{key: []}}]\nx-credential-status: {status}\npaths:\n  /keys/{{id}}: {{post: {{operationId: rotate, parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}], responses: {body}, x-credential: {effect}}}}}\n  /keys/self: {{get: {{operationId: self, responses: {body}}}}}\n"
    )
}

pub(crate) fn cases() -> Vec<Case> {
    let invalid = |document: String, edit| case("invalid-extension", document, edit);
    let status = "{check: self, identity: /token, ended: {status: 401, code: gone}}";
    let revoke = "{effect: revoke, target: {parameter: id}}";
    vec![
        invalid(
            schema("{type: object, properties: {a: {type: string, x-null-as-default: true}}}"),
            ("x-null-as-default", "default: b, x-null-as-default"),
        ),
        invalid(
            schema("{type: object, properties: {a: {type: string, x-omit-when-empty: true}}}"),
            (", x-omit-when-empty: true", ""),
        ),
        invalid(
            schema("{type: string, enum: [a, b], x-enum-varnames: [First]}"),
            ("[First]", "[First, Second]"),
        ),
        invalid(
            schema("{type: object, properties: {a: {type: string, x-omit-when-empty: 1}}}"),
            (", x-omit-when-empty: 1", ""),
        ),
        invalid(
            format!("{HEAD}paths: {{}}\nx-modules: [My-Module]\n"),
            ("My-Module", "my_module"),
        ),
        invalid(
            format!("{HEAD}paths: {{}}\nx-credential-places: {{header: ['X Key']}}\n"),
            ("X Key", "X-Key"),
        ),
        invalid(
            format!("{HEAD}paths: {{}}\nx-credential-places: {{headers: [X-Key]}}\n"),
            ("headers:", "header:"),
        ),
        invalid(paginated("{}"), ("{}\n", "{page-parameter: page}\n")),
        invalid(paginated("{page-parameter: pgae}"), ("pgae", "page")),
        invalid(
            paginated("{page-parameter: cursor}"),
            (
                "cursor, in: query, schema: {type: string}",
                "cursor, in: query, schema: {type: integer}",
            ),
        ),
        invalid(
            paginated("{page-parameter: page}")
                .replace("type: array, items: {type: string}", "type: string"),
            (
                "schema: {type: string}}}}}\n",
                "schema: {type: array, items: {type: string}}}}}}\n",
            ),
        ),
        invalid(
            credential("{check: selv, ended: {status: 401, code: gone}}", revoke),
            ("selv", "self"),
        ),
        invalid(
            credential(status, "{effect: delete, target: {parameter: id}}"),
            ("delete", "revoke"),
        ),
        invalid(
            credential(
                "{ended: {status: 401, code: gone}}",
                "{effect: revoke, target: caller, check: self}",
            ),
            (
                "{ended: {status: 401, code: gone}}",
                "{check: self, ended: {status: 401, code: gone}}",
            ),
        )
        .and("target: caller, check: self", "target: caller"),
    ]
}
