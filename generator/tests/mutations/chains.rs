//! Documents of thousands of schemas that lead from one to the next, or that all share one. What is read of them grows with the document: with
//! its square, these tests would not end, or exhaust the stack.

use std::fmt::Write as _;

use generator::diagnostic::codes;
use generator::model::{Api, BodyInput, TypeKind};
use generator::{Generated, Source, read_model};

const LENGTH: usize = 5_000;

fn read(text: &str) -> Generated {
    let generated = read_model(
        Source {
            name: "spec.json",
            bytes: text.as_bytes(),
        },
        &[],
    );
    assert!(
        generated.api.is_some(),
        "{}",
        generated.render_diagnostics(false)
    );
    generated
}

fn api(generated: &Generated) -> &Api {
    generated.api.as_ref().expect("a model")
}

/// A document of these schemas, the members of an object in JSON.
fn document(schemas: &str) -> String {
    format!(
        r#"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}

fn reference(number: usize) -> String {
    format!(r##"{{"$ref": "#/components/schemas/S{number}"}}"##)
}

/// A document of schemas that lead from one to the next, and of what the last one is, in their order or in the opposite one.
fn chain(length: usize, is_reversed: bool, link: impl Fn(usize, &str) -> String) -> String {
    let mut schemas: Vec<String> = (0..length)
        .map(|number| format!(r#""S{number}": {}"#, link(number, &reference(number + 1))))
        .collect();
    schemas.push(format!(
        r#""S{length}": {{"type": "object", "properties": {{"z": {{"type": "string"}}}}}}"#
    ));
    if is_reversed {
        schemas.reverse();
    }
    document(&schemas.join(", "))
}

fn fields(api: &Api) -> usize {
    let fields = api.types.iter().map(|definition| match &definition.kind {
        TypeKind::Record(record) => record.fields.len(),
        _ => 0,
    });
    fields.sum()
}

#[test]
fn schemas_that_are_other_words_for_the_next() {
    let links: [fn(&str) -> String; 5] = [
        |next| next.to_owned(),
        |next| format!(r#"{{"description": "a", "allOf": [{next}]}}"#),
        |next| format!(r#"{{"oneOf": [{next}]}}"#),
        |next| format!(r#"{{"anyOf": [{next}, {{"type": "null"}}]}}"#),
        |next| {
            format!(
                r#"{{"type": "object", "required": ["next"], "properties": {{"next": {next}}}}}"#
            )
        },
    ];
    for link in links {
        for is_reversed in [false, true] {
            let generated = read(&chain(LENGTH, is_reversed, |_, next| link(next)));
            assert!(api(&generated).types.len() <= LENGTH + 1);
        }
    }
}

#[test]
fn lists_and_maps_of_the_next() {
    let links: [fn(&str) -> String; 3] = [
        |next| format!(r#"{{"type": "array", "items": {next}}}"#),
        |next| format!(r#"{{"type": "object", "additionalProperties": {next}}}"#),
        |next| format!(r#"{{"type": "object", "patternProperties": {{"^a": {next}}}}}"#),
    ];
    for link in links {
        for is_reversed in [false, true] {
            let generated = read(&chain(LENGTH, is_reversed, |_, next| link(next)));
            let types = api(&generated).types.iter();
            let deepest = types.flat_map(|definition| definition.type_refs());
            let deepest = deepest.map(|type_ref| type_ref.nesting()).max();
            assert!(deepest.is_some_and(|deepest| deepest <= 32), "{deepest:?}");
        }
    }
}

#[test]
fn conditions_that_lead_to_the_next() {
    let links: [fn(&str) -> String; 3] = [
        |next| format!(r#"{{"allOf": [{next}], "type": "object", "if": {{}}, "then": {next}}}"#),
        |next| {
            format!(
                r#"{{"allOf": [{next}], "if": {{}}, "then": {{"properties": {{"a": {{"type": "string"}}}}}}}}"#
            )
        },
        |next| format!(r#"{{"type": "object", "dependentSchemas": {{"a": {next}}}}}"#),
    ];
    for link in links {
        for is_reversed in [false, true] {
            let generated = read(&chain(LENGTH, is_reversed, |_, next| link(next)));
            assert!(api(&generated).types.len() <= LENGTH + 1);
        }
    }
}

#[test]
fn schemas_that_extend_the_next_by_a_property_each() {
    for is_reversed in [false, true] {
        let text = chain(LENGTH, is_reversed, |number, next| {
            format!(
                r#"{{"allOf": [{next}], "type": "object", "discriminator": {{"propertyName": "z"}}, "properties": {{"p{number}": {{"type": "string"}}}}}}"#
            )
        });
        assert!(fields(api(&read(&text))) <= 20_000 + 2 * 60_000);
    }
}

#[test]
fn many_schemas_that_share_a_large_one() {
    let owners: [fn(usize) -> String; 3] = [
        |number| {
            format!(
                r##"{{"allOf": [{{"$ref": "#/components/schemas/Base"}}], "properties": {{"p{number}": {{}}}}}}"##
            )
        },
        |number| {
            format!(
                r##"{{"properties": {{"b": {{}}}}, "oneOf": [{{"properties": {{"c{number}": {{}}}}}}, {{"$ref": "#/components/schemas/Base"}}]}}"##
            )
        },
        |number| {
            format!(
                r##"{{"title": "{number}", "if": {{}}, "then": {{"$ref": "#/components/schemas/Base"}}}}"##
            )
        },
    ];
    let properties: Vec<String> = (0..2_000)
        .map(|number| format!(r#""q{number}": {{}}"#))
        .collect();
    let properties = properties.join(", ");
    for owner in owners {
        let mut schemas =
            format!(r#""Base": {{"type": "object", "properties": {{{properties}}}}}"#);
        for number in 0..2_000 {
            write!(schemas, r#", "S{number}": {}"#, owner(number)).expect("a string");
        }
        let generated = read(&document(&schemas));
        assert!(fields(api(&generated)) <= 20_000 + 2 * 40_000);
        let is_reported = generated
            .diagnostics
            .iter()
            .any(|one| one.code == codes::TOO_LARGE || one.code == codes::JSON_SCHEMA_KEYWORD);
        assert!(is_reported, "{}", generated.render_diagnostics(false));
    }
}

#[test]
fn names_that_are_one_name_in_rust() {
    let names = (0..1_u32 << 15).map(|pattern| {
        let letters = ('a'..='o').zip(0..);
        let letters = letters.map(|(letter, at)| match pattern >> at & 1 {
            0 => letter,
            _ => letter.to_ascii_uppercase(),
        });
        letters.collect::<String>()
    });
    let schemas: Vec<String> = names
        .map(|name| format!(r#""{name}": {{"type": "string"}}"#))
        .collect();
    let generated = read(&document(&schemas.join(", ")));
    assert_eq!(api(&generated).types.len(), 1 << 15);
}

#[test]
fn an_enumeration_of_many_values() {
    let values = |from: usize| -> String {
        let values: Vec<String> = (from..from + 50_000)
            .map(|number| format!(r#""v{number}""#))
            .collect();
        values.join(", ")
    };
    let text = document(&format!(
        r#""A": {{"allOf": [{{"type": "string", "enum": [{}]}}, {{"enum": [{}]}}]}}"#,
        values(0),
        values(10_000)
    ));
    let generated = read(&text);
    let TypeKind::StringEnum(enumeration) = &api(&generated).types[0].kind else {
        panic!("{:?}", api(&generated).types[0]);
    };
    assert_eq!(enumeration.variants.len(), 40_000);
}

#[test]
fn many_parts_without_items() {
    let parts = vec![r#"{"type": "array"}"#; 40_000];
    let text = document(&format!(r#""A": {{"allOf": [{}]}}"#, parts.join(", ")));
    assert_eq!(api(&read(&text)).types.len(), 1);
}

#[test]
fn a_union_of_many_alternatives() {
    let alternatives: Vec<String> = (0..10_000)
        .map(|number| {
            format!(
                r#"{{"type": "object", "required": ["kind"], "properties": {{"kind": {{"const": "k{number}"}}}}}}"#
            )
        })
        .collect();
    let text = document(&format!(
        r#""A": {{"oneOf": [{}]}}"#,
        alternatives.join(", ")
    ));
    let generated = read(&text);
    let TypeKind::Union(union) = &api(&generated).types[0].kind else {
        panic!("{:?}", api(&generated).types[0]);
    };
    assert_eq!(union.variants.len(), 10_000);
}

#[test]
fn a_path_that_its_operation_spells_in_many_ways() {
    let path = "/{id}".repeat(60);
    let id = "id".repeat(60);
    let text = format!(
        r#"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{"{path}": {{"get": {{"operationId": "get{id}x", "responses": {{"204": {{"description": ""}}}}}}}}}}}}"#
    );
    assert_eq!(read(&text).summary.operations_read, 1);
}

#[test]
fn operations_that_share_a_large_body() {
    let properties: Vec<String> = (0..500)
        .map(|number| format!(r#""q{number}": {{"type": "string"}}"#))
        .collect();
    let paths: Vec<String> = (0..500)
        .map(|number| {
            format!(
                r##""/a{number}": {{"post": {{"requestBody": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/Body"}}}}}}}}, "responses": {{"204": {{"description": ""}}}}}}}}"##
            )
        })
        .collect();
    let text = format!(
        r#"{{"openapi": "3.1.1", "info": {{"title": "a", "version": "1"}}, "paths": {{{}}}, "components": {{"schemas": {{"Body": {{"type": "object", "properties": {{{}}}}}}}}}}}"#,
        paths.join(", "),
        properties.join(", ")
    );
    let generated = read(&text);
    let bodies = api(&generated).operations().map(|operation| {
        let body = operation.body.as_ref().expect("a body");
        matches!(body.input, BodyInput::Flattened { .. })
    });
    let (flattened, whole): (Vec<bool>, Vec<bool>) = bodies.partition(|is_flattened| *is_flattened);
    assert!(flattened.len() >= 40, "{}", flattened.len());
    assert!(whole.len() >= 400, "{}", whole.len());
}
