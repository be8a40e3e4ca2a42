//! Replacement if the credential comes from a provider.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::credential::auth_provider::AuthError;

use super::api::RotateSelf;
use super::server::{Fate, Server};
use super::{Task, assert_not_sent, builder, header};
use crate::support::VirtualTime;

/// A client whose provider returns these tokens in turn. The last one is repeated.
fn provided(
    server: &Server,
    time: &VirtualTime,
    tokens: &'static [&'static str],
) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let client = builder(server, time)
        .auth_provider(move || {
            let number = count.fetch_add(1, Ordering::SeqCst);
            // A provider without an end would hang a test.
            assert!(number < 20, "the provider is asked again and again");
            let token = tokens[number.min(tokens.len() - 1)];
            async move { Ok::<_, AuthError>(header(token)) }
        })
        .build()
        .unwrap();
    (client, asked)
}

#[test]
fn a_provider_is_called_once_for_each_attempt() {
    let busy = Fate::Rejected(429, &[("retry-after", "5")], "{}");
    let server = Server::new([busy]);
    let time = VirtualTime::new();
    let (client, asked) = provided(&server, &time, &["token-1"]);
    time.run(RotateSelf::new(client).into_future()).unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-1"]);
}

#[test]
fn a_provider_may_return_another_credential_each_time() {
    let busy = Fate::Rejected(429, &[("retry-after", "5")], "{}");
    let server = Server::new([busy]);
    let time = VirtualTime::new();
    let (client, asked) = provided(&server, &time, &["token-1", "token-2", "token-3"]);
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    time.run(RotateSelf::new(client).into_future()).unwrap();
    server.assert_seen(&[
        "POST /self/rotate token-1",
        "POST /self/rotate token-2",
        "POST /self/rotate token-3",
    ]);
}

#[test]
fn a_call_that_waited_calls_the_provider_again() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let (client, _) = provided(&server, &time, &["token-1", "token-1", "token-5"]);
    let mut first = Task::begun(RotateSelf::new(client.clone()));
    let mut second = Task::begun(RotateSelf::new(client.clone()).name("b"));
    server.release(Fate::Done);
    first.end().unwrap();
    second.end().unwrap();
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-5"]);
}
