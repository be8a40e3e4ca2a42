//! Proxies that remove headers and servers that contradict themselves: no token is lost without an error.

use std::sync::Mutex;

use futures_util::{StreamExt, TryStreamExt};
use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault};

use super::list_of;
use crate::support::{block_on, failure};

/// The headers of pages, as GitLab sends them.
const HEADERS: [&str; 7] = [
    "X-Next-Page",
    "X-Prev-Page",
    "X-Page",
    "X-Per-Page",
    "X-Total",
    "X-Total-Pages",
    "Link",
];

/// Removes these headers from every response.
fn without(gitlab: &FakeGitLab, names: &'static [&'static str]) {
    gitlab
        .faults()
        .always(Fault::change(move |response| remove(response, names)));
}

fn remove(response: FakeResponse, names: &[&str]) -> FakeResponse {
    names
        .iter()
        .fold(response, |response, name| response.without_header(name))
}

#[test]
fn every_token_is_read_whichever_headers_are_removed() {
    let cases: [(&[&str], usize); 6] = [
        (&["X-Next-Page"], 3),
        (&["X-Next-Page", "X-Page"], 3),
        (&["X-Next-Page", "Link"], 3),
        (&["X-Next-Page", "Link", "X-Page"], 3),
        // A short page ends the list against its own size.
        (&["X-Next-Page", "Link", "X-Total", "X-Total-Pages"], 3),
        // No header remains, so an empty page ends the list.
        (&HEADERS, 4),
    ];
    for (names, requests) in cases {
        let (gitlab, client, ids) = list_of(45);
        without(&gitlab, names);
        let list = client.personal_access_tokens().list();
        let stream = list.into_stream().map_ok(|token| token.id);
        let read = block_on(stream.try_collect::<Vec<_>>()).expect("all tokens");
        assert_eq!(read, ids, "without {names:?}");
        assert_eq!(gitlab.requests().len(), requests, "without {names:?}");

        let list = client.personal_access_tokens().list().per_page(10);
        let pages = block_on(list.into_page_stream().try_collect::<Vec<_>>()).expect("all pages");
        assert_eq!(pages.len(), 5, "without {names:?}");
        assert_eq!(
            pages.iter().map(|page| page.items.len()).sum::<usize>(),
            45,
            "without {names:?}"
        );
    }
}

#[cfg(feature = "blocking")]
#[test]
fn every_token_is_read_in_blocking_code() {
    let gitlab = FakeGitLab::start().expect("a server");
    let (secret, ids) = super::fill(&gitlab, 5);
    let client = crate::support::blocking_client(&gitlab.url(), &secret);
    without(&gitlab, &HEADERS);
    let mut read = Vec::new();
    for token in client.personal_access_tokens().list().per_page(4) {
        read.push(token.expect("a token").id);
    }
    assert_eq!(read, ids);
    assert_eq!(
        super::queries(&gitlab),
        ["per_page=4", "page=2&per_page=4", "page=3&per_page=4"]
    );
}

/// The server reduces the page size, so the request does not determine whether a page is full.
#[test]
fn a_page_that_is_shorter_than_requested_does_not_end_the_list() {
    let (gitlab, client, ids) = list_of(105);
    without(&gitlab, &HEADERS);
    let list = client.personal_access_tokens().list().per_page(500);
    let stream = list.into_stream().map_ok(|token| token.id);
    let read = block_on(stream.try_collect::<Vec<_>>()).expect("all tokens");
    assert_eq!(read, ids);
    assert_eq!(gitlab.requests().len(), 3);
}

/// Beyond 10,000 rows GitLab does not count.
#[test]
fn a_list_without_totals_ends_with_its_last_page() {
    let (gitlab, client, ids) = list_of(5);
    gitlab.configure(|settings| settings.totals_limit(4));
    let list = client.personal_access_tokens().list().per_page(2);
    let stream = list.into_stream().map_ok(|token| token.id);
    let read = block_on(stream.try_collect::<Vec<_>>()).expect("all tokens");
    assert_eq!(read, ids);
    assert_eq!(gitlab.requests().len(), 3);
}

#[test]
fn a_link_to_the_configured_host_is_not_followed() {
    let (gitlab, client, ids) = list_of(3);
    gitlab.configure(|settings| settings.external_url("https://gitlab.example.com"));
    let list = || client.personal_access_tokens().list().per_page(2);
    let stream = list().into_stream().map_ok(|token| token.id);
    let read = block_on(stream.try_collect::<Vec<_>>()).expect("all tokens");
    assert_eq!(read, ids);

    for names in [
        &["X-Next-Page"][..],
        &[
            "X-Next-Page",
            "X-Page",
            "X-Per-Page",
            "X-Total",
            "X-Total-Pages",
        ],
    ] {
        without(&gitlab, names);
        let stream = list().into_stream().map_ok(|token| token.id);
        let read = block_on(stream.try_collect::<Vec<_>>()).expect("all tokens");
        assert_eq!(read, ids, "without {names:?}");
    }
}

#[test]
fn a_contradiction_is_an_error_after_the_tokens_of_its_page() {
    let (gitlab, client, ids) = list_of(5);
    gitlab
        .faults()
        .always(Fault::change(|response: FakeResponse| {
            response.set_header("X-Next-Page", "")
        }));
    let list = || client.personal_access_tokens().list().per_page(2);
    let items = block_on(list().into_stream().collect::<Vec<_>>());
    let read: Vec<i64> = items.iter().flatten().map(|token| token.id).collect();
    assert_eq!(read, ids[..2]);
    let error = failure(items.into_iter().nth(2).expect("an error"));
    assert!(
        error
            .to_string()
            .contains("200 OK: the response names no next page, but links to one"),
        "{error}"
    );

    let page = block_on(list()).expect("a page");
    assert!(page.next_page().is_err_and(|error| error.is_decode()));
}

#[test]
fn a_server_that_ignores_the_page_is_detected() {
    let (gitlab, client, ids) = list_of(2);
    let first = Mutex::new(None);
    gitlab
        .faults()
        .always(Fault::change(move |response: FakeResponse| {
            let mut first = first.lock().expect("a lock");
            let body = first.get_or_insert_with(|| response.body_bytes().to_vec());
            remove(response.body(body.clone()), &HEADERS)
        }));
    let list = client.personal_access_tokens().list();
    let items = block_on(list.into_stream().collect::<Vec<_>>());
    let read: Vec<i64> = items.iter().flatten().map(|token| token.id).collect();
    assert_eq!(read, ids);
    let error = failure(items.into_iter().nth(2).expect("an error"));
    assert!(
        error.to_string().contains("the server did not name page 2"),
        "{error}"
    );
}
