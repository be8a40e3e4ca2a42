//! The check of a credential has spans of its own, below those of its call.

use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::{Revoke, RotateSelf};
use super::responses::REVOKED;
use super::server::{Fate, Server};
use super::{Task, client};
use crate::spans::{spans, spans_and_events};
use crate::support::VirtualTime;

#[test]
fn each_check_is_a_call_within_the_call() {
    let found = spans(|| {
        let server = Server::new([Fate::ResponseLost(TransportErrorKind::ConnectionLost)]);
        let time = VirtualTime::new();
        let client = client(&server, &time);
        time.run(RotateSelf::new(client).verify_outcome().into_future())
            .unwrap_err();
    });
    let spans: Vec<_> = found
        .iter()
        .map(|(parent, span)| {
            let lines = span.lines();
            let line = |name: &str| lines.lines().find_map(|line| line.strip_prefix(name));
            let name = line("otel.name=").unwrap().to_owned();
            let status = line("http.response.status_code=").map(str::to_owned);
            assert!(span.is_closed);
            (*parent, name, status)
        })
        .collect();
    let span = |parent, name: &str, status: Option<&str>| {
        (parent, name.to_owned(), status.map(str::to_owned))
    };
    assert_eq!(
        spans,
        [
            span(None, "rotate_self", None),
            span(Some(0), "POST /self/rotate", None),
            span(Some(0), "credential.check", Some("401")),
            span(Some(2), "GET /self", Some("401")),
        ]
    );
}

#[test]
fn a_rotation_that_is_dropped_in_flight_is_a_warning() {
    let warned = |fate: Fate| {
        let (found, events) = spans_and_events(|| {
            let server = Server::new([fate]);
            let client = client(&server, &VirtualTime::new());
            drop(Task::begun(RotateSelf::new(client)));
        });
        let operation = found[0].1.lines();
        (operation.contains("error.type=cancelled\n"), events)
    };
    let (cancelled, events) = warned(Fate::Held);
    assert!(cancelled);
    let [event] = events.as_slice() else {
        panic!("one warning was expected: {events:?}");
    };
    assert!(event.starts_with("WARN\n"), "{event}");
    assert!(event.contains("operation=rotate_self\n"), "{event}");
    assert!(event.contains("a new secret in the response is lost"));
    assert!(!event.contains("token-1"), "{event}");

    // During the pause before a retry of a request that was not sent, nothing is in flight.
    let not_sent = Fate::Fails(TransportErrorKind::Connect);
    assert_eq!(warned(not_sent), (false, Vec::new()));
}

#[test]
fn nothing_is_in_flight_while_a_rejected_request_waits_for_a_replacement() {
    let (found, events) = spans_and_events(|| {
        let rejected = Fate::Rejected(401, &[], REVOKED);
        let server = Server::new([Fate::Held, rejected]);
        let client = client(&server, &VirtualTime::new());
        let mut rotation = Task::begun(RotateSelf::new(client.clone()));
        drop(Task::begun(Revoke::new(client, 2)));
        server.release(Fate::Done);
        rotation.end().unwrap();
    });
    let cancelled = |line: &str| line.contains("error.type=cancelled");
    let mut lines = found.iter().map(|(_, span)| span.lines());
    assert!(!lines.any(|lines| cancelled(&lines)));
    assert_eq!(events, Vec::<String>::new());
}
