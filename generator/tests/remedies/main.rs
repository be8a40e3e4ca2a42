//! What a diagnostic advises is done to the document: then it is gone, and nothing is left out.

use generator::{Generated, Source, read_model};

/// A diagnostic's code, a document that has it, and the edit that its remedy asks for.
struct Case {
    code: &'static str,
    document: String,
    /// A text of the document, and what is there afterwards.
    edit: (&'static str, &'static str),
}

fn case(code: &'static str, document: String, edit: (&'static str, &'static str)) -> Case {
    Case {
        code,
        document,
        edit,
    }
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n";

/// A document whose only operation has these members beside its responses.
fn operation(members: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{get: {{{members}, responses: {{'204': {{description: ok}}}}}}}}}}\n"
    )
}

fn parameter(parameter: &str) -> String {
    operation(&format!("parameters: [{parameter}]"))
}

fn response(response: &str) -> String {
    format!("{HEAD}paths: {{/a: {{get: {{responses: {response}}}}}}}\n")
}

fn schema(schema: &str) -> String {
    format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n")
}

fn body(content: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {content}}}, responses: {{'204': {{description: ok}}}}}}}}}}\n"
    )
}

fn secured(scheme: &str, security: &str) -> String {
    format!(
        "{HEAD}paths: {{/a: {{get: {{{security}responses: {{'204': {{description: ok}}}}}}}}}}\ncomponents: {{securitySchemes: {{key: {scheme}}}}}\n"
    )
}

/// The codes without a case: their remedies change a file's bytes, other files, an overlay or the program, are a matter of what the author
/// means, or are not tried yet.
const OTHERS: &[&str] = &[
    "invalid-utf8",
    "lenient-yaml",
    "complex-key",
    "bad-merge-key",
    "too-deep",
    "alias-bomb",
    "internal",
    "unsupported-version",
    "selection-no-match",
    "invalid-host",
    "assumed-media-type",
    "several-bodies",
    "external-reference",
    "missing-file",
    "renamed-component",
    "unsupported-method",
    "webhooks-ignored",
    "callbacks-ignored",
    "number-out-of-range",
    "overlay-structure",
    "invalid-target",
    "duplicate-correction",
    "overlay-primitive-target",
    "overlay-no-match",
    "overlay-no-effect",
    "overlay-out-of-date",
    "infinitely-sized-type",
    "all-of-conflict",
    "not-ignored",
    "mixed-enum",
    "integer-range",
    "discriminator-ignored",
    "media-type-skipped",
    "unsupported-body",
    "servers-ignored",
    "schema-unused",
    "not-read",
];

