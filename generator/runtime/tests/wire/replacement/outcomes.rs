//! The error of each failure, and the requests that may be sent after it.

use std::time::Duration;

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::{List, RenewSelf, RevokeSelf, Rotate, RotateSelf};
use super::responses::{ANYBODYS, REJECTED, REVOKED, SAY_NOTHING};
use super::server::{FIRST, Fate, Server};
use super::{COOLDOWN, Task, assert_not_sent, builder, client, pass};
use crate::support::VirtualTime;

const ROTATE_SELF: &str = "POST /self/rotate token-1";
const GET_SELF: &str = "GET /self token-1";

#[test]
fn a_replacement_that_was_certainly_not_executed_is_retried() {
    for fate in [
        Fate::Fails(TransportErrorKind::Connect),
        Fate::Fails(TransportErrorKind::Dns),
        Fate::Rejected(429, &[("retry-after", "7")], "{}"),
    ] {
        let server = Server::new([fate]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        let new = time.run(RotateSelf::new(client).into_future()).unwrap();
        assert_eq!(new.token, "token-5");
        server.assert_seen(&[ROTATE_SELF, ROTATE_SELF]);
    }
}

/// The response may come from another server, so the next call checks first. It need not wait.
#[test]
fn a_rejection_is_verified_by_the_next_call() {
    for status in [400, 401, 403, 404, 409, 422] {
        for body in [REJECTED, r#"{"error": "rejected"}"#] {
            let server = Server::new([Fate::Rejected(status, &[], body)]);
            let time = VirtualTime::new();
            let client = client(&server, &time);
            let rotate = || time.run(RotateSelf::new(client.clone()).into_future());
            let error = rotate().unwrap_err();
            let outcome = error.replacement_outcome();
            assert_eq!(outcome, Some(ReplacementOutcome::NotReplaced), "{status}");
            assert!(!error.is_outcome_unknown());
            rotate().unwrap();
            server.assert_seen(&[ROTATE_SELF, GET_SELF, ROTATE_SELF]);
        }
    }
}

#[test]
fn a_false_error_response_to_an_executed_request_revokes_no_family() {
    for status in [400, 401, 403, 404, 409, 422] {
        let server = Server::new([Fate::DoneBut(status, &[], REJECTED)]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        time.run(RotateSelf::new(client.clone()).into_future())
            .unwrap_err();
        for _ in 0..2 {
            assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
        }
        server.assert_seen(&[ROTATE_SELF, GET_SELF]);
        assert!(server.is_alive(&server.newest()));
    }
}

/// The same for the token that the rejected request named.
#[test]
fn a_credential_whose_replacement_by_name_was_rejected_is_checked_first() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let with_2 = || {
        let auth = super::header("token-2");
        let options = RequestOptions::new().auth(auth).retry(RetryPolicy::none());
        RotateSelf::new(client.clone())
            .options(options)
            .into_future()
    };
    let by_name = |id| time.run(Rotate::new(client.clone(), id).into_future());
    // The client then knows the identities of the credentials and suspects none.
    by_name(3).unwrap();
    server.then([Fate::Done, Fate::Rejected(429, &[], "{}")]);
    time.run(with_2()).unwrap_err();
    by_name(4).unwrap();
    let known = server.seen().len();

    server.then([Fate::DoneBut(403, &[], REJECTED)]);
    by_name(2).unwrap_err();
    assert_not_sent(time.run(with_2()));
    let asked = ["POST /2/rotate token-1", "GET /self token-2"];
    assert_eq!(server.seen()[known..], asked);
    assert_eq!(server.families_ended(), 0);
}

/// A caller that replaces the credentials of others need not know which ones exist.
#[test]
fn error_responses_for_other_credentials_cost_one_check_in_total() {
    let server = Server::new((0..20).map(|number| match number {
        1 => Fate::Done,
        _ => Fate::Rejected(404, &[], REJECTED),
    }));
    let time = VirtualTime::new();
    let client = client(&server, &time);
    for id in 100..119 {
        time.run(Rotate::new(client.clone(), id).into_future())
            .unwrap_err();
    }
    let checks = server
        .seen()
        .iter()
        .filter(|line| *line == GET_SELF)
        .count();
    assert_eq!((server.seen().len(), checks), (20, 1));
    time.run(RotateSelf::new(client).into_future()).unwrap();
    assert_eq!(server.families_ended(), 0);
}

/// If the error response did not come from the server, the credential may have ended by being replaced, and its successor may be active.
#[test]
fn after_a_rejected_replacement_the_end_of_a_credential_proves_no_revocation() {
    let server = Server::new([
        Fate::Rejected(400, &[], REJECTED),
        Fate::ResponseLost(TransportErrorKind::ConnectionLost),
    ]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    let error = time.run(RevokeSelf::new(client).into_future()).unwrap_err();
    assert!(error.is_credential_rejected());
    let revoked = "DELETE /self token-1";
    server.assert_seen(&[ROTATE_SELF, revoked, revoked]);
}

/// All fates that leave the outcome unknown. `acted` is whether the server executed the request.
fn open(acted: bool) -> Vec<Fate> {
    let kinds = [
        TransportErrorKind::ConnectionLost,
        TransportErrorKind::ReadTimeout,
        TransportErrorKind::InvalidResponse,
        TransportErrorKind::Other,
    ];
    let lost = kinds.into_iter().map(|kind| match acted {
        true => Fate::ResponseLost(kind),
        false => Fate::Fails(kind),
    });
    let statuses = [500, 502, 503, 504, 408, 599, 600, 303];
    let responses = statuses.into_iter().map(|status| {
        let headers: &[_] = &[("location", "/elsewhere"), ("retry-after", "1")];
        match acted {
            true => Fate::DoneBut(status, headers, "{}"),
            false => Fate::Rejected(status, headers, "{}"),
        }
    });
    let others = ANYBODYS.iter().map(|(status, headers, body)| match acted {
        true => Fate::DoneBut(*status, headers, body),
        false => Fate::Rejected(*status, headers, body),
    });
    lost.chain(responses).chain(others).collect()
}

#[test]
fn if_the_outcome_is_unknown_nothing_is_sent_before_the_end_of_the_replacement_cooldown() {
    for fate in open(false) {
        let server = Server::new([fate.clone()]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        let error = time
            .run(RotateSelf::new(client.clone()).into_future())
            .unwrap_err();
        let outcome = error.replacement_outcome();
        assert_eq!(outcome, Some(ReplacementOutcome::Unknown), "{fate:?}");
        assert!(error.is_outcome_unknown() && !error.is_retryable());
        assert!(
            error.to_string().contains("do not repeat the call"),
            "{error}"
        );

        pass(&time, Duration::from_secs(100));
        let error = assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(200)));
        let error = assert_not_sent(time.run(Rotate::new(client.clone(), 2).into_future()));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(200)));
        server.assert_seen(&[ROTATE_SELF]);

        pass(&time, Duration::from_secs(200));
        time.run(RotateSelf::new(client).into_future()).unwrap();
        server.assert_seen(&[ROTATE_SELF, GET_SELF, ROTATE_SELF]);
    }
}

