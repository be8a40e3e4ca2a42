//! Replacement by the blocking client.

use std::time::Duration;

use generator_runtime::runtime::call::blocking::{Client, ClientBuilder};
use generator_runtime::runtime::replacement::outcome::ReplacementOutcome;
use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::{API, GetSelf, RotateSelf};
use super::server::{FIRST, Fate, Server};
use super::{assert_not_sent, header};
use crate::support::VirtualTime;

fn client(server: &Server, replacement_cooldown: Duration) -> Client {
    ClientBuilder::for_api(&API)
        .with_credential_registry()
        .auth(header(FIRST))
        .transport(server.clone())
        .timer(VirtualTime::new())
        .replacement_cooldown(replacement_cooldown)
        .build()
        .unwrap()
}

#[test]
fn the_client_and_its_clones_adopt_the_new_credential() {
    let server = Server::default();
    let client = client(&server, Duration::from_secs(300));
    let clone = client.clone();
    let new = RotateSelf::new(client).adopt().call().unwrap();
    assert_eq!(new.token, "token-5");
    GetSelf::new(clone).call().unwrap();
    server.assert_seen(&["POST /self/rotate token-1", "GET /self token-5"]);
}

#[test]
fn a_replaced_credential_is_no_longer_sent() {
    let server = Server::default();
    let client = client(&server, Duration::from_secs(300));
    let new = RotateSelf::new(client.clone()).call().unwrap();
    assert_not_sent(RotateSelf::new(client.clone()).call());
    client.set_auth(header(&new.token)).unwrap();
    RotateSelf::new(client).call().unwrap();
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-5"]);
}

#[test]
fn an_unknown_outcome_is_verified() {
    let lost = TransportErrorKind::ConnectionLost;
    let server = Server::new([Fate::ResponseLost(lost)]);
    let client = client(&server, Duration::from_secs(300));
    let error = RotateSelf::new(client.clone())
        .verify_outcome()
        .call()
        .unwrap_err();
    let outcome = error.replacement_outcome();
    assert_eq!(outcome, Some(ReplacementOutcome::Replaced));
    assert_not_sent(RotateSelf::new(client).call());
    server.assert_seen(&["POST /self/rotate token-1", "GET /self token-1"]);
}
