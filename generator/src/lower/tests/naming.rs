//! Names of groups, operations and types.

use super::{model, schemas};

#[test]
fn operations_are_grouped_by_their_first_tag() {
    insta::assert_snapshot!(model("
        tags:
        - {name: 'Big things', description: All of them., x-rust-name: things, externalDocs: {url: 'https://example.com'}}
        - {name: Unused}
        paths:
          /a: {get: {tags: [Big things, Other], operationId: listThings, responses: {'204': {description: ok}}}}
          /b: {get: {operationId: other, responses: {'204': {description: ok}}}}
          /c: {get: {tags: [request], operationId: x, responses: {'204': {description: ok}}}}
          /d: {get: {tags: [Big things], operationId: list-things, responses: {'204': {description: ok}}}}
        "), @r"
    group things: Things
      list_things: ListThings GET /a [Optional, Idempotent]
        -> ()
        Code(204): nothing
      list_things_2: ListThings2 GET /d [Optional, Idempotent]
        -> ()
        Code(204): nothing
    group general: General
      other: Other GET /b [Optional, Idempotent]
        -> ()
        Code(204): nothing
    group request_: Request
      x: X GET /c [Optional, Idempotent]
        -> ()
        Code(204): nothing
    ");
}

#[test]
fn an_operation_without_an_id_is_named_by_method_and_path() {
    insta::assert_snapshot!(model("
        paths:
          /api/v1/things/{thingId}/parts:
            parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
            post: {tags: [t], responses: {'204': {description: ok}}}
            get: {tags: [t], operationId: getApiV1ThingsThingIdParts, responses: {'204': {description: ok}}}
          /: {get: {tags: [t], responses: {'204': {description: ok}}}}
        "), @r#"
    group t: T
      post_api_v1_things_thing_id_parts: PostApiV1ThingsThingIdParts POST /api/v1/things/{thingId}/parts [Optional, NonIdempotent]
        thing_id: String = "thingId" in Path, Simple
        -> ()
        Code(204): nothing
      get_api_v1_things_thing_id_parts: GetApiV1ThingsThingIdParts GET /api/v1/things/{thingId}/parts [Optional, Idempotent]
        thing_id: String = "thingId" in Path, Simple
        -> ()
        Code(204): nothing
      get: Get GET / [Optional, Idempotent]
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn names_that_are_taken_give_way() {
    insta::assert_snapshot!(model("
        paths:
          /a: {get: {tags: [t], operationId: new, responses: {'204': {description: ok}}}}
          /b: {get: {tags: [t], operationId: t, responses: {'204': {description: ok}}}}
          /c: {get: {tags: [t], operationId: option, responses: {'204': {description: ok}}}}
          /d: {get: {tags: [t], operationId: Get_It, responses: {'204': {description: ok}}}}
          /e: {get: {tags: [t], operationId: getIt, responses: {'204': {description: ok}}}}
          /f: {get: {tags: [t], operationId: zzz, x-rust-name: get_it, x-rust-type-name: Fetch, responses: {'204': {description: ok}}}}
          /g: {get: {tags: [t], operationId: yyy, x-rust-name: Not Good, responses: {'204': {description: ok}}}}
        "), @r"
    group t: T
      new_: New GET /a [Optional, Idempotent]
        -> ()
        Code(204): nothing
      t: T2 GET /b [Optional, Idempotent]
        -> ()
        Code(204): nothing
      option: Option_ GET /c [Optional, Idempotent]
        -> ()
        Code(204): nothing
      get_it_2: GetIt2 GET /d [Optional, Idempotent]
        -> ()
        Code(204): nothing
      get_it_3: GetIt3 GET /e [Optional, Idempotent]
        -> ()
        Code(204): nothing
      get_it: Fetch GET /f [Optional, Idempotent]
        -> ()
        Code(204): nothing
      not_good: NotGood GET /g [Optional, Idempotent]
        -> ()
        Code(204): nothing
    error invalid-name at /paths/~1g/get/x-rust-name: the name `Not Good` is taken or not a valid name here; `not_good` is used
    ");
}

#[test]
fn inline_types_of_builders_that_are_called_alike_have_the_group_in_their_names() {
    insta::assert_snapshot!(model("
        paths:
          /a:
            get:
              tags: [cats]
              x-rust-name: list
              responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}}
          /b:
            get:
              tags: [dogs]
              x-rust-name: list
              responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {b: {type: integer}}}}}}}
        "), @r#"
    struct CatsListResponse (out)
        a: Integer64? = "a"
    struct DogsListResponse (out)
        b: Integer64? = "b"
    group cats: Cats
      list: List GET /a [Optional, Idempotent]
        -> CatsListResponse as application/json
        Code(200): CatsListResponse as application/json
        accept application/json
    group dogs: Dogs
      list: List GET /b [Optional, Idempotent]
        -> DogsListResponse as application/json
        Code(200): DogsListResponse as application/json
        accept application/json
    "#);
}

#[test]
fn schemas_keep_their_names_as_far_as_rust_lets_them() {
    insta::assert_snapshot!(schemas("
        APIEntitiesPersonalAccessToken: {type: object, properties: {a: {type: integer}}}
        API_Entities_X: {type: object, properties: {a: {type: integer}}}
        api-entities-x: {type: object, properties: {a: {type: integer}}}
        Option: {type: object, properties: {a: {type: integer}}}
        Self: {type: object, properties: {a: {type: integer}}}
        3DModel: {type: object, properties: {a: {type: integer}}}
        Sha256: {type: object, properties: {a: {type: integer}}}
        sha256: {type: object, properties: {a: {type: integer}}}
        Given: {type: object, x-rust-name: ApiEntitiesX, properties: {a: {type: integer}}}
        Fields: {type: object, properties: {type: {type: integer}, Type: {type: integer}, gen: {type: integer}, '1st': {type: integer}, '+1': {type: integer}, '-1': {type: integer}, _links: {type: integer}, '@id': {type: integer}, given: {type: integer, x-rust-field-name: type_}}}
        "), @r#"
    struct ApiEntitiesPersonalAccessToken (unused)
        a: Integer64? = "a"
    struct ApiEntitiesX2 (unused)
        a: Integer64? = "a"
    struct ApiEntitiesX3 (unused)
        a: Integer64? = "a"
    struct Option_ (unused)
        a: Integer64? = "a"
    struct Self_ (unused)
        a: Integer64? = "a"
    struct Type3dModel (unused)
        a: Integer64? = "a"
    struct Sha256 (unused)
        a: Integer64? = "a"
    struct Sha256_2 (unused)
        a: Integer64? = "a"
    struct ApiEntitiesX (unused)
        a: Integer64? = "a"
    struct Fields (unused)
        type_2: Integer64? = "type"
        type_3: Integer64? = "Type"
        gen_: Integer64? = "gen"
        field_1st: Integer64? = "1st"
        plus_1: Integer64? = "+1"
        minus_1: Integer64? = "-1"
        links: Integer64? = "_links"
        at_id: Integer64? = "@id"
        type_: Integer64? = "given"
    "#);
}
