//! Documents that are too much.

use std::fmt::Write;

use super::{lower, model};
use crate::diagnostic::Severity;
use crate::model::{Api, TypeKind, TypeRef};

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
fn a_chain_of_schemas_that_extend_one_another_is_reported_once() {
    // The schemas may come in any order.
    let up: fn(usize) -> usize = |number| number;
    for order in [up, |number| 149 - number] {
        let mut text = "components:\n  schemas:\n".to_owned();
        for chain in ["A", "B"] {
            for number in (0..150).map(order) {
                let next = number + 1;
                let _ = writeln!(
                    text,
                    "    {chain}{number}: {{allOf: [{{$ref: '#/components/schemas/{chain}{next}'}}, {{type: object, properties: {{p{number}: {{type: string}}}}}}]}}"
                );
            }
            let _ = writeln!(text, "    {chain}150: {{type: object}}");
        }
        let (_, diagnostics) = lower(&text);
        let codes: Vec<&str> = diagnostics.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["too-deep", "too-deep"]);
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

/// How many variants that hold any value an untagged union of the model has.
fn variants_for_anything(api: &Api) -> usize {
    let unions = api
        .types
        .iter()
        .filter_map(|definition| match &definition.kind {
            TypeKind::Union(union) => Some(union),
            _ => None,
        });
    unions
        .flat_map(|union| &union.variants)
        .filter(|variant| variant.type_ref == TypeRef::Any)
        .count()
}

#[test]
fn many_alternatives_may_have_a_few_alternatives_each() {
    // The number of those that have two alternatives of their own.
    for nested in [1, 21] {
        let mut text = "components:\n  schemas:\n    Outer:\n      type: object\n      properties: {id: {type: integer}}\n      oneOf:\n".to_owned();
        for number in 0..21 {
            let _ = match number == 3 || nested == 21 {
                true => writeln!(
                    text,
                    "      - {{$ref: '#/components/schemas/Nested{number}'}}"
                ),
                false => writeln!(
                    text,
                    "      - {{type: object, properties: {{p{number}: {{type: string}}}}}}"
                ),
            };
        }
        for number in 0..21 {
            let _ = writeln!(
                text,
                "    Nested{number}: {{oneOf: [{{type: object, properties: {{a{number}: {{type: string}}}}}}, {{type: object, properties: {{b{number}: {{type: string}}}}}}]}}"
            );
        }
        let (api, diagnostics) = lower(&text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(variants_for_anything(&api), 0);
        let outer = api
            .types
            .iter()
            .find(|definition| definition.name.as_str() == "Outer");
        let Some(TypeKind::Union(outer)) = outer.map(|definition| &definition.kind) else {
            panic!("{outer:?}");
        };
        assert_eq!(outer.variants.len(), 21);
    }
}

#[test]
fn alternatives_that_combine_in_too_many_ways_are_unknown_to_the_union_around_them() {
    let mut text = "components:\n  schemas:\n".to_owned();
    for level in 0..12 {
        let next = format!("{{$ref: '#/components/schemas/L{}'}}", level + 1);
        let _ = writeln!(
            text,
            "    L{level}: {{type: object, properties: {{p{level}: {{type: string}}}}, oneOf: [{next}, {{type: object, properties: {{q{level}: {{type: string}}}}}}]}}"
        );
    }
    let _ = writeln!(
        text,
        "    L12: {{type: object, properties: {{a: {{type: string}}}}}}\n    Wide:\n      type: object\n      properties: {{id: {{type: integer}}}}\n      oneOf:"
    );
    for number in 0..30 {
        let _ = writeln!(
            text,
            "      - {{properties: {{w{number}: {{type: string}}}}, allOf: [{{$ref: '#/components/schemas/Many'}}]}}"
        );
    }
    let _ = writeln!(
        text,
        "      - {{properties: {{last: {{type: string}}}}}}\n    Many:\n      oneOf:"
    );
    for number in 0..30 {
        let _ = writeln!(
            text,
            "      - {{type: object, properties: {{m{number}: {{type: string}}}}}}"
        );
    }
    let (api, diagnostics) = lower(&text);
    assert_eq!(variants_for_anything(&api), 0);
    assert!(api.types.len() < 400, "{}", api.types.len());
    let places: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            assert_eq!(diagnostic.severity, Severity::Warning, "{diagnostic:?}");
            assert_eq!(diagnostic.code.to_string(), "too-deep", "{diagnostic:?}");
            diagnostic.pointer.to_string()
        })
        .collect();
    assert!(
        places.contains(&"/components/schemas/Many".to_owned()),
        "{places:?}"
    );
    assert!(
        places.contains(&"/components/schemas/L5".to_owned()),
        "{places:?}"
    );
}

#[test]
fn the_same_document_gives_the_same_model() {
    let text = include_str!("../../../tests/documents/workshop.yaml");
    let (first, _) = lower(text);
    let (second, _) = lower(text);
    assert_eq!(first, second);
    assert!(first.operations().count() > 0);
}
