//! Every error body of GitLab that the stand-in can send (facts, section 1.5).

use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault, NewToken, TokenSpec, User};
use jiff::civil::date;
use serde_json::json;

use crate::client::{Ask, Reply, TOKENS, ask, get};

const UNAUTHORIZED: &str = r#"{"message":"401 Unauthorized"}"#;
const EXPIRED: &str = r#"{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}"#;
const REVOKED: &str = r#"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#;
const NOT_A_PAT: &str = r#"{"message":"400 Bad request - This endpoint requires token type to be a personal access token"}"#;

fn insufficient(scopes: &str) -> String {
    format!(
        "{{\"error\":\"insufficient_scope\",\"error_description\":\"The request requires higher privileges than \
         provided by the access token.\",\"scope\":\"{scopes}\"}}"
    )
}

fn instance() -> (FakeGitLab, User, NewToken) {
    let gitlab = FakeGitLab::start().expect("a server");
    let alice = gitlab.add_user("alice");
    let token = gitlab.add_token(TokenSpec::new(&alice, "alices"));
    (gitlab, alice, token)
}

/// Every operation, on the token and user with these ids.
fn operations(token: i64, user: i64) -> Vec<Ask> {
    let create = json!({"name": "new", "scopes": ["k8s_proxy"]});
    vec![
        ask("GET", TOKENS),
        ask("GET", &format!("{TOKENS}/{token}")),
        ask("DELETE", &format!("{TOKENS}/{token}")),
        ask("POST", &format!("{TOKENS}/{token}/rotate")),
        ask("GET", &format!("{TOKENS}/self")),
        ask("DELETE", &format!("{TOKENS}/self")),
        ask("POST", &format!("{TOKENS}/self/rotate")),
        ask("GET", &format!("{TOKENS}/self/associations")),
        ask(
            "POST",
            &format!("/api/v4/users/{user}/personal_access_tokens"),
        )
        .json(&create),
        ask("POST", "/api/v4/user/personal_access_tokens").json(&create),
    ]
}

#[test]
fn any_operation_without_a_credential_or_with_an_unknown_one() {
    let (gitlab, alice, token) = instance();
    for operation in operations(token.id(), alice.id()) {
        operation.send(&gitlab).assert(401, UNAUTHORIZED);
        let reply = operation
            .clone()
            .header("PRIVATE-TOKEN", "glpat-unknown")
            .send(&gitlab);
        reply.assert(401, UNAUTHORIZED);
        assert_eq!(reply.header("www-authenticate"), None);
    }
}

#[test]
fn any_operation_with_an_inactive_credential() {
    let (gitlab, alice, token) = instance();
    let spec = || TokenSpec::new(&alice, "inactive");
    let expired = gitlab.add_token(spec().expires_at(date(2026, 12, 1)));
    let revoked = gitlab.add_token(spec().revoked(true));
    let both = gitlab.add_token(spec().revoked(true).expires_at(date(2026, 11, 1)));
    let scopeless = gitlab.add_token(spec().revoked(true).scopes(Vec::<String>::new()));
    for operation in operations(token.id(), alice.id()) {
        for (inactive, body) in [
            (&expired, EXPIRED),
            (&revoked, REVOKED),
            (&both, EXPIRED),
            (&scopeless, REVOKED),
        ] {
            let reply = operation.clone().token(inactive).send(&gitlab);
            reply.assert(401, body);
            let challenge = reply.header("www-authenticate").expect("a challenge");
            assert!(challenge.starts_with(
                "Bearer realm=\"The API\", error=\"invalid_token\", error_description="
            ));
        }
    }
}

#[test]
fn impersonation_tokens_while_impersonation_is_disabled() {
    let (gitlab, alice, token) = instance();
    gitlab.configure(|settings| settings.impersonation_enabled(false));
    let spec = || TokenSpec::new(&alice, "impersonation").impersonation(true);
    let impersonation = gitlab.add_token(spec());
    let scopeless = gitlab.add_token(spec().scopes(Vec::<String>::new()));
    for operation in operations(token.id(), alice.id()) {
        operation.clone().token(&impersonation).send(&gitlab).assert(
            401,
            r#"{"error":"invalid_token","error_description":"Token is an impersonation token but impersonation was disabled."}"#,
        );
        // The scope is checked first.
        assert_eq!(
            operation.clone().token(&scopeless).send(&gitlab).status,
            403
        );
    }
    gitlab.configure(|settings| settings.impersonation_enabled(true));
    assert_eq!(
        get(&gitlab, &impersonation, &format!("{TOKENS}/self")).status,
        200
    );
}

