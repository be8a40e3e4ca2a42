//! `verify_outcome()`: checks of the old credential, at once and after the replacement cooldown.

use std::time::Duration;

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::RotateSelf;
use super::responses::{ANYBODYS, REJECTED, REVOKED, SAY_NOTHING};
use super::server::{Fate, Server};
use super::{COOLDOWN, Task, assert_not_sent, builder, client, pass};
use crate::support::VirtualTime;

const ROTATE_SELF: &str = "POST /self/rotate token-1";
const GET_SELF: &str = "GET /self token-1";
const LOST: TransportErrorKind = TransportErrorKind::ConnectionLost;
const UNCLEAR: Fate = Fate::Rejected(503, &[], "{}");

/// The outcome, the time until it was known, and the number of checks.
fn outcome(fates: impl IntoIterator<Item = Fate>) -> (ReplacementOutcome, Duration, usize) {
    let server = Server::new(fates);
    let time = VirtualTime::new();
    let client = builder(&server, &time)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = time
        .run(RotateSelf::new(client).verify_outcome().into_future())
        .unwrap_err();
    let outcome = error.replacement_outcome().unwrap();
    assert_eq!(
        error.is_outcome_unknown(),
        outcome == ReplacementOutcome::Unknown
    );
    assert_eq!(server.seen()[0], ROTATE_SELF);
    assert!(server.seen()[1..].iter().all(|line| line == GET_SELF));
    assert_eq!(server.families_ended(), 0);
    (outcome, time.elapsed(), server.seen().len() - 1)
}

#[test]
fn the_server_is_checked_until_the_outcome_is_certain() {
    use ReplacementOutcome::{NotReplaced, Replaced, Unknown};
    let none = Duration::ZERO;
    assert_eq!(outcome([Fate::ResponseLost(LOST)]), (Replaced, none, 1));
    assert_eq!(outcome([Fate::Fails(LOST)]), (NotReplaced, COOLDOWN, 2));
    assert_eq!(
        outcome([Fate::ResponseLost(LOST), UNCLEAR]),
        (Replaced, COOLDOWN, 2)
    );
    assert_eq!(
        outcome([Fate::Fails(LOST), UNCLEAR]),
        (NotReplaced, COOLDOWN, 2)
    );
    assert_eq!(
        outcome([Fate::Fails(LOST), Fate::Done, UNCLEAR]),
        (Unknown, COOLDOWN, 2)
    );
    assert_eq!(
        outcome([Fate::ResponseLost(LOST), UNCLEAR, UNCLEAR]),
        (Unknown, COOLDOWN, 2)
    );
}

#[test]
fn a_response_that_may_come_from_elsewhere_is_checked() {
    use ReplacementOutcome::{NotReplaced, Replaced};
    for (status, headers, body) in ANYBODYS.iter().copied() {
        let done = Fate::DoneBut(status, headers, body);
        assert_eq!(outcome([done]), (Replaced, Duration::ZERO, 1), "{status}");
        let rejected = Fate::Rejected(status, headers, body);
        assert_eq!(outcome([rejected]), (NotReplaced, COOLDOWN, 2), "{status}");
    }
}

/// A lost response followed by a response of an intermediary leads to no second rotation.
#[test]
fn an_inconclusive_check_leaves_the_outcome_unknown_and_the_next_request_is_not_sent() {
    for (status, headers, body) in SAY_NOTHING.iter().copied() {
        let nothing = Fate::Rejected(status, headers, body);
        let server = Server::new([Fate::ResponseLost(LOST), nothing.clone(), nothing.clone()]);
        let time = VirtualTime::new();
        let client = builder(&server, &time)
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        let error = time
            .run(
                RotateSelf::new(client.clone())
                    .verify_outcome()
                    .into_future(),
            )
            .unwrap_err();
        let outcome = error.replacement_outcome();
        assert_eq!(outcome, Some(ReplacementOutcome::Unknown), "{nothing:?}");
        // If both checks have the same result, the call does not wait for the cooldown.
        let is_cut = body.starts_with('{') && !body.ends_with('}');
        let asked = if status == 503 || is_cut { 2 } else { 1 };
        assert_eq!(time.elapsed().is_zero(), asked == 1, "{nothing:?}");
        pass(&time, COOLDOWN);
        server.forget_fates();
        server.then([nothing]);
        let error = time
            .run(RotateSelf::new(client.clone()).into_future())
            .unwrap_err();
        assert_eq!(error.operation(), Some("credential.check"));
        // The server itself reports the status.
        assert_not_sent(time.run(RotateSelf::new(client).into_future()));
        let expected = [ROTATE_SELF, GET_SELF, GET_SELF, GET_SELF, GET_SELF];
        server.assert_seen(&expected[..asked + 3]);
        assert!(server.is_alive(&server.newest()));
    }
}

