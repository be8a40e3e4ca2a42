//! `client.request(…)` reaches any other endpoint under the same rules.

use gitlab_pat::{ErrorKind, RequestOptions};
use gitlab_pat_fake::FakeResponse;
use http::Method;
use serde_json::{Value, json as value};

use crate::support::{TOKEN, block_on, failure, json, only, server_with};

#[test]
fn a_raw_request_sends_its_arguments_credential_and_user_agent() {
    let (server, client) = server_with(json(r#"{"version":"19.6.0"}"#).status_code(201));
    let raw = client
        .request(Method::PATCH, "/api/v4/version?a=1")
        .query("b", "x y&z")
        .query("c", 7)
        .header("X-Own", "1")
        .json(&value!({"d": [1, null]}));
    let response = block_on(raw.send()).expect("a response");
    assert_eq!(response.status(), 201);
    assert_eq!(
        response.json::<Value>().expect("JSON"),
        value!({"version": "19.6.0"})
    );

    let request = only(server.requests());
    assert_eq!(
        request.request_line(),
        "PATCH /api/v4/version?a=1&b=x%20y%26z&c=7 HTTP/1.1"
    );
    assert_eq!(request.header_values("private-token"), [TOKEN]);
    assert_eq!(request.header_values("content-type"), ["application/json"]);
    assert_eq!(request.header_values("x-own"), ["1"]);
    assert!(
        request
            .header("user-agent")
            .expect("a user agent")
            .starts_with("gitlab-pat/")
    );
    assert_eq!(request.body_text(), Some(r#"{"d":[1,null]}"#));
}

#[test]
fn any_method_and_any_body() {
    for method in [
        Method::GET,
        Method::PUT,
        Method::POST,
        Method::DELETE,
        Method::OPTIONS,
        Method::PATCH,
    ] {
        let (server, client) = server_with(FakeResponse::new(204));
        let raw = client
            .request(method.clone(), "/api/v4/x")
            .body("text/csv", "a,b\n");
        let response = block_on(raw.send()).expect("a response");
        assert!(response.into_inner().is_empty());
        let request = only(server.requests());
        assert_eq!(request.method(), method.as_str());
        assert_eq!(request.header("content-type"), Some("text/csv"));
        assert_eq!(request.body(), b"a,b\n");
    }
    let (server, client) = server_with(FakeResponse::new(200));
    block_on(client.request(Method::HEAD, "/api/v4/x").send()).expect("a response");
    assert_eq!(only(server.requests()).method(), "HEAD");
}

#[test]
fn a_sub_path_is_kept() {
    let (server, _client) = server_with(json("{}"));
    let client = crate::support::client(&format!("{}/gitlab/", server.url()), TOKEN);
    block_on(client.request(Method::GET, "/api/v4/version").send()).expect("a response");
    assert_eq!(only(server.requests()).target(), "/gitlab/api/v4/version");
}

#[test]
fn the_path_is_the_same_for_every_form_of_the_base_url() {
    let (server, _client) = server_with(json("{}"));
    let client = crate::support::client(&format!("{}/api/v4", server.url()), TOKEN);
    block_on(client.request(Method::GET, "/api/v4/version").send()).expect("a response");
    assert_eq!(only(server.requests()).target(), "/api/v4/version");
}

#[test]
fn errors_are_those_of_every_other_call() {
    let (_server, client) = server_with(json(r#"{"error":"404 Not Found"}"#).status_code(404));
    let error = failure(block_on(
        client.request(Method::GET, "/api/v4/nowhere").send(),
    ));
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("404 Not Found"));
    assert!(!error.to_string().contains("nowhere"), "{error}");
}

/// Neither a path nor a query can lead to another server or add a credential.
#[test]
fn a_target_outside_of_the_server_is_rejected_before_anything_is_sent() {
    let (server, client) = server_with(json("{}"));
    for path in ["/api/../admin", "/api/%2e%2e/admin", "/./x"] {
        let error = failure(block_on(client.request(Method::GET, path).send()));
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{path}: {error}");
    }
    assert!(server.requests().is_empty());
    for path in [
        "//elsewhere.example.com/x",
        "https://elsewhere.example.com/x",
        "@elsewhere.example.com/",
    ] {
        // The request is rejected or sent to this server, never to another.
        let sent = block_on(client.request(Method::GET, path).send());
        let here = server.requests().len();
        assert!(sent.is_err() || here > 0, "{path}");
    }
}

#[test]
fn options_apply() {
    let (server, client) = server_with(json("{}"));
    let options = RequestOptions::new()
        .header("X-Own", "1")
        .auth(gitlab_pat::Auth::bearer("another-token"));
    block_on(client.request(Method::GET, "/x").options(options).send()).expect("a response");
    let request = only(server.requests());
    assert_eq!(request.header("x-own"), Some("1"));
    assert_eq!(
        request.header("authorization"),
        Some("Bearer another-token")
    );
    assert_eq!(request.header("private-token"), None);
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_sends_raw_requests() {
    let (server, _client) = server_with(json(r#"{"a":1}"#));
    let client = crate::support::blocking_client(&server.url(), TOKEN);
    let response = client
        .request(Method::POST, "/x")
        .json(&value!([]))
        .send()
        .expect("a response");
    assert_eq!(response.json::<Value>().expect("JSON"), value!({"a": 1}));
    assert_eq!(only(server.requests()).body(), b"[]");
}
