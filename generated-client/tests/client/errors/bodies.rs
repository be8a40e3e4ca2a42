//! Bodies that GitLab did not write: proxies, sign-in pages, garbage. They have no message, and cause no other fault.

use gitlab_pat::Error;
use gitlab_pat_fake::FakeResponse;

use super::row::{ALL, Body, GET, Row};
use crate::support::{block_on, failure, json, server_with};

/// Returns the error of a lookup with this response.
fn error(response: FakeResponse) -> Error {
    let (_server, client) = server_with(response);
    failure(block_on((GET.send)(&client)))
}

#[test]
fn html_has_no_message() {
    for status in [502, 503, 504] {
        Row::new(ALL, FakeResponse::proxy_error(status), Body::None).check();
    }
    let page = "<!DOCTYPE html><html><body>Sign in</body></html>";
    Row::new(&[GET], FakeResponse::html(403, page), Body::None).check();
    // A page with another content type.
    Row::new(&[GET], FakeResponse::text(404, page), Body::None).check();
}

#[test]
fn empty_and_broken_bodies_have_no_message() {
    for response in [
        FakeResponse::new(404),
        json("").status_code(404),
        json(r#"{"message":"404 Not"#).status_code(404),
        FakeResponse::new(404).body(&b"\xff\xfe\x00\x01"[..]),
        json(&"[".repeat(10_000)).status_code(404),
    ] {
        Row::new(&[GET], response, Body::None).check();
    }
}

#[test]
fn json_that_is_not_an_error_body_has_no_message() {
    for body in [
        "null",
        "[]",
        "7",
        r#""404""#,
        "{}",
        r#"{"message":null}"#,
        r#"{"message":{}}"#,
        r#"{"detail":"x"}"#,
    ] {
        let error = error(json(body).status_code(404));
        assert_eq!(error.message(), None, "{body}");
        assert_eq!(error.code(), None, "{body}");
        assert!(error.required_scopes().is_empty(), "{body}");
        assert!(error.is_not_found());
        assert_eq!(error.body().as_ref(), body.as_bytes());
    }
}

/// The response may have a byte order mark, other members, or another content type.
#[test]
fn an_error_body_is_found_with_other_members_and_a_byte_order_mark() {
    let error = error(
        FakeResponse::new(400)
            .header("Content-Type", "application/problem+json; charset=utf-8")
            .body(r#" {"status":400,"message":"400 Bad request","error":"bad_request"} "#),
    );
    assert_eq!(error.message(), Some("400 Bad request"));
    assert_eq!(error.code(), Some("bad_request"));
}

#[test]
fn a_long_message_is_cut() {
    let body = format!(r#"{{"message":"{}"}}"#, "long ".repeat(10_000));
    let error = error(json(&body).status_code(400));
    let message = error.message().expect("a message");
    assert!(message.len() < 1_000, "{}", message.len());
    assert!(message.starts_with("long long"), "{message}");
    assert_eq!(error.body().as_ref(), body.as_bytes());
}

/// An error keeps at most 64 KiB of a body.
#[test]
fn a_body_without_an_end() {
    let huge = FakeResponse::new(500).repeated_body("x".repeat(1024), 1024 * 1024);
    let error = error(huge);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(error.body().len(), 64 * 1024);
}

#[test]
fn unknown_statuses() {
    for status in [418, 499, 599, 799] {
        let error = error(FakeResponse::text(status, "hm"));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(error.to_string().contains(&status.to_string()), "{error}");
    }
}
