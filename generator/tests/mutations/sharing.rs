//! Documents in which many operations share what is large, where it is written out for each of them: what is read stays in proportion
//! to the document, and a diagnostic says what is left out.

use generator::diagnostic::codes;
use generator::{Config, Generated, Source, generate};

const OPERATIONS: usize = 500;

fn generated(text: &str) -> Generated {
    let spec = Source {
        name: "spec.json",
        bytes: text.as_bytes(),
    };
    let generated = generate(spec, &[], &Config::default());
    assert!(
        generated.files.is_some(),
        "{}",
        generated.render_diagnostics(false)
    );
    generated
}

/// Generates a crate of which something is left out, and asserts that its size is in proportion.
fn assert_limited(text: &str) {
    let generated = generated(text);
    let is_reported = generated
        .diagnostics
        .iter()
        .any(|one| one.code == codes::TOO_LARGE);
    assert!(is_reported, "{}", generated.render_diagnostics(false));
    assert_small(&generated);
}

fn assert_small(generated: &Generated) {
    let files = generated.files.iter().flat_map(|files| files.iter());
    let bytes: usize = files
        .map(|(_, file)| file.parts().iter().map(|part| part.len()).sum::<usize>())
        .sum();
    assert!(bytes < 20_000_000, "{bytes} bytes");
}

fn listed(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

/// A document of operations with the same members each.
fn operations(members: &str, components: &str) -> String {
    let paths = listed(OPERATIONS, |number| {
        format!(
            r#""/a{number}": {{"post": {{{members}, "responses": {{"204": {{"description": "a"}}}}}}}}"#
        )
    });
    format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "a", "version": "1"}}, "paths": {{{paths}}}, "components": {{{components}}}}}"#
    )
}

