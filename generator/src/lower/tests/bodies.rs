//! Request bodies.

use super::model;

/// `POST /things/{id}` with a body.
pub(super) fn post(content: &str) -> String {
    model(&super::below(
        &[
            "paths:",
            "  /things/{id}:",
            "    post:",
            "      operationId: createThing",
            "      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]",
            "      responses: {'204': {description: ok}}",
            "      requestBody:",
        ],
        content,
    ))
}

#[test]
fn members_are_inputs_of_their_own() {
    insta::assert_snapshot!(post("
        required: true
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string}, note: {type: string}}}
        "), @r#"
    struct CreateThingBody (in)
        name: String = "name"
        note: String? = "note"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn members_are_no_inputs_where_a_name_is_taken() {
    insta::assert_snapshot!(post("
        required: true
        content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        id: String? = "id"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("
        required: true
        content: {application/json: {schema: {type: object, properties: {options: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        options: String? = "options"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn members_are_no_inputs_where_there_are_too_many() {
    insta::assert_snapshot!(post("
        required: true
        content: {application/json: {schema: {type: object, required: [a, b, c, d, e], properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}, e: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        a: String = "a"
        b: String = "b"
        c: String = "c"
        d: String = "d"
        e: String = "e"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn members_are_no_inputs_where_more_can_be_said() {
    insta::assert_snapshot!(post("
        content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        a: String = "a"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body? body: CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("
        required: true
        content: {application/json: {schema: {type: object, additionalProperties: true, properties: {a: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        a: String? = "a"
        extra: ..Any
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("
        required: true
        content: {application/json: {schema: {type: object, nullable: true, properties: {a: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        a: String? = "a"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Option<CreateThingBody> as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn an_optional_body_is_sent_with_its_first_member() {
    insta::assert_snapshot!(post("
        content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}
        "), @r#"
    struct CreateThingBody (in)
        a: String? = "a"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body? ..CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn json_is_preferred_and_what_is_skipped_is_reported() {
    insta::assert_snapshot!(post("
        required: true
        content:
          application/xml: {schema: {type: object, properties: {a: {type: string}}}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}
          application/vnd.things+json; charset=utf-8: {schema: {type: object, properties: {a: {type: string}}}}
        "), @r#"
    struct CreateThingBody (in)
        a: String? = "a"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Json application/vnd.things+json; charset=utf-8
        -> ()
        Code(204): nothing
    warning media-type-skipped at /paths/~1things~1{id}/post/requestBody/content/application~1xml: the body is sent as `application/vnd.things+json; charset=utf-8`, never as `application/xml`
    "#);
}

#[test]
fn files_stand_in_multipart_bodies_only() {
    insta::assert_snapshot!(post("
        required: true
        content:
          multipart/form-data:
            schema: {type: object, required: [file], properties: {file: {type: string, format: binary}, more: {type: array, items: {type: string, format: binary}}, name: {type: string}}}
            encoding: {file: {contentType: image/png}}
        "), @r#"
    struct CreateThingBody (in)
        file: Binary = "file"
        more: Vec<Binary>? = "more"
        name: String? = "name"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Multipart multipart/form-data
            "file" as image/png
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("
        required: true
        content:
          application/json: {schema: {type: object, properties: {file: {type: string, format: binary}}}}
        "), @r#"
    struct CreateThingBody (in)
        file: String? = "file"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body ..CreateThingBody as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn raw_bodies() {
    insta::assert_snapshot!(post("content: {application/octet-stream: {schema: {type: string, format: binary}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body? body: Binary as Binary application/octet-stream
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("{required: true, content: {text/plain: {schema: {type: string}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: String as Text text/plain
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("{required: true, content: {image/*: {}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Binary as Binary application/octet-stream
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("{required: true, content: {application/xml: {schema: {type: object}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: String as Text application/xml
        -> ()
        Code(204): nothing
    warning media-type-skipped at /paths/~1things~1{id}/post/requestBody/content/application~1xml: `application/xml` is passed as text; its schema is not used
    "#);
    insta::assert_snapshot!(post("{required: true, content: {'*/*': {schema: {type: string}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Binary as Binary application/octet-stream
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("{required: true, content: {application/json: {}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Any as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn other_bodies_are_one_argument() {
    insta::assert_snapshot!(post("{required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Vec<String> as Json application/json
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("{required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, additionalProperties: {type: string}}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Map<String> as Form application/x-www-form-urlencoded
        -> ()
        Code(204): nothing
    "#);
    insta::assert_snapshot!(post("{required: true, content: {multipart/form-data: {schema: {type: string}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        -> ()
        Code(204): nothing
    warning unsupported-body at /paths/~1things~1{id}/post/requestBody/content/multipart~1form-data: a body of `multipart/form-data` has named members, but its schema has no properties
    "#);
    insta::assert_snapshot!(post("{required: true, content: {a successful request: {schema: {type: integer}}}}"), @r#"
    group general: General
      create_thing: CreateThing POST /things/{id} [Optional, NonIdempotent]
        id: Integer64 = "id" in Path, Simple
        body body: Integer64 as Json application/json
        -> ()
        Code(204): nothing
    warning invalid-media-type at /paths/~1things~1{id}/post/requestBody/content/a successful request: `a successful request` is no media type; it is taken for `application/json`
    "#);
}

#[test]
fn a_shared_body_names_its_types_itself() {
    insta::assert_snapshot!(model("
        paths:
          /a: {post: {tags: [t], operationId: a, requestBody: {$ref: '#/components/requestBodies/Thing'}, responses: {'204': {description: ok}}}}
          /b: {post: {tags: [t], operationId: b, requestBody: {$ref: '#/components/requestBodies/Thing'}, responses: {'204': {description: ok}}}}
        components:
          requestBodies:
            Thing: {required: true, content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}
        "), @r#"
    struct ThingRequest (in)
        x: String? = "x"
    group t: T
      a: A POST /a [Optional, NonIdempotent]
        body ..ThingRequest as Json application/json
        -> ()
        Code(204): nothing
      b: B POST /b [Optional, NonIdempotent]
        body ..ThingRequest as Json application/json
        -> ()
        Code(204): nothing
    "#);
}

#[test]
fn a_parameter_called_body_gives_way_to_the_body() {
    insta::assert_snapshot!(model("
        paths:
          /a:
            post:
              parameters: [{name: body, in: query, schema: {type: string}}]
              requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}
              responses: {'204': {description: ok}}
        "), @r#"
    group general: General
      create_a: CreateA POST /a [Optional, NonIdempotent]
        body_2?: String = "body" in Query, Form exploded
        body? body: Vec<String> as Json application/json
        -> ()
        Code(204): nothing
    "#);
}
