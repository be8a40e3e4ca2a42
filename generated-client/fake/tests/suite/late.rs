//! Late delivery: a request that the server executes after its client has disconnected (facts, section 6).

use gitlab_pat_fake::{FakeResponse, Fault, Operation};

use crate::client::{TOKENS, ask};
use crate::faults::case;

#[test]
fn a_request_is_executed_when_the_test_delivers_it() {
    for fault in [
        Fault::response(FakeResponse::proxy_error(504)).late(),
        Fault::reset().late(),
        Fault::close().late(),
        Fault::none().late(),
    ] {
        let case = case();
        case.gitlab
            .faults()
            .on(Operation::RotateSelf)
            .next(fault.clone());
        let status = case
            .rotate()
            .try_send(&case.gitlab.url())
            .map(|reply| reply.status)
            .ok();
        assert!(matches!(status, None | Some(504)), "{fault:?}: {status:?}");
        assert!(!case.is_rotated());
        assert_eq!(case.read().send(&case.gitlab).status, 200);
        assert_eq!(case.gitlab.held_requests().len(), 1);

        let delivered = case.gitlab.deliver_late();
        assert_eq!(delivered.len(), 1);
        assert_eq!(delivered[0].request.method(), "POST");
        assert_eq!(delivered[0].response.status(), 200);
        assert!(delivered[0].response.body_json().expect("JSON")["token"].is_string());
        assert_eq!(
            delivered[0].response.header_text("content-type"),
            Some("application/json")
        );
        assert!(case.is_rotated());
        assert!(case.gitlab.deliver_late().is_empty());
    }
}

#[test]
fn the_late_arrival_of_a_lost_rotation_revokes_the_token_of_the_second() {
    let case = case();
    case.gitlab
        .faults()
        .next(Fault::response(FakeResponse::proxy_error(504)).late());
    assert_eq!(case.rotate().send(&case.gitlab).status, 504);
    let second = case.rotate().send(&case.gitlab).json()["id"]
        .as_i64()
        .expect("an id");
    assert!(case.gitlab.token(second).expect("the child").active);

    let delivered = case.gitlab.deliver_late();
    assert_eq!(delivered[0].response.status(), 401);
    assert!(case.gitlab.token(second).expect("the child").revoked);
    assert_eq!(case.gitlab.family_revocations().len(), 1);
}

#[test]
fn several_are_delivered_in_their_order_or_one_by_one_or_never() {
    let case = case();
    case.gitlab
        .faults()
        .always(Fault::response(FakeResponse::proxy_error(504)).late());
    for number in 0..4 {
        ask("GET", &format!("{TOKENS}/self?n={number}"))
            .token(&case.token)
            .send(&case.gitlab);
    }
    let queries = || -> Vec<String> {
        let held = case.gitlab.held_requests();
        held.iter()
            .filter_map(|request| request.query().map(str::to_owned))
            .collect()
    };
    assert_eq!(queries(), ["n=0", "n=1", "n=2", "n=3"]);
    assert_eq!(
        case.gitlab
            .deliver_late_one(2)
            .expect("one")
            .request
            .query(),
        Some("n=2")
    );
    assert!(case.gitlab.deliver_late_one(3).is_none());
    assert_eq!(queries(), ["n=0", "n=1", "n=3"]);
    assert_eq!(case.gitlab.drop_held_requests(), 3);
    assert!(case.gitlab.deliver_late().is_empty());
}
