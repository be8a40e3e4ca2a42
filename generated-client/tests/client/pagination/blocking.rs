//! Iterators over items and pages in blocking code.

use gitlab_pat_fake::{FakeGitLab, FakeResponse, Fault, Matcher};

use super::{fill, make_every_page_empty, queries};
use crate::support::{blocking_client, failure};

fn list_of(count: i64) -> (FakeGitLab, gitlab_pat::blocking::Client, Vec<i64>) {
    let gitlab = FakeGitLab::start().expect("a server");
    let (secret, ids) = fill(&gitlab, count);
    let client = blocking_client(&gitlab.url(), &secret);
    (gitlab, client, ids)
}

#[test]
fn items_are_in_order_and_pages_are_requested_when_needed() {
    let (gitlab, client, ids) = list_of(5);
    let mut items = client
        .personal_access_tokens()
        .list()
        .per_page(2)
        .into_iter();
    assert_eq!(gitlab.requests().len(), 0);
    for (index, requests) in [1, 1, 2, 2, 3].into_iter().enumerate() {
        let item = items.next().expect("an item").expect("an item");
        assert_eq!(item.id, ids[index]);
        assert_eq!(gitlab.requests().len(), requests);
    }
    assert!(items.next().is_none());
    assert!(items.next().is_none());
    assert_eq!(
        queries(&gitlab),
        ["per_page=2", "page=2&per_page=2", "page=3&per_page=2"]
    );
}

#[test]
fn a_list_is_an_iterator() {
    let (_gitlab, client, ids) = list_of(3);
    let mut found = Vec::new();
    for token in client.personal_access_tokens().list().per_page(1) {
        found.push(token.expect("an item").id);
        assert!(found.len() <= ids.len(), "the list does not end");
    }
    assert_eq!(found, ids);
}

#[test]
fn pages() {
    let (gitlab, client, ids) = list_of(3);
    let tokens = client.personal_access_tokens();
    let pages = tokens.list().per_page(2).into_pages().take(3);
    let pages: Result<Vec<_>, _> = pages.collect();
    let pages = pages.expect("all pages");
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].total(), Some(3));
    assert_eq!(pages[1].items[0].id, ids[2]);
    assert_eq!(pages[1].next_page().expect("no contradiction"), None);
    assert_eq!(gitlab.requests().len(), 2);

    let page = tokens.list().per_page(2).call().expect("a page");
    assert_eq!(page.items.len(), 2);
    let response = tokens.list().per_page(2).send().expect("a page");
    assert_eq!(response.headers().get("x-total").expect("a header"), "3");
}

#[test]
fn an_error_is_an_item_and_the_iterator_continues_with_the_same_page() {
    let (gitlab, client, ids) = list_of(2);
    let second = Matcher::any().when(|request| request.target().contains("?page=2"));
    gitlab
        .faults()
        .on(second)
        .next(Fault::response(FakeResponse::proxy_error(503)));
    let mut items = client
        .personal_access_tokens()
        .list()
        .per_page(1)
        .into_iter();
    assert_eq!(items.next().expect("an item").expect("an item").id, ids[0]);
    assert!(failure(items.next().expect("an error")).is_server_error());
    assert_eq!(items.next().expect("an item").expect("an item").id, ids[1]);
    assert!(items.next().is_none());
}

#[test]
fn a_permanent_error_ends_the_iterator() {
    let (gitlab, client, _) = list_of(2);
    gitlab
        .faults()
        .always(Fault::response(FakeResponse::text(403, "no")));
    let tokens = client.personal_access_tokens();
    let items: Vec<_> = tokens.list().into_iter().take(5).collect();
    assert!(items.len() == 1 && items[0].is_err());
    let pages: Vec<_> = tokens.list().into_pages().take(5).collect();
    assert!(pages.len() == 1 && pages[0].is_err());
    assert_eq!(gitlab.requests().len(), 2);
}

#[test]
fn a_loop_that_skips_errors_ends_during_an_outage() {
    let (gitlab, client, _) = list_of(2);
    gitlab
        .faults()
        .always(Fault::response(FakeResponse::proxy_error(503)));
    let mut failures = 0;
    for token in client.personal_access_tokens().list() {
        if token.is_err() {
            failures += 1;
        }
    }
    assert_eq!(failures, 10);
    assert_eq!(gitlab.requests().len(), 10);
}

#[test]
fn a_list_without_an_item_and_without_an_end_ends_with_an_error() {
    let (gitlab, client, _) = list_of(1);
    make_every_page_empty(&gitlab);
    let tokens = client.personal_access_tokens();
    let mut items = tokens.list().into_iter();
    let error = failure(items.next().expect("an error"));
    assert!(error.is_decode() && !error.is_retryable(), "{error}");
    assert!(items.next().is_none());
    assert_eq!(gitlab.requests().len(), 100);
    let pages = tokens.list().into_pages().take(150);
    assert_eq!(pages.filter(Result::is_ok).count(), 150);
}