/// A later check may have another result if the response was incomplete or came from a cache.
#[test]
fn an_inconclusive_response_is_followed_by_another_check() {
    use ReplacementOutcome::Replaced;
    for unclear in [
        Fate::CutOff(5),
        Fate::Rejected(200, &[("age", "5")], r#"{"id": 1, "active": true}"#),
        Fate::Rejected(401, &[("age", "5")], REVOKED),
        Fate::Rejected(500, &[], "{}"),
    ] {
        let fates = [Fate::ResponseLost(LOST), unclear.clone()];
        assert_eq!(outcome(fates), (Replaced, COOLDOWN, 2), "{unclear:?}");
    }
}

/// Some intermediaries add an age of 0 to a new response.
#[test]
fn a_response_with_an_age_of_zero_is_the_servers() {
    use ReplacementOutcome::NotReplaced;
    let new: &[_] = &[("age", "0")];
    let active = || Fate::Rejected(200, new, r#"{"id": 1, "active": true}"#);
    let fates = [Fate::Fails(LOST), active(), active()];
    assert_eq!(outcome(fates), (NotReplaced, COOLDOWN, 2));
}

/// The response has arrived, so no request is in flight.
#[test]
fn an_error_response_in_the_apis_form_is_verified_at_once() {
    use ReplacementOutcome::{NotReplaced, Replaced};
    let none = Duration::ZERO;
    let rejected = Fate::Rejected(403, &[], REJECTED);
    assert_eq!(outcome([rejected.clone()]), (NotReplaced, none, 1));
    assert_eq!(outcome([rejected.clone(), UNCLEAR]), (NotReplaced, none, 1));
    let done = Fate::DoneBut(403, &[], REJECTED);
    assert_eq!(outcome([done]), (Replaced, none, 1));

    let server = Server::new([rejected]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let rotate = || {
        RotateSelf::new(client.clone())
            .verify_outcome()
            .into_future()
    };
    time.run(rotate()).unwrap_err();
    time.run(rotate()).unwrap();
    server.assert_seen(&[ROTATE_SELF, GET_SELF, ROTATE_SELF]);
}

/// A gateway may require the same headers for both.
#[test]
fn the_check_has_the_options_of_the_call() {
    let server = Server::new([Fate::Fails(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let options = RequestOptions::new()
        .header("X-Gateway", "7")
        .header("Cache-Control", "max-stale")
        .max_response_size(1)
        .retry(RetryPolicy::none());
    let call = RotateSelf::new(client).options(options).verify_outcome();
    let error = time.run(call.into_future()).unwrap_err();
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::NotReplaced));
    assert_eq!(server.past_caches(), [GET_SELF, GET_SELF]);
    let all = [ROTATE_SELF, GET_SELF, GET_SELF];
    server.assert_seen(&all);
    assert_eq!(server.with_header("x-gateway", "7"), all);
}

#[test]
fn a_request_that_arrives_late_is_detected() {
    let server = Server::new([Fate::Late(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut task = Task::begun(RotateSelf::new(client.clone()).verify_outcome());
    server.assert_seen(&[ROTATE_SELF, GET_SELF]);
    pass(&time, Duration::from_secs(299));
    assert!(task.step().is_none());
    server.deliver();
    pass(&time, Duration::from_secs(1));
    let error = task.end().unwrap_err();
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Replaced));
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&[ROTATE_SELF, GET_SELF, GET_SELF]);
}

#[test]
fn other_calls_are_rejected_at_once_while_a_verification_waits() {
    let server = Server::new([Fate::Late(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let _waiting = Task::begun(RotateSelf::new(client.clone()).verify_outcome());
    pass(&time, Duration::from_secs(100));
    let error = assert_not_sent(Task::new(RotateSelf::new(client)).end());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(200)));
    server.assert_seen(&[ROTATE_SELF, GET_SELF]);
}

#[test]
fn a_dropped_verification_leaves_the_outcome_unknown() {
    let server = Server::new([Fate::Late(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    drop(Task::begun(
        RotateSelf::new(client.clone()).verify_outcome(),
    ));
    assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
    server.deliver();
    pass(&time, COOLDOWN);
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&[ROTATE_SELF, GET_SELF, GET_SELF]);
}

#[test]
fn a_credential_that_was_not_replaced_can_be_replaced_afterwards() {
    let server = Server::new([Fate::Fails(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    time.run(
        RotateSelf::new(client.clone())
            .verify_outcome()
            .into_future(),
    )
    .unwrap_err();
    time.run(RotateSelf::new(client).into_future()).unwrap();
    server.assert_seen(&[ROTATE_SELF, GET_SELF, GET_SELF, ROTATE_SELF]);
}
