//! Whether a call may be retried, and after which pause.

use std::time::Duration;

use gitlab_pat::Error;
use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault};

use super::row::{ALL, CREATE, CREATE_FOR_USER, GET, LIST, REVOKE, ROTATE, ROTATE_SELF};
use crate::support::{Exchange, TOKEN, block_on, client, failure, json, server_with};

fn error(exchange: &Exchange, response: FakeResponse) -> Error {
    let (_server, client) = server_with(response);
    failure(block_on((exchange.send)(&client)))
}

/// A second rotation after one that may have been executed revokes the new token. A second creation creates a second token.
#[test]
fn a_rotation_or_creation_that_may_have_been_executed_is_not_retryable() {
    for exchange in [ROTATE, ROTATE_SELF, CREATE, CREATE_FOR_USER] {
        for status in [408, 500, 502, 503, 504] {
            let error = error(&exchange, FakeResponse::proxy_error(status));
            assert!(error.is_outcome_unknown(), "{error}");
            assert!(!error.is_retryable(), "{error}");
        }
        for status in [400, 401, 403, 404, 405, 409, 422, 429] {
            let own = json(r#"{"message":"no"}"#).status_code(status);
            let error = error(&exchange, own);
            assert!(!error.is_outcome_unknown(), "{error}");
            assert_eq!(error.is_retryable(), status == 429, "{error}");
        }
    }
}

#[test]
fn an_idempotent_call_is_retryable_after_a_transient_error() {
    for exchange in [LIST, GET, REVOKE] {
        for (status, retryable) in [
            (400, false),
            (401, false),
            (403, false),
            (404, false),
            (408, true),
            (429, true),
            (502, true),
            (503, true),
            (504, true),
        ] {
            let error = error(&exchange, FakeResponse::proxy_error(status));
            assert_eq!(error.is_retryable(), retryable, "{error}");
            assert!(!error.is_outcome_unknown(), "{error}");
        }
    }
}

#[test]
fn a_refused_connection_is_retryable() {
    let gitlab = FakeGitLab::start().expect("a server");
    gitlab.refuse_connections().expect("a closed port");
    let client = client(&gitlab.url(), TOKEN);
    for exchange in ALL {
        let error = failure(block_on((exchange.send)(&client)));
        assert!(error.is_connect(), "{error}");
        assert!(!error.is_outcome_unknown(), "{error}");
        assert!(error.is_retryable(), "{error}");
        assert_eq!(error.status(), None);
        assert_eq!(error.operation(), Some(exchange.name));
    }
}

#[test]
fn a_connection_lost_after_the_request_makes_the_outcome_of_a_rotation_unknown() {
    for (exchange, open) in [
        (GET, false),
        (REVOKE, false),
        (ROTATE, true),
        (CREATE, true),
    ] {
        let (server, client) = server_with(FakeResponse::new(500));
        server.faults().next(Fault::close());
        let error = failure(block_on((exchange.send)(&client)));
        assert_eq!(error.is_outcome_unknown(), open, "{error}");
        assert_eq!(error.is_retryable(), !open, "{error}");
        assert!(!error.is_connect(), "{error}");
        assert_eq!(server.requests().len(), 1, "nothing is repeated yet");
    }
}

#[test]
fn the_pause_that_a_server_requests() {
    let pause = |headers: &[(&str, &str)]| {
        let response = headers.iter().fold(
            FakeResponse::too_many_requests(),
            |response, (name, value)| response.header(*name, value),
        );
        error(&GET, response).retry_after()
    };
    assert_eq!(pause(&[]), None);
    assert_eq!(pause(&[("Retry-After", "0")]), Some(Duration::ZERO));
    assert_eq!(
        pause(&[("Retry-After", "86400")]),
        Some(Duration::from_secs(86_400))
    );
    for nonsense in ["", "-1", "1.5", "soon", "+3"] {
        assert_eq!(pause(&[("Retry-After", nonsense)]), None, "{nonsense:?}");
    }
    // A date in the past requests no pause. A date far ahead is a long pause.
    assert_eq!(
        pause(&[("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")]),
        None
    );
    let century = Duration::from_secs(60 * 60 * 24 * 365 * 50);
    assert!(pause(&[("Retry-After", "Tue, 31 Dec 2199 23:59:59 GMT")]) > Some(century));
    // The end of the window, if there is no `Retry-After`.
    assert_eq!(pause(&[("RateLimit-Reset", "1")]), None);
    assert!(pause(&[("RateLimit-Reset", "7258118399")]) > Some(century));
    assert_eq!(
        pause(&[("Retry-After", "7"), ("RateLimit-Reset", "1")]),
        Some(Duration::from_secs(7))
    );
}
