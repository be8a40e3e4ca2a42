//! Requests whose credential is rejected while another call replaces it: when they wait, and when they are sent again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;

use super::api::{GetSelf, Rotate, RotateSelf};
use super::responses::REVOKED;
use super::server::{FIRST, Fate, Server};
use super::{Task, builder, client, header, pass};
use crate::support::VirtualTime;

const REJECTED: Fate = Fate::Rejected(401, &[], REVOKED);
const BUSY: Fate = Fate::Rejected(429, &[], "{}");

/// A stream of concurrent calls polls none of them while its consumer does something else, such as a rotation.
#[test]
fn a_waiting_request_that_nobody_polls_blocks_no_replacement() {
    let server = Server::new([Fate::Held, REJECTED]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let once = RequestOptions::new().retry(RetryPolicy::none());
    let mut first = Task::begun(RotateSelf::new(client.clone()).options(once));
    let mut parked = Task::begun(GetSelf::new(client.clone()));
    server.release(BUSY);
    first.end().unwrap_err();
    let mut second = Task::new(RotateSelf::new(client).adopt());
    assert_eq!(second.end().unwrap().token, "token-5");
    parked.end().unwrap();
    assert_eq!(server.seen().last().unwrap(), "GET /self token-5");
}

#[test]
fn a_waiting_request_continues_when_a_queued_replacement_is_dropped() {
    let server = Server::new([Fate::Held, REJECTED]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let once = RequestOptions::new().retry(RetryPolicy::none());
    let mut first = Task::begun(RotateSelf::new(client.clone()).options(once));
    let queued = Task::begun(RotateSelf::new(client.clone()).name("b"));
    let mut waiting = Task::begun(GetSelf::new(client));
    server.release(BUSY);
    first.end().unwrap_err();
    // The queued call has the permit now.
    assert!(waiting.step().is_none());
    drop(queued);
    assert!(waiting.end().unwrap_err().is_credential_rejected());
}

#[test]
fn a_waiting_request_continues_when_the_replacement_proves_to_be_of_another_credential() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = client(&server, &time);
    server.rotate_elsewhere("token-3");
    // After this, the identity of the credential is checked first.
    time.run(Rotate::new(client.clone(), 3).into_future())
        .unwrap_err();
    server.then([Fate::Held, REJECTED, Fate::Held]);
    let mut rotation = Task::begun(Rotate::new(client.clone(), 2));
    let mut waiting = Task::begun(GetSelf::new(client));
    server.release(Fate::Done);
    assert!(rotation.step().is_none());
    assert!(waiting.end().unwrap_err().is_credential_rejected());
    server.assert_seen(&[
        "POST /3/rotate token-1",
        "GET /self token-1",
        "GET /self token-1",
        "POST /2/rotate token-1",
    ]);
}

#[test]
fn a_request_is_sent_again_only_within_the_time_limit_of_the_policy() {
    let limited = || {
        let policy = RetryPolicy::new().max_total_time(Duration::from_secs(2));
        RequestOptions::new().retry(policy)
    };
    for (seconds, is_sent_again) in [(2, true), (3, false)] {
        let server = Server::new([Fate::Held]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        let mut task = Task::begun(GetSelf::new(client.clone()).options(limited()));
        client.set_auth(header("token-2")).unwrap();
        pass(&time, Duration::from_secs(seconds));
        server.release(REJECTED);
        assert_eq!(task.end().is_ok(), is_sent_again);
    }

    // Nor does it wait for a replacement any longer.
    let server = Server::new([Fate::Held, REJECTED]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let _rotation = Task::begun(RotateSelf::new(client.clone()).adopt());
    let waiting = GetSelf::new(client).options(limited());
    let error = time.run(waiting.into_future()).unwrap_err();
    assert!(error.is_credential_rejected());
    assert_eq!(time.elapsed(), Duration::from_secs(2));
}

#[test]
fn an_attempt_is_reported_before_the_wait() {
    let server = Server::new([Fate::Held, REJECTED]);
    let time = VirtualTime::new();
    let reported = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&reported);
    let client = builder(&server, &time)
        .on_attempt(move |attempt| {
            let status = attempt.status().map(|status| status.as_u16());
            let line = (attempt.number(), status, attempt.retry_in());
            notes.lock().unwrap().push(line);
        })
        .build()
        .unwrap();
    let mut rotation = Task::begun(RotateSelf::new(client.clone()).adopt());
    let mut waiting = Task::begun(GetSelf::new(client));
    assert_eq!(*reported.lock().unwrap(), [(1, Some(401), None)]);
    server.release(Fate::Done);
    rotation.end().unwrap();
    waiting.end().unwrap();
    let reported = reported.lock().unwrap();
    assert_eq!(reported[1..], [(1, Some(200), None), (2, Some(200), None)]);
}

/// A task that refreshes the credential may set the same one again.
#[test]
fn a_credential_that_was_set_unchanged_is_not_sent_again() {
    let same = [header(FIRST), Auth::header("x-key", FIRST)];
    let other = [header("token-2"), Auth::bearer_token(FIRST)];
    let is_same = same.into_iter().map(|auth| (auth, true));
    for (auth, is_same) in is_same.chain(other.map(|auth| (auth, false))) {
        let server = Server::new([Fate::Held]);
        let client = client(&server, &VirtualTime::new());
        let mut task = Task::begun(GetSelf::new(client.clone()));
        client.set_auth(auth.clone()).unwrap();
        server.release(REJECTED);
        assert_eq!(task.end().is_err(), is_same, "{auth:?}");
        assert_eq!(server.seen().len(), if is_same { 1 } else { 2 });
    }
}
