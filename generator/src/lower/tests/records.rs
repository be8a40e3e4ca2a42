//! Objects with properties.

use super::{lower, model, schemas};
use crate::model::TypeKind;

#[test]
fn a_property_is_required_or_optional_and_may_be_null_in_either_case() {
    insta::assert_snapshot!(model("
        paths:
          /things:
            put:
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}
        components:
          schemas:
            Both:
              type: object
              required: [always, alwaysOrNull]
              properties:
                always: {type: string}
                alwaysOrNull: {type: string, nullable: true}
                sometimes: {type: string}
                sometimesOrNull: {type: string, nullable: true}
            Answer:
              type: object
              required: [always, alwaysOrNull]
              properties:
                always: {type: string}
                alwaysOrNull: {type: string, nullable: true}
                sometimes: {type: string}
                sometimesOrNull: {type: string, nullable: true}
        "), @r#"
    struct Both (in)
        always: String = "always"
        always_or_null: String or null = "alwaysOrNull"
        sometimes: String? = "sometimes"
        sometimes_or_null: String? or null = "sometimesOrNull"
    struct Answer (out)
        always: String = "always"
        always_or_null: String or null = "alwaysOrNull"
        sometimes: String? = "sometimes"
        sometimes_or_null: String? = "sometimesOrNull"
    group general: General
      update_things: UpdateThings PUT /things [Optional, Idempotent]
        body ..Both as Json application/json
        -> Answer as application/json
        Code(200): Answer as application/json
        accept application/json
    "#);
}

#[test]
fn three_states_are_told_apart_only_where_json_is_sent() {
    insta::assert_snapshot!(model("
        paths:
          /things:
            put:
              requestBody:
                required: true
                content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Form'}}}
              responses: {'204': {description: ok}}
        components:
          schemas:
            Form: {type: object, properties: {note: {type: string, nullable: true}}}
            Unused: {type: object, properties: {note: {type: string, nullable: true}}}
        "), @r#"
    struct Form (in)
        note: String? = "note"
    struct Unused (unused)
        note: String? or null = "note"
    group general: General
      update_things: UpdateThings PUT /things [Optional, Idempotent]
        body ..Form as Form application/x-www-form-urlencoded
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn what_only_one_side_writes_is_not_asked_of_the_other() {
    insta::assert_snapshot!(model("
        paths:
          /things:
            post:
              requestBody:
                required: true
                content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        components:
          schemas:
            Thing:
              type: object
              required: [id, name, password]
              properties:
                id: {type: integer, readOnly: true}
                changed: {type: string, format: date-time, readOnly: true, nullable: true}
                name: {type: string}
                password: {type: string, format: password, writeOnly: true}
        "), @r#"
    struct Thing (in and out, secret)
        id: Integer64? = "id"
        changed: Timestamp? = "changed"
        name: String = "name"
        password: Secret? = "password"
    group general: General
      create_thing: CreateThing POST /things [Optional, NonIdempotent, secret at /password]
        body ..Thing as Json application/json
        -> Thing as application/json
        Code(200): Thing as application/json
        accept application/json
    "#);
}

#[test]
fn defaults_are_documented_and_stand_in_for_null_where_the_document_says_so() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          required: [kind]
          properties:
            kind: {type: string, default: a}
            count: {type: integer, default: 3, x-null-as-default: true}
            colour: {type: string, enum: [red, green], default: green, x-null-as-default: true}
            tags: {type: array, items: {type: string}, default: [], x-null-as-default: true}
            ratio: {type: number, default: 0.5}
            wrong: {type: integer, default: many}
            limits: {type: object, default: {low: 1}, additionalProperties: {type: integer}}
            without: {type: string, x-null-as-default: true}
        "), @r#"
    struct Thing (unused)
        kind: String = "kind" default String("a")
        count: Integer64 unless null = "count" default Integer(3)
        colour: ThingColour unless null = "colour" default Variant(TypeId(1), 1)
        tags: Vec<String> unless null = "tags" default EmptyArray
        ratio: Double? = "ratio" default Double(0.5)
        wrong: Integer64? = "wrong" // Default: `"many"`.
        limits: Map<Integer64>? = "limits" // Default: `{"low":1}`.
        without: String? = "without"
    enum ThingColour (unused)
        Red = "red"
        Green = "green"
        Unknown(..)
    error invalid-extension at /components/schemas/Thing/properties/without/x-null-as-default: `x-null-as-default` needs a `default` of the property's type
    "#);
}

#[test]
fn empty_lists_are_left_out_where_the_document_says_so() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          properties:
            tags: {type: array, items: {type: string}, x-omit-when-empty: true}
            note: {type: string, x-omit-when-empty: true}
            flag: {type: array, items: {type: string}, x-omit-when-empty: 'yes'}
        "), @r#"
    struct Thing (unused)
        tags: Vec<String> unless empty = "tags"
        note: String? = "note"
        flag: Vec<String>? = "flag"
    error invalid-extension at /components/schemas/Thing/properties/note/x-omit-when-empty: `x-omit-when-empty` is only for lists and maps
    error invalid-extension at /components/schemas/Thing/properties/flag/x-omit-when-empty: `x-omit-when-empty` must be `true` or `false`, found a string
    "#);
}

#[test]
fn other_members_are_kept_where_the_document_allows_them() {
    insta::assert_snapshot!(schemas("
        Open: {type: object, properties: {id: {type: integer}}, additionalProperties: true}
        Typed: {type: object, properties: {id: {type: integer}, extra: {type: string}}, additionalProperties: {type: integer, nullable: true}}
        Closed: {type: object, properties: {id: {type: integer}}, additionalProperties: false}
        Silent: {type: object, properties: {id: {type: integer}}}
        Empty: {type: object, additionalProperties: false}
        Map: {type: object, additionalProperties: {type: object, properties: {id: {type: integer}}}}
        Anything: {type: object}
        Untyped: {properties: {id: {type: integer}}}
        "), @r#"
    struct Open (unused)
        id: Integer64? = "id"
        extra: ..Any
    struct Typed (unused)
        id: Integer64? = "id"
        extra: String? = "extra"
        extra_2: ..Option<Integer64>
    struct Closed (unused)
        id: Integer64? = "id"
    struct Silent (unused)
        id: Integer64? = "id"
    struct Empty (unused)
    struct MapValue (unused)
        id: Integer64? = "id"
    type Map = Map<MapValue> (unused)
    type Anything = Map<Any> (unused)
    struct Untyped (unused)
        id: Integer64? = "id"
    note implied-type at /components/schemas/Untyped: this schema describes members of an object and has no `type`, so values of other types are valid, too; only objects are read
    "#);
}

#[test]
fn inline_objects_are_named_by_their_place() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          properties:
            owner: {type: object, properties: {name: {type: string}}}
            parts: {type: array, items: {type: object, properties: {size: {type: integer}}}}
            by_name: {type: object, additionalProperties: {type: object, properties: {size: {type: integer}}}}
            named: {type: object, x-rust-name: Special, properties: {size: {type: integer}}}
        ThingOwner: {type: object, properties: {other: {type: boolean}}}
        "), @r#"
    struct Thing (unused)
        owner: ThingOwner2? = "owner"
        parts: Vec<ThingPartsItem>? = "parts"
        by_name: Map<ThingByNameValue>? = "by_name"
        named: Special? = "named"
    struct ThingOwner (unused)
        other: Boolean? = "other"
    struct ThingOwner2 (unused)
        name: String? = "name"
    struct ThingPartsItem (unused)
        size: Integer64? = "size"
    struct ThingByNameValue (unused)
        size: Integer64? = "size"
    struct Special (unused)
        size: Integer64? = "size"
    "#);
}

#[test]
fn names_that_nobody_declares_are_not_required() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, required: [id, nmae], properties: {id: {type: integer}, name: {type: string}}}
        Bag: {type: object, required: [id, other], properties: {id: {type: integer}}, additionalProperties: true}
        "), @r#"
    struct Thing (unused)
        id: Integer64 = "id"
        name: String? = "name"
    struct Bag (unused)
        id: Integer64 = "id"
        extra: ..Any
    warning required-without-property at /components/schemas/Thing/required/1: `nmae` is required, but there is no such property
    "#);
}

#[test]
fn documentation_tells_what_is_allowed() {
    insta::assert_snapshot!(schemas("
        Thing:
          description: |-
            A thing.

            It has <parts> and a [reference].
          externalDocs: {url: 'https://example.com/thing'}
          deprecated: true
          type: object
          properties:
            low: {type: integer, minimum: 1, maximum: 10, description: A number.}
            open: {type: number, minimum: 0, exclusiveMinimum: true, multipleOf: 0.5}
            text: {type: string, minLength: 1, maxLength: 1, pattern: '^`x`$', deprecated: true}
            list: {type: array, minItems: 2, uniqueItems: true, items: {type: string}}
            mail: {type: string, format: email, title: The address}
            map: {type: object, maxProperties: 3, additionalProperties: {type: string}}
        "), @r#"
    struct Thing (unused, deprecated) // A thing. // It has \<parts> and a \[reference\]. // https://example.com/thing
        low: Integer64? = "low" // A number. // Range: 1 to 10.
        open: Double? = "open" // Range: more than 0. A multiple of 0.5.
        text: String? = "text", deprecated // Length: exactly 1 character. Pattern: ``^`x`$``.
        list: Vec<String>? = "list" // Length: at least 2 items. Items are unique.
        mail: String? = "mail" // The address // Format: `email`.
        map: Map<String>? = "map" // Size: at most 3 members.
    "#);
}

#[test]
fn every_item_knows_where_it_stands() {
    let (api, _) = lower(
        "
        components:
          schemas:
            a/b: {type: object, properties: {c~d: {type: object, properties: {e: {type: string}}}}}
        ",
    );
    let mut pointers: Vec<&str> = Vec::new();
    for definition in &api.types {
        pointers.push(definition.pointer.as_str());
        if let TypeKind::Record(record) = &definition.kind {
            pointers.extend(record.fields.iter().map(|field| field.pointer.as_str()));
        }
    }
    assert_eq!(
        pointers,
        [
            "/components/schemas/a~1b",
            "/components/schemas/a~1b/properties/c~0d",
            "/components/schemas/a~1b/properties/c~0d",
            "/components/schemas/a~1b/properties/c~0d/properties/e",
        ]
    );
    assert_eq!(
        api.types.first().and_then(|one| one.schema_name.as_deref()),
        Some("a/b")
    );
}
