//! Requests that replace a credential by its name, which may be the credential of the request.

use std::time::Duration;

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::{Revoke, Rotate, RotateSelf};
use super::server::{Fate, Server};
use super::{COOLDOWN, Task, assert_not_sent, client, header, pass};
use crate::support::VirtualTime;

const ROTATE_SELF: &str = "POST /self/rotate token-1";
const ROTATE_2: &str = "POST /2/rotate token-1";
const ROTATE_3: &str = "POST /3/rotate token-1";
const ROTATE_4: &str = "POST /4/rotate token-1";
const GET_SELF: &str = "GET /self token-1";
const LOST: TransportErrorKind = TransportErrorKind::ConnectionLost;

/// The server rejects a second replacement of the same credential because the first one took place.
#[test]
fn an_error_response_after_a_loss_does_not_prove_that_nothing_was_replaced() {
    let server = Server::new([Fate::Done, Fate::Done, Fate::ResponseLost(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let rotate = |id| time.run(Rotate::new(client.clone(), id).into_future());
    rotate(4).unwrap();
    for _ in 0..2 {
        let error = rotate(2).unwrap_err();
        let outcome = error.replacement_outcome();
        assert_eq!(outcome, Some(ReplacementOutcome::Unknown), "{error}");
        assert!(error.is_outcome_unknown() && !error.is_retryable());
    }
    server.assert_seen(&[ROTATE_4, GET_SELF, ROTATE_2, ROTATE_2]);
    let error = rotate(4).unwrap_err();
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::NotReplaced), "{error}");
    // A rate limit proves nothing about the first one, and delays no other request.
    let busy = || Fate::Rejected(429, &[], "{}");
    server.then([busy(), busy(), busy()]);
    let error = rotate(2).unwrap_err();
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::NotReplaced), "{error}");
}

