//! Remedies that depend on the version of OpenAPI, and of selections.

use super::input::{Case, HEAD, Input, case, operation, removed};

/// A document of Swagger 2.0 with these members.
fn swagger(members: &str) -> String {
    format!("swagger: '2.0'\ninfo: {{title: a, version: '1'}}\n{members}\n")
}

/// A document of OpenAPI 3.2 whose path item has these members.
fn path_item(members: &str) -> String {
    format!(
        "openapi: 3.2.0\ninfo: {{title: a, version: '1'}}\npaths: {{/a: {{{members}, summary: a}}}}\n"
    )
}

pub(crate) fn cases() -> Vec<Case> {
    let done = "{responses: {'204': {description: ok}}}";
    let body = "{name: a, in: body, schema: {type: string}}";
    let tagged = Input::new(operation("tags: [pets], operationId: a"));
    let including = |selector: &'static str| Input {
        include: vec![selector],
        ..tagged.clone()
    };
    vec![
        case(
            "unsupported-version",
            HEAD.replace("3.0.3", "4.0.0") + "paths: {}\n",
            ("4.0.0", "3.2.0"),
        ),
        case(
            "unsupported-version",
            HEAD.replace("3.0.3", "'3'") + "paths: {}\n",
            ("openapi: '3'", "openapi: 3.0.4"),
        ),
        case(
            "unsupported-version",
            swagger("paths: {}").replace("2.0", "3.0.0"),
            ("swagger: '3.0.0'", "openapi: 3.0.4"),
        ),
        case(
            "invalid-host",
            swagger("host: https://example.com\npaths: {}"),
            (
                "host: https://example.com",
                "host: example.com\nschemes: [https]",
            ),
        ),
        case(
            "assumed-media-type",
            swagger(&format!(
                "paths: {{/a: {{post: {{parameters: [{body}], responses: {{'200': {{description: ok, schema: {{type: string}}}}}}}}}}}}"
            )),
            (
                "paths",
                "consumes: [application/json]\nproduces: [application/json]\npaths",
            ),
        ),
        case(
            "several-bodies",
            swagger(&format!(
                "consumes: [application/json]\npaths: {{/a: {{post: {{parameters: [{body}, {{name: b, in: body, schema: {{type: string}}}}], responses: {{'204': {{description: ok}}}}}}}}}}"
            )),
            (", {name: b, in: body, schema: {type: string}}", ""),
        ),
        case(
            "several-bodies",
            swagger(&format!(
                "paths: {{/a: {{post: {{consumes: [multipart/form-data], parameters: [{body}, {{name: b, in: formData, type: string}}], responses: {{'204': {{description: ok}}}}}}}}}}"
            )),
            ("{name: a, in: body, schema: {type: string}}, ", ""),
        ),
        case(
            "unsupported-method",
            path_item(&format!("additionalOperations: {{GET: {done}}}")),
            (
                "additionalOperations: {GET: {responses: {'204': {description: ok}}}}",
                "get: {responses: {'204': {description: ok}}}",
            ),
        ),
        removed(
            "unsupported-method",
            path_item(&format!(
                "get: {done}, additionalOperations: {{COPY: {done}}}"
            )),
            "$.paths['/a'].additionalOperations.COPY",
        ),
        case(
            "callbacks-ignored",
            operation(&format!(
                "callbacks: {{a: {{'{{$url}}': {{post: {done}}}}}}}"
            )),
            (
                "callbacks: {a: {'{$url}': {post: {responses: {'204': {description: ok}}}}}}, ",
                "",
            ),
        ),
        Case {
            code: "selection-no-match",
            before: including("tag:pet"),
            after: including("tag:pets"),
        },
        Case {
            code: "selection-no-match",
            before: including("tag:weather"),
            after: including("path:/a"),
        },
        Case {
            code: "selection-no-match",
            before: including("tag:pets"),
            after: including("tag:pets"),
        }
        .excluding("path:/a"),
    ]
}
