//! What the document says to the generator.

use super::{lower, model};
use crate::model::{CredentialPlacement, ErrorBody};

const LIST: &str = "
paths:
  /things:
    get:
      operationId: list
      parameters:
      - {name: page, in: query, schema: {type: integer}}
      - {name: size, in: query, schema: {type: integer}}
      - {name: cursor, in: query, schema: {type: string}}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
";

fn paginated(extension: &str) -> String {
    model(&format!("{LIST}      x-pagination: {extension}"))
}

#[test]
fn a_list_has_pages() {
    insta::assert_snapshot!(paginated("{page-parameter: page, page-size-parameter: size, next-page-header: X-Next, page-header: X-Page, page-size-header: X-Size, total-header: X-Total, total-pages-header: X-Pages, link-header: Link, guess-next-page: false, past-end-status: 404}"), @r#"
    group general: General
      list: List GET /things [Optional, Idempotent]
        page?: Integer64 = "page" in Query, Form exploded
        size?: Integer64 = "size" in Query, Form exploded
        cursor?: String = "cursor" in Query, Form exploded
        -> Page<String>
        Code(200): Vec<String> as application/json
        accept application/json
        Pagination { item: String, page_parameter: 0, page_size_parameter: Some(1), first_page: 1, next_page_header: Some("X-Next"), page_header: Some("X-Page"), page_size_header: Some("X-Size"), total_header: Some("X-Total"), total_pages_header: Some("X-Pages"), link_header: Some("Link"), may_guess: false, past_end_status: Some(404) }
    "#);
}

#[test]
fn a_list_under_several_names_has_pages() {
    let text = LIST.replace(
        "{type: array, items: {type: string}}",
        "{$ref: '#/components/schemas/Page'}",
    );
    let schemas = "
components:
  schemas:
    Page: {allOf: [{$ref: '#/components/schemas/Names'}]}
    Names: {type: array, items: {type: string}}
";
    let (api, diagnostics) = lower(&format!(
        "{text}      x-pagination: {{page-parameter: page}}{schemas}"
    ));
    assert_eq!(diagnostics.len(), 0);
    let mut operations = api.operations();
    assert!(operations.all(|operation| operation.pagination.is_some()));
}

#[test]
fn what_is_wrong_with_pages_is_reported() {
    let faults = |extension: &str| {
        let (api, diagnostics) = lower(&format!("{LIST}      x-pagination: {extension}"));
        let has_pages = api
            .operations()
            .any(|operation| operation.pagination.is_some());
        let messages: Vec<&str> = diagnostics
            .iter()
            .map(|item| item.message.as_str())
            .collect();
        (has_pages, messages.join("; "))
    };
    insta::assert_debug_snapshot!([
        faults("true"),
        faults("{}"),
        faults("{page-parameter: pgae}"),
        faults("{page-parameter: cursor}"),
        faults("{page-parameter: page, page-size-parameter: sze}"),
        faults("{page-parameter: page, next-header: X}"),
        faults("{page-parameter: page, link-header: 1}"),
        faults("{page-parameter: page, guess-next-page: no idea}"),
        faults("{page-parameter: page, past-end-status: 204}"),
        faults("{page-parameter: page, past-end-status: none}"),
    ], @r#"
    [
        (
            false,
            "`x-pagination` must be an object, found a boolean",
        ),
        (
            false,
            "`page-parameter` is missing, so no page can be asked for",
        ),
        (
            false,
            "the operation has no query parameter `pgae`",
        ),
        (
            false,
            "the parameter that takes the page's number is no integer",
        ),
        (
            true,
            "the operation has no query parameter `sze`",
        ),
        (
            true,
            "`x-pagination` has no member `next-header`",
        ),
        (
            true,
            "`link-header` must be a text that is not empty, found a number",
        ),
        (
            true,
            "`guess-next-page` must be `true` or `false`, found a string",
        ),
        (
            true,
            "`past-end-status` must be the status of an error, such as 404, found a number",
        ),
        (
            true,
            "`past-end-status` must be the status of an error, such as 404, found a string",
        ),
    ]
    "#);
}

#[test]
fn the_first_page_is_the_default_of_the_parameter_else_its_minimum() {
    let first = |schema: &str| {
        let list = LIST.replacen("{type: integer}", schema, 1);
        let (api, _) = lower(&format!(
            "{list}      x-pagination: {{page-parameter: page}}"
        ));
        let pagination = api
            .operations()
            .next()
            .unwrap()
            .pagination
            .as_ref()
            .unwrap();
        assert!(pagination.may_guess);
        pagination.first_page
    };
    assert_eq!(first("{type: integer}"), 1);
    assert_eq!(first("{type: integer, default: 0}"), 0);
    assert_eq!(first("{type: integer, minimum: 0}"), 0);
    assert_eq!(first("{type: integer, minimum: 0, default: 1}"), 1);
    assert_eq!(first("{type: integer, minimum: -1}"), 1);
}

#[test]
fn only_a_list_has_pages() {
    insta::assert_snapshot!(model("
        paths:
          /things:
            get:
              x-pagination: {page-parameter: page}
              parameters: [{name: page, in: query, schema: {type: integer}}]
              responses: {'200': {description: ok, content: {application/json: {schema: {type: string}}}}}
        "), @r#"
    group general: General
      get_things: GetThings GET /things [Optional, Idempotent]
        page?: Integer64 = "page" in Query, Form exploded
        -> String as application/json
        Code(200): String as application/json
        accept application/json
    error invalid-extension at /paths/~1things/get/x-pagination: a page is a list, but the successful response of this operation is none
    "#);
}

#[test]
fn an_operation_may_be_repeated_as_its_method_or_the_document_says() {
    let (api, diagnostics) = lower(
        "
        paths:
          /things:
            get: {operationId: a, responses: {'204': {description: ok}}}
            put: {operationId: b, x-retry: non-idempotent, responses: {'204': {description: ok}}}
            delete: {operationId: c, responses: {'204': {description: ok}}}
            post: {operationId: d, responses: {'204': {description: ok}}}
            patch: {operationId: e, x-retry: idempotent, responses: {'204': {description: ok}}}
            head: {operationId: f, x-retry: never, responses: {'204': {description: ok}}}
        ",
    );
    let classes: Vec<String> = api
        .operations()
        .map(|one| format!("{} {:?}", one.id, one.retry))
        .collect();
    assert_eq!(
        classes,
        [
            "a Idempotent",
            "b NonIdempotent",
            "c Idempotent",
            "d NonIdempotent",
            "e Idempotent",
            "f Idempotent"
        ]
    );
    let faults: Vec<&str> = diagnostics
        .iter()
        .map(|item| item.pointer.as_str())
        .collect();
    assert_eq!(faults, ["/paths/~1things/head/x-retry"]);
}

/// A document with this status of credentials and this effect on one.
fn credential(status: &str, extension: &str) -> String {
    let status = match status {
        "" => String::new(),
        status => format!("x-credential-status: {status}"),
    };
    model(&format!(
        "
components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}}}
security: [{{key: []}}]
{status}
paths:
  /keys/{{id}}:
    delete:
      operationId: revoke
      parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]
      responses: {{'204': {{description: ok}}}}
      x-credential: {extension}
  /keys/self: {{get: {{operationId: self, responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{}}}}}}}}}}}}}}
  /keys/ping: {{get: {{operationId: ping, responses: {{'204': {{description: ok}}}}}}}}
  /keys/public: {{get: {{operationId: public, security: [], responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{}}}}}}}}}}}}}}
  /keys: {{post: {{operationId: create, responses: {{'204': {{description: ok}}}}}}}}