fn cases() -> Vec<Case> {
    let deep = "{type: object, properties: {a: {type: array, items: {type: array, items: {type: string}}}}}";
    vec![
        case(
            "empty-document",
            String::new(),
            (
                "",
                "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {}\n",
            ),
        ),
        case("syntax", format!("{HEAD}paths: {{]\n"), ("{]", "{}")),
        case(
            "duplicate-key",
            format!("{HEAD}paths: {{}}\npaths: {{}}\n"),
            ("paths: {}\npaths: {}", "paths: {}"),
        ),
        case(
            "several-documents",
            format!("{HEAD}paths: {{}}\n---\na: 1\n"),
            ("---\na: 1\n", ""),
        ),
        case(
            "no-version",
            "info: {title: a, version: '1'}\npaths: {}\n".to_owned(),
            ("info", "openapi: 3.0.3\ninfo"),
        ),
        case(
            "wrong-type",
            format!("{HEAD}paths: {{}}\ntags: a\n"),
            ("tags: a", "tags: []"),
        ),
        case(
            "wrong-type",
            schema("{type: object, properties: {a: true}}"),
            ("true", "{}"),
        ),
        case(
            "unquoted-string",
            "openapi: 3.0.3\ninfo: {title: Things, version: 1.0}\npaths: {}\n".to_owned(),
            ("1.0", "'1.0'"),
        ),
        case(
            "null-value",
            format!("{HEAD}paths: {{}}\ntags: null\n"),
            ("tags: null\n", ""),
        ),
        case(
            "missing-member",
            parameter("{name: a, in: query}"),
            ("in: query", "in: query, schema: {type: string}"),
        ),
        case(
            "missing-member",
            parameter("{name: a, in: query, type: string}"),
            ("type: string", "schema: {type: string}"),
        ),
        case(
            "unknown-keyword",
            operation("sumary: a"),
            ("sumary", "summary"),
        ),
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, type: string, schema: {type: string}}"),
            ("type: string, ", ""),
        ),
        case(
            "dangling-reference",
            schema("{type: array, items: {$ref: '#/components/schemas/B'}}"),
            ("{schemas: {A", "{schemas: {B: {type: string}, A"),
        ),
        case(
            "mismatched-reference",
            response("{'200': {$ref: '#/paths/~1a'}}"),
            ("{$ref: '#/paths/~1a'}", "{description: ok}"),
        ),
        case(
            "reference-loop",
            format!(
                "{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}, B: {{$ref: '#/components/schemas/A'}}}}}}\n"
            ),
            ("B: {$ref: '#/components/schemas/A'}", "B: {type: string}"),
        ),
        case(
            "ignored-beside-reference",
            format!(
                "{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{b: {{$ref: '#/components/schemas/B', nullable: true}}}}}}, B: {{type: string}}}}}}\n"
            ),
            (
                "{$ref: '#/components/schemas/B', nullable: true}",
                "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true}",
            ),
        ),
        case(
            "ignored-beside-reference",
            format!(
                "{HEAD}paths: {{/a: {{get: {{parameters: [{{$ref: '#/components/parameters/P', required: true}}], responses: {{'204': {{description: ok}}}}}}}}}}\ncomponents: {{parameters: {{P: {{name: p, in: query, schema: {{type: string}}}}}}}}\n"
            ),
            (
                "{$ref: '#/components/parameters/P', required: true}",
                "{name: p, in: query, required: true, schema: {type: string}}",
            ),
        ),
        case(
            "invalid-path",
            format!("{HEAD}paths: {{a: {{get: {{responses: {{'204': {{description: ok}}}}}}}}}}\n"),
            ("{a:", "{/a:"),
        ),
        case(
            "undeclared-path-parameter",
            format!(
                "{HEAD}paths: {{'/a/{{id}}': {{get: {{responses: {{'204': {{description: ok}}}}}}}}}}\n"
            ),
            (
                "responses",
                "parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses",
            ),
        ),
        case(
            "unused-path-parameter",
            parameter("{name: id, in: path, required: true, schema: {type: string}}"),
            ("/a", "'/a/{id}'"),
        ),
        case(
            "optional-path-parameter",
            format!(
                "{HEAD}paths: {{'/a/{{id}}': {{get: {{parameters: [{{name: id, in: path, schema: {{type: string}}}}], responses: {{'204': {{description: ok}}}}}}}}}}\n"
            ),
            ("in: path", "in: path, required: true"),
        ),
        case(
            "duplicate-parameter",
            parameter(
                "{name: a, in: query, schema: {type: string}}, {name: a, in: query, schema: {type: string}}",
            ),
            (", {name: a, in: query, schema: {type: string}}]", "]"),
        ),
        case(
            "duplicate-operation-id",
            format!(
                "{HEAD}paths: {{/a: {{get: {{operationId: a, responses: {{'204': {{description: ok}}}}}}, put: {{operationId: a, responses: {{'204': {{description: ok}}}}}}}}}}\n"
            ),
            ("put: {operationId: a", "put: {operationId: b"),
        ),
        case(
            "invalid-status",
            response("{ok: {description: ok}}"),
            ("{ok:", "{'200':"),
        ),
        case(
            "unknown-location",
            parameter("{name: a, in: qeury, schema: {type: string}}"),
            ("qeury", "query"),
        ),
        case(
            "unknown-style",
            parameter("{name: a, in: query, style: commas, schema: {type: string}}"),
            ("commas", "form"),
        ),
        case(
            "style-not-allowed",
            parameter("{name: a, in: query, style: matrix, schema: {type: string}}"),
            ("matrix", "form"),
        ),
        case(
            "ignored-header",
            operation("parameters: [{name: Accept, in: header, schema: {type: string}}]"),
            ("{name: Accept, in: header, schema: {type: string}}", ""),
        ),
        case(
            "schema-and-content",
            parameter(
                "{name: a, in: query, schema: {type: string}, content: {application/json: {}}}",
            ),
            (", content: {application/json: {}}", ""),
        ),
        case(
            "several-contents",
            parameter("{name: a, in: query, content: {application/json: {}, text/plain: {}}}"),
            (", text/plain: {}", ""),
        ),
        case(
            "unknown-security-type",
            secured("{type: basic}", ""),
            ("type: basic", "type: http, scheme: basic"),
        ),
        case(
            "unknown-security-scheme",
            secured("{type: http, scheme: basic}", "security: [{kye: []}], "),
            ("kye", "key"),
        ),
        case(
            "unknown-type",
            schema("{type: Integer}"),
            ("Integer", "integer"),
        ),
        case(
            "unknown-type",
            schema("{type: uuid}"),
            ("type: uuid", "type: string, format: uuid"),
        ),
        case(
            "type-list",
            schema("{type: [string, 'null']}"),
            ("type: [string, 'null']", "type: string, nullable: true"),
        ),
        case(
            "null-type",
            schema("{type: 'null'}"),
            ("type: 'null'", "type: string, nullable: true"),
        ),
        case(
            "json-schema-keyword",
            schema("{const: a, type: string}"),
            ("const: a", "enum: [a]"),
        ),
        case(
            "json-schema-keyword",
            schema("{type: number, exclusiveMinimum: 1}"),
            ("exclusiveMinimum: 1", "minimum: 1, exclusiveMinimum: true"),
        ),
        case(
            "wrong-type-for-required",
            schema("{type: object, required: a, properties: {a: {type: string}}}"),
            ("required: a", "required: [a]"),
        ),
        case(
            "array-without-items",
            schema("{type: array}"),
            ("array", "array, items: {}"),
        ),
        case(
            "keyword-not-applicable",
            schema("{type: string, minimum: 1}"),
            (", minimum: 1", ""),
        ),
        case(
            "empty-list",
            schema("{oneOf: []}"),
            ("oneOf: []", "type: string"),
        ),
        case(
            "enum-value-type",
            schema("{type: integer, enum: [1, a]}"),
            (", a]", "]"),
        ),
        case(
            "duplicate-enum-value",
            schema("{type: string, enum: [a, a]}"),
            ("[a, a]", "[a]"),
        ),
        case(
            "invalid-extension",
            format!("{HEAD}paths: {{}}\nx-base-path: api\n"),
            ("path: api", "path: /api"),
        ),
        case(
            "invalid-extension",
            format!("{HEAD}paths: {{}}\nx-operation-names: {{from: title}}\n"),
            ("from: title", "from: path"),
        ),
        case(
            "invalid-name",
            schema("{type: object, properties: {a: {type: string}}, x-rust-name: my_type}"),
            ("my_type", "MyType"),
        ),
        case(
            "required-without-property",
            schema("{type: object, required: [b], properties: {a: {type: string}}}"),
            ("[b]", "[a]"),
        ),
        case(
            "invalid-media-type",
            body("{json: {schema: {type: string}}}"),
            ("{json:", "{application/json:"),
        ),
        case(
            "nested-parameter",
            parameter(&format!("{{name: a, in: query, schema: {deep}}}")),
            (
                "schema: {type: object, properties: {a: {type: array, items: {type: array, items: {type: string}}}}}",
                "content: {application/json: {schema: {type: object, properties: {a: {type: array, items: {type: array, items: {type: string}}}}}}}",
            ),
        ),
        case(
            "credential-unsupported",
            format!(
                "{HEAD}paths: {{/a: {{get: {{security: [{{key: [], app: []}}], parameters: [], responses: {{'204': {{description: ok}}}}}}}}}}\ncomponents: {{securitySchemes: {{key: {{type: http, scheme: bearer}}, app: {{type: apiKey, in: header, name: X-App}}}}}}\n"
            ),
            (
                "parameters: []",
                "parameters: [{name: X-App, in: header, schema: {type: string}}]",
            ),
        ),
    ]
}

