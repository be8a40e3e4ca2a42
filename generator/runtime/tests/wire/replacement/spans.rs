//! The check of a credential has spans of its own, below those of its call.

use generator_runtime::runtime::transport::TransportErrorKind;

use super::api::RotateSelf;
use super::client;
use super::server::{Fate, Server};
use crate::spans::spans;
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