#[test]
fn after_the_replacement_cooldown_a_replaced_credential_is_detected() {
    for fate in open(true) {
        let server = Server::new([fate]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        time.run(RotateSelf::new(client.clone()).into_future())
            .unwrap_err();
        pass(&time, COOLDOWN);
        for _ in 0..2 {
            let error = assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
            assert_eq!(error.retry_after(), None);
        }
        server.assert_seen(&[ROTATE_SELF, GET_SELF]);
        assert!(server.is_alive(&server.newest()));
    }
}

#[test]
fn an_inconclusive_check_is_the_error_and_nothing_is_sent() {
    for (status, headers, body) in SAY_NOTHING.iter().copied() {
        let server = Server::new([Fate::Fails(TransportErrorKind::ConnectionLost)]);
        let time = VirtualTime::new();
        let client = builder(&server, &time)
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        time.run(RotateSelf::new(client.clone()).into_future())
            .unwrap_err();
        pass(&time, COOLDOWN);
        server.then([Fate::Rejected(status, headers, body)]);
        let result = time.run(RotateSelf::new(client.clone()).into_future());
        let error = if status < 300 {
            let error = assert_not_sent(result);
            assert!(
                error.to_string().contains("does not prove whether"),
                "{error}"
            );
            error
        } else {
            result.unwrap_err()
        };
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body(), body);
        assert_eq!(error.operation(), Some("credential.check"));
        server.assert_seen(&[ROTATE_SELF, GET_SELF]);
        // The next call checks again.
        time.run(RotateSelf::new(client).into_future()).unwrap();
        server.assert_seen(&[ROTATE_SELF, GET_SELF, GET_SELF, ROTATE_SELF]);
    }
}

