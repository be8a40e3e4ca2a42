//! Remedies of what can't be expressed in Rust as it is written.

use super::input::{Case, HEAD, Input, body, case, json, operation, removed, response, schema};

/// A document with these components.
fn schemas(schemas: &str) -> String {
    format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n")
}

/// A document with so many schemas, of which each extends the next one.
fn chain(length: usize) -> String {
    let parts = (0..length).map(|number| {
        format!(
            "A{number}: {{allOf: [{{$ref: '#/components/schemas/A{}'}}, {{type: object, properties: {{p{number}: {{type: string}}}}}}]}}, ",
            number + 1
        )
    });
    let parts: String = parts.collect();
    schemas(&format!("{parts}A{length}: {{type: object}}"))
}

/// A document with so many schemas, each an array of the next one. After so many, one is an object with a property.
fn arrays(length: usize, until_object: usize) -> String {
    let parts = (1..length).map(|number| {
        let next = format!("{{$ref: '#/components/schemas/A{}'}}", number + 1);
        match number % until_object {
            0 => format!("A{number}: {{type: object, properties: {{a: {next}}}}}, "),
            _ => format!("A{number}: {{type: array, items: {next}}}, "),
        }
    });
    let parts: String = parts.collect();
    schemas(&format!("{parts}A{length}: {{type: string}}"))
}

/// A schema with lists of alternatives in one another, so deep, each beside properties.
fn alternatives(depth: usize) -> String {
    let Some(inner) = depth.checked_sub(1) else {
        return "{properties: {z: {type: string}}}".to_owned();
    };
    format!(
        "{{type: object, properties: {{p{depth}: {{type: string}}}}, oneOf: [{}, {{properties: {{q{depth}: {{type: string}}}}}}]}}",
        alternatives(inner)
    )
}

