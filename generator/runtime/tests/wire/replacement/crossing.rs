//! A credential that is replaced by its name, with another credential of the same client, while it is in use.

use std::time::Duration;

use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::{NewToken, Rotate, RotateSelf};
use super::responses::REJECTED;
use super::server::{Fate, Server};
use super::{COOLDOWN, Task, assert_not_sent, client, header, pass};
use crate::support::VirtualTime;

const LOST: TransportErrorKind = TransportErrorKind::ConnectionLost;
const ROTATE_2: &str = "POST /2/rotate token-1";
const ROTATE_3: &str = "POST /3/rotate token-1";
const ROTATE_5: &str = "POST /5/rotate token-1";
const GET_SELF: &str = "GET /self token-1";
const GET_SELF_2: &str = "GET /self token-2";
const GET_SELF_5: &str = "GET /self token-5";
const ROTATE_SELF_2: &str = "POST /self/rotate token-2";
const ROTATE_SELF_5: &str = "POST /self/rotate token-5";

/// A call that uses this secret instead of the client's.
fn rotate_self_with(client: &Client, secret: &str) -> RotateSelf<Client> {
    RotateSelf::new(client.clone()).options(RequestOptions::new().auth(header(secret)))
}

/// Replaces the token 2, and then the new token 5, whose request has this fate.
fn replace_twice(server: &Server, time: &VirtualTime, fate: Fate) -> Client {
    let client = client(server, time);
    server.then([Fate::Done, Fate::Done, fate]);
    time.run(Rotate::new(client.clone(), 2).into_future())
        .unwrap();
    let _ = time.run(Rotate::new(client.clone(), 5).into_future());
    server.assert_seen(&[ROTATE_2, GET_SELF, ROTATE_5]);
    client
}

#[test]
fn a_credential_that_another_has_replaced_is_no_longer_sent() {
    for fate in [Fate::Done, Fate::ResponseLost(LOST), Fate::CutOff(10)] {
        for is_set in [false, true] {
            let server = Server::default();
            let time = VirtualTime::new();
            let client = replace_twice(&server, &time, fate.clone());
            let rotate = || {
                let call = if is_set {
                    RotateSelf::new(client.clone())
                } else {
                    rotate_self_with(&client, "token-5")
                };
                time.run(call.into_future())
            };
            if is_set {
                client.set_auth(header("token-5")).unwrap();
            }
            for _ in 0..2 {
                assert_not_sent(rotate());
            }
            server.assert_seen(&[ROTATE_2, GET_SELF, ROTATE_5, GET_SELF_5]);
            assert!(server.is_alive("token-6"));
        }
    }
}

#[test]
fn a_credential_that_another_may_still_replace_waits() {
    for arrives in [false, true] {
        let server = Server::default();
        let time = VirtualTime::new();
        let client = replace_twice(&server, &time, Fate::Late(LOST));
        pass(&time, Duration::from_secs(100));
        let rotate = || time.run(rotate_self_with(&client, "token-5").into_future());
        for _ in 0..2 {
            let error = assert_not_sent(rotate());
            assert_eq!(error.retry_after(), Some(Duration::from_secs(200)));
        }
        // Other calls need not wait.
        time.run(rotate_self_with(&client, "token-3").into_future())
            .unwrap();
        if arrives {
            server.deliver();
        }
        pass(&time, Duration::from_secs(200));
        let result = rotate();
        let mut seen = vec![
            ROTATE_2,
            GET_SELF,
            ROTATE_5,
            GET_SELF_5,
            "GET /self token-3",
            "POST /self/rotate token-3",
            GET_SELF_5,
        ];
        if arrives {
            assert_not_sent(result);
        } else {
            result.unwrap();
            seen.push(ROTATE_SELF_5);
        }
        server.assert_seen(&seen);
    }
}

#[test]
fn a_dropped_call_may_still_replace_another_credential() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    drop(Task::begun(Rotate::new(client.clone(), 2)));
    let rotate = || time.run(rotate_self_with(&client, "token-2").into_future());
    assert_eq!(assert_not_sent(rotate()).retry_after(), Some(COOLDOWN));
    server.deliver();
    pass(&time, COOLDOWN);
    assert_not_sent(rotate());
    server.assert_seen(&[ROTATE_2, GET_SELF_2, GET_SELF_2]);
}

/// The client has lost a request that carries the token 2, whose identity it does not know.
fn lose_own_of_another(server: &Server, time: &VirtualTime) -> Client {
    let client = client(server, time);
    server.then([Fate::Late(LOST)]);
    time.run(rotate_self_with(&client, "token-2").into_future())
        .unwrap_err();
    server.assert_seen(&[ROTATE_SELF_2]);
    client
}

