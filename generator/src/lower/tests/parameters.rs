//! Parameters.

use super::{get, model};

#[test]
fn every_place_and_style() {
    insta::assert_snapshot!(model("
        paths:
          /things/{id}/{m}/{l}:
            get:
              parameters:
              - {name: q, in: query, schema: {type: string}}
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: m, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: string}}}
              - {name: l, in: path, required: true, style: label, schema: {type: string}}
              - {name: list, in: query, explode: false, schema: {type: array, items: {type: string}}}
              - {name: space, in: query, style: spaceDelimited, schema: {type: array, items: {type: string}}}
              - {name: pipe, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
              - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: string}}}}
              - {name: free, in: query, allowReserved: true, schema: {type: string}}
              - {name: json, in: query, content: {application/json: {schema: {type: object, nullable: true, properties: {a: {type: string}}}}}}
              - {name: X-Trace, in: header, required: true, schema: {type: string}}
              - {name: Accept, in: header, schema: {type: string}}
              - {name: session, in: cookie, schema: {type: string}}
              responses: {'204': {description: ok}}
        "), @r#"
    struct GetThingDeep (in)
        a: String? = "a"
    struct GetThingJson (in)
        a: String? = "a"
    group general: General
      get_thing: GetThing GET /things/{id}/{m}/{l} [Optional, Idempotent]
        id: Integer64 = "id" in Path, Simple
        m: Vec<String> = "m" in Path, Matrix exploded
        l: String = "l" in Path, Label
        q?: String = "q" in Query, Form exploded
        list?: Vec<String> = "list" in Query, Form
        space?: Vec<String> = "space" in Query, SpaceDelimited
        pipe?: Vec<String> = "pipe" in Query, PipeDelimited
        deep?: GetThingDeep = "deep" in Query, DeepObject exploded
        free?: String = "free" in Query, Form exploded reserved
        json?: Option<GetThingJson> = "json" in Query, json exploded
        x_trace: String = "X-Trace" in Header, Simple
        session?: String = "session" in Cookie, Form exploded
        -> ()
        Code(204): nothing
    note ignored-header at /paths/~1things~1{id}~1{m}~1{l}/get/parameters/11: a header parameter `Accept` is ignored in OpenAPI 3.0
    "#);
}

#[test]
fn those_of_the_path_hold_unless_the_operation_says_otherwise() {
    insta::assert_snapshot!(model("
        paths:
          /things/{id}:
            parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
            - {$ref: '#/components/parameters/Page'}
            get:
              parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: id, in: query, schema: {type: string}}
              - {name: page, in: header, schema: {type: string}}
              responses: {'204': {description: ok}}
        components:
          parameters:
            Page: {name: page, in: query, description: The page., schema: {type: string, enum: [first, last], default: first}}
        "), @r#"
    enum Page (in)
        First = "first"
        Last = "last"
        Unknown(..)
    group general: General
      get_thing: GetThing GET /things/{id} [Optional, Idempotent]
        id: Integer64 = "id" in Path, Simple
        page?: Page = "page" in Query, Form exploded default Variant(TypeId(0), 0) // The page.
        id_2?: String = "id" in Query, Form exploded
        page_2?: String = "page" in Header, Simple
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn names_give_way_to_the_methods_of_builders() {
    insta::assert_snapshot!(get("
        parameters:
        - {name: send, in: query, schema: {type: string}}
        - {name: 'ids[]', in: query, schema: {type: array, items: {type: integer}}}
        - {name: type, in: query, schema: {type: string}}
        - {name: clone, in: query, x-rust-name: duplicate, schema: {type: string}}
        - {name: bad, in: query, x-rust-name: options, schema: {type: string}}
        responses: {'204': {description: ok}}
        "), @r#"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        send_?: String = "send" in Query, Form exploded
        ids?: Vec<Integer64> = "ids[]" in Query, Form exploded
        type_?: String = "type" in Query, Form exploded
        duplicate?: String = "clone" in Query, Form exploded
        options_?: String = "bad" in Query, Form exploded
        -> ()
        Code(204): nothing
    error invalid-name at /paths/~1things/get/parameters/4/x-rust-name: the name `options` is taken or not a valid name here; `options_` is used
    "#);
}

#[test]
fn what_no_style_can_write_is_reported() {
    insta::assert_snapshot!(get("
        parameters:
        - {name: deep, in: query, style: deepObject, schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}}
        - {name: rows, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}
        - {name: list, in: query, schema: {type: array, items: {type: string, enum: [a]}}}
        responses: {'204': {description: ok}}
        "), @r#"
    struct ListThingsDeep (in)
        a: ListThingsDeepA? = "a"
    enum ListThingsListItem (in)
        A = "a"
        Unknown(..)
    struct ListThingsDeepA (in)
        b: String? = "b"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        deep?: ListThingsDeep = "deep" in Query, DeepObject
        rows?: Vec<Vec<String>> = "rows" in Query, Form exploded
        list?: Vec<ListThingsListItem> = "list" in Query, Form exploded
        -> ()
        Code(204): nothing
    warning nested-parameter at /paths/~1things/get/parameters/1: values of the parameter `rows` nest deeper than its style can write; calls with such values fail
    "#);
}

#[test]
fn null_is_the_same_as_nothing() {
    insta::assert_snapshot!(get("
        parameters:
        - {name: a, in: query, schema: {type: integer, nullable: true, default: 3, minimum: 1}}
        - {name: b, in: query, required: true, deprecated: true, schema: {type: string, nullable: true, description: Said by the schema.}}
        responses: {'204': {description: ok}}
        "), @r#"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        a?: Integer64 = "a" in Query, Form exploded default Integer(3) // Range: at least 1.
        b: String = "b" in Query, Form exploded, deprecated // Said by the schema.
        -> ()
        Code(204): nothing
    "#);
}
