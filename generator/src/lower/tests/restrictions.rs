//! Alternatives that only restrict what is beside them, among others that describe values.

use super::schemas;

#[test]
fn a_restriction_beside_one_alternative_makes_nothing_required_of_the_whole() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, required: [id], properties: {id: {type: integer}}}
        OrNamed: {anyOf: [{$ref: '#/components/schemas/Thing'}, {required: [name]}]}
        OrNamedFirst: {oneOf: [{required: [name]}, {type: object, required: [id], properties: {id: {type: integer}}}]}
        OrNamedObject: {type: object, anyOf: [{$ref: '#/components/schemas/Thing'}, {type: object, required: [name]}]}
        OrNot: {oneOf: [{$ref: '#/components/schemas/Thing'}, {not: {required: [id]}}]}
        OrAnything: {anyOf: [{$ref: '#/components/schemas/Thing'}, {}]}
        OrPattern: {anyOf: [{type: array, items: {type: integer}}, {pattern: '^a'}, {minimum: 5}]}
        OrItems: {type: array, anyOf: [{items: {type: integer}}, {minItems: 2}]}
        "), @r#"
    struct Thing (unused)
        id: Integer64 = "id"
    union OrNamed (unused)
        Thing(Thing)
        Unknown(..)
    union OrNamedFirst (unused)
        Object(OrNamedFirstObject)
        Unknown(..)
    union OrNamedObject (unused)
        Thing(Thing)
        Unknown(..)
    union OrNot (unused)
        Thing(Thing)
        Unknown(..)
    union OrAnything (unused)
        Thing(Thing)
        Unknown(..)
    union OrPattern (unused)
        IntegerArray(Vec<Integer64>)
        Unknown(..)
    union OrItems (unused)
        IntegerArray(Vec<Integer64>)
        Unknown(..)
    struct OrNamedFirstObject (unused)
        id: Integer64 = "id"
    "#);
}

#[test]
fn properties_beside_a_restriction_are_a_variant() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, required: [id], properties: {id: {type: integer}}}
        Binding:
          title: A binding
          type: object
          properties: {id: {type: integer}, name: {type: string}}
          anyOf: [{required: [name]}, {$ref: '#/components/schemas/Thing'}, {not: {required: [id]}}]
        Untyped:
          properties: {a: {type: string}}
          oneOf: [{properties: {b: {type: string}}, required: [b]}, {required: [a]}]
        InAllOf:
          allOf:
          - {$ref: '#/components/schemas/Thing'}
          - anyOf: [{properties: {b: {type: string}}, required: [b]}, {minProperties: 2}]
        Nullable:
          type: object
          properties: {a: {type: string}}
          oneOf: [{nullable: true}, {required: [a]}]
        Typed:
          type: object
          properties: {a: {type: string}}
          anyOf: [{required: [a]}, {type: object, maxProperties: 0}, {type: object, nullable: true, minProperties: 4}]
        "), @r#"
    struct Thing (unused)
        id: Integer64 = "id"
    union Binding (unused) // A binding
        Variant1(BindingVariant1)
        Base(BindingBase)
        Unknown(..)
    union Untyped (unused)
        Variant1(UntypedVariant1)
        Base(UntypedBase)
        Unknown(..)
    struct InAllOf (unused)
        id: Integer64 = "id"
        b: String? = "b"
    struct Nullable (unused)
        a: String? = "a"
    struct Typed (unused)
        a: String? = "a"
    struct BindingVariant1 (unused) // A binding
        id: Integer64 = "id"
        name: String? = "name"
    struct BindingBase (unused) // A binding
        id: Integer64? = "id"
        name: String? = "name"
    struct UntypedVariant1 (unused)
        a: String? = "a"
        b: String = "b"
    struct UntypedBase (unused)
        a: String? = "a"
    note implied-type at /components/schemas/Untyped: this schema describes members of an object and has no `type`, so values of other types are valid, too; only objects are read
    "#);
}

#[test]
fn each_list_of_alternatives_restricts_on_its_own() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, required: [id], properties: {id: {type: integer}}}
        Other: {type: object, required: [no], properties: {no: {type: integer}}}
        One:
          oneOf: [{$ref: '#/components/schemas/Thing'}, {$ref: '#/components/schemas/Other'}]
          anyOf: [{required: [a]}, {required: [b]}]
        Only:
          oneOf: [{$ref: '#/components/schemas/Thing'}]
          anyOf: [{required: [a]}, {required: [b]}]
        "), @r#"
    struct Thing (unused)
        id: Integer64 = "id"
    struct Other (unused)
        no: Integer64 = "no"
    union One (unused)
        Thing(Thing)
        Other(Other)
        Unknown(..)
    type Only = Thing (unused)
    "#);
}

