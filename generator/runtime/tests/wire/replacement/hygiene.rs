//! Successful responses that can't be decoded. They are kept whole, are never printed, and end the use of their credential.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportError;

use super::api::RotateSelf;
use super::server::{FIRST, Fate, Server};
use super::{Task, assert_not_sent, builder, client};
use crate::support::VirtualTime;

#[track_caller]
fn assert_replaced(error: &Error, body: &str) {
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Replaced));
    assert!(!error.is_outcome_unknown());
    assert_kept(error, body);
}

#[track_caller]
fn assert_kept(error: &Error, body: &str) {
    assert!(!error.is_retryable());
    assert_eq!(error.body(), body);
    assert!(error.to_string().contains("`Error::body`"), "{error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("token-5"), "{shown}");
    assert!(!shown.contains(FIRST), "{shown}");
}

const NEW: &str = r#"{"id": 5, "token": "token-5"}"#;

#[test]
fn an_undecodable_response_is_kept_whole() {
    let body = r#"{"id": "five", "token": "token-5"}"#;
    let server = Server::new([Fate::DoneBut(200, &[], body)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let error = time
        .run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_replaced(&error, body);
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["POST /self/rotate token-1"]);
}

#[test]
fn a_truncated_response_keeps_what_arrived() {
    let server = Server::new([Fate::CutOff(27)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let error = time
        .run(RotateSelf::new(client.clone()).into_future())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    // The response may not come from the server.
    assert!(error.is_outcome_unknown());
    assert_kept(&error, &NEW[..27]);
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["POST /self/rotate token-1"]);
}

#[test]
fn a_response_beyond_the_limit_is_kept_whole() {
    let declared: &[_] = &[("content-length", "29")];
    for headers in [&[], declared] {
        let server = Server::new([Fate::DoneBut(200, headers, NEW)]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        let options = RequestOptions::new().max_response_size(10);
        let error = time
            .run(
                RotateSelf::new(client.clone())
                    .options(options)
                    .into_future(),
            )
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert!(error.to_string().contains("10 bytes"), "{error}");
        assert_replaced(&error, NEW);
        assert_not_sent(time.run(RotateSelf::new(client).into_future()));
        server.assert_seen(&["POST /self/rotate token-1"]);
    }
}

#[test]
fn a_hook_that_panics_loses_no_new_secret() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = builder(&server, &time)
        .on_attempt(|_| panic!("the hook is broken"))
        .build()
        .unwrap();
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client));
    server.release(Fate::Done);
    assert_eq!(first.end().unwrap().token, "token-5");
    assert_eq!(second.end().unwrap().token, "token-5");
}

#[test]
fn a_transport_that_panics_makes_the_outcome_unknown_for_all() {
    let broken = Arc::new(AtomicBool::new(false));
    let is_broken = Arc::clone(&broken);
    let time = VirtualTime::new();
    let client = builder(&Server::default(), &time)
        .transport(move |_| {
            let broken = Arc::clone(&is_broken);
            poll_fn(move |_| {
                assert!(!broken.load(Ordering::SeqCst), "the transport is broken");
                Poll::<Result<_, TransportError>>::Pending
            })
        })
        .build()
        .unwrap();
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client.clone()));
    broken.store(true, Ordering::SeqCst);
    for error in [first.end().unwrap_err(), second.end().unwrap_err()] {
        let outcome = error.replacement_outcome();
        assert_eq!(outcome, Some(ReplacementOutcome::Unknown));
        assert!(error.is_outcome_unknown() && !error.is_retryable());
    }
    assert_not_sent(Task::new(RotateSelf::new(client)).end());
}
