//! The calls that share an exchange or wait for it, and the credentials of the waiting ones.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportErrorKind;
use generator_runtime::runtime::transport::timer::{Sleep, Timer};

use super::api::{RevokeSelf, RotateSelf};
use super::server::{FIRST, Fate, Server};
use super::{Task, assert_not_sent, builder, client, header};
use crate::support::VirtualTime;

#[test]
fn equal_calls_at_the_same_time_share_one_exchange_and_its_result() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut tasks: Vec<_> = (0..5)
        .map(|_| Task::begun(RotateSelf::new(client.clone())))
        .collect();
    // The call that started the exchange is dropped, and one in the middle too.
    tasks.remove(0);
    tasks.remove(2);
    server.release(Fate::Done);
    for mut task in tasks {
        assert_eq!(task.end().unwrap().token, "token-5");
    }
    server.assert_seen(&["POST /self/rotate token-1"]);
}

#[test]
fn all_calls_that_share_an_exchange_get_its_error() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client));
    server.release(Fate::ResponseLost(TransportErrorKind::ConnectionLost));
    for error in [first.end().unwrap_err(), second.end().unwrap_err()] {
        let outcome = error.replacement_outcome();
        assert_eq!(outcome, Some(ReplacementOutcome::Unknown));
    }
    server.assert_seen(&["POST /self/rotate token-1"]);
}

#[test]
fn an_unequal_call_waits_and_is_sent_with_the_new_credential() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(RotateSelf::new(client.clone()).adopt());
    let mut second = Task::begun(RotateSelf::new(client).name("b").adopt());
    server.assert_seen(&["POST /self/rotate token-1"]);
    server.release(Fate::Done);
    assert_eq!(first.end().unwrap().token, "token-5");
    assert_eq!(second.end().unwrap().token, "token-6");
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-5"]);
}

#[test]
fn an_unequal_call_fails_before_sending_if_the_new_credential_was_not_adopted() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client.clone()).name("b"));
    server.release(Fate::Done);
    let new = first.end().unwrap();
    let error = assert_not_sent(second.end());
    assert_eq!(error.replacement_outcome(), None);
    assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
    client.set_auth(header(&new.token)).unwrap();
    let newer = time.run(RotateSelf::new(client).into_future()).unwrap();
    assert_eq!(newer.token, "token-6");
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-5"]);
}

