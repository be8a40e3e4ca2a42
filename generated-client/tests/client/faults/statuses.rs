//! Error statuses. The client retries after a transient one if that does no harm, and never after a permanent one.

use gitlab_pat_fake::{FakeResponse, Fault};

use super::operations::{ALL, CREDULOUS, ONCE, REPLACE, RETRYABLE};
use super::row::{Always, First, check, fault};
use super::sees::{DONE, status};
use crate::support::json;

#[test]
fn a_server_that_is_busy_or_unavailable() {
    // A proxy may have sent these statuses without knowing whether the server executed the request.
    check([408, 502, 503, 504].into_iter().flat_map(|code| {
        let page = FakeResponse::proxy_error(code);
        [
            fault(format!("{code}, not executed"), page.clone())
                .row(Always, RETRYABLE, status(code), 3)
                .row(First(1), RETRYABLE, DONE, 2)
                .row(First(2), RETRYABLE, DONE, 3)
                .row(Always, ONCE, status(code).open(), 1),
            fault(
                format!("{code}, executed"),
                Fault::response(page.clone()).executed(),
            )
            .row(Always, RETRYABLE, status(code), 3)
            .row(First(1), RETRYABLE, DONE, 2)
            .row(First(2), RETRYABLE, DONE, 3)
            .row(First(1), ONCE, status(code).open(), 1),
            fault(
                format!("{code}, executed late"),
                Fault::response(page).late(),
            )
            .row(First(1), RETRYABLE, DONE, 2)
            .row(First(1), ONCE, status(code).open(), 1),
        ]
    }));
}

/// The same request would fail again.
#[test]
fn a_server_that_is_broken() {
    check([500, 501, 505, 507, 599].into_iter().flat_map(|code| {
        let page = FakeResponse::proxy_error(code);
        [
            fault(format!("{code}, not executed"), page.clone())
                .row(Always, RETRYABLE, status(code), 1)
                .row(Always, ONCE, status(code).open(), 1),
            fault(
                format!("{code}, executed"),
                Fault::response(page).executed(),
            )
            .row(First(1), RETRYABLE, status(code), 1)
            .row(First(1), ONCE, status(code).open(), 1),
        ]
    }));
}

/// The statuses of error responses.
const ERROR_RESPONSES: [u16; 17] = [
    400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 418, 422, 423, 425, 451, 499,
];

/// The server's own error response: the request was not executed, and a retry would fail as well.
#[test]
fn a_server_that_rejects_the_request() {
    check(ERROR_RESPONSES.into_iter().map(|code| {
        let own = json(r#"{"message":"no"}"#).status_code(code);
        fault(code.to_string(), own).row(Always, ALL, status(code), 1)
    }));
}

/// An error response that a proxy may have sent, before or after it forwarded the request.
#[test]
fn a_proxy_that_rejects_the_request() {
    check(ERROR_RESPONSES.into_iter().flat_map(|code| {
        [
            ("a text", FakeResponse::text(code, "no")),
            ("a page", FakeResponse::html(code, "<html>No</html>")),
            ("nothing", FakeResponse::new(code)),
            ("JSON", json(r#"{"blocked":true}"#).status_code(code)),
        ]
        .into_iter()
        .flat_map(move |(what, response)| {
            let executed = || Fault::response(response.clone()).executed();
            [
                fault(format!("{code} with {what}"), response.clone())
                    .row(Always, CREDULOUS, status(code), 1)
                    .row(Always, REPLACE, status(code).open(), 1),
                fault(format!("{code} with {what}, executed"), executed()).row(
                    First(1),
                    REPLACE,
                    status(code).open(),
                    1,
                ),
                fault(
                    format!("{code} with {what}, executed late"),
                    Fault::response(response.clone()).late(),
                )
                .row(First(1), REPLACE, status(code).open(), 1),
            ]
        })
        .collect::<Vec<_>>()
    }));
}

/// A status that is neither a success nor an error is not treated as a success.
#[test]
fn a_status_without_meaning_here() {
    check([300, 304, 305, 306, 399].into_iter().map(|code| {
        fault(code.to_string(), FakeResponse::new(code))
            .row(Always, CREDULOUS, status(code), 1)
            .row(Always, REPLACE, status(code).open(), 1)
    }));
}
