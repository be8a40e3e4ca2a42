//! Error statuses: of what may pass a client asks again, where that does no harm, and of what stays it does not.

use gitlab_pat_fake::{FakeResponse, Fault};

use super::operations::{ALL, CREDULOUS, ONCE, REPEATABLE, REPLACE};
use super::row::{Always, First, check, fault};
use super::sees::{DONE, status};
use crate::support::json;

#[test]
fn a_server_that_is_busy_or_away() {
    // Of these only the proxy in front of the server knows, and not whether the server did it.
    check([408, 502, 503, 504].into_iter().flat_map(|code| {
        let page = FakeResponse::proxy_error(code);
        [
            fault(format!("{code}, not executed"), page.clone())
                .row(Always, REPEATABLE, status(code), 3)
                .row(First(1), REPEATABLE, DONE, 2)
                .row(First(2), REPEATABLE, DONE, 3)
                .row(Always, ONCE, status(code).open(), 1),
            fault(
                format!("{code}, executed"),
                Fault::response(page.clone()).executed(),
            )
            .row(Always, REPEATABLE, status(code), 3)
            .row(First(1), REPEATABLE, DONE, 2)
            .row(First(2), REPEATABLE, DONE, 3)
            .row(First(1), ONCE, status(code).open(), 1),
            fault(
                format!("{code}, executed late"),
                Fault::response(page).late(),
            )
            .row(First(1), REPEATABLE, DONE, 2)
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
                .row(Always, REPEATABLE, status(code), 1)
                .row(Always, ONCE, status(code).open(), 1),
            fault(
                format!("{code}, executed"),
                Fault::response(page).executed(),
            )
            .row(First(1), REPEATABLE, status(code), 1)
            .row(First(1), ONCE, status(code).open(), 1),
        ]
    }));
}

/// The statuses of error responses.
const ERROR_RESPONSES: [u16; 17] = [
    400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 418, 422, 423, 425, 451, 499,
];

/// The server's own error response: nothing was done, and nothing will be.
#[test]
fn a_server_that_refuses() {
    check(ERROR_RESPONSES.into_iter().map(|code| {
        let own = json(r#"{"message":"no"}"#).status_code(code);
        fault(code.to_string(), own).row(Always, ALL, status(code), 1)
    }));
}

/// An error response that a filter on the way can have given, before it let the request through or after that.
#[test]
fn something_on_the_way_that_refuses() {
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

/// What is neither a success nor an error is not to be taken for a success.
#[test]
fn a_status_that_means_nothing_here() {
    check([300, 304, 305, 306, 399].into_iter().map(|code| {
        fault(code.to_string(), FakeResponse::new(code))
            .row(Always, CREDULOUS, status(code), 1)
            .row(Always, REPLACE, status(code).open(), 1)
    }));
}
