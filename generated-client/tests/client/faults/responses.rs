//! Successes that are none: too large, not what their headers say, not what was asked for.

use gitlab_pat_fake::{Delivery, FakeResponse, Fault};

use super::operations::{
    ALL, CREATE, CREDULOUS, IDEMPOTENT, ONCE, REPEATABLE, REPLACE, SAFE, SAFE_OR_CREATE,
};
use super::row::{Always, First, Rows, check, fault};
use super::sees::{DONE, LOST, NOT_HTTP, TOO_LARGE, UNREADABLE, status};
use crate::support::json;

/// So many bytes.
const GIGABYTE: u64 = 1 << 30;

/// A changed response of the server's own, which acts each time.
fn changed(name: &str, change: fn(FakeResponse) -> FakeResponse) -> Rows {
    fault(name, Fault::change(change))
}

#[test]
fn lies_about_the_length() {
    check([
        // The client waits for more, and the connection ends.
        fault("a length that is too large", Fault::content_length(10_000))
            .row(Always, SAFE, LOST.with_status(200), 3)
            .row(First(1), SAFE, DONE, 2)
            .row(First(1), ONCE, LOST.with_status(200), 1),
        // What arrived is no JSON, and would not be the next time.
        fault("a length that is too small", Fault::content_length(5))
            .row(Always, SAFE, UNREADABLE, 1)
            .row(First(1), CREATE, UNREADABLE, 1)
            .row(First(1), REPLACE, UNREADABLE.open(), 1),
        fault("a length of nothing", Fault::content_length(0))
            .row(Always, SAFE, UNREADABLE, 1)
            .row(First(1), CREATE, UNREADABLE, 1)
            .row(First(1), REPLACE, UNREADABLE.open(), 1),
        changed("a length that is no number", |response| {
            response.set_header("Content-Length", "many")
        })
        .row(Always, SAFE, NOT_HTTP, 3)
        .row(First(1), SAFE, DONE, 2)
        .row(First(1), ONCE, NOT_HTTP.open(), 1),
        changed("two lengths that differ", |response| {
            response
                .set_header("Content-Length", "5")
                .header("Content-Length", "6")
        })
        .row(Always, SAFE, NOT_HTTP, 3)
        .row(First(1), ONCE, NOT_HTTP.open(), 1),
        // A response without content has no length whatever it says.
        fault("a length of no content", Fault::content_length(10_000)).row(
            First(1),
            IDEMPOTENT,
            DONE,
            1,
        ),
    ]);
}

#[test]
fn bodies_without_end() {
    let huge = |code| FakeResponse::new(code).repeated_body("[", GIGABYTE);
    let in_chunks = Delivery::chunked(1 << 16);
    let chunked = |code| {
        let unit = "[".repeat(1 << 16);
        Fault::response(FakeResponse::new(code).repeated_body(unit, GIGABYTE >> 16))
            .delivered(in_chunks.clone())
    };
    let until_close = |code| Fault::response(huge(code)).delivered(Delivery::until_close());
    check([
        fault("a gigabyte", huge(200))
            .row(Always, CREDULOUS, TOO_LARGE, 1)
            .row(Always, REPLACE, TOO_LARGE.open(), 1),
        fault("a gigabyte in chunks", chunked(200))
            .row(Always, CREDULOUS, TOO_LARGE, 1)
            .row(Always, REPLACE, TOO_LARGE.open(), 1),
        fault("a gigabyte without length", until_close(200))
            .row(Always, CREDULOUS, TOO_LARGE, 1)
            .row(Always, REPLACE, TOO_LARGE.open(), 1),
        // Of an error its beginning is enough.
        fault("an error of a gigabyte", huge(403))
            .row(Always, CREDULOUS, status(403), 1)
            .row(Always, REPLACE, status(403).open(), 1),
        fault("an error of a gigabyte in chunks", chunked(403))
            .row(Always, CREDULOUS, status(403), 1)
            .row(Always, REPLACE, status(403).open(), 1),
        fault("an error of a gigabyte without length", until_close(403))
            .row(Always, CREDULOUS, status(403), 1)
            .row(Always, REPLACE, status(403).open(), 1),
        fault("busy, with a gigabyte", huge(503))
            .row(Always, REPEATABLE, status(503), 3)
            .row(First(1), REPEATABLE, DONE, 2)
            .row(Always, ONCE, status(503).open(), 1),
        fault(
            "a redirect with a gigabyte",
            huge(302).header("Location", "http://[/"),
        )
        .row(Always, REPEATABLE, super::sees::redirect(302), 1)
        .row(Always, ONCE, super::sees::redirect(302).open(), 1),
    ]);
}