#[test]
fn restricted_texts_and_numbers_keep_their_type() {
    insta::assert_snapshot!(schemas("
        Address: {type: string, anyOf: [{format: ipv4}, {format: ipv6}]}
        Time: {type: string, oneOf: [{format: date}, {format: date-time}, {maxLength: 3}]}
        Once: {type: string, oneOf: [{format: date}]}
        Part: {allOf: [{type: string}, {format: date}]}
        Word: {type: string, anyOf: [{enum: [a, b]}, {pattern: '^x'}]}
        Number: {type: number, anyOf: [{minimum: 5}, {multipleOf: 3}]}
        Count: {type: integer, anyOf: [{enum: [1, 2]}, {minimum: 5}]}
        "), @r#"
    type Address = String (unused)
    union Time (unused)
        Date(Date)
        Timestamp(Timestamp)
        String(String)
        Unknown(..)
    type Once = Date (unused)
    type Part = Date (unused)
    enum Word (unused)
        A = "a"
        B = "b"
        Unknown(..)
    type Number = Double (unused)
    enum Count (unused)
        Value1 = 1
        Value2 = 2
        Unknown(..)
    "#);
}

#[test]
fn a_constant_tells_no_variants_apart_where_a_value_may_be_none_of_them() {
    insta::assert_snapshot!(schemas("
        Event:
          anyOf:
          - {type: object, required: [kind, by], properties: {kind: {type: string, enum: [opened]}, by: {type: string}}}
          - {type: object, required: [kind, at], properties: {kind: {type: string, enum: [closed]}, at: {type: string}}}
          - {required: [id]}
        "), @r#"
    union Event (unused)
        Variant1(EventVariant1)
        Variant2(EventVariant2)
        Unknown(..)
    struct EventVariant1 (unused)
        kind: EventVariant1Kind = "kind"
        by: String = "by"
    struct EventVariant2 (unused)
        kind: EventVariant2Kind = "kind"
        at: String = "at"
    enum EventVariant1Kind (unused)
        Opened = "opened"
        Unknown(..)
    enum EventVariant2Kind (unused)
        Closed = "closed"
        Unknown(..)
    "#);
}

#[test]
fn null_is_a_value_where_a_part_or_an_alternative_says_so() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, properties: {id: {type: integer}}}
        Maybe: {type: object, nullable: true, properties: {id: {type: integer}}}
        State: {type: string, nullable: true, enum: [a]}
        Text: {type: string, nullable: true}
        Holder:
          type: object
          required: [partNull, partOfSeveral, extended, extendedUntyped, enums, texts, union, single, base]
          properties:
            partNull: {allOf: [{$ref: '#/components/schemas/Thing'}, {nullable: true}]}
            partOfSeveral: {allOf: [{$ref: '#/components/schemas/Thing'}, {type: object, nullable: true, properties: {a: {type: string}}}]}
            extended: {allOf: [{$ref: '#/components/schemas/Maybe'}, {type: object, properties: {a: {type: string}}}]}
            extendedUntyped: {allOf: [{$ref: '#/components/schemas/Maybe'}, {properties: {a: {type: string}}}]}
            enums: {anyOf: [{$ref: '#/components/schemas/State'}, {type: string, enum: [b]}]}
            texts: {anyOf: [{$ref: '#/components/schemas/Text'}, {type: string, maxLength: 5}]}
            union: {anyOf: [{$ref: '#/components/schemas/Maybe'}, {type: integer}]}
            single: {oneOf: [{$ref: '#/components/schemas/Maybe'}]}
            base: {oneOf: [{$ref: '#/components/schemas/Maybe'}], properties: {a: {type: string}}}
        "), @r#"
    struct Thing (unused)
        id: Integer64? = "id"
    struct Maybe (unused)
        id: Integer64? = "id"
    enum State (unused)
        A = "a"
        Unknown(..)
    type Text = String (unused)
    struct Holder (unused)
        part_null: Thing or null = "partNull"
        part_of_several: HolderPartOfSeveral or null = "partOfSeveral"
        extended: HolderExtended = "extended"
        extended_untyped: HolderExtendedUntyped or null = "extendedUntyped"
        enums: HolderEnums or null = "enums"
        texts: String or null = "texts"
        union: HolderUnion or null = "union"
        single: Maybe or null = "single"
        base: HolderBase or null = "base"
    struct HolderPartOfSeveral (unused)
        id: Integer64? = "id"
        a: String? = "a"
    struct HolderExtended (unused)
        id: Integer64? = "id"
        a: String? = "a"
    struct HolderExtendedUntyped (unused)
        id: Integer64? = "id"
        a: String? = "a"
    enum HolderEnums (unused)
        A = "a"
        B = "b"
        Unknown(..)
    union HolderUnion (unused)
        Maybe(Maybe)
        Integer(Integer64)
        Unknown(..)
    struct HolderBase (unused)
        a: String? = "a"
        id: Integer64? = "id"
    "#);
}

#[test]
fn restricted_lists_and_maps_keep_their_type() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, required: [id], properties: {id: {type: integer}}}
        Counts: {type: object, additionalProperties: {type: integer}, anyOf: [{type: object, minProperties: 1}, {nullable: true}]}
        Numbers: {type: array, items: {type: integer}, oneOf: [{type: array, minItems: 1}, {type: array, maxItems: 9}, {type: array, nullable: true}]}
        Untyped: {type: array, items: {type: integer}, anyOf: [{minItems: 1}, {uniqueItems: true}]}
        InAllOf: {allOf: [{$ref: '#/components/schemas/Numbers'}, {anyOf: [{type: array, minItems: 2}, {type: array, maxItems: 3}]}]}
        Narrowed: {type: array, items: {type: string}, anyOf: [{type: array, items: {format: date}}, {type: array, minItems: 3}]}
        Extended: {type: object, additionalProperties: {type: integer}, anyOf: [{properties: {a: {type: integer}}, required: [a]}, {minProperties: 2}]}
        Open: {type: object, additionalProperties: true, anyOf: [{$ref: '#/components/schemas/Thing'}, {type: object, properties: {b: {type: string}}}]}
        Either: {items: {type: integer}, oneOf: [{type: string}, {type: array}]}
        Parts: {allOf: [{type: array, minItems: 1}, {type: array, items: {type: string}}]}
        Alone: {allOf: [{type: array, minItems: 1}, {description: Some.}]}
        "), @r#"
    struct Thing (unused)
        id: Integer64 = "id"
    type Counts = Map<Integer64> (unused)
    type Numbers = Vec<Integer64> (unused)
    type Untyped = Vec<Integer64> (unused)
    type InAllOf = Vec<Integer64> (unused)
    union Narrowed (unused)
        DateArray(Vec<Date>)
        StringArray(Vec<String>)
        Unknown(..)
    union Extended (unused)
        Object(ExtendedObject)
        IntegerMap(Map<Integer64>)
        Unknown(..)
    union Open (unused)
        Thing(Thing)
        Object(OpenObject)
        Unknown(..)
    union Either (unused)
        String(String)
        Array(Vec<Any>)
        Unknown(..)
    type Parts = Vec<String> (unused)
    type Alone = Vec<Any> (unused) // Length: at least 1 item.
    struct ExtendedObject (unused)
        a: Integer64 = "a"
        extra: ..Integer64
    struct OpenObject (unused)
        b: String? = "b"
    warning array-without-items at /components/schemas/Either/oneOf/1: an array does not say what its items are
    warning array-without-items at /components/schemas/Alone/allOf/0: an array does not say what its items are
    warning all-of-conflict at /components/schemas/InAllOf/allOf/1: of several lists of alternatives in one `allOf` only the first is read
    note overlapping-alternatives at /components/schemas/Open/anyOf: a value that satisfies several of these is read as the one with the most of its members, without those that only another has
    "#);
}

#[test]
fn the_widest_of_several_numbers_holds_them_all() {
    insta::assert_snapshot!(schemas("
        Count: {type: integer, anyOf: [{format: int32}, {minimum: 5}]}
        Ratio: {type: number, oneOf: [{format: double}, {format: float}]}
        Small: {type: integer, anyOf: [{format: int32}, {format: int32, minimum: 5}]}
        Listed: {anyOf: [{type: integer, format: int32}, {type: integer, format: int64}, {type: integer, enum: [1, 2]}]}
        Both: {anyOf: [{type: integer}, {type: number}]}
        "), @r#"
    type Count = Integer64 (unused)
    type Ratio = Double (unused)
    type Small = Integer32 (unused)
    enum Listed (unused)
        Value1 = 1
        Value2 = 2
        Unknown(..)
    union Both (unused)
        Integer(Integer64)
        Number(Double)
        Unknown(..)
    "#);
}