#[test]
fn error_responses_after_a_loss_extend_no_delay() {
    let server = Server::new([Fate::Done, Fate::Done, Fate::ResponseLost(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let rotate = |id| time.run(Rotate::new(client.clone(), id).into_future());
    rotate(4).unwrap();
    rotate(2).unwrap_err();
    pass(&time, COOLDOWN / 2);
    rotate(2).unwrap_err();
    pass(&time, COOLDOWN / 2);
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap();
    assert_eq!(server.families_ended(), 0);
}

/// It is the name of a credential that the client has lost in another way.
#[test]
fn an_error_response_for_a_lost_credential_does_not_prove_that_nothing_was_replaced() {
    let server = Server::new([Fate::Done, Fate::Done, Fate::Done, Fate::ResponseLost(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    for id in [3, 4] {
        time.run(Rotate::new(client.clone(), id).into_future())
            .unwrap();
    }
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    pass(&time, COOLDOWN);
    let options = RequestOptions::new().auth(header("token-2"));
    let error = time
        .run(Rotate::new(client, 1).options(options).into_future())
        .unwrap_err();
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Unknown), "{error}");
    assert_eq!(server.families_ended(), 0);
}

#[test]
fn a_response_about_another_credential_or_from_a_cache_does_not_prove_that_a_credential_is_active()
{
    const OTHER: &str = r#"{"id": 2, "active": true}"#;
    const OWN: &str = r#"{"id": 1, "active": true}"#;
    for (headers, body) in [
        (&[][..], OTHER),
        (&[("age", "5")][..], OWN),
        (&[("age", "x")][..], OWN),
        (&[("age", "0"), ("age", "7")][..], OWN),
    ] {
        let server = Server::new([Fate::Done, Fate::Done, Fate::Done, Fate::ResponseLost(LOST)]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        for id in [3, 4] {
            time.run(Rotate::new(client.clone(), id).into_future())
                .unwrap();
        }
        let rotate = || time.run(RotateSelf::new(client.clone()).into_future());
        rotate().unwrap_err();
        pass(&time, COOLDOWN);
        server.then([Fate::Rejected(200, headers, body)]);
        assert_not_sent(rotate());
        // The server's own response.
        assert_not_sent(rotate());
        let seen = [
            ROTATE_3,
            GET_SELF,
            ROTATE_4,
            ROTATE_SELF,
            GET_SELF,
            GET_SELF,
        ];
        server.assert_seen(&seen);
    }
}

#[test]
fn the_first_replacement_runs_alone_and_the_others_concurrently() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(Rotate::new(client.clone(), 2));
    let mut second = Task::begun(Rotate::new(client.clone(), 3));
    let mut third = Task::begun(Rotate::new(client.clone(), 4));
    server.assert_seen(&[ROTATE_2]);
    server.then([Fate::Done, Fate::Held, Fate::Held]);
    server.release(Fate::Done);
    first.end().unwrap();
    assert!(second.step().is_none() && third.step().is_none());
    server.assert_seen(&[ROTATE_2, GET_SELF, ROTATE_3]);
    server.release(Fate::Done);
    second.end().unwrap();
    assert!(third.step().is_none());
    // From now on it is known that none of these is the client's own.
    server.then([Fate::Held]);
    let mut fourth = Task::begun(Rotate::new(client.clone(), 5));
    server.assert_seen(&[
        ROTATE_2,
        GET_SELF,
        ROTATE_3,
        ROTATE_4,
        "POST /5/rotate token-1",
    ]);
    server.release(Fate::Done);
    server.release(Fate::Done);
    third.end().unwrap();
    fourth.end().unwrap();
    time.run(RotateSelf::new(client).into_future()).unwrap();
    assert_eq!(server.families_ended(), 0);
}

#[test]
fn the_own_credential_is_recognized_by_its_name() {
    // At the first call, which has to check afterwards, and at one when the name is known.
    for before in [&[][..], &[2]] {
        let server = Server::default();
        let time = VirtualTime::new();
        let client = client(&server, &time);
        for id in before {
            time.run(Rotate::new(client.clone(), *id).into_future())
                .unwrap();
        }
        time.run(Rotate::new(client.clone(), 1).into_future())
            .unwrap();
        assert_not_sent(time.run(Rotate::new(client.clone(), 3).into_future()));
        assert_not_sent(time.run(RotateSelf::new(client).into_future()));
        assert_eq!(server.families_ended(), 0);
        assert!(server.is_alive(&server.newest()));
    }
}

#[test]
fn an_unknown_outcome_delays_requests_that_replace_the_own_credential() {
    for own_first in [false, true] {
        let server = Server::new([Fate::Late(LOST)]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        time.run(Rotate::new(client.clone(), 2).into_future())
            .unwrap_err();
        let own = || {
            let error = assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
            assert_eq!(error.retry_after(), Some(COOLDOWN));
        };
        if own_first {
            own();
        }
        time.run(Rotate::new(client.clone(), 3).into_future())
            .unwrap();
        own();
        server.assert_seen(&[ROTATE_2, GET_SELF, ROTATE_3]);
        server.deliver();
        pass(&time, COOLDOWN);
        time.run(RotateSelf::new(client.clone()).into_future())
            .unwrap();
        assert_eq!(server.families_ended(), 0);
    }
}

#[test]
fn an_unknown_outcome_for_the_own_name_delays_everything() {
    let server = Server::new([Fate::Late(LOST)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    time.run(Rotate::new(client.clone(), 1).into_future())
        .unwrap_err();
    pass(&time, Duration::from_secs(100));
    for _ in 0..2 {
        let error = assert_not_sent(time.run(Rotate::new(client.clone(), 3).into_future()));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(200)));
    }
    server.deliver();
    pass(&time, Duration::from_secs(200));
    assert_not_sent(time.run(Rotate::new(client.clone(), 3).into_future()));
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["POST /1/rotate token-1", GET_SELF, GET_SELF]);
}

#[test]
fn replacements_of_the_own_credential_and_of_others_exclude_each_other() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = client(&server, &time);
    // Makes the client's own name known.
    for id in [2, 3] {
        time.run(Rotate::new(client.clone(), id).into_future())
            .unwrap();
    }
    let before = server.seen().len();
    server.then([Fate::Held]);
    let mut other = Task::begun(Rotate::new(client.clone(), 4));
    let mut own = Task::begun(RotateSelf::new(client.clone()).adopt());
    assert_eq!(server.seen()[before..], [ROTATE_4]);
    server.release(Fate::Done);
    other.end().unwrap();
    server.then([Fate::Held]);
    assert!(own.step().is_none());
    assert_eq!(server.seen()[before..], [ROTATE_4, ROTATE_SELF]);
    let mut other = Task::begun(Rotate::new(client, 5));
    server.release(Fate::Done);
    own.end().unwrap();
    other.end().unwrap();
    let new = server.seen().last().unwrap().clone();
    assert_eq!(new, "POST /5/rotate token-8");
    assert_eq!(server.families_ended(), 0);
}

#[test]
fn a_lost_revocation_by_name_is_proven_if_the_name_is_the_callers_own() {
    // The identity of the calling credential is known after the check before the second replacement.
    for (checked, id, proven) in [(true, 1, true), (false, 1, false), (true, 4, false)] {
        let server = Server::default();
        let time = VirtualTime::new();
        let client = client(&server, &time);
        if checked {
            for other in [2, 3] {
                let rotation = Rotate::new(client.clone(), other);
                time.run(rotation.into_future()).unwrap();
            }
        }
        server.then([Fate::ResponseLost(LOST)]);
        if id != 1 {
            // Another program revokes the calling credential in the meantime.
            let mut task = Task::begun(Revoke::new(client.clone(), id));
            server.rotate_elsewhere("token-1");
            pass(&time, Duration::from_secs(1));
            let error = task.end().unwrap_err();
            assert!(error.is_outcome_unknown(), "{error}");
            continue;
        }
        let result = time.run(Revoke::new(client.clone(), id).into_future());
        assert!(!server.is_alive("token-1"));
        match result {
            Ok(()) => assert!(proven),
            Err(error) => assert!(!proven && error.is_outcome_unknown(), "{error}"),
        }
    }
}
