//! Plain types, and names for them.

use super::schemas;

#[test]
fn types_and_formats() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          properties:
            integer: {type: integer}
            int32: {type: integer, format: int32}
            int64: {type: integer, format: int64}
            uint32: {type: integer, format: uint32}
            uint64: {type: integer, format: uint64}
            uint64OrNull: {type: integer, format: uint64, nullable: true}
            uint64s: {type: array, items: {type: integer, format: uint64}}
            uint64Map: {type: object, additionalProperties: {type: integer, format: uint64}}
            large: {type: integer, format: int32, maximum: 4294967295}
            number: {type: number}
            float: {type: number, format: float}
            double: {type: number, format: double}
            boolean: {type: boolean}
            string: {type: string}
            date: {type: string, format: date}
            time: {type: string, format: date-time}
            secret: {type: string, format: password}
            byte: {type: string, format: byte}
            binary: {type: string, format: binary}
            uuid: {type: string, format: uuid}
            other: {type: string, format: colour}
            any: {}
            anyOrNull: {nullable: true}
            not: {not: {type: string}}
            listOfAny: {type: array, items: {}}
            listOfNulls: {type: array, items: {type: string, nullable: true}}
        "), @r#"
    struct Thing (unused, secret)
        integer: Integer64? = "integer"
        int32: Integer32? = "int32"
        int64: Integer64? = "int64"
        uint32: Integer64? = "uint32" // Format: `uint32`.
        uint64: Unsigned64? = "uint64"
        uint64_or_null: Unsigned64? or null = "uint64OrNull"
        uint64s: Vec<Unsigned64>? = "uint64s"
        uint64_map: Map<Unsigned64>? = "uint64Map"
        large: Integer64? = "large" // Range: at most 4294967295.
        number: Double? = "number"
        float: Double? = "float" // Format: `float`.
        double: Double? = "double"
        boolean: Boolean? = "boolean"
        string: String? = "string"
        date: Date? = "date"
        time: Timestamp? = "time"
        secret: Secret? = "secret"
        byte: String? = "byte" // Format: `byte`.
        binary: String? = "binary"
        uuid: String? = "uuid" // Format: `uuid`.
        other: String? = "other" // Format: `colour`.
        any: Any? = "any"
        any_or_null: Any? = "anyOrNull"
        not: Any? = "not"
        list_of_any: Vec<Any>? = "listOfAny"
        list_of_nulls: Vec<Option<String>>? = "listOfNulls"
    note not-ignored at /components/schemas/Thing/properties/not/not: `not` determines no type, so the value may be anything
    "#);
}

