//! Requests that are executed without a network.

use bytes::Bytes;
use gitlab_pat_fake::{FakeResponse, Fault, Operation};
use http::Request;

use crate::client::{TOKENS, ask};
use crate::faults::case;

#[test]
fn a_request_is_executed_and_recorded_without_a_network() {
    let case = case();
    let secret = "unknown";
    let uri = format!("http://elsewhere.example{TOKENS}/self/rotate?a=b%20c");
    let request = Request::post(uri)
        .header("PRIVATE-TOKEN", secret)
        .header("X-Twice", "1")
        .header("X-Twice", "2")
        .body(Bytes::from_static(b"{}"))
        .expect("a request");
    let response = case.gitlab.execute(request);
    assert_eq!(response.status(), 401);
    assert_eq!(
        response.body_json().expect("JSON")["message"],
        "401 Unauthorized"
    );
    assert!(response.header_text("x-request-id").is_some());

    let recorded = case.gitlab.requests();
    let [recorded] = recorded.as_slice() else {
        panic!("{recorded:?}");
    };
    assert_eq!(
        recorded.request_line(),
        format!("POST {TOKENS}/self/rotate?a=b%20c HTTP/1.1")
    );
    assert_eq!(recorded.header_values("x-twice"), ["1", "2"]);
    assert_eq!(recorded.body(), b"{}");
    assert!(recorded.is_complete());
    assert_eq!(recorded.connection(), 0);
    assert_eq!(case.gitlab.request_count(), 1);
    assert_eq!(case.gitlab.connections(), 0);
}

/// Both kinds of requests change the same state. A fault waits for a request over the network.
#[test]
fn faults_are_injected_only_into_requests_over_the_network() {
    let case = case();
    let busy = Fault::response(FakeResponse::too_many_requests());
    case.gitlab.faults().on(Operation::List).next(busy);
    let request = || {
        Request::get(TOKENS)
            .header("PRIVATE-TOKEN", case.token.secret())
            .body(Bytes::new())
            .expect("a request")
    };
    assert_eq!(case.gitlab.execute(request()).status(), 200);
    let over_the_network = || {
        ask("GET", TOKENS)
            .header("PRIVATE-TOKEN", case.token.secret())
            .send(&case.gitlab)
            .status
    };
    assert_eq!(over_the_network(), 429);
    assert_eq!(over_the_network(), 200);

    case.gitlab.revoke_token(case.token.id());
    assert_eq!(case.gitlab.execute(request()).status(), 401);
    case.gitlab.reset();
    assert!(case.gitlab.requests().is_empty());
}
