//! Documents that are too much.

use std::fmt::Write;

use super::{lower, model};

#[test]
fn long_chains_of_names_do_not_exhaust_the_stack() {
    for link in [
        "type: array, items: {$ref: '#/components/schemas/S@'}",
        "type: object, properties: {next: {$ref: '#/components/schemas/S@'}}",
        "type: object, additionalProperties: {$ref: '#/components/schemas/S@'}",
        "allOf: [{$ref: '#/components/schemas/S@'}, {type: object, properties: {p@: {type: string}}}]",
        "oneOf: [{$ref: '#/components/schemas/S@'}, {type: object, properties: {p@: {type: string}}}]",
        "description: x, allOf: [{$ref: '#/components/schemas/S@'}]",
    ] {
        let mut text = "components:\n  schemas:\n".to_owned();
        // Each merged type holds the fields of all that it extends.
        let length = if link.starts_with("allOf") { 300 } else { 3000 };
        for number in 0..length {
            let link = link.replace('@', &(number + 1).to_string());
            let _ = writeln!(text, "    S{number}: {{{link}}}");
        }
        let _ = writeln!(text, "    S{length}: {{type: integer}}");
        let (api, _) = lower(&text);
        assert!(api.types.len() > length, "{link}: {}", api.types.len());
    }
}

#[test]
fn alternatives_do_not_multiply() {
    let mut text = "components:\n  schemas:\n".to_owned();
    for number in 0..40 {
        let next = number + 1;
        let _ = writeln!(
            text,
            "    A{number}: {{oneOf: [{{$ref: '#/components/schemas/A{next}'}}, {{$ref: '#/components/schemas/B{next}'}}]}}\n    \
                 B{number}: {{oneOf: [{{$ref: '#/components/schemas/B{next}'}}, {{$ref: '#/components/schemas/A{next}'}}]}}"
        );
    }
    let _ = writeln!(
        text,
        "    A40: {{type: string}}\n    B40: {{type: integer}}"
    );
    let (api, _) = lower(&text);
    assert_eq!(api.types.len(), 82);
}

#[test]
fn lists_of_alternatives_in_one_combination_are_not_multiplied() {
    let text = model("
        components:
          schemas:
            Thing:
              allOf:
              - {oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}
              - {oneOf: [{type: object, properties: {c: {type: string}}}, {type: object, properties: {d: {type: string}}}]}
        ");
    insta::assert_snapshot!(text, @r#"
    union Thing (unused)
        Variant1(ThingVariant1)
        Variant2(ThingVariant2)
        Unknown(..)
    struct ThingVariant1 (unused)
        a: String? = "a"
    struct ThingVariant2 (unused)
        b: String? = "b"
    warning all-of-conflict at /components/schemas/Thing/allOf/1: of several lists of alternatives in one `allOf` only the first is read
    "#);
}

#[test]
fn the_same_document_gives_the_same_model() {
    let text = include_str!("../../../tests/documents/workshop.yaml");
    let (first, _) = lower(text);
    let (second, _) = lower(text);
    assert_eq!(first, second);
    assert!(first.operations().count() > 0);
}