"
    ))
}

/// What the model says of the status and the effect, and what was said about them.
fn effect(status: &str, extension: &str) -> String {
    let model = credential(status, extension);
    let lines = model.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| line.starts_with("Credential") || line.starts_with("error"))
        .collect();
    lines.join("\n")
}

const STATUS: &str = "{check: self, identity: /id, ended: {status: 401, code: gone}}";

#[test]
fn an_operation_may_end_a_credential() {
    insta::assert_snapshot!(effect("", "{effect: revoke, target: {parameter: id}}"), @"CredentialEffect { kind: Revoke, target: Parameter(0), secret: None }");
    insta::assert_snapshot!(effect("{check: self, ended: {status: 401, code: gone, message: It is gone}}", "{effect: revoke, target: caller}"), @r#"
    CredentialEffect { kind: Revoke, target: Caller, secret: None }
    CredentialStatusInfo { check_path: Some("/keys/self"), identity: None, ended: Some(ResponsePattern { status: 401, code: Some("gone"), message: Some("It is gone") }), active_member: None, active_error_responses: [] }
    "#);
    insta::assert_snapshot!(effect("{check: self, ended: {status: 401, code: gone}}", "{effect: replace, target: caller, secret: /token}"), @r#"
    CredentialEffect { kind: Replace, target: Caller, secret: Some("/token") }
    CredentialStatusInfo { check_path: Some("/keys/self"), identity: None, ended: Some(ResponsePattern { status: 401, code: Some("gone"), message: None }), active_member: None, active_error_responses: [] }
    "#);
    insta::assert_snapshot!(effect("{check: self, identity: /id, active: {member: /active, error_responses: [{status: 400, message: No token}, {status: 403, code: scope}]}}", "{effect: replace, target: {parameter: id}, secret: /token}"), @r#"
    CredentialEffect { kind: Replace, target: Parameter(0), secret: Some("/token") }
    CredentialStatusInfo { check_path: Some("/keys/self"), identity: Some("/id"), ended: None, active_member: Some("/active"), active_error_responses: [ResponsePattern { status: 400, code: None, message: Some("No token") }, ResponsePattern { status: 403, code: Some("scope"), message: None }] }
    "#);
}

#[test]
fn what_is_wrong_with_a_credential_is_reported() {
    let fault = |extension: &str| {
        let effect = effect(STATUS, extension);
        assert!(
            !effect.contains("CredentialEffect {") || extension.contains("secret"),
            "{effect}"
        );
        let mut lines = effect.lines().filter(|line| line.starts_with("error"));
        lines.next().unwrap_or_default().to_owned()
    };
    insta::assert_debug_snapshot!([
        fault("revoke"),
        fault("{effect: end, target: caller}"),
        fault("{effect: revoke}"),
        fault("{effect: revoke, target: me}"),
        fault("{effect: revoke, target: {parameter: di}}"),
        fault("{effect: revoke, target: caller, secret: token}"),
        fault("{effect: revoke, target: caller, secret: /t, ended: {status: 401}}"),
    ], @r#"
    [
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: `x-credential` must be an object, found a string",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/effect: `effect` must be `replace` or `revoke`",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: `target` must be `caller` or an object with `parameter`",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: `target` must be `caller` or an object with `parameter`",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/target: the operation has no path parameter `di`",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/secret: `secret` must be a JSON pointer such as `/id`, found a string",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/ended: `x-credential` has no member `ended`",
    ]
    "#);
}

#[test]
fn what_is_wrong_with_the_status_of_credentials_is_reported() {
    let fault = |status: &str| {
        let effect = effect(status, "{effect: revoke, target: caller}");
        assert!(!effect.contains("ResponsePattern {"), "{effect}");
        let mut lines = effect.lines().filter(|line| line.starts_with("error"));
        lines.next().unwrap_or_default().to_owned()
    };
    insta::assert_debug_snapshot!([
        fault("[self]"),
        fault("{check: nothing, ended: {status: 401, code: gone}}"),
        fault("{check: create, ended: {status: 401, code: gone}}"),
        fault("{check: public, ended: {status: 401, code: gone}}"),
        fault("{check: ping, ended: {status: 401, code: gone}}"),
        fault("{check: 7, ended: {status: 401, code: gone}}"),
        fault("{check: self, identity: id}"),
        fault("{identity: /id}"),
        fault("{active: {member: /active}}"),
        fault("{ended: {code: x}}"),
        fault("{ended: {status: 401}}"),
        fault("{ended: {status: 401, message: ''}}"),
        fault("{ended: {status: 401, message: [x]}}"),
        fault("{ended: {status: 401, code: 7}}"),
        fault("{ended: {status: 401, massage: x}}"),
        fault("{check: self, active: [/active]}"),
        fault("{check: self, active: {member: active}}"),
        fault("{check: self, active: {error_responses: {}}}"),
        fault("{check: self, active: {error_responses: [403]}}"),
        fault("{check: self, active: {error_responses: [{status: 403}]}}"),
        fault("{check: self, active: {error_responses: [{status: 403, code: ''}]}}"),
        fault("{check: self, active: {members: /active}}"),
        fault("{check: self, settled: {status: 401, code: gone}}"),
    ], @r#"
    [
        "error invalid-extension at /x-credential-status: `x-credential-status` must be an object, found a list",
        "error invalid-extension at /x-credential-status/check: there is no operation with the id `nothing`",
        "error invalid-extension at /x-credential-status/check: `create` cannot check a credential: it is no `GET` without required parameters",
        "error invalid-extension at /x-credential-status/check: `public` cannot check a credential: it sends none",
        "error invalid-extension at /x-credential-status/check: `ping` cannot check a credential: no response with JSON is documented",
        "error invalid-extension at /x-credential-status/check: `check` must be a text that is not empty, found a number",
        "error invalid-extension at /x-credential-status/identity: `identity` must be a JSON pointer such as `/id`, found a string",
        "error invalid-extension at /x-credential-status: `identity` is about the responses of `check`, which is missing",
        "error invalid-extension at /x-credential-status: `active` is about the responses of `check`, which is missing",
        "error invalid-extension at /x-credential-status/ended: a response needs a `status` from 100 to 599",
        "error invalid-extension at /x-credential-status/ended: an error response that proves something needs `code` or `message`: a proxy can respond with its status, too",
        "error invalid-extension at /x-credential-status/ended/message: `message` must be a text that is not empty, found a string",
        "error invalid-extension at /x-credential-status/ended/message: `message` must be a text that is not empty, found a list",
        "error invalid-extension at /x-credential-status/ended/code: `code` must be a text that is not empty, found a number",
        "error invalid-extension at /x-credential-status/ended/massage: `ended` has no member `massage`",
        "error invalid-extension at /x-credential-status/active: `active` must be an object, found a list",
        "error invalid-extension at /x-credential-status/active/member: `member` must be a JSON pointer such as `/id`, found a string",
        "error invalid-extension at /x-credential-status/active/error_responses: `error_responses` must be a list of responses, found an object",
        "error invalid-extension at /x-credential-status/active/error_responses/0: a response needs a `status` from 100 to 599",
        "error invalid-extension at /x-credential-status/active/error_responses/0: an error response that proves something needs `code` or `message`: a proxy can respond with its status, too",
        "error invalid-extension at /x-credential-status/active/error_responses/0/code: `code` must be a text that is not empty, found a string",
        "error invalid-extension at /x-credential-status/active/members: `active` has no member `members`",
        "error invalid-extension at /x-credential-status/settled: `x-credential-status` has no member `settled`",
    ]
    "#);
}

#[test]
fn a_status_that_cannot_be_read_as_a_whole_proves_nothing() {
    let extension = "{effect: replace, target: caller, secret: /t}";
    let ended = "ended: {status: 401, code: gone}";
    assert!(effect(STATUS, extension).contains("CredentialEffect {"));
    for status in [
        &format!("{{check: ping, {ended}}}"),
        &format!("{{check: self, {ended}, active: {{member: active}}}}"),
        &format!("{{check: self, {ended}, active: {{members: /active}}}}"),
        &format!("{{{ended}, active: {{member: /active}}}}"),
        "{check: self, ended: {status: 401, massage: x}}",
    ] {
        let effect = effect(status, extension);
        assert!(!effect.contains("CredentialEffect {"), "{effect}");
    }
}

#[test]
fn what_holds_for_the_whole_api_is_not_said_by_an_operation() {
    let fault = |extension: &str| {
        let effect = effect(STATUS, extension);
        assert!(!effect.contains("CredentialEffect {"), "{effect}");
        effect
            .lines()
            .filter(|line| line.starts_with("error"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!(fault("{effect: replace, target: {parameter: id, identity: /id}, secret: /t, check: self, settled: {status: 401, code: gone}, active: {member: /active}}"), @"
    error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/check: `check` holds for the whole API, and is no member of `x-credential`
    error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/settled: `settled` holds for the whole API, and is no member of `x-credential`
    error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/active: `active` holds for the whole API, and is no member of `x-credential`
    error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/target/identity: `identity` holds for the whole API, and is no member of `x-credential`
    ");
    insta::assert_snapshot!(fault("{effect: revoke, target: caller, settled: {status: 401, code: gone}}"), @"error invalid-extension at /paths/~1keys~1{id}/delete/x-credential/settled: `settled` holds for the whole API, and is no member of `x-credential`");
    let (_, diagnostics) = lower(
        "
        paths:
          /keys/self:
            delete:
              responses: {'204': {description: ok}}
              x-credential: {effect: revoke, target: caller, settled: {status: 401, code: gone}}
        ",
    );
    let helps: Vec<String> = diagnostics.iter().map(|item| format!("{item:?}")).collect();
    assert!(
        helps[0].contains(
            "write it once, as `ended` of `x-credential-status` at the root of the document"
        ),
        "{helps:?}"
    );
}

#[test]
fn what_cannot_be_replaced_without_harm_is_reported() {
    let fault = |status: &str, extension: &str| {
        let effect = effect(status, extension);
        assert!(!effect.contains("CredentialEffect {"), "{effect}");
        let lines = effect.lines().filter(|line| line.starts_with("error"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let named = "{effect: replace, target: {parameter: id}, secret: /t}";
    let own = "{effect: replace, target: caller, secret: /t}";
    insta::assert_debug_snapshot!([
        fault("", "{effect: replace, target: {parameter: id}}"),
        fault("", named),
        fault("{check: self}", named),
        fault(STATUS, "{effect: replace, target: {parameter: id}}"),
        fault("", "{effect: replace, target: caller}"),
        fault("", own),
        fault("{check: self}", own),
        fault("{ended: {status: 401, code: gone}}", own),
        fault(STATUS, "{effect: replace, target: caller}"),
    ], @r#"
    [
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the credential that a parameter names takes `secret` and `x-credential-status` at the root with `check` and `identity`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the credential that a parameter names takes `x-credential-status` at the root with `check` and `identity`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the credential that a parameter names takes `x-credential-status` at the root with `identity`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the credential that a parameter names takes `secret`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the caller's own credential takes `secret` and `x-credential-status` at the root with `check` and `ended`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the caller's own credential takes `x-credential-status` at the root with `check` and `ended`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the caller's own credential takes `x-credential-status` at the root with `ended`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the caller's own credential takes `x-credential-status` at the root with `check`, too",
        "error invalid-extension at /paths/~1keys~1{id}/delete/x-credential: to replace the caller's own credential takes `secret`, too",
    ]
    "#);
}

#[test]
fn the_root_tells_where_else_credentials_travel() {
    let (api, diagnostics) = lower(
        "
        x-credential-places: {header: X-Other, query: [key, token], cookie: [session]}
        ",
    );
    assert!(diagnostics.is_empty());
    assert_eq!(
        api.other_credential_places,
        [
            CredentialPlacement::Header("X-Other".to_owned()),
            CredentialPlacement::Query("key".to_owned()),
            CredentialPlacement::Query("token".to_owned()),
            CredentialPlacement::Cookie("session".to_owned()),
        ]
    );
    let (api, diagnostics) = lower(
        "
        x-credential-places: {query: 3, body: [key]}
        ",
    );
    assert!(api.other_credential_places.is_empty());
    let places: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.pointer.to_string())
        .collect();
    assert_eq!(
        places,
        ["/x-credential-places/body", "/x-credential-places/query"]
    );
}

#[test]
fn a_place_of_credentials_has_a_name() {
    let (api, diagnostics) = lower(
        "
        x-credential-places: {header: [X-Other, 'X Other', ''], query: ['', key], cookie: ''}
        ",
    );
    assert_eq!(
        api.other_credential_places,
        [
            CredentialPlacement::Header("X-Other".to_owned()),
            CredentialPlacement::Query("key".to_owned()),
        ]
    );
    let faults: Vec<String> = diagnostics
        .iter()
        .map(|item| format!("{}: {}", item.pointer, item.message))
        .collect();
    // One place is reported once.
    assert_eq!(
        faults,
        [
            "/x-credential-places/header: `X Other` is no name for a credential in `header`",
            "/x-credential-places/query: `` is no name for a credential in `query`",
            "/x-credential-places/cookie: `` is no name for a credential in `cookie`",
        ]
    );
}

#[test]
fn the_root_tells_where_responses_say_what() {
    let (api, diagnostics) = lower("
        x-error-body: {message: [/message, /error], code: /error, required-scopes: [/scope]}
        x-response-headers: {request-id: X-Id, rate-limit: {limit: L, remaining: R, observed: O, name: N, reset: T}}
        ");
    assert!(diagnostics.is_empty());
    insta::assert_debug_snapshot!((&api.error_body, &api.response_headers), @r#"
    (
        ErrorBody {
            message: [
                "/message",
                "/error",
            ],
            code: [
                "/error",
            ],
            required_scopes: [
                "/scope",
            ],
        },
        ResponseHeaders {
            request_id: [
                "X-Id",
            ],
            rate_limit: RateLimitHeaders {
                limit: Some(
                    "L",
                ),
                remaining: Some(
                    "R",
                ),
                observed: Some(
                    "O",
                ),
                name: Some(
                    "N",
                ),
                reset: Some(
                    "T",
                ),
            },
        },
    )
    "#);
    let (api, diagnostics) = lower(
        "
        x-error-body: {message: [message], cod: [/error]}
        x-response-headers: {rate-limit: 3}
        ",
    );
    insta::assert_debug_snapshot!((&api.error_body, &api.response_headers), @r"
    (
        ErrorBody {
            message: [],
            code: [],
            required_scopes: [],
        },
        ResponseHeaders {
            request_id: [],
            rate_limit: RateLimitHeaders {
                limit: None,
                remaining: None,
                observed: None,
                name: None,
                reset: None,
            },
        },
    )
    ");
    let pointers: Vec<&str> = diagnostics
        .iter()
        .map(|item| item.pointer.as_str())
        .collect();
    assert_eq!(
        pointers,
        [
            "/x-error-body/cod",
            "/x-error-body/message",
            "/x-response-headers/rate-limit"
        ]
    );
    // The client knows the usual places, and that they are not declared.
    let (api, _) = lower("");
    assert_eq!(api.error_body, ErrorBody::default());
}

#[test]
fn modules_of_the_maintainers_are_declared() {
    let (api, diagnostics) = lower("x-modules: [expiry, own_types]\npaths: {}\n");
    let modules: Vec<&str> = api.modules.iter().map(|name| name.as_str()).collect();
    assert_eq!(modules, ["expiry", "own_types"]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");

    for (given, kept) in [
        ("[runtime]", 0),
        ("[Expiry]", 0),
        ("[two words]", 0),
        ("[expiry, expiry]", 1),
    ] {
        let (api, diagnostics) = lower(&format!("x-modules: {given}\npaths: {{}}\n"));
        assert_eq!(api.modules.len(), kept, "{given}");
        let said: Vec<String> = diagnostics
            .iter()
            .map(|item| format!("{} {}", item.code, item.pointer))
            .collect();
        assert_eq!(said, ["invalid-extension /x-modules"], "{given}");
    }
}
