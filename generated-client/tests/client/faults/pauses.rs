//! The pause that a server requests: every form of `Retry-After`, and the end of a rate limit's window.

use std::time::Duration;

use gitlab_pat_fake::FakeResponse;

use super::clock::WALL_CLOCK;
use super::operations::{ALL, ONCE, RETRYABLE};
use super::row::{Always, First, Rows, check, fault};
use super::sees::{DONE, Sees, status};
use crate::support::json;

/// Returns GitLab's response to throttled requests, with these headers.
fn throttled(headers: &[(&str, &str)]) -> FakeResponse {
    with(FakeResponse::too_many_requests(), headers)
}

fn with(response: FakeResponse, headers: &[(&str, &str)]) -> FakeResponse {
    headers.iter().fold(response, |response, (name, value)| {
        response.header(*name, *value)
    })
}

/// A throttled request was not executed, so every operation may be retried.
fn throttling(name: &str, headers: &[(&str, &str)]) -> Rows {
    fault(format!("429, {name}"), throttled(headers))
}

/// Returns a date at this distance from the clock's present, in HTTP's format.
fn date(seconds: i64) -> String {
    let now = i64::try_from(WALL_CLOCK).expect("the present");
    let date = jiff::Timestamp::from_second(now + seconds).expect("a date");
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&date)
        .expect("a date of HTTP")
}

/// Returns the same in Unix seconds.
fn seconds(from_now: u64) -> String {
    (WALL_CLOCK + from_now).to_string()
}

const fn asking(seconds: u64) -> Sees {
    status(429).asking(Duration::from_secs(seconds))
}

#[test]
fn a_pause_in_seconds() {
    check([
        throttling("in 3 s", &[("Retry-After", "3")])
            .row(Always, ALL, asking(3), 3)
            .pauses(&[3, 3])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[3])
            .row(First(2), ALL, DONE, 3)
            .pauses(&[3, 3]),
        throttling("in 0 s", &[("Retry-After", "0")])
            .row(Always, ALL, asking(0), 3)
            .pauses(&[0, 0])
            .row(First(2), ALL, DONE, 3)
            .pauses(&[0, 0]),
        throttling("in 03 s", &[("Retry-After", "03")])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[3]),
        throttling("as long as it may be", &[("Retry-After", "60")])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[60]),
        // Twice that is longer than a call may take.
        throttling("too long for the second time", &[("Retry-After", "40")])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[40])
            .row(First(2), ALL, asking(40), 2)
            .pauses(&[40]),
    ]);
}

/// The client does not wait that long by default. The error has the pause, so that the caller can retry later.
#[test]
fn a_pause_that_is_too_long() {
    const FOREVER: &str = "99999999999999999999999";
    let never = Sees::asking(status(429), Duration::from_secs(u64::MAX));
    check([
        throttling("in 61 s", &[("Retry-After", "61")]).row(First(1), ALL, asking(61), 1),
        throttling("in a day", &[("Retry-After", "86400")]).row(First(1), ALL, asking(86_400), 1),
        throttling("in ages", &[("Retry-After", FOREVER)]).row(First(1), ALL, never, 1),
        throttling("on a day far ahead", &[("Retry-After", &date(86_400))]).row(
            First(1),
            ALL,
            asking(86_400),
            1,
        ),
        throttling(
            "a window that ends late",
            &[("RateLimit-Reset", &seconds(900))],
        )
        .row(First(1), ALL, asking(900), 1),
    ]);
}

#[test]
fn a_pause_until_a_date() {
    check([
        throttling("a date ahead", &[("Retry-After", &date(7))])
            .row(Always, ALL, asking(7), 3)
            .pauses(&[7, 7])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[7]),
        // A time in the past requests no pause, so the client uses its own.
        throttling("a date that has passed", &[("Retry-After", &date(-7))])
            .row(Always, ALL, status(429), 3)
            .row(First(1), ALL, DONE, 2),
        throttling("now", &[("Retry-After", &date(0))]).row(First(1), ALL, DONE, 2),
    ]);
}