#[test]
fn a_retry_is_never_sent_with_the_replaced_credential() {
    let server = Server::new([Fate::Rejected(429, &[("retry-after", "5")], "{}")]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut paused = Task::begun(RotateSelf::new(client.clone()));
    client.set_auth(header("token-2")).unwrap();
    super::pass(&time, Duration::from_secs(5));
    assert_eq!(paused.end().unwrap().token, "token-5");
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-2"]);
    assert!(server.is_alive(FIRST));
}

#[test]
fn a_retry_waits_for_the_call_that_replaces_its_new_credential() {
    let server = Server::new([
        Fate::Rejected(429, &[("retry-after", "5")], "{}"),
        Fate::Held,
    ]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut paused = Task::begun(RotateSelf::new(client.clone()));
    client.set_auth(header("token-2")).unwrap();
    let mut other = Task::begun(RotateSelf::new(client.clone()));
    super::pass(&time, Duration::from_secs(5));
    assert!(paused.step().is_none());
    server.release(Fate::Done);
    assert_eq!(other.end().unwrap().token, "token-5");
    assert_not_sent(paused.end());
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-2"]);
}

#[test]
fn attempts_are_counted_across_credentials() {
    let busy = || Fate::Rejected(429, &[("retry-after", "0")], "{}");
    let server = Server::new([busy(), busy(), busy(), busy(), busy(), busy()]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut task = Task::new(RotateSelf::new(client.clone()));
    let mut result = None;
    for secret in ["token-2", "token-3", "token-4", "token-1"] {
        result = result.or_else(|| task.step());
        client.set_auth(header(secret)).unwrap();
    }
    let result = result.unwrap_or_else(|| time.run(task.future));
    assert!(result.unwrap_err().is_rate_limited());
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn a_secret_is_one_credential_in_every_place() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let bearer = RequestOptions::new().auth(Auth::bearer_token(FIRST));
    let mut second = Task::begun(RotateSelf::new(client.clone()).options(bearer));
    let other = RequestOptions::new().auth(header("token-2"));
    let other = time.run(RotateSelf::new(client).options(other).into_future());
    assert_eq!(other.unwrap().token, "token-5");
    server.release(Fate::Done);
    first.end().unwrap();
    assert_not_sent(second.end());
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-2"]);
}

#[test]
fn a_call_whose_deadline_passes_while_it_waits_sends_nothing() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let patient = RequestOptions::new().timeout(Duration::from_secs(3600));
    let mut first = Task::begun(RotateSelf::new(client.clone()).options(patient).adopt());
    let mut second = Task::begun(RotateSelf::new(client.clone()).name("b"));
    let mut third = Task::begun(RotateSelf::new(client.clone()).name("c"));
    super::pass(&time, Duration::from_secs(60));
    let error = second.end().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    // The other call reports the effect on the credential.
    assert_eq!(error.replacement_outcome(), None);
    assert!(!error.is_outcome_unknown());
    server.release(Fate::Done);
    first.end().unwrap();
    // It gets its permit at its deadline.
    assert_eq!(third.end().unwrap_err().kind(), ErrorKind::Timeout);
    server.assert_seen(&["POST /self/rotate token-1"]);
    time.run(RotateSelf::new(client).into_future()).unwrap();
}

/// A clock whose first sleepers are never woken, as in a blocked executor.
struct Stalled {
    time: VirtualTime,
    left: AtomicUsize,
}

impl Timer for Stalled {
    fn sleep(&self, duration: Duration) -> Sleep {
        let stalls = |left: usize| left.checked_sub(1);
        match self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, stalls)
        {
            Ok(_) => Box::pin(std::future::pending()),
            Err(_) => self.time.sleep(duration),
        }
    }

    fn now(&self) -> Instant {
        self.time.now()
    }
}

#[test]
fn a_call_that_shares_a_blocked_call_has_a_deadline_of_its_own() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let stalled = Stalled {
        time: time.clone(),
        // The sleep of the first call.
        left: AtomicUsize::new(1),
    };
    let client = builder(&server, &time).timer(stalled).build().unwrap();
    let _first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client));
    super::pass(&time, Duration::from_secs(61));
    let error = second.end().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_outcome_unknown());
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Unknown));
    server.assert_seen(&["POST /self/rotate token-1"]);
}

#[test]
fn a_revoked_credential_replaces_nothing() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = builder(&server, &time).build().unwrap();
    time.run(RevokeSelf::new(client.clone()).into_future())
        .unwrap();
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["DELETE /self token-1"]);
}

#[test]
fn a_revocation_proves_nothing_where_a_rotation_may_have_ended_the_credential() {
    let lost = Fate::ResponseLost(TransportErrorKind::ConnectionLost);
    let server = Server::new([lost, Fate::Fails(TransportErrorKind::ConnectionLost)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    let error = time.run(RevokeSelf::new(client).into_future()).unwrap_err();
    assert!(error.is_credential_rejected(), "{error}");
    assert!(server.is_alive(&server.newest()));
}

#[test]
fn an_unknown_outcome_is_remembered_after_other_rejections() {
    let lost = Fate::ResponseLost(TransportErrorKind::ConnectionLost);
    let server = Server::new([lost]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    for number in 0..1100 {
        client.set_auth(header(&format!("other-{number}"))).unwrap();
        server.then([Fate::Rejected(401, &[], super::responses::REVOKED)]);
        time.run(RevokeSelf::new(client.clone()).into_future())
            .unwrap_err();
    }
    client.set_auth(header(FIRST)).unwrap();
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    assert_eq!(server.families_ended(), 0);
}
