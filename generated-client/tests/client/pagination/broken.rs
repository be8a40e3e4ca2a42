//! Lists whose server fails during the list or names pages in a cycle.

use futures_util::{StreamExt, TryStreamExt};
use gitlab_pat_fake::{FakeResponse, Fault, Matcher};

use super::{list_of, make_every_page_empty, queries};
use crate::support::{block_on, failure, json, sample, server_with};

#[test]
fn an_error_is_an_item_and_the_stream_continues_with_the_same_page() {
    let (gitlab, client, ids) = list_of(4);
    let second = Matcher::any().when(|request| request.target().contains("?page=2"));
    gitlab
        .faults()
        .on(second)
        .next(Fault::response(FakeResponse::proxy_error(503)));
    let mut stream = client
        .personal_access_tokens()
        .list()
        .per_page(2)
        .into_stream();
    block_on(async {
        for id in &ids[..2] {
            assert_eq!(
                stream
                    .try_next()
                    .await
                    .expect("an item")
                    .expect("an item")
                    .id,
                *id
            );
        }
        let error = failure(stream.next().await.expect("an error"));
        assert!(error.is_server_error(), "{error}");
        assert_eq!(error.operation(), Some("personal_access_tokens.list"));
        for id in &ids[2..] {
            assert_eq!(
                stream
                    .try_next()
                    .await
                    .expect("an item")
                    .expect("an item")
                    .id,
                *id
            );
        }
        assert!(stream.next().await.is_none());
    });
    assert_eq!(gitlab.requests().len(), 3);
}

/// The next response would be the same, and the server treats many rejected calls as an attack.
#[test]
fn a_permanent_error_ends_the_stream() {
    for response in [
        json(r#"{"error":"invalid_token","error_description":"Token was revoked."}"#)
            .status_code(401),
        FakeResponse::proxy_error(500),
        json("{broken"),
    ] {
        let (server, client) = server_with(response);
        let tokens = client.personal_access_tokens();
        let items = block_on(tokens.list().into_stream().take(5).collect::<Vec<_>>());
        assert!(items.len() == 1 && items[0].is_err());
        assert_eq!(server.requests().len(), 1);
        let pages = block_on(tokens.list().into_page_stream().take(5).collect::<Vec<_>>());
        assert!(pages.len() == 1 && pages[0].is_err());
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn a_loop_that_skips_errors_ends_during_an_outage() {
    let (server, client) = server_with(FakeResponse::proxy_error(503));
    let tokens = client.personal_access_tokens();
    let items = tokens.list().into_stream();
    let items = items.filter_map(|item| std::future::ready(item.ok()));
    assert_eq!(block_on(items.count()), 0);
    assert_eq!(server.requests().len(), 10);
    let items = tokens.list().lossy().into_stream();
    let items = items.filter_map(|item| std::future::ready(item.ok()));
    assert_eq!(block_on(items.count()), 0);
    assert_eq!(server.requests().len(), 20);
}

/// A cache that ignores the query returns the first page for every request. The stream does not return its items again, not even
/// to a reader who stops early.
#[test]
fn a_cycle_ends_with_an_error() {
    let first = json(&format!("[{}]", sample::LIST_ITEM)).header("X-Next-Page", "2");
    let (server, client) = server_with(first.clone());
    let tokens = client.personal_access_tokens();
    let items = block_on(tokens.list().into_stream().take(5).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 2);
    assert_eq!(items.len(), 2, "an ended stream has no further items");
    assert!(items[0].is_ok());
    let error = items[1].as_ref().expect_err("an error");
    assert!(error.is_decode() && !error.is_retryable(), "{error}");
    assert!(
        error.to_string().contains("page 2 was requested"),
        "{error}"
    );

    let (server, client) = server_with(first);
    let list = client.personal_access_tokens().list().page(5);
    let pages = block_on(list.into_page_stream().take(5).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 1);
    assert!(pages.len() == 1 && pages[0].is_err());
}

#[test]
fn a_list_without_an_item_and_without_an_end_ends_with_an_error_and_can_be_continued() {
    let (gitlab, client, ids) = list_of(102);
    make_every_page_empty(&gitlab);
    let list = || client.personal_access_tokens().list().per_page(1);
    let items = block_on(list().into_stream().take(5).collect::<Vec<_>>());
    assert_eq!(items.len(), 1, "an ended stream has no further items");
    let error = items[0].as_ref().expect_err("an error");
    assert!(error.is_decode() && !error.is_retryable(), "{error}");
    assert_eq!(
        error.to_string(),
        "personal_access_tokens.list: 100 pages in a row are empty, and page 101 is the next one; start from that page to \
         continue, or read the list page by page"
    );
    assert_eq!(gitlab.requests().len(), 100);

    // With single pages the caller decides.
    let pages = block_on(list().into_page_stream().take(150).try_collect::<Vec<_>>());
    assert_eq!(pages.expect("all pages").len(), 150);

    gitlab.faults().clear();
    let rest = list().page(101).into_stream().map_ok(|token| token.id);
    let rest = block_on(rest.try_collect::<Vec<_>>()).expect("the rest");
    assert_eq!(rest, ids[100..]);
    let queries = queries(&gitlab);
    assert_eq!(
        queries[250..],
        ["page=101&per_page=1", "page=102&per_page=1"]
    );
}

#[test]
fn a_next_page_that_is_not_a_number_is_an_error() {
    for nonsense in ["two", "-1", "1e3", "99999999999999999999", "0x2"] {
        let (_server, client) = server_with(json("[]").header("X-Next-Page", nonsense));
        let page = block_on(client.personal_access_tokens().list()).expect("a page");
        let error = page.next_page().expect_err("an error");
        assert!(error.is_decode(), "{nonsense}: {error}");
        assert!(!error.to_string().contains(nonsense), "{error}");
    }
}

#[test]
fn an_invalid_request_fails_the_stream_before_anything_is_sent() {
    let (gitlab, client, _) = list_of(1);
    let options = gitlab_pat::RequestOptions::new().header("no header", "x");
    let list = client.personal_access_tokens().list().options(options);
    let first = block_on(list.into_stream().next());
    failure(first.expect("an error"));
    assert_eq!(gitlab.requests().len(), 0);
}