pub(crate) fn cases() -> Vec<Case> {
    let union = "U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind";
    let parts = "A: {type: object, required: [kind], properties: {kind: {type: string}}}, B: {type: object, required: [kind], properties: {kind: {type: string}}}";
    let overlapping = "U: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}, A: {type: object, properties: {a: {type: string}}}, B: {type: object, properties: {b: {type: string}}}";
    vec![
        case(
            "number-out-of-range",
            schema("{type: integer, minimum: 1e40}"),
            (", minimum: 1e40", ""),
        ),
        case(
            "number-out-of-range",
            schema("{type: string, maxLength: 99999999999999999999}"),
            ("99999999999999999999", "100"),
        ),
        case(
            "infinitely-sized-type",
            schema("{type: array, items: {$ref: '#/components/schemas/A'}}"),
            (
                "items: {$ref: '#/components/schemas/A'}",
                "items: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}",
            ),
        ),
        case(
            "all-of-conflict",
            schema("{allOf: [{type: string}, {type: integer}]}"),
            ("allOf", "oneOf"),
        ),
        case(
            "all-of-conflict",
            schema("{allOf: [{type: string}, {type: integer, minimum: 1}]}"),
            ("{type: string}", "{type: integer}"),
        ),
        case(
            "all-of-conflict",
            schemas(
                "A: {allOf: [{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}, {oneOf: [{$ref: '#/components/schemas/D'}, {type: string}]}]}, B: {type: object, properties: {b: {type: string}}}, C: {type: object, properties: {c: {type: string}}}, D: {type: object, properties: {d: {type: string}}}",
            ),
            (
                "{allOf: [{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}, {oneOf: [{$ref: '#/components/schemas/D'}, {type: string}]}]}",
                "{oneOf: [{allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/D'}]}, {allOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]}]}",
            ),
        ),
        Case {
            code: "too-large",
            before: Input::new(many_extensions()),
            after: Input::new(many_extensions().replace(
                "allOf: [{$ref: '#/components/schemas/Base'}], properties: {",
                "properties: {base: {$ref: '#/components/schemas/Base'}, ",
            )),
        },
        Case {
            code: "too-large",
            before: Input::new(shared_text(&"word ".repeat(2_000))),
            after: Input::new(shared_text("word")),
        },
        case(
            "not-ignored",
            schema("{not: {type: string}}"),
            ("not: {type: string}", "type: integer"),
        ),
        case(
            "implied-type",
            schema("{properties: {a: {type: integer}}}"),
            ("{properties", "{type: object, properties"),
        ),
        case(
            "implied-type",
            schema("{items: {type: integer}}"),
            (
                "{items: {type: integer}}",
                "{oneOf: [{type: array, items: {type: integer}}, {type: string}]}",
            ),
        ),
        case(
            "overlapping-alternatives",
            schemas(overlapping),
            ("anyOf", "oneOf"),
        ),
        case(
            "overlapping-alternatives",
            schemas(overlapping),
            (
                "{anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
                "{type: object, properties: {a: {type: string}, b: {type: string}}}",
            ),
        ),
        case(
            "mixed-enum",
            schema("{enum: [a, 1]}"),
            (
                "enum: [a, 1]",
                "oneOf: [{type: string, enum: [a]}, {type: integer, enum: [1]}]",
            ),
        ),
        case(
            "integer-range",
            schema("{type: integer, minimum: -1, maximum: 18446744073709551615}"),
            (
                "type: integer, minimum: -1, maximum: 18446744073709551615",
                "type: string",
            ),
        ),
        case(
            "discriminator-ignored",
            schema(
                "{type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}",
            ),
            (", discriminator: {propertyName: kind}", ""),
        ),
        case(
            "discriminator-ignored",
            schemas(
                "A: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}, B: {type: object}",
            ),
            (
                "B: {type: object}",
                "B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]}",
            ),
        ),
        case(
            "discriminator-ignored",
            schemas(
                "U: {oneOf: [{type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}, {type: object, properties: {b: {type: string}}}], discriminator: {propertyName: kind}}",
            ),
            (
                "{kind: {type: string}, a: {type: string}}}, {type: object, properties: {b",
                "{kind: {type: string, enum: [a]}, a: {type: string}}}, {type: object, required: [kind], properties: {kind: {type: string, enum: [b]}, b",
            ),
        ),
        case(
            "discriminator-ignored",
            schemas(&format!(
                "{union}, mapping: {{c: '#/components/schemas/C'}}}}}}, {parts}, C: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}"
            )),
            (
                "{$ref: '#/components/schemas/B'}]",
                "{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]",
            ),
        ),
        removed(
            "media-type-skipped",
            response(
                "{'200': {description: ok, content: {application/json: {schema: {type: integer}}, text/csv: {schema: {type: string}}}}}",
            ),
            "$.paths['/a'].get.responses['200'].content['text/csv']",
        ),
        removed(
            "media-type-skipped",
            body(
                "{application/json: {schema: {type: integer}}, text/plain: {schema: {type: string}}}",
            ),
            "$.paths['/a'].post.requestBody.content['text/plain']",
        ),
        case(
            "invalid-extension",
            schema("{type: string, enum: [a, b], x-enum-varnames: [A]}"),
            ("[A]", "[A, B]"),
        ),
        case(
            "invalid-name",
            schema("{type: string, enum: [a, b], x-enum-varnames: [self, B]}"),
            ("self", "own"),
        ),
        case(
            "discriminator-ignored",
            schemas("U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, defaultMapping: C}}, A: {type: object, required: [kind], properties: {kind: {type: string}}}, B: {type: object, required: [kind], properties: {kind: {type: string}}}, C: {type: object, properties: {kind: {type: string}}}")
                .replace("3.0.3", "3.2.0"),
            ("{$ref: '#/components/schemas/B'}]", "{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]"),
        ),
        case(
            "media-type-skipped",
            body("{application/xml: {schema: {type: object, properties: {a: {type: string}}}}}"),
            ("application/xml", "application/json"),
        ),
        case(
            "schema-unused",
            body("{text/plain: {schema: {type: integer, enum: [1, 2]}}}"),
            ("text/plain", "application/json"),
        ),
        case(
            "unsupported-body",
            body("{multipart/form-data: {schema: {type: string}}}"),
            (
                "{type: string}",
                "{type: object, properties: {a: {type: string}}}",
            ),
        ),
        case(
            "unsupported-body",
            body(
                "{multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {headers: {X-A: {schema: {type: string}}}}}}}",
            ),
            (
                ", encoding: {a: {headers: {X-A: {schema: {type: string}}}}}",
                "",
            ),
        ),
        case(
            "unsupported-body",
            body(
                "{multipart/form-data: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}, encoding: {a: {contentType: text/html}}}}",
            ),
            ("text/html", "application/json"),
        ),
        case(
            "unsupported-body",
            body(
                "{multipart/form-data: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}, encoding: {a: {contentType: text/html}}}}",
            ),
            (
                "{type: object, properties: {b: {type: string}}}",
                "{type: string}",
            ),
        ),
        case(
            "unsupported-body",
            body(
                "{multipart/form-data: {schema: {type: object, properties: {a: {oneOf: [{type: string, format: binary}, {type: integer}]}}}}}",
            ),
            (
                "{oneOf: [{type: string, format: binary}, {type: integer}]}",
                "{type: string, format: binary}",
            ),
        ),
        case(
            "unsupported-body",
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{f: {{type: string, format: binary}}}}}}}}}}\n"
            ),
            (
                "multipart/form-data: {schema: {$ref: '#/components/schemas/A'}}",
                "multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}}}}",
            ),
        ),
        case(
            "mismatched-reference",
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{'200': {{$ref: '#/components/callbacks/a/{{$url}}/post/responses/200'}}}}}}}}}}\ncomponents: {{responses: {{done: {{description: ok}}}}, callbacks: {{a: {{'{{$url}}': {{post: {{responses: {{'200': {{description: ok}}}}}}}}}}}}}}\n"
            ),
            (
                "{$ref: '#/components/callbacks/a/{$url}/post/responses/200'}",
                "{$ref: '#/components/responses/done'}",
            ),
        ),
        case(
            "invalid-media-type",
            body(
                "{multipart/form-data: {schema: {type: object, properties: {a: {type: string}}}, encoding: {a: {contentType: csv}}}}",
            ),
            ("csv", "text/csv"),
        ),
        case(
            "nested-parameter",
            body(
                "{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: object, properties: {b: {type: string}}}}}}, encoding: {a: {style: form}}}}",
            ),
            ("style: form", "style: deepObject"),
        ),
        case(
            "nested-parameter",
            body(
                "{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: object, properties: {b: {type: string}}}}}}, encoding: {a: {style: form}}}}",
            ),
            ("style: form", ""),
        ),
        case(
            "servers-ignored",
            format!("{HEAD}servers: [{{url: 'https://{{place}}.example.com'}}]\npaths: {{}}\n"),
            ("com'", "com', variables: {place: {default: north}}"),
        ),
        removed(
            "servers-ignored",
            operation("servers: [{url: 'https://example.com'}]"),
            "$.paths['/a'].get.servers",
        ),
        case(
            "keyword-not-applicable",
            json("{type: string, properties: {a: {type: integer}}}"),
            (", properties: {a: {type: integer}}", ""),
        ),
        case(
            "all-of-conflict",
            schema("{type: string, allOf: [{enum: [a]}, {enum: [b]}]}"),
            ("[b]", "[a]"),
        ),
        case(
            "unsupported-body",
            body(
                "{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}, encoding: {b: {explode: false}}}}",
            ),
            ("{b: ", "{a: "),
        ),
        case(
            "unsupported-body",
            body(
                "{multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: object, properties: {b: {type: string}}}}}}, encoding: {a: {explode: false}}}}",
            ),
            ("{explode: false}", "{}"),
        ),
        case(
            "nested-parameter",
            body(
                "{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}}}, encoding: {a: {style: form}}}}",
            ),
            ("style: form", "style: deepObject"),
        ),
        case(
            "too-deep",
            chain(105),
            ("{$ref: '#/components/schemas/A53'}", "{type: object}"),
        ),
        case(
            "too-deep",
            schema(&alternatives(8)),
            (
                &alternatives(8),
                "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}",
            ),
        ),
        Case {
            code: "too-deep",
            before: Input::new(arrays(40, 40)),
            after: Input::new(arrays(40, 20)),
        },
        Case {
            code: "too-deep",
            before: Input::new(arrays(105, 105)),
            after: Input::new(arrays(105, 20)),
        },
        Case {
            code: "too-large",
            before: conditions(400),
            after: conditions(0),
        },
    ]
}

