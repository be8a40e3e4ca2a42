//! `adopt()`: the client takes the new credential if it holds the old one and can send the new one.

use std::time::Duration;

use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::retry::RetryPolicy;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::credential::auth_provider::AuthError;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;

use super::api::{GetSelf, RotateSelf};
use super::responses::REVOKED;
use super::server::{FIRST, Fate, Server};
use super::{Task, assert_not_sent, builder, client, header, pass};
use crate::support::VirtualTime;

#[test]
fn the_client_adopts_the_new_secret_and_sends_it_like_the_old_one() {
    for auth in [
        header(FIRST),
        Auth::bearer_token(FIRST),
        Auth::basic("me", FIRST),
        Auth::query("key", FIRST),
        Auth::cookie("key", FIRST),
    ] {
        let server = Server::default();
        let time = VirtualTime::new();
        let client = builder(&server, &time).auth(auth).build().unwrap();
        let clone = client.clone();
        let shown = format!("{client:?}");
        time.run(RotateSelf::new(client).adopt().into_future())
            .unwrap();
        assert_eq!(format!("{clone:?}"), shown);
        time.run(GetSelf::new(clone.clone()).into_future()).unwrap();
        time.run(RotateSelf::new(clone).adopt().into_future())
            .unwrap();
        server.assert_seen(&[
            "POST /self/rotate token-1",
            "GET /self token-5",
            "POST /self/rotate token-5",
        ]);
    }
}

#[test]
fn adopting_is_rejected_if_the_client_does_not_have_the_credential() {
    let server = Server::default();
    let time = VirtualTime::new();
    let own = RequestOptions::new().auth(header("token-2"));
    let held = client(&server, &time);
    let provided = builder(&server, &time)
        .auth_provider(|| async { Ok::<_, AuthError>(header(FIRST)) })
        .build()
        .unwrap();
    let error = time
        .run(RotateSelf::new(held).options(own).adopt().into_future())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let error = time
        .run(RotateSelf::new(provided).adopt().into_future())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    server.assert_seen(&[]);
}

