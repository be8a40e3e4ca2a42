//! Remedies that are followed in a document of OpenAPI 3.0.

use super::Case;
use super::input::{HEAD, body, case, operation, parameter, response, schema, secured};

pub(crate) fn cases() -> Vec<Case> {
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
        case(
            "wrong-type",
            "text\n".to_owned(),
            (
                "text\n",
                "openapi: 3.0.4\ninfo: {title: a, version: '1'}\npaths: {}\n",
            ),
        ),
        case(
            "invalid-path",
            format!(
                "{HEAD}paths: {{'/a/{{id': {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: ok}}}}}}}}}}\n"
            ),
            ("{id'", "{id}'"),
        ),
        case(
            "unused-path-parameter",
            format!(
                "{HEAD}paths: {{'/a/{{number}}': {{get: {{parameters: [{{name: nmuber, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: ok}}}}}}}}}}\n"
            ),
            ("nmuber", "number"),
        ),
        case(
            "missing-member",
            format!("{HEAD}paths: {{/a: {{get: {{summary: a}}}}}}\n"),
            (
                "summary: a",
                "responses: {'204': {description: ok}}",
            ),
        ),
        case(
            "missing-member",
            parameter("{nmae: a, in: query, schema: {type: string}}"),
            ("nmae", "name"),
        ),
        case(
            "missing-member",
            format!("{HEAD}Paths: {{}}\n"),
            ("Paths", "paths"),
        ),
        case(
            "missing-member",
            parameter("{in: query, schema: {type: string}}"),
            ("{in", "{name: a, in"),
        ),
        case(
            "wrong-type",
            parameter("{name: [], in: query, schema: {type: string}}"),
            ("[]", "a"),
        ),
        case(
            "missing-member",
            response("{'204': {description: ok, links: {a: {}}}}"),
            ("a: {}", "a: {operationId: b}"),
        ),
        case(
            "unknown-location",
            parameter("{name: a, in: body, schema: {type: string}}"),
            (
                "parameters: [{name: a, in: body, schema: {type: string}}]",
                "requestBody: {content: {application/json: {schema: {type: string}}}}",
            ),
        )
        .and("get:", "post:"),
        case(
            "unknown-location",
            parameter("{name: a, in: formData, schema: {type: string}}"),
            (
                "parameters: [{name: a, in: formData, schema: {type: string}}]",
                "requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}}",
            ),
        )
        .and("get:", "post:"),
        case(
            "unknown-keyword",
            parameter("{name: a, in: query, collectionFormat: csv, schema: {type: array, items: {type: string}}}"),
            ("collectionFormat: csv", "explode: false"),
        ),
        case(
            "unknown-keyword",
            operation("consumes: [application/json]"),
            ("consumes: [application/json], ", ""),
        ),
        case(
            "unknown-keyword",
            operation("schemes: [https]"),
            ("schemes: [https], ", ""),
        )
        .and("paths:", "servers: [{url: 'https://example.com'}]\npaths:"),
        case(
            "unknown-keyword",
            format!("{HEAD}host: example.com\npaths: {{}}\n"),
            ("host: example.com", "servers: [{url: 'https://example.com'}]"),
        ),
        case(
            "unknown-keyword",
            format!("{HEAD}produces: [application/json]\npaths: {{}}\n"),
            ("produces: [application/json]\n", ""),
        ),
        case(
            "unknown-keyword",
            format!("{HEAD}paths: {{}}\ndefinitions: {{A: {{type: string}}}}\n"),
            (
                "definitions: {A: {type: string}}",
                "components: {schemas: {A: {type: string}}}",
            ),
        ),
        case(
            "unknown-keyword",
            format!("{HEAD}paths: {{}}\nsecurityDefinitions: {{key: {{type: http, scheme: basic}}}}\n"),
            (
                "securityDefinitions: {key: {type: http, scheme: basic}}",
                "components: {securitySchemes: {key: {type: http, scheme: basic}}}",
            ),
        ),
        case(
            "unknown-keyword",
            format!("{HEAD}paths: {{}}\nparameters: {{P: {{name: a, in: query, schema: {{type: string}}}}}}\n"),
            (
                "parameters: {P: {name: a, in: query, schema: {type: string}}}",
                "components: {parameters: {P: {name: a, in: query, schema: {type: string}}}}",
            ),
        ),
        case(
            "unknown-keyword",
            response("{'200': {description: ok, schema: {type: string}}}"),
            (
                "schema: {type: string}",
                "content: {application/json: {schema: {type: string}}}",
            ),
        ),
        case(
            "unknown-keyword",
            format!("{}paths: {{}}\n", HEAD.replace("title", "summary: a, title")),
            ("3.0.3", "3.1.1"),
        ),
        case("unknown-keyword", operation("note: a"), ("note", "x-note")),
        case(
            "unknown-keyword",
            schema("{type: object, a: {type: string}}"),
            ("a: {type: string}", "properties: {a: {type: string}}"),
        ),
        case(
            "missing-member",
            secured("{type: apiKey, in: header}", ""),
            ("in: header", "in: header, name: X-Key"),
        ),
        case(
            "unknown-location",
            secured("{type: apiKey, in: path, name: key}", ""),
            ("in: path", "in: query"),
        ),
        case(
            "unknown-security-type",
            secured("{type: key, in: header, name: X-Key}", ""),
            ("type: key", "type: apiKey"),
        ),
        case(
            "wrong-type",
            secured("{type: [apiKey], in: header, name: X-Key}", ""),
            ("[apiKey]", "apiKey"),
        ),
        case(
            "unknown-security-scheme",
            operation("security: [{token: []}]"),
            (
                "paths:",
                "components: {securitySchemes: {token: {type: http, scheme: bearer}}}\npaths:",
            ),
        ),
        case(
            "json-schema-keyword",
            schema("{type: object, propertyNames: {pattern: a}}"),
            ("3.0.3", "3.1.1"),
        ),
        case(
            "json-schema-keyword",
            schema("{type: string, examples: [a]}"),
            ("examples: [a]", "example: a"),
        ),
        case(
            "json-schema-keyword",
            schema("{type: object, patternProperties: {a: {type: string}}}"),
            (
                "patternProperties: {a: {type: string}}",
                "additionalProperties: {type: string}",
            ),
        ),
        case(
            "json-schema-keyword",
            schema("{type: array, prefixItems: [{type: string}], items: {type: string}}"),
            ("prefixItems: [{type: string}], ", ""),
        ),
        case(
            "json-schema-keyword",
            schema("{type: array, items: {type: string}, additionalItems: false}"),
            ("additionalItems: false", "description: No other items"),
        ),
        case(
            "json-schema-keyword",
            schema("{type: array, items: {type: string}, $comment: a}"),
            (", $comment: a", ""),
        ),
        case(
            "json-schema-keyword",
            schema("{type: string, $defs: {B: {type: string}}}"),
            ("{A: {type: string, $defs: {B: {type: string}}}}", "{A: {type: string}, B: {type: string}}"),
        ),
        case(
            "json-schema-keyword",
            schema("{type: string, enum: [a], const: a}"),
            (", const: a", ""),
        ),
        case(
            "json-schema-keyword",
            schema("{type: integer, const: a}"),
            ("const: a", "enum: [1]"),
        ),
        case(
            "type-list",
            schema("{type: [string, integer]}"),
            ("type: [string, integer]", "anyOf: [{type: string}, {type: integer}]"),
        ),
        case(
            "type-list",
            schema("{type: [string]}"),
            ("[string]", "string"),
        ),
        case(
            "unknown-type",
            schema("{type: colour}"),
            ("colour", "string"),
        ),
        case("wrong-type", schema("{type: {}}"), ("{type: {}}", "{type: string}")),
        case(
            "wrong-type",
            schema("{type: number, minimum: '1'}"),
            ("minimum: '1'", "minimum: 1"),
        ),
        case(
            "wrong-type",
            schema("{type: number, minimum: [1]}"),
            ("[1]", "1"),
        ),
        case(
            "wrong-type",
            schema("{type: number, minimum: 0, exclusiveMinimum: 1}"),
            ("minimum: 0, exclusiveMinimum: 1", "minimum: 1, exclusiveMinimum: true"),
        ),
        case("wrong-type", schema("{enum: a}"), ("enum: a", "enum: [a]")),
        case("empty-list", schema("{enum: []}"), ("[]", "[a]")),
        case(
            "enum-value-type",
            schema("{type: integer, enum: ['1']}"),
            ("['1']", "[1]"),
        ),
        case(
            "wrong-type-for-required",
            schema("{type: object, properties: {a: {type: string, required: true}}}"),
            (
                "properties: {a: {type: string, required: true}}",
                "required: [a], properties: {a: {type: string}}",
            ),
        ),
        case(
            "wrong-type-for-required",
            schema("{type: object, required: 1, properties: {a: {type: string}}}"),
            ("required: 1", "required: [a]"),
        ),
        case(
            "wrong-type",
            schema("{type: array, items: {$ref: 1}}"),
            ("{A: {type: array, items: {$ref: 1}}", "{B: {type: string}, A: {type: array, items: {$ref: '#/components/schemas/B'}}"),
        ),
        case(
            "dangling-reference",
            schema("{type: array, items: {$ref: '#B'}}"),
            ("{A: {type: array, items: {$ref: '#B'}}", "{B: {type: string}, A: {type: array, items: {$ref: '#/components/schemas/B'}}"),
        ),
        case(
            "dangling-reference",
            format!(
                "{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: array, items: {{$ref: '#/components/schemas/Colours'}}}}, Colour: {{type: string}}}}}}\n"
            ),
            ("/Colours", "/Colour"),
        ),
        case(
            "dangling-reference",
            schema("{oneOf: [{type: string}, {$ref: '#/components/schemas/Z'}]}"),
            ("{$ref: '#/components/schemas/Z'}", "{type: integer}"),
        ),
        case(
            "dangling-reference",
            format!(
                "{HEAD}paths: {{}}\ncomponents: {{schemas: {{U: {{oneOf: [{{$ref: '#/components/schemas/B'}}, {{$ref: '#/components/schemas/C'}}], discriminator: {{propertyName: kind, mapping: {{b: '#/components/schemas/Z'}}}}}}, B: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}, C: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}}}}}\n"
            ),
            ("schemas/Z", "schemas/B"),
        ),
        case(
            "reference-loop",
            format!(
                "{HEAD}paths: {{}}\ncomponents: {{responses: {{A: {{$ref: '#/components/responses/B'}}, B: {{$ref: '#/components/responses/A'}}}}}}\n"
            ),
            ("B: {$ref: '#/components/responses/A'}", "B: {description: ok}"),
        ),
    ]
}
