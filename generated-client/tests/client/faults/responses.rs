//! Faulty responses with a successful status: too large, in contradiction to their headers, or of another type.

use gitlab_pat_fake::{Delivery, FakeResponse, Fault};

use super::operations::{
    ALL, CREATE, CREDULOUS, IDEMPOTENT, ONCE, REPLACE, RETRYABLE, SAFE, SAFE_OR_CREATE,
};
use super::row::{Always, First, Rows, check, fault};
use super::sees::{DONE, LOST, NOT_HTTP, TOO_LARGE, UNREADABLE, status};
use crate::support::json;

/// The size limit in bytes.
const GIGABYTE: u64 = 1 << 30;

/// Changes the server's own response. The server executes each request.
fn changed(name: &str, change: fn(FakeResponse) -> FakeResponse) -> Rows {
    fault(name, Fault::change(change))
}

#[test]
fn wrong_lengths() {
    check([
        // The client waits for more bytes, and the connection is closed.
        fault("a length that is too large", Fault::content_length(10_000))
            .row(Always, SAFE, LOST.with_status(200), 3)
            .row(First(1), SAFE, DONE, 2)
            .row(First(1), ONCE, LOST.with_status(200), 1),
        // The bytes that arrived are not JSON, and a retry would not change that.
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
        // A response without content has no length, whatever its header.
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
        // The beginning of an error response is sufficient.
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
            .row(Always, RETRYABLE, status(503), 3)
            .row(First(1), RETRYABLE, DONE, 2)
            .row(Always, ONCE, status(503).open(), 1),
        fault(
            "a redirect with a gigabyte",
            huge(302).header("Location", "http://[/"),
        )
        .row(Always, RETRYABLE, super::sees::redirect(302), 1)
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
        .row(Always, RETRYABLE, status(503), 3)
        .row(First(1), RETRYABLE, DONE, 2)
        .row(Always, ONCE, status(503).open(), 1),
        // The client did not request a coding that it does not know.
        fault(
            "an unknown coding",
            json("{}").header("Content-Encoding", "zstd"),
        )
        .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
        .row(Always, REPLACE, UNREADABLE.open(), 1),
    ]);
}

#[test]
fn bodies_of_another_type() {
    let latin1 = b"{\"message\":\"\xe9\"}".as_slice();
    check([
        fault(
            "a login page",
            FakeResponse::html(200, "<html>Sign in</html>"),
        )
        .row(Always, SAFE_OR_CREATE, UNREADABLE, 1)
        .row(Always, REPLACE, UNREADABLE.open(), 1),
        fault(
            "HTML with the content type of JSON",
            json("<html>Sign in</html>"),
        )
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

/// Headers in other forms do not matter.
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
        changed("a pause in a success", |response| {
            response.header("Retry-After", "86400")
        })
        .row(First(1), ALL, DONE, 1),
    ]);
}