#[test]
fn compressed_bodies() {
    check([
        fault(
            "an error that is a gzip bomb",
            FakeResponse::gzip_bomb(64).status_code(403),
        )
        .row(Always, CREDULOUS, status(403), 1)
        .row(Always, REPLACE, status(403).open(), 1),
        fault(
            "busy, and a gzip bomb",
            FakeResponse::gzip_bomb(64).status_code(503),
        )
        .row(Always, REPEATABLE, status(503), 3)
        .row(First(1), REPEATABLE, DONE, 2)
        .row(Always, ONCE, status(503).open(), 1),
        // Nobody asked for a coding that the client does not know.
        fault(
            "a coding that nobody knows",
            json("{}").header("Content-Encoding", "zstd"),
        )
        .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
        .row(Always, REPLACE, UNREADABLE.open(), 1),
    ]);
}

#[test]
fn what_was_not_asked_for() {
    let latin1 = b"{\"message\":\"\xe9\"}".as_slice();
    check([
        fault(
            "a login page",
            FakeResponse::html(200, "<html>Sign in</html>"),
        )
        .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
        .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault("HTML that is said to be JSON", json("<html>Sign in</html>"))
            .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
            .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault("nothing", FakeResponse::new(200))
            .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
            .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault("no content", FakeResponse::new(204))
            .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
            .row(Always, REPLACE, UNREADABLE.open(), 1)
            .row(Always, IDEMPOTENT, DONE, 1),
        fault("half a document", json("{\"id\":1,"))
            .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
            .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault("another document", json("[{\"message\":null}]"))
            .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
            .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault("a document in Latin-1", json("").body(latin1))
            .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
            .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault(
            "a document in UTF-16",
            json("").body(b"\xff\xfe{\0}\0".as_slice()),
        )
        .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
        .row(Always, REPLACE, UNREADABLE.open(), 1),
    ]);
}

/// What is only said in another way is understood.
#[test]
fn headers_that_do_not_matter() {
    check([
        changed("another charset", |response| {
            response.set_header("Content-Type", "application/json; charset=iso-8859-1")
        })
        .row(First(1), ALL, DONE, 1),
        changed("no media type", |response| {
            response.without_header("Content-Type")
        })
        .row(First(1), ALL, DONE, 1),
        changed("another media type", |response| {
            response.set_header("Content-Type", "text/plain")
        })
        .row(First(1), ALL, DONE, 1),
        changed("two media types", |response| {
            response.header("Content-Type", "text/html")
        })
        .row(First(1), ALL, DONE, 1),
        changed("two names of the exchange", |response| {
            response
                .header("X-Request-Id", "a")
                .header("X-Request-Id", "b")
        })
        .row(First(1), ALL, DONE, 1),
        changed("headers that are not text", |response| {
            response
                .header("X-Request-Id", [0xe9])
                .header("RateLimit-Reset", [0xe9])
        })
        .row(First(1), ALL, DONE, 1),
        changed("no headers at all", |response| {
            let body = response.body_bytes().to_vec();
            FakeResponse::new(response.status()).body(body)
        })
        .row(First(1), ALL, DONE, 1),
        changed("a pause that nobody needs", |response| {
            response.header("Retry-After", "86400")
        })
        .row(First(1), ALL, DONE, 1),
    ]);
}
