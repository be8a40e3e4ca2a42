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
        uint64: Integer64? = "uint64" // Format: `uint64`.
        large: Integer64? = "large" // Range: at most 4294967295.
        number: Double? = "number"
        float: Float? = "float"
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
    note integer-range at /components/schemas/Thing/properties/uint64/format: an integer without a sign is read into 64 bits with one, so that values from 2^63 on are rejected
    note not-ignored at /components/schemas/Thing/properties/not/not: `not` determines no type, so the value may be anything
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
