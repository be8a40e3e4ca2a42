//! Connections that fail before, during or after the request, or during the response.

use gitlab_pat::{Auth, Client, ErrorKind};
use gitlab_pat_fake::{Delivery, FakeGitLab, Fault, Gate, Wire};

use super::clock::Clock;
use super::operations::{self, ALL, CREATE, IDEMPOTENT, ONCE, REPLACE, RETRYABLE, SAFE};
use super::row::{Always, First, Trouble, check, fault};
use super::sees::{DONE, LOST, NOT_HTTP, REFUSED, SILENT};
use crate::support::{TOKEN, block_on, failure};

/// The time that a server may be silent, in milliseconds.
const SILENCE: u64 = 200;

#[test]
fn before_the_request_has_arrived() {
    check([
        // Nothing was sent, so any operation may be retried.
        fault("connection refused", Trouble::PortClosed)
            .unrecorded()
            .row(Always, ALL, REFUSED, 3)
            .row(First(1), ALL, DONE, 2)
            .row(First(2), ALL, DONE, 3),
        // In the remaining rows something was sent, and the client does not know how much of it arrived.
        fault("reset on connect", Fault::reset_on_connect())
            .unrecorded()
            .row(First(1), RETRYABLE, DONE, 2)
            .row(First(2), RETRYABLE, DONE, 3),
        fault("reset before the request", Fault::reset_before_request())
            .unrecorded()
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(Always, ONCE, LOST.open(), 1),
        fault("reset after its first bytes", Fault::reset_after_bytes(10))
            .unrecorded()
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(Always, ONCE, LOST.open(), 1),
        fault("reset after its headers", Fault::reset_inside_request())
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(Always, ONCE, LOST.open(), 1),
    ]);
}

/// The reset may arrive while the client still waits for the connection, or a moment later, when the request may be in flight.
/// The error is correct in both cases.
#[test]
fn a_connection_that_is_reset_at_once() {
    for (_, exchange) in operations::of(ONCE) {
        let gitlab = FakeGitLab::start().expect("a server");
        gitlab.faults().always(Fault::reset_on_connect());
        let clock = Clock::new(|_| ());
        let client = Client::builder()
            .base_url(&gitlab.url())
            .expect("a base URL")
            .auth(Auth::private_token(TOKEN))
            .timeout(None)
            .timer(clock.clone())
            .build()
            .expect("a client");
        let error = failure(block_on((exchange.send)(&client)));
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert_eq!(error.is_outcome_unknown(), !error.is_connect(), "{error}");
        let attempts = u64::try_from(clock.pauses().len()).expect("few") + 1;
        assert_eq!(gitlab.connections(), attempts);
        if error.is_connect() {
            assert_eq!(attempts, 3, "{error}");
        }
    }
}

#[test]
fn after_the_request_has_arrived() {
    check([
        fault("reset, not executed", Fault::reset())
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(1), RETRYABLE, DONE, 2)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(Always, ONCE, LOST.open(), 1)
            .row(First(1), ONCE, LOST.open(), 1),
        // The second revocation finds the token revoked, which is the wanted result.
        fault("reset, executed", Fault::reset().executed())
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(1), RETRYABLE, DONE, 2)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(First(1), ONCE, LOST.open(), 1),
        fault("closed, not executed", Fault::close())
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(Always, ONCE, LOST.open(), 1),
        fault("closed, executed", Fault::close().executed())
            .row(Always, RETRYABLE, LOST, 3)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(First(1), ONCE, LOST.open(), 1),
        fault(
            "closed, and executed after the client has given up",
            Fault::close().late(),
        )
        .row(First(1), RETRYABLE, DONE, 2)
        .row(First(1), ONCE, LOST.open(), 1),
    ]);
}