/// An invalid value is ignored, and the client uses its own pauses.
#[test]
fn an_invalid_pause() {
    let nonsense = [
        "", "soon", "-1", "-86400", "+3", "1.5", "3s", "3, 7", "0x3", "NaN", "٣",
    ];
    check(nonsense.into_iter().map(|nonsense| {
        throttling(&format!("{nonsense:?}"), &[("Retry-After", nonsense)])
            .row(Always, ALL, status(429), 3)
            .row(First(1), ALL, DONE, 2)
    }));
    let not_text = FakeResponse::too_many_requests().header("Retry-After", [0xe9, 0xff]);
    check([
        throttling("without headers", &[])
            .row(Always, ALL, status(429), 3)
            .row(First(1), ALL, DONE, 2)
            .row(First(2), ALL, DONE, 3),
        fault("429, no text", not_text)
            .row(Always, ALL, status(429), 3)
            .row(First(1), ALL, DONE, 2),
    ]);
}

#[test]
fn the_end_of_a_rate_limits_window() {
    let window = seconds(9);
    check([
        throttling("a window", &[("RateLimit-Reset", &window)])
            .row(Always, ALL, asking(9), 3)
            .pauses(&[9, 9])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[9]),
        throttling("a window that has ended", &[("RateLimit-Reset", "1")]).row(
            First(1),
            ALL,
            DONE,
            2,
        ),
        throttling("a window of nonsense", &[("RateLimit-Reset", "soon")])
            .row(Always, ALL, status(429), 3)
            .row(First(1), ALL, DONE, 2),
        throttling(
            "a pause and a window",
            &[("RateLimit-Reset", &window), ("Retry-After", "3")],
        )
        .row(First(1), ALL, DONE, 2)
        .pauses(&[3]),
        throttling(
            "a pause of nonsense and a window",
            &[("Retry-After", "soon"), ("RateLimit-Reset", &window)],
        )
        .row(First(1), ALL, DONE, 2)
        .pauses(&[9]),
        // The window does not apply to an unavailable server.
        fault(
            "503, a window",
            with(
                FakeResponse::proxy_error(503),
                &[("RateLimit-Reset", &window)],
            ),
        )
        .row(Always, RETRYABLE, status(503), 3)
        .row(First(1), RETRYABLE, DONE, 2),
    ]);
}

/// The server sets the first value. Proxies add the others.
#[test]
fn two_pauses() {
    check([
        throttling("3 s and 7 s", &[("Retry-After", "3"), ("Retry-After", "7")])
            .row(Always, ALL, asking(3), 3)
            .pauses(&[3, 3])
            .row(First(1), ALL, DONE, 2)
            .pauses(&[3]),
    ]);
}

/// The error of a call that is not retried has the pause, so that the caller can decide.
#[test]
fn a_pause_with_another_status() {
    check([408, 502, 503, 504].into_iter().map(|code| {
        let sees = status(code).asking(Duration::from_secs(5));
        let response = with(FakeResponse::proxy_error(code), &[("Retry-After", "5")]);
        fault(format!("{code}, in 5 s"), response)
            .row(Always, RETRYABLE, sees, 3)
            .pauses(&[5, 5])
            .row(First(1), RETRYABLE, DONE, 2)
            .pauses(&[5])
            .row(Always, ONCE, sees.open(), 1)
    }));
    // A pause is no reason to retry a permanent error.
    let sees = |code| status(code).asking(Duration::from_secs(5));
    check([400, 403, 409].into_iter().map(|code| {
        let own = json(r#"{"message":"no"}"#).status_code(code);
        let response = with(own, &[("Retry-After", "5")]);
        fault(format!("{code}, in 5 s"), response).row(Always, ALL, sees(code), 1)
    }));
}