/// A document with so many schemas whose condition leads to the same properties.
fn conditions(count: usize) -> Input {
    let properties = (0..300).map(|number| format!("p{number}: {{type: string}}, "));
    let properties: String = properties.collect();
    let parts = (0..count).map(|number| {
        format!(
            "A{number}: {{type: object, properties: {{a: {{type: string}}}}, if: {{required: [a]}}, then: {{$ref: '#/components/schemas/Shared'}}}}, "
        )
    });
    let parts: String = parts.collect();
    let text = schemas(&format!(
        "{parts}Shared: {{type: object, properties: {{{properties}}}}}"
    ));
    Input::new(text.replacen("openapi: 3.0.3", "openapi: 3.1.0", 1))
}

/// A document of operations that share the description of a parameter.
fn shared_text(text: &str) -> String {
    let paths = (0..300).map(|number| {
        format!(
            "/a{number}: {{get: {{parameters: [{{$ref: '#/components/parameters/P'}}], responses: {{'204': {{description: a}}}}}}}}"
        )
    });
    let paths = paths.collect::<Vec<_>>().join(", ");
    format!(
        "{HEAD}paths: {{{paths}}}\ncomponents: {{parameters: {{P: {{name: p, in: query, description: '{text}', schema: {{type: string}}}}}}}}\n"
    )
}

/// A document of many schemas that all extend one with many properties.
fn many_extensions() -> String {
    let properties = (0..250).map(|number| format!("p{number}: {{type: string}}"));
    let properties = properties.collect::<Vec<_>>().join(", ");
    let owners = (0..200).map(|number| {
        format!(
            "A{number}: {{type: object, allOf: [{{$ref: '#/components/schemas/Base'}}], properties: {{a: {{type: string}}}}}}"
        )
    });
    let owners = owners.collect::<Vec<_>>().join(", ");
    schemas(&format!(
        "Base: {{type: object, properties: {{{properties}}}}}, {owners}"
    ))
}
