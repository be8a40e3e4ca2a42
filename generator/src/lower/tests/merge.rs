//! `anyOf` of objects, of which a value may satisfy several.

use super::bodies::post;
use super::schemas;
use crate::model::{TypeDef, TypeKind};

#[test]
fn objects_of_which_a_value_may_be_several_are_one() {
    insta::assert_snapshot!(schemas("
        Either: {anyOf: [{type: object, required: [id, a], properties: {id: {type: integer}, a: {type: integer}}}, {type: object, required: [id], properties: {id: {type: integer, description: The id.}, b: {type: string}}}]}
        Beside: {type: object, required: [id], properties: {id: {type: integer}}, anyOf: [{required: [a], properties: {a: {type: integer}}}, {required: [b], properties: {b: {type: string}}}]}
        OrNull: {anyOf: [{type: object, properties: {a: {type: integer}}}, {type: object, nullable: true, properties: {b: {type: string}}, additionalProperties: true}]}
        OrLarge: {type: object, properties: {id: {type: integer}}, anyOf: [{required: [a], properties: {a: {type: integer}}}, {minProperties: 4}]}
        Parts: {anyOf: [{allOf: [{$ref: '#/components/schemas/Either'}, {type: object, properties: {c: {type: integer}}}]}, {type: object, properties: {d: {type: string}}}]}
        Extended: {allOf: [{$ref: '#/components/schemas/Beside'}, {type: object, properties: {e: {type: string}}}]}
        "), @r#"
    struct Either (unused)
        id: Integer64 = "id" // The id.
        a: Integer64? = "a"
        b: String? = "b"
    struct Beside (unused)
        id: Integer64 = "id"
        a: Integer64? = "a"
        b: String? = "b"
    struct OrNull (unused)
        a: Integer64? = "a"
        b: String? = "b"
        extra: ..Any
    struct OrLarge (unused)
        id: Integer64? = "id"
        a: Integer64? = "a"
    union Parts (unused)
        Object(PartsObject)
        Object2(PartsObject2)
        Unknown(..)
    struct Extended (unused)
        id: Integer64 = "id"
        e: String? = "e"
        a: Integer64? = "a"
        b: String? = "b"
    struct PartsObject (unused)
        c: Integer64? = "c"
        id: Integer64 = "id" // The id.
        a: Integer64? = "a"
        b: String? = "b"
    struct PartsObject2 (unused)
        d: String? = "d"
    "#);
}

#[test]
fn objects_of_which_a_value_is_one_stay_apart() {
    insta::assert_snapshot!(schemas("
        A: {type: object, properties: {a: {type: integer}}}
        B: {type: object, properties: {b: {type: integer}}}
        AB: {type: object, properties: {a: {type: integer}, b: {type: integer}}}
        Named: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        Covered: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/AB'}]}
        One: {oneOf: [{type: object, properties: {a: {type: integer}}}, {type: object, properties: {b: {type: string}}}]}
        Differ: {anyOf: [{type: object, properties: {a: {type: integer}}}, {type: object, properties: {a: {type: string}, b: {type: string}}}]}
        Closed: {anyOf: [{type: object, properties: {a: {type: integer}}, additionalProperties: false}, {type: object, properties: {b: {type: string}}, additionalProperties: false}]}
        Told: {anyOf: [{type: object, required: [k], properties: {k: {type: string, enum: [a]}, a: {type: integer}}}, {type: object, required: [k], properties: {k: {type: string, enum: [b]}, b: {type: integer}}}]}
        Map: {anyOf: [{type: object, properties: {a: {type: integer}}}, {type: object, properties: {b: {type: integer}}, additionalProperties: {type: string}}]}
        Mixed: {anyOf: [{type: object, properties: {a: {type: integer}}}, {type: string}]}
        "), @r#"
    struct A (unused)
        a: Integer64? = "a"
    struct B (unused)
        b: Integer64? = "b"
    struct Ab (unused)
        a: Integer64? = "a"
        b: Integer64? = "b"
    union Named (unused)
        A(A)
        B(B)
        Unknown(..)
    union Covered (unused)
        A(A)
        Ab(Ab)
        Unknown(..)
    union One (unused)
        Variant1(OneVariant1)
        Variant2(OneVariant2)
        Unknown(..)
    union Differ (unused)
        Variant1(DifferVariant1)
        Variant2(DifferVariant2)
        Unknown(..)
    union Closed (unused)
        Variant1(ClosedVariant1)
        Variant2(ClosedVariant2)
        Unknown(..)
    union Told by "k" (unused)
        A(ToldA) = "a"
        B(ToldB) = "b"
        Unknown(..)
    union Map (unused)
        Variant1(MapVariant1)
        Variant2(MapVariant2)
        Unknown(..)
    union Mixed (unused)
        Object(MixedObject)
        String(String)
        Unknown(..)
    struct OneVariant1 (unused)
        a: Integer64? = "a"
    struct OneVariant2 (unused)
        b: String? = "b"
    struct DifferVariant1 (unused)
        a: Integer64? = "a"
    struct DifferVariant2 (unused)
        a: String? = "a"
        b: String? = "b"
    struct ClosedVariant1 (unused)
        a: Integer64? = "a"
    struct ClosedVariant2 (unused)
        b: String? = "b"
    struct ToldA (unused)
        k: ToldAk = "k"
        a: Integer64? = "a"
    struct ToldB (unused)
        k: ToldBk = "k"
        b: Integer64? = "b"
    struct MapVariant1 (unused)
        a: Integer64? = "a"
    struct MapVariant2 (unused)
        b: Integer64? = "b"
        extra: ..String
    struct MixedObject (unused)
        a: Integer64? = "a"
    enum ToldAk (unused)
        A = "a"
        Unknown(..)
    enum ToldBk (unused)
        B = "b"
        Unknown(..)
    note overlapping-alternatives at /components/schemas/Named/anyOf: a value that satisfies several of these is read as the one with the most of its members, without those that only another has
    note overlapping-alternatives at /components/schemas/Map/anyOf: a value that satisfies several of these is read as the one with the most of its members, without those that only another has
    "#);
}

#[test]
fn a_member_that_only_one_alternative_reads_alone_is_not_the_same() {
    let sketch = post("
        required: true
        content: {application/json: {schema: {anyOf: [{type: object, properties: {a: {type: string, readOnly: true}}}, {type: object, required: [a], properties: {a: {type: string}}}]}}}
        ");
    assert!(sketch.contains("a: String = \"a\""), "{sketch}");
    let one = schemas("
        Read: {anyOf: [{type: object, properties: {a: {type: string, readOnly: true}}}, {type: object, properties: {a: {type: string}, b: {type: string}}}]}
        Written: {anyOf: [{type: object, properties: {a: {type: string, writeOnly: true}}}, {type: object, properties: {a: {type: string}, b: {type: string}}}]}
        Both: {anyOf: [{type: object, properties: {a: {type: string, readOnly: true, description: c}}}, {type: object, properties: {a: {readOnly: true, type: string}, b: {type: string}}}]}
        ");
    assert!(one.contains("union Read"), "{one}");
    assert!(one.contains("union Written"), "{one}");
    assert!(one.contains("struct Both"), "{one}");
}

/// Where it is not looked for whether the alternatives are one record, they are a union, and nothing is lost.
#[test]
fn alternatives_that_are_too_many_to_compare_are_a_union() {
    let mut text =
        "components:\n  schemas:\n    Large:\n      type: object\n      properties:\n".to_owned();
    for index in 0..3_000 {
        text.push_str(&format!("        p{index}: {{}}\n"));
    }
    for index in 0..300 {
        text.push_str(&format!("    A{index}: {{allOf: [{{$ref: '#/components/schemas/Large'}}], anyOf: [{{type: object, properties: {{a: {{}}}}}}, {{type: object, properties: {{b: {{}}}}}}]}}\n"));
    }
    let (api, diagnostics) = super::lower(&text);
    let is_union = |one: &TypeDef| matches!(one.kind, TypeKind::Union(_));
    assert!(api.types.iter().any(is_union));
    assert!(!api.types.iter().all(is_union));
    for diagnostic in &diagnostics {
        let message = &diagnostic.message;
        let place = &diagnostic.pointer;
        assert!(message.contains("are kept as JSON"), "{place}: {message}");
    }
}