#[test]
fn the_range_of_integers() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          properties:
            none: {type: integer, minimum: 0}
            exact: {type: integer, minimum: 0, maximum: 18446744073709551615}
            rounded: {type: integer, minimum: 0, maximum: 18446744073709552000}
            exclusive: {type: integer, minimum: 0, maximum: 18446744073709551616, exclusiveMaximum: true}
            signed: {type: integer, minimum: -9223372036854776000, maximum: 9223372036854776000}
            small: {type: integer, format: int32, minimum: 0, maximum: 18446744073709551615}
            shown: {type: integer, format: int32, example: 5368709120}
            defaulted: {type: integer, format: int32, example: 1, default: -2147483649}
            shownSmall: {type: integer, format: int32, example: 2147483647}
            narrowed: {allOf: [{type: integer, minimum: 0, maximum: 18446744073709551615}, {maximum: 10}]}
            unsigned: {type: integer, format: uint}
            wide: {type: integer, format: int128}
            both: {type: integer, minimum: -1, maximum: 18446744073709551615}
            beyond: {type: integer, maximum: 36893488147419103232}
            default: {type: integer, format: uint64, default: 18446744073709551615}
            tooLarge: {type: integer, default: 18446744073709551615}
            values: {type: integer, enum: [1, 18446744073709551615]}
            signs: {type: integer, enum: [-1, 18446744073709551615]}
            flags: {type: integer, format: uint64, enum: [1, 2]}
            either: {oneOf: [{type: integer, format: uint64}, {type: integer, format: int32}]}
        "), @r#"
    struct Thing (unused)
        none: Integer64? = "none" // Range: at least 0.
        exact: Unsigned64? = "exact" // Range: 0 to 18446744073709551615.
        rounded: Unsigned64? = "rounded" // Range: 0 to 18446744073709552000.
        exclusive: Unsigned64? = "exclusive" // Range: at least 0, less than 18446744073709551616.
        signed: Integer64? = "signed" // Range: -9223372036854776000 to 9223372036854776000.
        small: Unsigned64? = "small" // Range: 0 to 18446744073709551615.
        shown: Integer64? = "shown"
        defaulted: Integer64? = "defaulted" default Integer(-2147483649)
        shown_small: Integer32? = "shownSmall"
        narrowed: Unsigned64? = "narrowed" // Range: 0 to 10.
        unsigned: Unsigned64? = "unsigned" // Format: `uint`.
        wide: Integer64? = "wide" // Format: `int128`.
        both: Integer64? = "both" // Range: -1 to 18446744073709551615.
        beyond: Integer64? = "beyond"
        default: Unsigned64? = "default" default Integer(18446744073709551615)
        too_large: Integer64? = "tooLarge" // Default: `18446744073709551615`.
        values: Unsigned64? = "values" // One of `1`, `18446744073709551615`.
        signs: Integer64? = "signs" // One of `-1`, `18446744073709551615`.
        flags: ThingFlags? = "flags"
        either: ThingEither? = "either"
    enum ThingFlags (unused)
        Value1 = 1
        Value2 = 2
        Unknown(..)
    union ThingEither (unused)
        Integer(Unsigned64)
        Integer2(Integer32)
        Unknown(..)
    note number-out-of-range at /components/schemas/Thing/properties/beyond/maximum: `maximum: 36893488147419103232` lies beyond what 64 bits hold, so it restricts nothing
    note integer-range at /components/schemas/Thing/properties/wide: an integer is read into 64 bits, so that values beyond them are rejected
    note integer-range at /components/schemas/Thing/properties/both: an integer is read into 64 bits, so that values beyond them are rejected
    note integer-range at /components/schemas/Thing/properties/signs: an integer is read into 64 bits, so that values beyond them are rejected
    "#);
}

#[test]
fn references_look_through_names_of_plain_types() {
    insta::assert_snapshot!(schemas("
        Id: {type: integer, format: int64, minimum: 1, description: An id.}
        Ids: {type: array, items: {$ref: '#/components/schemas/Id'}}
        Again: {$ref: '#/components/schemas/Ids'}
        Maybe: {type: string, nullable: true}
        Other: {$ref: '#/components/schemas/Thing'}
        Thing:
          type: object
          required: [id, maybe]
          properties:
            id: {$ref: '#/components/schemas/Id'}
            ids: {$ref: '#/components/schemas/Again'}
            maybe: {$ref: '#/components/schemas/Maybe'}
            maybes: {type: array, items: {$ref: '#/components/schemas/Maybe'}}
            other: {$ref: '#/components/schemas/Other'}
            deep: {$ref: '#/components/schemas/Thing/properties/ids'}
        "), @r#"
    type Id = Integer64 (unused) // An id. // Range: at least 1.
    type Ids = Vec<Integer64> (unused)
    type Again = Vec<Integer64> (unused)
    type Maybe = String (unused)
    struct Thing (unused)
        id: Integer64 = "id" // An id. // Range: at least 1.
        ids: Vec<Integer64>? = "ids"
        maybe: String or null = "maybe"
        maybes: Vec<Option<String>>? = "maybes"
        other: Box<Thing>? = "other"
        deep: Vec<Integer64>? = "deep"
    type Other = Thing (unused)
    "#);
}

#[test]
fn a_secret_is_known_to_everything_that_reaches_it() {
    insta::assert_snapshot!(schemas("
        Outer: {type: object, properties: {inner: {type: array, items: {$ref: '#/components/schemas/Inner'}}}}
        Inner: {type: object, properties: {token: {type: string, format: password}, outer: {$ref: '#/components/schemas/Outer'}}}
        Keys: {type: object, additionalProperties: {type: string, format: password, enum: [a]}}
        Plain: {type: object, properties: {id: {type: integer}}}
        "), @r#"
    struct Outer (unused, secret)
        inner: Vec<Inner>? = "inner"
    struct Inner (unused, secret)
        token: Secret? = "token"
        outer: Outer? = "outer"
    type Keys = Map<Secret> (unused, secret)
    struct Plain (unused)
        id: Integer64? = "id"
    "#);
}
