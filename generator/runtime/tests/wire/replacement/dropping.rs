//! Calls that are dropped at any point.

use std::time::Duration;

use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::{GetSelf, Rotate, RotateSelf};
use super::server::{Fate, Server};
use super::{COOLDOWN, Task, assert_not_sent, client, header, pass};
use crate::support::VirtualTime;

/// The fates of a call's requests. Each step of the call is one poll, and time passes between two.
fn courses() -> Vec<Vec<Fate>> {
    let busy = || Fate::Rejected(429, &[("retry-after", "5")], "{}");
    let lost = || Fate::Late(TransportErrorKind::ConnectionLost);
    vec![
        vec![Fate::Held],
        vec![busy(), Fate::Held],
        vec![busy(), Fate::Done],
        vec![Fate::Fails(TransportErrorKind::Connect), Fate::Held],
        vec![lost(), Fate::Held],
        vec![lost(), Fate::Done, Fate::Held],
        vec![lost(), Fate::Rejected(503, &[], "{}"), Fate::Held],
    ]
}

#[test]
fn a_call_dropped_anywhere_revokes_no_family_and_the_client_continues() {
    for course in courses() {
        for steps in 0..6 {
            for (adopt, arrives_early) in [(false, false), (true, false), (true, true)] {
                let server = Server::new(course.clone());
                let time = VirtualTime::new();
                let client = client(&server, &time);
                let mut operation = RotateSelf::new(client.clone()).verify_outcome();
                if adopt {
                    operation = operation.adopt();
                }
                let mut task = Task::new(operation);
                for _ in 0..steps {
                    if task.step().is_some() {
                        break;
                    }
                    pass(&time, Duration::from_secs(6));
                }
                drop(task);
                server.forget_fates();
                if arrives_early {
                    server.deliver();
                }
                // The result is true: a request that is sent now has an active credential.
                let _ = time.run(RotateSelf::new(client.clone()).into_future());
                let _ = time.run(Rotate::new(client.clone(), 2).into_future());
                server.deliver();
                pass(&time, COOLDOWN);
                let _ = time.run(RotateSelf::new(client.clone()).adopt().into_future());
                assert_eq!(server.families_ended(), 0, "{course:?}, {steps} steps");
                assert!(server.is_alive(&server.newest()));
                client.set_auth(header("token-3")).unwrap();
                time.run(RotateSelf::new(client).into_future()).unwrap();
            }
        }
    }
}

#[test]
fn a_call_dropped_before_anything_was_sent_changes_nothing() {
    let server = Server::new([Fate::Rejected(429, &[("retry-after", "5")], "{}")]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    drop(Task::new(RotateSelf::new(client.clone())));
    drop(Task::begun(RotateSelf::new(client.clone())));
    time.run(RotateSelf::new(client).into_future()).unwrap();
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-1"]);
}

#[test]
fn a_call_dropped_in_flight_leaves_the_outcome_unknown() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    drop(Task::begun(RotateSelf::new(client.clone())));
    let error = assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
    assert_eq!(error.retry_after(), Some(COOLDOWN));
    server.deliver();
    pass(&time, COOLDOWN);
    assert_not_sent(time.run(RotateSelf::new(client).into_future()));
    server.assert_seen(&["POST /self/rotate token-1", "GET /self token-1"]);
}

#[test]
fn a_call_dropped_in_the_queue_admits_the_next_one() {
    let server = Server::new([Fate::Held]);
    let time = VirtualTime::new();
    let client = client(&server, &time);
    let mut first = Task::begun(RotateSelf::new(client.clone()).adopt());
    let second = Task::begun(RotateSelf::new(client.clone()).name("b"));
    let mut third = Task::begun(RotateSelf::new(client.clone()).name("c"));
    server.release(Fate::Done);
    first.end().unwrap();
    drop(second);
    assert_eq!(third.end().unwrap().token, "token-6");
    server.assert_seen(&["POST /self/rotate token-1", "POST /self/rotate token-5"]);
}

#[test]
fn a_dropped_replacement_of_another_token_delays_only_the_own_one() {
    let server = Server::default();
    let time = VirtualTime::new();
    let client = client(&server, &time);
    for id in [2, 3] {
        time.run(Rotate::new(client.clone(), id).into_future())
            .unwrap();
    }
    server.then([Fate::Held]);
    drop(Task::begun(Rotate::new(client.clone(), 4)));
    time.run(Rotate::new(client.clone(), 5).into_future())
        .unwrap();
    let error = assert_not_sent(time.run(RotateSelf::new(client.clone()).into_future()));
    assert_eq!(error.retry_after(), Some(COOLDOWN));
    time.run(GetSelf::new(client.clone()).into_future())
        .unwrap();
    server.deliver();
    pass(&time, COOLDOWN);
    time.run(RotateSelf::new(client).into_future()).unwrap();
    assert_eq!(server.families_ended(), 0);
}