fn properties(count: usize) -> String {
    listed(count, |number| {
        format!(r#""p{number}": {{"type": "string"}}"#)
    })
}

#[test]
fn a_path_item() {
    let parameters = listed(500, |number| {
        format!(r#"{{"name": "p{number}", "in": "query", "schema": {{"type": "string"}}}}"#)
    });
    let paths = listed(OPERATIONS, |number| {
        format!(r##""/a{number}": {{"$ref": "#/components/pathItems/P"}}"##)
    });
    assert_limited(&format!(
        r#"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{{paths}}}, "components": {{"pathItems": {{"P": {{"parameters": [{parameters}], "get": {{"responses": {{"204": {{"description": "a"}}}}}}}}}}}}}}"#
    ));
}

#[test]
fn a_query() {
    let query = |schema: &str| {
        format!(
            r#""name": "q", "in": "querystring", "content": {{"application/x-www-form-urlencoded": {{"schema": {schema}}}}}"#
        )
    };
    let schema = format!(
        r#"{{"type": "object", "properties": {{{}}}}}"#,
        properties(500)
    );
    assert_limited(&operations(
        r##""parameters": [{"$ref": "#/components/parameters/Q"}]"##,
        &format!(r#""parameters": {{"Q": {{{}}}}}"#, query(&schema)),
    ));
    assert_limited(&operations(
        &format!(
            r#""parameters": [{{{}}}]"#,
            query(r##"{"$ref": "#/components/schemas/Q"}"##)
        ),
        &format!(r#""schemas": {{"Q": {schema}}}"#),
    ));
}

#[test]
fn a_media_type() {
    assert_limited(&operations(
        r##""requestBody": {"content": {"application/json": {"$ref": "#/components/mediaTypes/M"}}}"##,
        &format!(
            r#""mediaTypes": {{"M": {{"schema": {{"type": "object", "properties": {{{}}}}}}}}}"#,
            properties(500)
        ),
    ));
}

#[test]
fn a_list_of_media_types() {
    let names = listed(2_000, |number| format!(r#""text/p{number}""#));
    let paths = listed(OPERATIONS, |number| {
        format!(
            r#""/a{number}": {{"post": {{"parameters": [{{"name": "b", "in": "body", "schema": {{"type": "string"}}}}], "responses": {{"200": {{"description": "a", "schema": {{"type": "string"}}}}}}}}}}"#
        )
    });
    for keyword in ["consumes", "produces"] {
        assert_limited(&format!(
            r#"{{"swagger": "2.0", "info": {{"title": "a", "version": "1"}}, "{keyword}": [{names}], "paths": {{{paths}}}}}"#
        ));
    }
}

#[test]
fn long_texts() {
    let text = "word and word ".repeat(4_000);
    assert_limited(&operations(
        r##""parameters": [{"$ref": "#/components/parameters/P"}]"##,
        &format!(
            r#""parameters": {{"P": {{"name": "p", "in": "query", "description": "{text}", "schema": {{"type": "string"}}}}}}"#
        ),
    ));
    assert_limited(&operations(
        r##""parameters": [{"name": "p", "in": "query", "schema": {"$ref": "#/components/schemas/P"}}]"##,
        &format!(r#""schemas": {{"P": {{"type": "string", "description": "{text}"}}}}"#),
    ));
    assert_limited(&operations(
        r##""requestBody": {"$ref": "#/components/requestBodies/B"}"##,
        &format!(
            r#""requestBodies": {{"B": {{"description": "{text}", "content": {{"application/json": {{}}}}}}}}"#
        ),
    ));
    let elements = listed(10_000, |number| format!(r#""{number}""#));
    assert_limited(&operations(
        r##""parameters": [{"name": "p", "in": "query", "schema": {"$ref": "#/components/schemas/P"}}]"##,
        &format!(
            r#""schemas": {{"P": {{"type": "array", "items": {{"type": "string"}}, "example": [{elements}], "default": [{elements}]}}}}"#
        ),
    ));
}

#[test]
fn many_credentials() {
    let schemes = listed(2_000, |number| {
        format!(r#""k{number}": {{"type": "apiKey", "in": "header", "name": "X-K{number}"}}"#)
    });
    let ways = listed(2_000, |number| format!(r#"{{"k{number}": []}}"#));
    let text = operations(
        r#""summary": "a""#,
        &format!(r#""securitySchemes": {{{schemes}}}"#),
    );
    assert_small(&generated(&text.replacen(
        '{',
        &format!(r#"{{"security": [{ways}], "#),
        1,
    )));
    let scopes = listed(10_000, |number| format!(r#""s{number}""#));
    let text = operations(
        r#""summary": "a""#,
        r#""securitySchemes": {"k": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example"}}"#,
    );
    let security = format!(r#"{{"security": [{{"k": [{scopes}]}}], "#);
    assert_limited(&text.replacen('{', &security, 1));
}

#[test]
fn a_response_of_many_media_types() {
    let content = listed(2_000, |number| {
        format!(r#""text/p{number}": {{"schema": {{"type": "string"}}}}"#)
    });
    let paths = listed(OPERATIONS, |number| {
        format!(
            r##""/a{number}": {{"get": {{"responses": {{"200": {{"$ref": "#/components/responses/R"}}}}}}}}"##
        )
    });
    assert_small(&generated(&format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "a", "version": "1"}}, "paths": {{{paths}}}, "components": {{"responses": {{"R": {{"description": "a", "content": {{{content}}}}}}}}}}}"#
    )));
}

#[test]
fn an_enumeration_with_many_defaults() {
    let values = listed(10_000, |number| format!(r#""v{number}""#));
    let properties = listed(10_000, |number| {
        format!(
            r##""p{number}": {{"allOf": [{{"$ref": "#/components/schemas/E"}}], "default": "v{number}", "example": "v{number}"}}"##
        )
    });
    assert_small(&generated(&format!(
        r#"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{}}, "components": {{"schemas": {{"E": {{"type": "string", "enum": [{values}]}}, "R": {{"type": "object", "properties": {{{properties}}}}}}}}}}}"#
    )));
}

/// Forty levels of types that lead to the next by two properties each: there are 2^40 ways to the secret.
#[test]
fn a_secret_at_the_end_of_many_ways() {
    let levels = listed(40, |level| {
        let next = format!(r##"{{"$ref": "#/components/schemas/S{}"}}"##, level + 1);
        format!(r#""S{level}": {{"type": "object", "properties": {{"a": {next}, "b": {next}}}}}"#)
    });
    for last in [
        r#"{"type": "string", "format": "password"}"#,
        r#"{"type": "array", "items": {"type": "string", "format": "password"}}"#,
    ] {
        let text = format!(
            r##"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{"/a": {{"get": {{"responses": {{"200": {{"description": "a", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/S0"}}}}}}}}}}}}}}}}, "components": {{"schemas": {{{levels}, "S40": {last}}}}}}}"##
        );
        let generated = generated(&text);
        let api = generated.api.as_ref().expect("a model");
        let operation = api.operations().next().expect("an operation");
        assert_eq!(operation.new_secret, None);
    }
}