#[test]
fn an_error_response_that_only_an_active_credential_gets_proves_that_it_is_active() {
    for (status, body) in [
        (
            400,
            r#"{"message": "400 Bad request - This endpoint requires another type"}"#,
        ),
        (403, r#"{"error": "insufficient_scope"}"#),
    ] {
        let server = Server::new([
            Fate::Fails(TransportErrorKind::ConnectionLost),
            Fate::Rejected(status, &[], body),
        ]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        time.run(RotateSelf::new(client.clone()).into_future())
            .unwrap_err();
        pass(&time, COOLDOWN);
        time.run(RotateSelf::new(client).into_future()).unwrap();
        server.assert_seen(&[ROTATE_SELF, GET_SELF, ROTATE_SELF]);
    }
}

#[test]
fn a_check_bypasses_caches() {
    let server = Server::new([Fate::Fails(TransportErrorKind::ConnectionLost)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    pass(&time, COOLDOWN);
    time.run(RotateSelf::new(client).into_future()).unwrap();
    server.assert_seen(&[ROTATE_SELF, GET_SELF, ROTATE_SELF]);
    assert_eq!(server.past_caches(), [GET_SELF]);
}

#[test]
fn a_deadline_makes_the_outcome_unknown() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let error = time
        .run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Unknown));
    pass(&time, Duration::from_secs(299));
    assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
    assert_eq!(server.deliver(), 1);
    pass(&time, Duration::from_secs(1));
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&[ROTATE_SELF, GET_SELF]);
}

#[test]
fn a_replacement_cooldown_beyond_the_clock_never_ends() {
    let server = Server::new([Fate::Late(TransportErrorKind::ConnectionLost)]);
    let time = VirtualTime::new();
    let client = builder(&server, &time)
        .replacement_cooldown(Duration::MAX)
        .build()
        .unwrap();
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    pass(&time, Duration::from_secs(1_000_000));
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&[ROTATE_SELF]);
}

#[test]
fn nothing_is_sent_after_a_response_that_proves_the_credential_inactive() {
    let server = Server::new([Fate::Rejected(401, &[], REVOKED)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let error = time
        .run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    assert_eq!(error.replacement_outcome(), None);
    for _ in 0..2 {
        assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
        assert_not_sent(time.run(Rotate::new(client.clone(), 2).into_future()));
    }
    server.assert_seen(&[ROTATE_SELF]);
}

#[test]
fn a_credential_that_another_call_found_rejected_is_checked_first() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let elsewhere = server.rotate_elsewhere(FIRST);
    let error = time
        .run(List::new(client.clone()).into_future())
        .unwrap_err();
    assert!(error.is_credential_rejected());
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    assert!(server.is_alive(&elsewhere));
    server.assert_seen(&["GET /list token-1", GET_SELF]);
}

#[test]
fn a_finding_of_another_call_during_a_pause_ends_the_retry() {
    let server = Server::new([Fate::Rejected(429, &[("retry-after", "5")], "{}")]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut paused = Task::begun(RotateSelf::new(client.clone()));
    let elsewhere = server.rotate_elsewhere(FIRST);
    time.run(List::new(client).into_future()).unwrap_err();
    pass(&time, Duration::from_secs(5));
    assert_not_sent(paused.end());
    assert!(server.is_alive(&elsewhere));
    server.assert_seen(&[ROTATE_SELF, "GET /list token-1", GET_SELF]);
}

#[test]
fn a_replacement_is_never_retried_whatever_its_method() {
    let server = Server::new([Fate::ResponseLost(TransportErrorKind::ConnectionLost)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let error = time.run(RenewSelf::new(client).into_future()).unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_retryable());
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Unknown));
    server.assert_seen(&["PUT /self/rotate token-1"]);
}

#[test]
fn nothing_is_sent_after_the_deadline() {
    let server = Server::new([Fate::Rejected(429, &[("retry-after", "5")], "{}")]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let options = RequestOptions::new().timeout(Duration::from_secs(6));
    let mut task = Task::begun(RotateSelf::new(client).options(options));
    // The call is not polled in time.
    pass(&time, Duration::from_secs(10));
    let error = task.end().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::NotReplaced));
    server.assert_seen(&[ROTATE_SELF]);
}