/// A request that the server handles after the replacement is sent with the old credential all the same.
#[test]
fn a_request_that_arrives_after_the_replacement_is_sent_again_with_the_new_credential() {
    let server = Server::new([Fate::Held, Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut rotation = Task::begun(RotateSelf::new(client.clone()).adopt());
    let mut late = Task::begun(GetSelf::new(client.clone()));
    server.release(Fate::Done);
    rotation.end().unwrap();
    server.release(Fate::Done);
    late.end().unwrap();
    server.assert_seen(&[
        "POST /self/rotate token-1",
        "GET /self token-1",
        "GET /self token-5",
    ]);
}

#[test]
fn a_request_that_is_rejected_during_the_replacement_waits_for_it() {
    let server = Server::new([Fate::Held, Fate::Rejected(401, &[], REVOKED)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut rotation = Task::begun(RotateSelf::new(client.clone()).adopt());
    let mut rejected = Task::begun(GetSelf::new(client.clone()));
    server.release(Fate::Done);
    rotation.end().unwrap();
    rejected.end().unwrap();
    assert_eq!(server.seen().last().unwrap(), "GET /self token-5");

    // Without another credential, the error response is the result.
    let server = Server::new([Fate::Held, Fate::Rejected(401, &[], REVOKED)]);
    let client = super::client(&server, &time);
    let mut rotation = Task::begun(RotateSelf::new(client.clone()));
    let mut rejected = Task::begun(GetSelf::new(client.clone()));
    server.release(Fate::Done);
    rotation.end().unwrap();
    assert!(rejected.end().unwrap_err().is_credential_rejected());
    assert_eq!(server.seen().len(), 2);
}

/// The replacement may never end, and the client may have no timeout.
#[test]
fn a_rejected_request_does_not_wait_for_long() {
    let server = Server::new([Fate::Held, Fate::Rejected(401, &[], REVOKED)]);
    let time = VirtualTime::new();
    let client = builder(&server, &time).timeout(None).build().unwrap();
    let _rotation = Task::begun(RotateSelf::new(client.clone()).adopt());
    let error = time.run(GetSelf::new(client).into_future()).unwrap_err();
    assert!(error.is_credential_rejected());
    assert_eq!(time.elapsed(), Duration::from_secs(5));
}

#[test]
fn a_rejected_credential_is_not_tried_again() {
    let own = || RequestOptions::new().auth(header(FIRST));
    let once = || RequestOptions::new().retry(RetryPolicy::none());
    for options in [RequestOptions::new(), own(), once()] {
        let server = Server::new([Fate::Held]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        let is_other = options == own() || options == once();
        let mut task = Task::begun(GetSelf::new(client.clone()).options(options));
        if is_other {
            client.set_auth(header("token-2")).unwrap();
        }
        server.release(Fate::Rejected(401, &[], REVOKED));
        assert!(task.end().unwrap_err().is_credential_rejected());
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn a_credential_that_was_set_meanwhile_is_kept() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut task = Task::begun(RotateSelf::new(client.clone()).adopt());
    client.set_auth(header("token-2")).unwrap();
    server.release(Fate::Done);
    assert_eq!(task.end().unwrap().token, "token-5");
    time.run(GetSelf::new(client).into_future()).unwrap();
    server.assert_seen(&["POST /self/rotate token-1", "GET /self token-2"]);
}

#[test]
fn the_same_secret_in_another_place_is_replaced_and_sent_there() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut task = Task::begun(RotateSelf::new(client.clone()).adopt());
    client.set_auth(Auth::bearer_token(FIRST)).unwrap();
    server.release(Fate::Done);
    task.end().unwrap();
    assert!(format!("{client:?}").contains("bearer"), "{client:?}");
    time.run(GetSelf::new(client).into_future()).unwrap();
    server.assert_seen(&["POST /self/rotate token-1", "GET /self token-5"]);
}

#[test]
fn a_response_whose_secret_cannot_be_sent_is_kept_and_not_shown() {
    let body = r#"{"id": 5, "token": "hush-hush\n"}"#;
    let server = Server::new([Fate::DoneBut(200, &[], body)]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let error = failed_adoption(&client, &time, body);
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Replaced));
    assert!(!error.is_outcome_unknown());
    pass(&time, Duration::from_secs(1000));
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["POST /self/rotate token-1"]);
}

/// The response may not come from the server.
#[test]
fn a_response_without_a_secret_is_kept_and_not_shown_and_the_server_is_checked() {
    for body in [
        "",
        r#"{"id": 5, "note": "hush-hush"}"#,
        r#"{"id": 5, "token": ["hush-hush"]}"#,
        r#"{"id": 5, "token": ""}"#,
        r#"[{"token": "hush-hush"}]"#,
        "hush-hush",
        // Cut off.
        r#"{"id": 5, "token": "hush-hush"#,
        "\u{feff} {\"token\": \"hush-hush",
        "{",
    ] {
        let server = Server::new([Fate::DoneBut(200, &[], body)]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        let error = failed_adoption(&client, &time, body);
        let outcome = error.replacement_outcome();
        assert_eq!(outcome, Some(ReplacementOutcome::Unknown), "{body}");
        assert!(error.is_outcome_unknown() && error.is_decode());
        assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
        pass(&time, Duration::from_secs(1000));
        assert_not_sent(time.run(RotateSelf::new(client).into_future()));
        server.assert_seen(&["POST /self/rotate token-1", "GET /self token-1"]);
    }
}

/// Returns the error of a rotation whose response has this body. The error keeps the body and does not print it.
fn failed_adoption(client: &Client, time: &VirtualTime, body: &str) -> Error {
    let adopting = RotateSelf::new(client.clone()).adopt();
    let error = time.run(adopting.into_future()).unwrap_err();
    assert!(!error.is_retryable());
    assert_eq!(error.body(), body);
    let names_the_body = error.to_string().contains("`Error::body`");
    assert_eq!(names_the_body, !body.is_empty(), "{error}");
    let shown = format!("{error} {error:?} {client:?}");
    assert!(!shown.contains("hush-hush"), "{shown}");
    error
}