fn rotate(time: &VirtualTime, client: &Client, id: i64) -> Result<NewToken, Error> {
    time.run(Rotate::new(client.clone(), id).into_future())
}

#[test]
fn a_credential_that_may_be_in_flight_is_not_replaced_by_another() {
    for arrives in [false, true] {
        let server = Server::default();
        let time = VirtualTime::new();
        let client = lose_own_of_another(&server, &time);
        for _ in 0..2 {
            let error = assert_not_sent(rotate(&time, &client, 2));
            assert_eq!(error.retry_after(), Some(COOLDOWN));
        }
        rotate(&time, &client, 3).unwrap();
        server.assert_seen(&[ROTATE_SELF_2, GET_SELF_2, ROTATE_3]);
        if arrives {
            server.deliver();
        }
        pass(&time, COOLDOWN);
        assert_eq!(rotate(&time, &client, 2).is_ok(), !arrives);
        server.assert_seen(&[ROTATE_SELF_2, GET_SELF_2, ROTATE_3, GET_SELF, ROTATE_2]);
    }
}

#[test]
fn a_credential_of_unknown_identity_may_be_any() {
    const SCOPE: &str = r#"{"error": "insufficient_scope"}"#;
    for (response, times) in [
        (Fate::Rejected(403, &[], SCOPE), 1),
        (Fate::Rejected(500, &[], "{}"), 2),
    ] {
        let server = Server::default();
        let time = VirtualTime::new();
        let client = lose_own_of_another(&server, &time);
        server.then(vec![response; times]);
        let mut seen = vec![ROTATE_SELF_2];
        seen.extend(vec![GET_SELF_2; times]);
        for _ in 0..2 {
            let error = assert_not_sent(rotate(&time, &client, 3));
            assert_eq!(error.retry_after(), Some(COOLDOWN));
        }
        server.assert_seen(&seen);
        pass(&time, COOLDOWN);
        rotate(&time, &client, 3).unwrap();
    }
}

#[test]
fn a_credential_that_replaced_itself_delays_no_other() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = lose_own_of_another(&server, &time);
    server.deliver();
    rotate(&time, &client, 3).unwrap();
    server.assert_seen(&[ROTATE_SELF_2, GET_SELF_2, ROTATE_3]);
}

#[test]
fn a_credential_that_another_is_replacing_is_not_sent() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut other = Task::begun(Rotate::new(client.clone(), 2));
    let own = || time.run(rotate_self_with(&client, "token-2").into_future());
    for _ in 0..2 {
        let error = assert_not_sent(own());
        assert!(error.retry_after().is_some());
    }
    time.run(rotate_self_with(&client, "token-3").into_future())
        .unwrap();
    server.release(Fate::Done);
    other.end().unwrap();
    let error = assert_not_sent(own());
    assert_eq!(error.retry_after(), None);
    server.assert_seen(&[
        ROTATE_2,
        GET_SELF_2,
        "GET /self token-3",
        "POST /self/rotate token-3",
    ]);
}

#[test]
fn a_credential_in_flight_is_not_replaced_by_another() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut own = Task::begun(rotate_self_with(&client, "token-2"));
    for _ in 0..2 {
        let error = assert_not_sent(rotate(&time, &client, 2));
        assert!(error.retry_after().is_some());
    }
    rotate(&time, &client, 3).unwrap();
    server.release(Fate::Rejected(400, &[], REJECTED));
    own.end().unwrap_err();
    time.run(rotate_self_with(&client, "token-4").into_future())
        .unwrap();
    rotate(&time, &client, 2).unwrap();
    server.assert_seen(&[
        ROTATE_SELF_2,
        GET_SELF_2,
        ROTATE_3,
        "GET /self token-4",
        "POST /self/rotate token-4",
        GET_SELF,
        ROTATE_2,
    ]);
}

#[test]
fn replacing_many_with_one_credential_costs_one_check() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = client(&server, &time);
    for id in [2, 3] {
        rotate(&time, &client, id).unwrap();
    }
    time.run(RotateSelf::new(client.clone()).adopt().into_future())
        .unwrap();
    for id in [4, 5] {
        rotate(&time, &client, id).unwrap();
    }
    time.run(RotateSelf::new(client.clone()).into_future())
        .unwrap();
    server.assert_seen(&[
        ROTATE_2,
        GET_SELF,
        ROTATE_3,
        "POST /self/rotate token-1",
        "POST /4/rotate token-7",
        "POST /5/rotate token-7",
        "POST /self/rotate token-7",
    ]);
}
