//! Errors about credentials and permissions (401, 403), and those that any call can return.

use gitlab_pat_fake::FakeResponse;

use super::row::{
    ALL, ASSOCIATIONS, Body, CREATE_FOR_USER, GET, GET_SELF, LIST, REVOKE, REVOKE_SELF, ROTATE,
    ROTATE_SELF, Row,
};

const REJECTED: &[&str] = &["unauthorized", "credential_rejected"];

/// A 401 does not mean that the credential is invalid: another user's token gives the same response.
#[test]
fn a_401_with_only_a_message_does_not_reject_the_credential() {
    Row::message(ALL, 401, "401 Unauthorized").check();
    Row::message(&[LIST, GET, ROTATE], 401, "401 Unauthorized - Not yours").check();
}

#[test]
fn an_inactive_credential_is_recognized_by_its_code() {
    for (body, text) in [
        (
            r#"{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}"#,
            "Token is expired. You can either do re-authorization or token refresh.",
        ),
        (
            r#"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#,
            "Token was revoked. You have to re-authorize from the user.",
        ),
        (
            r#"{"error":"invalid_token","error_description":"Token is an impersonation token but impersonation was disabled."}"#,
            "Token is an impersonation token but impersonation was disabled.",
        ),
    ] {
        Row::json(ALL, 401, body, Body::Token(text, None))
            .header(
                "WWW-Authenticate",
                r#"Bearer realm="The API", error="invalid_token""#,
            )
            .code("invalid_token")
            .with_message(text)
            .is(REJECTED)
            .check();
    }
}

#[test]
fn other_codes_of_a_401() {
    let text = "DPoP validation error: DPoP header is missing";
    let body = r#"{"error":"dpop_error","error_description":"DPoP validation error: DPoP header is missing"}"#;
    Row::json(ALL, 401, body, Body::Token(text, None))
        .code("dpop_error")
        .with_message(text)
        .is(REJECTED)
        .check();

    let text = "Requests from this client are restricted";
    let body = r#"{"error":"restricted_language_server_client_error","error_description":"Requests from this client are restricted"}"#;
    Row::json(ALL, 401, body, Body::Token(text, None))
        .code("restricted_language_server_client_error")
        .with_message(text)
        .is(REJECTED)
        .check();
}

#[test]
fn a_missing_scope_is_named() {
    const TEXT: &str = "The request requires higher privileges than provided by the access token.";
    let body = r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}"#;
    Row::json(ALL, 403, body, Body::Token(TEXT, Some("api read_api")))
        .code("insufficient_scope")
        .with_message(TEXT)
        .scopes(&["api", "read_api"])
        .check();

    // The server lists every scope that an endpoint registered, some of them twice.
    let scope = "api self_rotate api read_api";
    let body = r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api self_rotate api read_api"}"#;
    Row::json(&[ROTATE_SELF], 403, body, Body::Token(TEXT, Some(scope)))
        .code("insufficient_scope")
        .with_message(TEXT)
        .scopes(&["api", "self_rotate", "read_api"])
        .check();

    let body = r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"sudo"}"#;
    Row::json(&[LIST], 403, body, Body::Token(TEXT, Some("sudo")))
        .code("insufficient_scope")
        .with_message(TEXT)
        .scopes(&["sudo"])
        .check();
}

#[test]
fn a_missing_fine_grained_permission() {
    const TEXT: &str = "Access denied: the token lacks read_personal_access_token";
    let body = r#"{"error":"insufficient_granular_scope","error_description":"Access denied: the token lacks read_personal_access_token"}"#;
    Row::json(ALL, 403, body, Body::Token(TEXT, None))
        .code("insufficient_granular_scope")
        .with_message(TEXT)
        .check();
}

#[test]
fn forbidden_for_other_reasons() {
    Row::message(ALL, 403, "403 Forbidden - Your account has been blocked.").check();
    Row::message(ALL, 403, "403 Forbidden").check();
    Row::message(&[CREATE_FOR_USER], 403, "403 Forbidden").check();
    Row::message(&[LIST], 403, "403 Forbidden - Must be admin to use sudo").check();
    // An IP address that is banned after many 401s.
    Row::new(ALL, FakeResponse::text(403, "Forbidden\n"), Body::None)
        .with_message("Forbidden")
        .check();
}

#[test]
fn errors_of_any_call() {
    Row::parameter(ALL, 404, "404 Not Found").check();
    Row::parameter(ALL, 405, "405 Not Allowed").check();
    Row::message(ALL, 406, "406 Not Acceptable").check();
    Row::message(ALL, 409, "409 Conflict: Resource lock").check();
    Row::parameter(
        ALL,
        410,
        "API V3 is no longer supported. Use API V4 instead.",
    )
    .check();
    Row::message(ALL, 413, "413 Request Entity Too Large").check();
    Row::message(ALL, 500, "500 Internal Server Error").check();
    Row::message(ALL, 503, "503 Service Unavailable").check();
    Row::message(&[LIST], 404, "404 User with ID or username '123' Not Found").check();
}

#[test]
fn an_oauth_token_instead_of_a_personal_access_token() {
    const TEXT: &str =
        "400 Bad request - This endpoint requires token type to be a personal access token";
    Row::message(&[GET_SELF, REVOKE_SELF, ASSOCIATIONS], 400, TEXT).check();
    Row::message(&[ROTATE_SELF], 405, "405 Method Not Allowed").check();
}

#[test]
fn throttled_in_text_and_in_json() {
    Row::new(ALL, FakeResponse::text(429, "Retry later\n"), Body::None)
        .header("Retry-After", "13")
        .header("RateLimit-Limit", "2000")
        .with_message("Retry later")
        .retry_after(13)
        .check();
    // The administrator sets this text.
    Row::new(
        &[LIST],
        FakeResponse::text(429, "Too fast.\r\n\r\nTake a  break."),
        Body::None,
    )
    .with_message("Too fast. Take a break.")
    .check();
    const LIMITED: &str = "This endpoint has been requested too many times. Try again later.";
    let body = r#"{"message":{"error":"This endpoint has been requested too many times. Try again later."}}"#;
    Row::json(ALL, 429, body, Body::Messages)
        .with_message(LIMITED)
        .check();
    Row::message(&[REVOKE, ROTATE], 429, "429 Too Many Requests")
        .header("Retry-After", "60")
        .retry_after(60)
        .check();
}