#[test]
fn scopes_that_do_not_suffice() {
    let (gitlab, alice, token) = instance();
    let spec = |scope: &str| TokenSpec::new(&alice, "scoped").scopes([scope]);
    let repository = gitlab.add_token(spec("read_repository"));
    let reads = gitlab.add_token(spec("read_api"));
    let send = |operation: &Ask, token: &NewToken| operation.clone().token(token).send(&gitlab);
    let all = operations(token.id(), alice.id());
    for index in [0, 1, 2, 3, 8, 9] {
        let reply = send(&all[index], &repository);
        reply.assert(403, &insufficient("api read_api"));
        assert_eq!(reply.header("www-authenticate"), None);
    }
    send(&all[6], &repository).assert(403, &insufficient("api self_rotate api read_api"));
    for index in [2, 3, 6, 8, 9] {
        assert_eq!(send(&all[index], &reads).status, 403, "{:?}", all[index]);
    }
    assert!(gitlab.token(token.id()).expect("a token").active);
}

#[test]
fn users_who_are_forbidden() {
    let (gitlab, alice, token) = instance();
    gitlab.forbid(&alice, "Your account has been blocked.");
    let body = r#"{"message":"403 Forbidden - Your account has been blocked."}"#;
    for operation in operations(token.id(), alice.id()) {
        operation
            .clone()
            .token(&token)
            .send(&gitlab)
            .assert(403, body);
    }
    gitlab.allow(&alice);
    assert_eq!(get(&gitlab, &token, &format!("{TOKENS}/self")).status, 200);
}

