//! Responses.

use super::{get, model};

#[test]
fn one_success_is_what_a_call_returns() {
    insta::assert_snapshot!(get("
        responses:
          '201': {description: Created., content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}
          '404': {description: Missing., content: {application/problem+json: {schema: {type: object, properties: {title: {type: string}}}}}}
          4XX: {description: Other., content: {application/json: {schema: {type: object, properties: {error: {type: string}}}}}}
          default: {description: Anything else.}
        "), @r#"
    struct ListThingsResponse (out)
        id: Integer64? = "id"
    struct ListThingsNotFoundError (out)
        title: String? = "title"
    struct ListThingsClientError (out)
        error: String? = "error"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> ListThingsResponse as application/json
        Code(201): ListThingsResponse as application/json
        Code(404): ListThingsNotFoundError as application/problem+json
        Class(4): ListThingsClientError as application/json
        Default: nothing
        accept application/json, application/problem+json
    "#);
}

#[test]
fn statuses_of_one_type_are_one_result() {
    insta::assert_snapshot!(model("
        paths:
          /things:
            get:
              responses:
                '200': {$ref: '#/components/responses/Thing'}
                '202': {$ref: '#/components/responses/Thing'}
                '204': {description: Nothing.}
        components:
          responses:
            Thing: {description: A thing., content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}
        "), @r#"
    struct ThingResponse (out)
        id: Integer64? = "id"
    group general: General
      get_things: GetThings GET /things [Optional, Idempotent]
        -> Option<ThingResponse as application/json>
        Code(200): ThingResponse as application/json
        Code(202): ThingResponse as application/json
        Code(204): nothing
        accept application/json
    "#);
}

#[test]
fn statuses_of_several_types_are_told_apart() {
    insta::assert_snapshot!(get("
        responses:
          '202': {description: Later., content: {application/json: {schema: {type: object, properties: {job: {type: string}}}}}}
          '200': {description: Now., content: {application/json: {schema: {type: array, items: {type: string}}}}}
          '204': {description: Nothing.}
          2XX: {description: Other., content: {text/csv: {schema: {type: string}}}}
        "), @r#"
    struct ListThingsAcceptedResponse (out)
        job: String? = "job"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> ListThingsOutput { Code(200) Ok(Vec<String> as application/json), Code(202) Accepted(ListThingsAcceptedResponse as application/json), Code(204) NoContent(nothing), Class(2) Success(text as text/csv) }
        Code(202): ListThingsAcceptedResponse as application/json
        Code(200): Vec<String> as application/json
        Code(204): nothing
        Class(2): text as text/csv
        accept application/json, text/csv
    "#);
}

#[test]
fn large_responses_among_others_are_boxed() {
    insta::assert_snapshot!(get("
        responses:
          '200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}, e: {type: string}, f: {type: string}}}}}}
          '202': {description: later, content: {application/json: {schema: {type: string}}}}
        "), @r#"
    struct ListThingsOkResponse (out)
        a: String? = "a"
        b: String? = "b"
        c: String? = "c"
        d: String? = "d"
        e: String? = "e"
        f: String? = "f"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> ListThingsOutput { Code(200) Ok(Box<ListThingsOkResponse> as application/json), Code(202) Accepted(String as application/json) }
        Code(200): ListThingsOkResponse as application/json
        Code(202): String as application/json
        accept application/json
    "#);
}

#[test]
fn default_is_the_success_where_no_other_is_documented() {
    insta::assert_snapshot!(get("responses: {default: {description: Anything., content: {application/json: {schema: {type: string}}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> String as application/json
        Default: String as application/json
        accept application/json
    ");
    insta::assert_snapshot!(get("responses: {'302': {description: Elsewhere.}, default: {description: Fault.}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> ()
        Code(302): nothing
        Default: nothing
    ");
}

#[test]
fn media_types_of_responses() {
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {application/xml: {schema: {type: object}}, application/json: {schema: {type: string}}, text/plain: {schema: {type: string}}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> String as application/json
        Code(200): String as application/json
        accept application/json
    warning media-type-skipped at /paths/~1things/get/responses/200/content/application~1xml: the response is requested as `application/json`, never as `application/xml`
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {application/xml: {schema: {type: object}}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> text as application/xml
        Code(200): text as application/xml
        accept application/xml
    warning media-type-skipped at /paths/~1things/get/responses/200/content/application~1xml: `application/xml` is passed as text; its schema is not used
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {application/pdf: {}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> bytes as application/pdf
        Code(200): bytes as application/pdf
        accept application/pdf
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {application/json: {schema: {type: string, format: binary}}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> bytes as application/json
        Code(200): bytes as application/json
        accept application/json
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {application/json: {}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> Any as application/json
        Code(200): Any as application/json
        accept application/json
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {successful: {schema: {type: integer}}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> Integer64 as application/json
        Code(200): Integer64 as application/json
        accept application/json
    warning invalid-media-type at /paths/~1things/get/responses/200/content/successful: `successful` is no media type; it is taken for `application/json`
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok, content: {application/json: {schema: {type: string, nullable: true}}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> Option<String> as application/json
        Code(200): Option<String> as application/json
        accept application/json
    ");
    insta::assert_snapshot!(get("responses: {'200': {description: ok}, '429': {description: slow, content: {application/json: {schema: {type: object}}, text/plain: {}}}}"), @r"
    group general: General
      list_things: ListThings GET /things [Optional, Idempotent]
        -> ()
        Code(200): nothing
        Code(429): Map<Any> as application/json
        accept application/json
    ");
}

#[test]
fn the_response_to_a_head_has_no_body() {
    insta::assert_snapshot!(model("
        paths:
          /things: {head: {responses: {'200': {description: ok, content: {application/json: {schema: {type: string}}}}}}}
        "), @r"
    group general: General
      head_things: HeadThings HEAD /things [Optional, Idempotent]
        -> ()
        Code(200): nothing
    ");
}

#[test]
fn types_of_errors_have_the_phrase_of_their_status() {
    let body =
        "content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}";
    let model = get(&format!(
        "
        responses:
          '204': {{description: Done.}}
          '421': {{description: Elsewhere., {body}}}
          '507': {{description: Full., {body}}}
          '599': {{description: Unregistered., {body}}}
        "
    ));

    let names = [
        "MisdirectedRequestError",
        "InsufficientStorageError",
        "Status599Error",
    ];
    for name in names {
        assert!(
            model.contains(&format!("struct ListThings{name} (out)")),
            "{model}"
        );
    }
}