#[test]
fn silence() {
    check([
        fault("silence, not executed", Fault::stall(&Gate::new()))
            .read_timeout(SILENCE)
            .row(Always, RETRYABLE, SILENT, 3)
            .row(First(1), RETRYABLE, DONE, 2)
            .row(Always, ONCE, SILENT.open(), 1),
        fault("silence, executed", Fault::stall(&Gate::new()).executed())
            .read_timeout(SILENCE)
            .row(First(1), RETRYABLE, DONE, 2)
            .row(First(1), ONCE, SILENT.open(), 1),
        fault(
            "silence in the head of the response",
            Fault::wire(
                Wire::new()
                    .bytes("HTTP/1.1 200 OK\r\nConte")
                    .pause(&Gate::new()),
            ),
        )
        .read_timeout(SILENCE)
        .row(Always, RETRYABLE, SILENT, 3)
        .row(Always, ONCE, SILENT.open(), 1),
        // The head has shown that the server executed the request.
        fault(
            "silence in the body of the response",
            Fault::none().delivered(Delivery::stalled_after(10, &Gate::new())),
        )
        .read_timeout(SILENCE)
        .row(Always, SAFE, SILENT.with_status(200), 3)
        .row(First(1), SAFE, DONE, 2)
        .row(First(1), CREATE, SILENT.with_status(200), 1)
        .row(First(1), REPLACE, SILENT.with_status(200).open(), 1)
        // The response to a revocation has no body.
        .row(First(1), IDEMPOTENT, DONE, 1),
    ]);
}

#[test]
fn in_the_response() {
    let cut_short = |delivery| Fault::none().delivered(delivery);
    check([
        fault(
            "the head is cut short",
            Fault::wire(Wire::new().bytes("HTTP/1.1 200 OK\r\nConte")),
        )
        .row(Always, RETRYABLE, LOST, 3)
        .row(First(2), RETRYABLE, DONE, 3)
        .row(Always, ONCE, LOST.open(), 1),
        fault("the body is cut short", cut_short(Delivery::truncated(10)))
            .row(Always, SAFE, LOST.with_status(200), 3)
            .row(First(1), SAFE, DONE, 2)
            .row(First(2), SAFE, DONE, 3)
            .row(First(1), CREATE, LOST.with_status(200), 1)
            .row(First(1), REPLACE, LOST.with_status(200).open(), 1)
            .row(First(1), IDEMPOTENT, DONE, 1),
        fault("the body is missing", cut_short(Delivery::truncated(0)))
            .row(Always, SAFE, LOST.with_status(200), 3)
            .row(First(1), SAFE, DONE, 2)
            .row(First(1), CREATE, LOST.with_status(200), 1)
            .row(First(1), REPLACE, LOST.with_status(200).open(), 1)
            .row(First(1), IDEMPOTENT, DONE, 1),
        fault(
            "the body's chunks are cut short",
            Fault::wire(
                Wire::new()
                    .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"nam"),
            ),
        )
        .row(Always, RETRYABLE, LOST.with_status(200), 3)
        .row(First(1), RETRYABLE, DONE, 2)
        .row(Always, CREATE, LOST.with_status(200), 1)
        .row(Always, REPLACE, LOST.with_status(200).open(), 1),
        fault(
            "the body's chunks are none",
            Fault::wire(
                Wire::new()
                    .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
            ),
        )
        .row(Always, RETRYABLE, NOT_HTTP.with_status(200), 3)
        .row(First(1), RETRYABLE, DONE, 2)
        .row(Always, CREATE, NOT_HTTP.with_status(200), 1)
        .row(Always, REPLACE, NOT_HTTP.with_status(200).open(), 1),
        fault(
            "another protocol",
            Fault::wire(Wire::new().bytes("SSH-2.0-OpenSSH_9.9\r\n")),
        )
        .row(Always, RETRYABLE, NOT_HTTP, 3)
        .row(First(2), RETRYABLE, DONE, 3)
        .row(Always, ONCE, NOT_HTTP.open(), 1),
        fault(
            "garbage",
            Fault::wire(Wire::new().bytes(vec![0, 159, 146, 150, 13, 10, 13, 10])),
        )
        .row(Always, RETRYABLE, NOT_HTTP, 3)
        .row(First(2), RETRYABLE, DONE, 3)
        .row(Always, ONCE, NOT_HTTP.open(), 1),
        // Chunks, an end of the connection and single bytes are other ways to deliver a response.
        fault("chunks", cut_short(Delivery::chunked(7))).row(First(1), ALL, DONE, 1),
        fault("no length", cut_short(Delivery::until_close())).row(First(1), ALL, DONE, 1),
    ]);
}