#[test]
fn unknown_paths_and_methods() {
    let (gitlab, _, token) = instance();
    let missing = r#"{"error":"404 Not Found"}"#;
    for path in [
        "/api/v4/personal_access_token",
        "/api/v4/personal_access_tokens/1/2/3",
        "/api/v4/",
        "/api/v5/x",
    ] {
        get(&gitlab, &token, path).assert(404, missing);
    }
    get(&gitlab, &token, "/api/v3/personal_access_tokens").assert(
        410,
        r#"{"error":"API V3 is no longer supported. Use API V4 instead."}"#,
    );
    for (method, path) in [
        ("PUT", TOKENS.to_owned()),
        ("POST", format!("{TOKENS}/self")),
        ("GET", format!("{TOKENS}/self/rotate")),
        ("GET", "/api/v4/user/personal_access_tokens".to_owned()),
    ] {
        ask(method, &path)
            .token(&token)
            .send(&gitlab)
            .assert(405, r#"{"error":"405 Not Allowed"}"#);
    }
    let page = get(&gitlab, &token, "/personal_access_tokens");
    assert_eq!(
        (page.status, page.header("content-type")),
        (404, Some("text/html; charset=utf-8"))
    );
}

#[test]
fn ids_that_are_not_numbers() {
    let (gitlab, _, token) = instance();
    let root = gitlab.add_token(TokenSpec::new(&gitlab.add_admin("root"), "root"));
    for operation in operations(0, 0).iter().skip(1).take(3) {
        let path = operation.target.replace("/0", "/abc");
        let send = |token: &NewToken| ask(&operation.method, &path).token(token).send(&gitlab);
        send(&token).assert(400, r#"{"error":"id is invalid"}"#);
    }
    gitlab.configure(|settings| settings.version(17, 11));
    let path = format!("{TOKENS}/abc");
    get(&gitlab, &token, &path).assert(401, UNAUTHORIZED);
    get(&gitlab, &root, &path).assert(404, r#"{"message":"404 Not Found"}"#);
}

#[test]
fn oauth_tokens_on_the_operations_of_the_bearer() {
    let (gitlab, alice, token) = instance();
    let oauth = gitlab.add_oauth_token(&alice, ["api"]);
    let weak = gitlab.add_oauth_token(&alice, ["read_user"]);
    let bearer = |operation: &Ask, secret: &str| {
        operation
            .clone()
            .header("Authorization", &format!("Bearer {secret}"))
            .send(&gitlab)
    };
    let all = operations(token.id(), alice.id());
    for index in [4, 5, 7] {
        bearer(&all[index], oauth.secret()).assert(400, NOT_A_PAT);
    }
    bearer(&all[6], oauth.secret()).assert(405, r#"{"message":"405 Method Not Allowed"}"#);
    bearer(&all[6], weak.secret()).assert(403, &insufficient("api self_rotate api read_api"));
    assert_eq!(bearer(&all[1], oauth.secret()).status, 200);
    bearer(&all[1], weak.secret()).assert(403, &insufficient("api read_api"));

    gitlab.revoke_oauth_token(&weak);
    bearer(&all[1], weak.secret()).assert(401, REVOKED);
    gitlab.expire_oauth_token(&oauth, gitlab.now());
    bearer(&all[1], oauth.secret()).assert(401, EXPIRED);
}

#[test]
fn invalid_bodies() {
    let (gitlab, _, token) = instance();
    let path = format!("{TOKENS}/self/rotate");
    let reply = ask("POST", &path)
        .token(&token)
        .body("application/json", "{\"expires_at\":")
        .send(&gitlab);
    assert_eq!(reply.status, 400);
    let reply = ask("POST", &path)
        .token(&token)
        .body("text/plain", "hello")
        .send(&gitlab);
    reply.assert(
        415,
        r#"{"error":"The provided content-type 'text/plain' is not supported."}"#,
    );
    assert!(gitlab.token(token.id()).expect("a token").active);
}

#[test]
fn every_response_has_its_own_request_id_and_the_date_of_the_instance() {
    let (gitlab, alice, token) = instance();
    let replies: Vec<Reply> = operations(token.id(), alice.id())
        .iter()
        .map(|operation| operation.send(&gitlab))
        .collect();
    let mut ids: Vec<&str> = replies
        .iter()
        .filter_map(|reply| reply.header("x-request-id"))
        .collect();
    assert_eq!(ids.len(), replies.len());
    ids.dedup();
    assert_eq!(ids.len(), replies.len());
    assert!(
        replies
            .iter()
            .all(|reply| reply.header("date") == Some("Tue, 01 Dec 2026 09:00:00 GMT"))
    );
}

#[test]
fn responses_that_only_a_fault_sends() {
    let (gitlab, _, token) = instance();
    let dpop = r#"{"error":"dpop_error","error_description":"DPoP validation error: no header"}"#;
    let language_server = r#"{"error":"restricted_language_server_client_error","error_description":"Requests from this language server client are not allowed on this instance"}"#;
    let too_often = r#"{"message":{"error":"This endpoint has been requested too many times. Try again later."}}"#;
    for (response, status, body) in [
        (FakeResponse::dpop_error("no header"), 401, dpop),
        (
            FakeResponse::language_server_restriction(),
            401,
            language_server,
        ),
        (FakeResponse::banned(), 403, "Forbidden\n"),
        (
            FakeResponse::conflict(),
            409,
            r#"{"message":"409 Conflict: Resource lock"}"#,
        ),
        (FakeResponse::too_many_requests(), 429, "Retry later\n"),
        (FakeResponse::application_limit(), 429, too_often),
        (
            FakeResponse::message(429, "429 Too Many Requests"),
            429,
            r#"{"message":"429 Too Many Requests"}"#,
        ),
        (
            FakeResponse::internal_error(),
            500,
            r#"{"message":"500 Internal Server Error"}"#,
        ),
        (
            FakeResponse::validation_error(400, "name", &["is too long"]),
            400,
            r#"{"message":{"name":["is too long"]}}"#,
        ),
    ] {
        gitlab.faults().next(Fault::response(response));
        get(&gitlab, &token, TOKENS).assert(status, body);
    }
    for status in [502, 503, 504] {
        gitlab
            .faults()
            .next(Fault::response(FakeResponse::proxy_error(status)));
        let reply = get(&gitlab, &token, TOKENS);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (status, Some("text/html; charset=utf-8"))
        );
        assert!(reply.text().contains(&status.to_string()));
    }
}
