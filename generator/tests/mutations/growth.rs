//! Small documents whose schemas refer to one another twice each, or are in one another: what is read of them grows with the document, and
//! not with the number of ways through it. A document that is read along every way keeps these tests from ending.

use generator::{Source, read_model};

/// Reads a document, and returns how many types it gives.
fn types(text: &str) -> usize {
    let generated = read_model(
        Source {
            name: "spec.yaml",
            bytes: text.as_bytes(),
        },
        &[],
    );
    let api = generated.api.as_ref();
    let api = api.unwrap_or_else(|| panic!("{}", generated.render_diagnostics(false)));
    api.types.len()
}

const LEVELS: usize = 40;

/// A document with a schema for each level, of which each is made from the name of the next one.
fn levels(version: &str, schema: impl Fn(&str) -> String) -> String {
    let is_2 = version.starts_with("swagger");
    let section = if is_2 {
        ""
    } else {
        "components:\n  schemas:\n"
    };
    let prefix = if is_2 {
        "#/definitions/"
    } else {
        "#/components/schemas/"
    };
    let indent = if is_2 { "  " } else { "    " };
    let head = if is_2 { "definitions:\n" } else { section };
    let mut text = format!("{version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\n{head}");
    for level in 0..LEVELS {
        let next = format!("{{$ref: '{prefix}L{}'}}", level + 1);
        text.push_str(&format!("{indent}L{level}: {}\n", schema(&next)));
    }
    text.push_str(&format!(
        "{indent}L{LEVELS}: {{type: object, properties: {{a: {{type: string}}}}}}\n"
    ));
    text
}

#[test]
fn schemas_that_refer_to_one_another_twice() {
    let schemas: &[fn(&str) -> String] = &[
        |next| format!("{{allOf: [{next}, {next}]}}"),
        |next| {
            format!(
                "{{allOf: [{{allOf: [{next}]}}, {{allOf: [{next}]}}, {{type: object, properties: {{b: {{type: string}}}}}}]}}"
            )
        },
        |next| format!("{{oneOf: [{next}, {next}]}}"),
        |next| format!("{{anyOf: [{{allOf: [{next}]}}, {{oneOf: [{next}, {{type: string}}]}}]}}"),
        |next| {
            format!(
                "{{oneOf: [{next}, {{type: object, properties: {{x: {next}}}}}], discriminator: {{propertyName: a}}}}"
            )
        },
        |next| format!("{{type: object, properties: {{a: {next}, b: {next}}}}}"),
        |next| {
            format!("{{type: array, items: {{anyOf: [{next}, {{type: array, items: {next}}}]}}}}")
        },
        |next| format!("{{type: object, additionalProperties: {next}, properties: {{b: {next}}}}}"),
        |next| format!("{{not: {next}, allOf: [{next}], properties: {{c: {next}}}}}"),
    ];
    for version in [
        "swagger: '2.0'",
        "openapi: 3.0.3",
        "openapi: 3.1.1",
        "openapi: 3.2.0",
    ] {
        for schema in schemas {
            let text = levels(version, schema);
            assert!(types(&text) <= 4 * LEVELS, "{text}");
        }
    }
}

/// Alternatives of alternatives, each beside properties: their combinations are types of their own, up to a number for each schema.
#[test]
fn alternatives_beside_properties_that_refer_to_one_another_twice() {
    let schemas: &[fn(&str) -> String] = &[
        |next| {
            format!(
                "{{type: object, properties: {{a: {{type: string}}}}, oneOf: [{next}, {{allOf: [{next}], properties: {{b: {{type: string}}}}}}]}}"
            )
        },
        |next| {
            format!(
                "{{type: object, properties: {{a: {{type: string}}}}, anyOf: [{next}, {{required: [a]}}]}}"
            )
        },
        |next| {
            format!(
                "{{allOf: [{{properties: {{a: {{type: string}}}}}}, {{oneOf: [{next}, {{allOf: [{next}, {{properties: {{b: {{type: string}}}}}}]}}]}}]}}"
            )
        },
        |next| {
            format!(
                "{{oneOf: [{{allOf: [{next}], properties: {{b: {{type: string}}}}}}, {{allOf: [{next}], properties: {{c: {{type: string}}}}}}]}}"
            )
        },
    ];
    for schema in schemas {
        let text = levels("openapi: 3.0.3", schema);
        assert!(types(&text) <= 100 * LEVELS, "{text}");
    }
}

