//! `allOf`.

use super::schemas;

#[test]
fn parts_are_merged_in_order() {
    insta::assert_snapshot!(schemas("
        Animal: {type: object, required: [name], properties: {name: {type: string}}}
        Pet: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {owner: {type: string}}}]}
        Dog:
          description: A dog.
          required: [owner]
          allOf: [{$ref: '#/components/schemas/Pet'}]
          properties: {breed: {type: string}}
          additionalProperties: true
        "), @r#"
    struct Animal (unused)
        name: String = "name"
    struct Pet (unused)
        name: String = "name"
        owner: String? = "owner"
    struct Dog (unused) // A dog.
        name: String = "name"
        owner: String = "owner"
        breed: String? = "breed"
        extra: ..Any
    "#);
}

#[test]
fn a_wrapper_around_one_schema_is_that_schema() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, properties: {id: {type: integer}}}
        Holder:
          type: object
          required: [a, b]
          properties:
            a: {description: The thing., allOf: [{$ref: '#/components/schemas/Thing'}]}
            b: {nullable: true, allOf: [{$ref: '#/components/schemas/Thing'}, {description: Only words.}]}
            c: {type: object, allOf: [{$ref: '#/components/schemas/Thing'}]}
            d: {allOf: [{type: string, format: date}], example: x}
            e: {allOf: [{$ref: '#/components/schemas/Thing'}, {$ref: '#/components/schemas/Thing'}]}
        Same: {allOf: [{$ref: '#/components/schemas/Thing'}]}
        Inline: {allOf: [{type: object, properties: {x: {type: integer}}}]}
        "), @r#"
    struct Thing (unused)
        id: Integer64? = "id"
    struct Holder (unused)
        a: Thing = "a" // The thing.
        b: Thing or null = "b" // Only words.
        c: Thing? = "c"
        d: Date? = "d"
        e: Thing? = "e"
    type Same = Thing (unused)
    struct Inline (unused)
        x: Integer64? = "x"
    "#);
}

#[test]
fn a_part_may_only_say_what_is_required() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, properties: {id: {type: integer}, name: {type: string}}}
        Strict: {allOf: [{$ref: '#/components/schemas/Thing'}, {required: [id]}]}
        "), @r#"
    struct Thing (unused)
        id: Integer64? = "id"
        name: String? = "name"
    struct Strict (unused)
        id: Integer64 = "id"
        name: String? = "name"
    "#);
}

#[test]
fn a_property_that_is_described_twice_is_described_together() {
    insta::assert_snapshot!(schemas("
        Base:
          type: object
          properties:
            same: {type: string}
            more: {type: object, properties: {a: {type: integer}}}
            kind: {type: string}
        Child:
          allOf:
          - {$ref: '#/components/schemas/Base'}
          - type: object
            properties:
              same: {type: string}
              more: {type: object, properties: {b: {type: integer}}}
              kind: {type: string, enum: [child], description: Always `child`.}
        "), @r#"
    struct Base (unused)
        same: String? = "same"
        more: BaseMore? = "more"
        kind: String? = "kind"
    struct Child (unused)
        same: String? = "same"
        more: ChildMore? = "more"
        kind: ChildKind? = "kind" // Always `child`.
    struct BaseMore (unused)
        a: Integer64? = "a"
    struct ChildMore (unused)
        a: Integer64? = "a"
        b: Integer64? = "b"
    enum ChildKind (unused) // Always `child`.
        Child = "child"
        Unknown(..)
    "#);
}

#[test]
fn types_that_exclude_one_another_are_reported() {
    insta::assert_snapshot!(schemas("
        Thing: {allOf: [{type: string, format: date}, {type: integer, format: int64}]}
        Number: {allOf: [{type: number, minimum: 1}, {type: integer, format: int32}]}
        Plain: {allOf: [{type: string}, {type: integer}]}
        Beside: {allOf: [{type: string, format: date}, {type: boolean, description: No date.}]}
        Whole: {allOf: [{type: number}, {type: integer, minimum: 1}]}
        Same: {allOf: [{type: object, properties: {a: {type: string}}}, {type: object, description: The same.}]}
        "), @r#"
    type Thing = Date (unused)
    type Number = Integer32 (unused)
    type Plain = String (unused)
    type Beside = Date (unused)
    type Whole = Integer64 (unused)
    struct Same (unused)
        a: String? = "a"
    warning all-of-conflict at /components/schemas/Thing/allOf/1: no value is of the types `string` and `integer` at once; it is taken for `string`
    warning all-of-conflict at /components/schemas/Plain/allOf/1: no value is of the types `string` and `integer` at once; it is taken for `string`
    warning all-of-conflict at /components/schemas/Beside/allOf/1: no value is of the types `string` and `boolean` at once; it is taken for `string`
    "#);
}
