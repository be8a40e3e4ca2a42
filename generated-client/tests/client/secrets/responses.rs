//! Requests with other secrets than the credential.

use gitlab_pat::RequestOptions;

use super::Watch;
use crate::support::{block_on, failure, json, only, sample, server_with};

const HIDDEN: &str = "s3cret-Vq7+tz/Zk8.w1d";

#[test]
fn headers_of_a_call_are_not_shown() {
    let watch = Watch::new(&[HIDDEN]);
    let (server, client) = server_with(json(r#"{"message":"400"}"#).status_code(400));
    let call = client
        .personal_access_tokens()
        .get(1)
        .options(RequestOptions::new().header("X-Hidden", HIDDEN));
    watch.debug("a call", &call);
    watch.error("a call", &failure(block_on(call)));
    assert_eq!(only(server.requests()).header("x-hidden"), Some(HIDDEN));
}

#[test]
fn a_raw_request_shows_neither_query_nor_body() {
    let watch = Watch::new(&[HIDDEN]);
    let (server, client) = server_with(json(r#"{"message":"400"}"#).status_code(400));
    let raw = client
        .request(http::Method::POST, &format!("/api/v4/x?a={HIDDEN}"))
        .query("b", HIDDEN)
        .json(&serde_json::json!({ "password": HIDDEN }));
    watch.debug("a raw request", &raw);
    watch.error("a raw request", &failure(block_on(raw.send())));
    assert!(only(server.requests()).carries(HIDDEN));
}

/// The query of a request may be secret.
#[test]
fn an_error_does_not_show_the_query() {
    let watch = Watch::new(&[HIDDEN]);
    let (_server, client) = server_with(json(sample::SINGLE));
    let call = client.personal_access_tokens().list().search(HIDDEN);
    watch.error("a list", &failure(block_on(call)));
}

/// A request before it is sent, which a user's transport or test may print.
#[test]
fn a_prepared_request_shows_neither_query_nor_body() {
    use gitlab_pat::runtime::call::Operation;
    let watch = Watch::new(&[HIDDEN]);
    let (_server, client) = server_with(json("[]"));
    let tokens = client.personal_access_tokens();
    let requests = [
        tokens.list().search(HIDDEN).request().expect("a request"),
        tokens
            .create_for_user(1, HIDDEN, [HIDDEN])
            .description(HIDDEN)
            .request()
            .expect("a request"),
    ];
    for request in requests {
        watch.debug("a request", &request);
        let body = request.body().map(|body| body.to_vec()).unwrap_or_default();
        let sent = format!("{} {}", request.query(), String::from_utf8_lossy(&body));
        assert!(watch.finds(&sent), "the control: the request does hold it");
    }
}
