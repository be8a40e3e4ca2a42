//! `enum`.

use super::schemas;
use crate::model::TypeKind;

#[test]
fn strings_and_integers_become_open_enums() {
    insta::assert_snapshot!(schemas("
        Colour: {type: string, enum: [red, light blue, RED]}
        Level: {type: integer, enum: [10, -1, 0], x-enum-varnames: [Guest, Nobody, Zero]}
        Untyped: {enum: [a, b]}
        One: {type: string, enum: [only]}
        Thing:
          type: object
          required: [colour, inline]
          properties:
            colour: {$ref: '#/components/schemas/Colour'}
            inline: {type: string, enum: [a, null], nullable: true}
            wrapped: {description: A colour., allOf: [{$ref: '#/components/schemas/Colour'}], default: red}
        "), @r#"
    enum Colour (unused)
        Red = "red"
        LightBlue = "light blue"
        Red2 = "RED"
        Unknown(..)
    enum Level (unused)
        Guest = 10
        Nobody = -1
        Zero = 0
        Unknown(..)
    enum Untyped (unused)
        A = "a"
        B = "b"
        Unknown(..)
    enum One (unused)
        Only = "only"
        Unknown(..)
    struct Thing (unused)
        colour: Colour = "colour"
        inline: ThingInline or null = "inline"
        wrapped: Colour? = "wrapped" default Variant(TypeId(0), 0) // A colour.
    enum ThingInline (unused)
        A = "a"
        Unknown(..)
    "#);
}

#[test]
fn a_value_is_in_all_the_lists_that_hold_together() {
    insta::assert_snapshot!(schemas("
        Kind: {type: string, enum: [k1, k2, k3]}
        Thing:
          type: object
          properties:
            narrowed: {allOf: [{$ref: '#/components/schemas/Kind'}, {enum: [k3, k1, k4]}]}
            beside: {allOf: [{$ref: '#/components/schemas/Kind'}], enum: [k2]}
            none: {allOf: [{$ref: '#/components/schemas/Kind'}, {enum: [k5]}]}
        "), @r#"
    enum Kind (unused)
        K1 = "k1"
        K2 = "k2"
        K3 = "k3"
        Unknown(..)
    struct Thing (unused)
        narrowed: ThingNarrowed? = "narrowed"
        beside: ThingBeside? = "beside"
        none: ThingNone? = "none"
    enum ThingNarrowed (unused)
        K1 = "k1"
        K3 = "k3"
        Unknown(..)
    enum ThingBeside (unused)
        K2 = "k2"
        Unknown(..)
    enum ThingNone (unused)
        K1 = "k1"
        K2 = "k2"
        K3 = "k3"
        Unknown(..)
    warning all-of-conflict at /components/schemas/Thing/properties/none/allOf/1/enum: no value is in each of the lists of values that hold together here
    "#);
}

#[test]
fn every_value_has_a_name() {
    insta::assert_snapshot!(schemas("
        Odd:
          type: string
          enum: ['', ' ', '-1', '+1', '1', a/b, A, a, '*', '<=', Unknown, -created, created, größe, 日本, self, 'None', '...', 2fa, Some]
        "), @r#"
    enum Odd (unused)
        Empty = ""
        Space = " "
        Minus1 = "-1"
        Plus1 = "+1"
        Value1 = "1"
        AB = "a/b"
        A = "A"
        A2 = "a"
        Asterisk = "*"
        LessEqual = "<="
        Unknown = "Unknown"
        MinusCreated = "-created"
        Created = "created"
        Grosse = "größe"
        U65e5U672c = "日本"
        Self_ = "self"
        None = "None"
        DotDotDot = "..."
        Value2fa = "2fa"
        Some = "Some"
        Unlisted(..)
    "#);
}

#[test]
fn given_names_come_first() {
    insta::assert_snapshot!(schemas("
        Few: {type: string, enum: [a, b], x-enum-varnames: [First]}
        Cases: {type: string, enum: [a, b, c, d], x-enum-varnames: [lower_case, SCREAMING_CASE, 'not good', Upper]}
        Alike: {type: integer, enum: [1, 2, 3, 4], x-enum-varnames: [on-hold, ON_HOLD, OnHold, self]}
        Signs: {type: integer, enum: [1, 2, 3], x-enum-varnames: ['', '+1', 3d]}
        Names: {type: integer, enum: [1, 2], x-enumNames: [first, second], x-enum-descriptions: [The first., The second.]}
        Both: {type: integer, enum: [1], x-enum-varnames: [one], x-enumNames: [uno], x-enum-descriptions: [a, b]}
        Wrong: {type: string, enum: [a, b], x-enum-varnames: 1}
        "), @r#"
    enum Few (unused)
        First = "a"
        B = "b"
        Unknown(..)
    enum Cases (unused)
        LowerCase = "a"
        ScreamingCase = "b"
        NotGood = "c"
        Upper = "d"
        Unknown(..)
    enum Alike (unused)
        OnHold2 = 1
        OnHold3 = 2
        OnHold = 3
        Self_ = 4
        Unknown(..)
    enum Signs (unused)
        Value1 = 1
        Plus1 = 2
        Value3d = 3
        Unknown(..)
    enum Names (unused)
        First = 1
        Second = 2
        Unknown(..)
    enum Both (unused)
        One = 1
        Unknown(..)
    enum Wrong (unused)
        A = "a"
        B = "b"
        Unknown(..)
    error invalid-extension at /components/schemas/Few/x-enum-varnames: `x-enum-varnames` has 1 name for 2 values
    note invalid-name at /components/schemas/Alike/x-enum-varnames: names of the list are reserved, or alike in Rust's case; the variants are `OnHold2` for `on-hold`, `OnHold3` for `ON_HOLD`, `Self_` for `self`
    error invalid-extension at /components/schemas/Both/x-enum-descriptions: `x-enum-descriptions` has 2 descriptions for 1 value
    error invalid-extension at /components/schemas/Wrong/x-enum-varnames: `x-enum-varnames` must be a list of texts, found a number
    "#);
}

#[test]
fn what_has_no_enum_in_rust_keeps_its_type() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          properties:
            mixed: {enum: [a, 1]}
            mixedText: {type: string, enum: [a, null], nullable: true}
            yes: {type: boolean, enum: [true]}
            half: {type: number, enum: [0.5, 1]}
            nothing: {enum: [null], nullable: true}
            lists: {type: array, items: {type: string, enum: [a, b]}}
        "), @r#"
    struct Thing (unused)
        mixed: Any? = "mixed" // One of `"a"`, `1`.
        mixed_text: ThingMixedText? or null = "mixedText"
        yes: Boolean? = "yes" // Always `true`.
        half: Double? = "half" // One of `0.5`, `1`.
        nothing: Any? = "nothing"
        lists: Vec<ThingListsItem>? = "lists"
    enum ThingMixedText (unused)
        A = "a"
        Unknown(..)
    enum ThingListsItem (unused)
        A = "a"
        B = "b"
        Unknown(..)
    warning mixed-enum at /components/schemas/Thing/properties/mixed/enum: the values are of several types, which no Rust enum has, so they are not checked
    "#);
}

#[test]
fn equal_enums_at_places_of_the_same_name_are_one() {
    insta::assert_snapshot!(schemas("
        Base: {type: object, properties: {kind: {type: string, enum: [a, b]}}}
        First: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {id: {type: integer}}}]}
        Second: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {no: {type: integer}}}]}
        "), @r#"
    struct Base (unused)
        kind: BaseKind? = "kind"
    struct First (unused)
        kind: BaseKind? = "kind"
        id: Integer64? = "id"
    struct Second (unused)
        kind: BaseKind? = "kind"
        no: Integer64? = "no"
    enum BaseKind (unused)
        A = "a"
        B = "b"
        Unknown(..)
    "#);
}

#[test]
fn values_of_several_types_keep_their_names() {
    let text = "
openapi: 3.1.0
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Both: {type: [string, integer, 'null'], enum: [a, 1, null, b, 2], x-enum-varnames: [First, One, Nothing, Second, Two], x-enum-descriptions: [A, I, N, B, II]}
    Few: {type: [string, integer], enum: [a, 1], x-enum-varnames: [First]}
";
    let source = crate::Source {
        name: "api.yaml",
        bytes: text.as_bytes(),
    };
    let generated = crate::read_model(source, &[]);
    let diagnostics = generated.diagnostics.iter();
    let diagnostics: Vec<String> = diagnostics
        .map(|one| format!("{} {}: {}", one.code, one.pointer, one.message))
        .collect();
    assert_eq!(
        diagnostics,
        [
            "invalid-extension /components/schemas/Few/x-enum-varnames: `x-enum-varnames` has 1 name for 2 values"
        ]
    );
    let api = generated.api.expect("a model");
    let mut names = Vec::new();
    for definition in &api.types {
        match &definition.kind {
            TypeKind::StringEnum(one) => {
                let variants = one.variants.iter();
                names.extend(variants.map(|one| (one.name.to_string(), one.docs.summary.clone())));
            }
            TypeKind::IntegerEnum(one) => {
                let variants = one.variants.iter();
                names.extend(variants.map(|one| (one.name.to_string(), one.docs.summary.clone())));
            }
            _ => {}
        }
    }
    let named = |name: &str, text: &str| (name.to_owned(), Some(text.to_owned()));
    for expected in [
        named("First", "A"),
        named("Second", "B"),
        named("One", "I"),
        named("Two", "II"),
    ] {
        assert!(names.contains(&expected), "{expected:?} {names:?}");
    }
}

#[test]
fn values_beside_alternatives_are_those_of_the_alternatives() {
    insta::assert_snapshot!(schemas("
        Listed: {type: string, enum: [a, b, c], oneOf: [{enum: [a], title: First, description: The first.}, {enum: [b], title: Second}]}
        Wider: {type: string, enum: [a, b], anyOf: [{enum: [a, z]}, {enum: [b, c]}]}
        Named: {type: integer, enum: [1, 2, 3], x-enum-varnames: [One, Two, Three], oneOf: [{enum: [1]}, {enum: [2]}]}
        Open: {type: string, enum: [a, b], anyOf: [{enum: [a]}, {minLength: 1}]}
        "), @r#"
    enum Listed (unused)
        First = "a"
        Second = "b"
        Unknown(..)
    enum Wider (unused)
        A = "a"
        B = "b"
        Unknown(..)
    enum Named (unused)
        One = 1
        Two = 2
        Three = 3
        Unknown(..)
    enum Open (unused)
        A = "a"
        B = "b"
        Unknown(..)
    "#);
}