#[test]
fn schemas_of_json_schema_that_refer_to_one_another_twice() {
    let schemas: &[fn(&str) -> String] = &[
        |next| format!("{{if: {next}, then: {next}, else: {next}}}"),
        |next| {
            format!("{{type: object, if: {{}}, then: {next}, else: {{properties: {{e: {next}}}}}}}")
        },
        |next| format!("{{prefixItems: [{next}, {{type: string}}], items: {next}}}"),
        |next| format!("{{patternProperties: {{a: {next}, b: {{type: array, items: {next}}}}}}}"),
        |next| format!("{{dependentSchemas: {{a: {next}, b: {{properties: {{c: {next}}}}}}}}}"),
        |next| format!("{{$defs: {{a: {next}, b: {next}}}, allOf: [{next}]}}"),
        |next| {
            format!(
                "{{contentSchema: {next}, contains: {next}, propertyNames: {next}, unevaluatedItems: {next}}}"
            )
        },
        |next| {
            format!("{{type: [object, array, 'null'], items: {next}, properties: {{a: {next}}}}}")
        },
    ];
    for schema in schemas {
        let text = levels("openapi: 3.1.1", schema);
        assert!(types(&text) <= 4 * LEVELS, "{text}");
    }
}

#[test]
fn schemas_in_one_another() {
    let schemas: &[fn(&str) -> String] = &[
        |inner| format!("{{patternProperties: {{a: {inner}}}}}"),
        |inner| {
            format!("{{patternProperties: {{a: {inner}}}, additionalProperties: {{type: string}}}}")
        },
        |inner| format!("{{prefixItems: [{inner}]}}"),
        |inner| format!("{{prefixItems: [{inner}, {{type: string}}], items: {{type: integer}}}}"),
        |inner| format!("{{type: [array, object, number, integer, string], items: {inner}}}"),
        |inner| format!("{{type: [array, object], properties: {{a: {inner}}}}}"),
        |inner| {
            format!(
                "{{if: {{}}, then: {{properties: {{a: {inner}}}}}, else: {{properties: {{a: {{}}}}}}}}"
            )
        },
        |inner| format!("{{dependentSchemas: {{a: {{properties: {{b: {inner}}}}}}}}}"),
        |inner| format!("{{dependencies: {{a: {{properties: {{b: {inner}}}}}}}}}"),
        |inner| format!("{{$defs: {{a: {inner}}}, contentSchema: {{}}}}"),
        |inner| format!("{{allOf: [{inner}, {{type: object}}]}}"),
        |inner| format!("{{oneOf: [{inner}, {{type: string}}]}}"),
        |inner| format!("{{anyOf: [{inner}, {{type: object}}], nullable: true}}"),
    ];
    for version in ["openapi: 3.0.3", "openapi: 3.1.1"] {
        for schema in schemas {
            let mut inner = "{type: string}".to_owned();
            for _ in 0..28 {
                inner = schema(&inner);
            }
            let text = format!(
                "{version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {inner}}}}}\n"
            );
            assert!(types(&text) <= 100, "{text}");
        }
    }
}

#[test]
fn queries_and_path_items_that_refer_to_one_another_twice() {
    let mut text = "openapi: 3.2.0\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get:\n      parameters: [{name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/L0'}}}}]\n      responses: {'204': {description: ok}}\ncomponents:\n  schemas:\n".to_owned();
    for level in 0..LEVELS {
        let next = format!("{{$ref: '#/components/schemas/L{}'}}", level + 1);
        text.push_str(&format!("    L{level}: {{allOf: [{next}, {next}]}}\n"));
    }
    text.push_str(&format!(
        "    L{LEVELS}: {{type: object, properties: {{a: {{type: string}}}}}}\n"
    ));
    assert!(types(&text) <= 2 * LEVELS, "{text}");
}

/// Each schema refers to the one before it and has a dynamic anchor, so that any of those that follow decides which one is meant.
#[test]
fn dynamic_anchors_that_lead_to_one_another() {
    const LENGTH: usize = 3_000;
    let mut text = "openapi: 3.1.1\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A0: {$dynamicAnchor: n, type: string}\n".to_owned();
    for index in 1..LENGTH {
        let before = index - 1;
        text.push_str(&format!(
            "    A{index}: {{$dynamicAnchor: n, $ref: '#/components/schemas/A{before}', not: {{$dynamicRef: '#n'}}}}\n"
        ));
    }
    assert!(types(&text) <= LENGTH, "{text}");
}

/// The files of a form are looked for in unions that list one another many times.
#[test]
fn alternatives_of_a_form_that_are_lists_of_one_another() {
    let alternatives: Vec<String> = (1..=12)
        .map(|depth| {
            let list = |inner: String, _| format!("{{type: array, items: {inner}}}");
            (0..depth).fold("{$ref: '#/components/schemas/U'}".to_owned(), list)
        })
        .collect();
    let alternatives = alternatives.join(", ");
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{u: {{$ref: '#/components/schemas/U'}}}}}}}}}}}}\n      responses: {{'204': {{description: ok}}}}\ncomponents:\n  schemas:\n    U: {{oneOf: [{{type: string}}, {alternatives}]}}\n"
    );
    assert!(types(&text) <= 20, "{text}");
}
