//! Values that a URL can't contain unchanged, and the ends of ranges.

use gitlab_pat::types::{AccessLevel, TokenSort, TokenState};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::{assert_sent, bare};
use crate::support::exchange;

#[test]
fn strings_in_the_query() {
    assert_sent(&[
        (
            exchange!("plus", |tokens| tokens.list().search("a+b")),
            bare("GET /api/v4/personal_access_tokens?search=a%2Bb"),
        ),
        (
            exchange!("space", |tokens| tokens.list().search("a b")),
            bare("GET /api/v4/personal_access_tokens?search=a%20b"),
        ),
        (
            exchange!("what structures a query", |tokens| tokens
                .list()
                .search("a&b=c?d#e;f")),
            bare("GET /api/v4/personal_access_tokens?search=a%26b%3Dc%3Fd%23e%3Bf"),
        ),
        (
            exchange!("slashes and dots", |tokens| tokens.list().search("../a/b")),
            bare("GET /api/v4/personal_access_tokens?search=..%2Fa%2Fb"),
        ),
        (
            exchange!("percent", |tokens| tokens.list().search("100%25")),
            bare("GET /api/v4/personal_access_tokens?search=100%2525"),
        ),
        (
            exchange!("unicode", |tokens| tokens.list().search("größe 🦊")),
            bare("GET /api/v4/personal_access_tokens?search=gr%C3%B6%C3%9Fe%20%F0%9F%A6%8A"),
        ),
        (
            exchange!("line breaks and control characters", |tokens| tokens
                .list()
                .search("a\r\nb\0")),
            bare("GET /api/v4/personal_access_tokens?search=a%0D%0Ab%00"),
        ),
        (
            exchange!("unreserved", |tokens| tokens.list().search("A-z_0.9~")),
            bare("GET /api/v4/personal_access_tokens?search=A-z_0.9~"),
        ),
        (
            exchange!("quotes", |tokens| tokens.list().search("'\"<>")),
            bare("GET /api/v4/personal_access_tokens?search=%27%22%3C%3E"),
        ),
        (
            exchange!("an empty text is a value", |tokens| tokens
                .list()
                .search("")),
            bare("GET /api/v4/personal_access_tokens?search="),
        ),
    ]);
}

#[test]
fn values_that_an_enumeration_does_not_know() {
    assert_sent(&[
        (
            exchange!("a text", |tokens| tokens
                .list()
                .sort(TokenSort::from("id_desc"))
                .state(TokenState::from("not so active"))),
            bare("GET /api/v4/personal_access_tokens?state=not%20so%20active&sort=id_desc"),
        ),
        (
            exchange!("a number", |tokens| tokens
                .associations_self()
                .min_access_level(AccessLevel::from(35))),
            bare("GET /api/v4/personal_access_tokens/self/associations?min_access_level=35"),
        ),
    ]);
}

#[test]
fn dates_and_times() {
    assert_sent(&[
        (
            exchange!("a leap day and years of four digits", |tokens| tokens
                .list()
                .expires_before(date(2028, 2, 29))
                .expires_after(date(987, 6, 5))),
            bare(
                "GET /api/v4/personal_access_tokens?expires_before=2028-02-29&expires_after=0987-06-05",
            ),
        ),
        (
            exchange!("the last day of the calendar", |tokens| tokens
                .list()
                .expires_before(Date::MAX)),
            bare("GET /api/v4/personal_access_tokens?expires_before=9999-12-31"),
        ),
        (
            exchange!("times in UTC, as precise as they are", |tokens| tokens
                .list()
                .created_before(Timestamp::new(1_700_000_000, 123_456_789).expect("a time"))
                .created_after(Timestamp::UNIX_EPOCH)),
            bare(concat!(
                "GET /api/v4/personal_access_tokens?created_before=2023-11-14T22%3A13%3A20.123456789Z",
                "&created_after=1970-01-01T00%3A00%3A00Z",
            )),
        ),
    ]);
}

#[test]
fn the_ends_of_ranges() {
    assert_sent(&[
        (
            exchange!("the largest id", |tokens| tokens.get(i64::MAX)),
            bare("GET /api/v4/personal_access_tokens/9223372036854775807"),
        ),
        (
            exchange!("the smallest id", |tokens| tokens.revoke(i64::MIN)),
            bare("DELETE /api/v4/personal_access_tokens/-9223372036854775808"),
        ),
        (
            exchange!("no page and no size", |tokens| tokens
                .list()
                .page(0)
                .per_page(0)),
            bare("GET /api/v4/personal_access_tokens?page=0&per_page=0"),
        ),
        (
            exchange!("true", |tokens| tokens.list().revoked(true)),
            bare("GET /api/v4/personal_access_tokens?revoked=true"),
        ),
    ]);
}

#[test]
fn the_last_value_of_a_setter_wins() {
    assert_sent(&[(
        exchange!("search twice", |tokens| tokens
            .list()
            .search("first")
            .search("second")),
        bare("GET /api/v4/personal_access_tokens?search=second"),
    )]);
}