fn read(document: &str) -> Generated {
    read_model(
        Source {
            name: "api.yaml",
            bytes: document.as_bytes(),
        },
        &[],
    )
}

fn codes(generated: &Generated) -> Vec<&'static str> {
    generated
        .diagnostics
        .iter()
        .map(|one| one.code.as_str())
        .collect()
}

#[test]
fn a_remedy_that_is_followed_removes_the_diagnostic() {
    let mut failures = Vec::new();
    for case in cases() {
        let before = read(&case.document);
        if !codes(&before).contains(&case.code) {
            failures.push(format!(
                "{}: {:?}\n{}",
                case.code,
                codes(&before),
                case.document
            ));
            continue;
        }
        let (found, instead) = case.edit;
        assert!(
            case.document.contains(found),
            "{}: {}",
            case.code,
            case.document
        );
        let edited = match found.is_empty() {
            true => instead.to_owned(),
            false => case.document.replacen(found, instead, 1),
        };
        let after = read(&edited);
        let summary = after.summary;
        let is_whole = summary.operations_skipped() == 0;
        if !codes(&after).is_empty() || !is_whole {
            failures.push(format!(
                "{} after its remedy: {summary}\n{edited}{}\n{}",
                case.code,
                after.render_diagnostics(false),
                before.render_diagnostics(false),
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n---\n"));
}

#[test]
fn a_nested_value_of_a_deep_object_has_no_diagnostic() {
    let document = parameter(
        "{name: a, in: query, style: deepObject, schema: {type: object, properties: {a: {type: object, properties: {b: {type: array, items: {type: string}}}}}}}",
    );
    assert_eq!(codes(&read(&document)), Vec::<&str>::new());
}

#[test]
fn every_code_has_a_remedy_that_is_tested() {
    let tested: Vec<&str> = cases().iter().map(|case| case.code).collect();
    for code in generator::diagnostic::codes::ALL {
        let code = code.as_str();
        assert!(
            tested.contains(&code) != OTHERS.contains(&code),
            "`{code}` is to be in one of the two lists"
        );
    }
}
