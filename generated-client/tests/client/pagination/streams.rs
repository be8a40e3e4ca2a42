//! Streams of items and of pages.

use futures_util::TryStreamExt;
use gitlab_pat::RequestOptions;

use super::{list_of, queries};
use crate::support::block_on;

#[test]
fn a_stream_returns_the_items_of_all_pages_in_order() {
    let (gitlab, client, ids) = list_of(7);
    let tokens = client.personal_access_tokens();
    let found: Vec<i64> = block_on(async {
        tokens
            .list()
            .per_page(3)
            .search("")
            .into_stream()
            .map_ok(|token| token.id)
            .try_collect()
            .await
    })
    .expect("all items");
    assert_eq!(found, ids);
    assert_eq!(
        queries(&gitlab),
        [
            "search=&per_page=3",
            "search=&page=2&per_page=3",
            "search=&page=3&per_page=3",
        ]
    );
}

#[test]
fn a_list_that_fills_its_last_page_needs_no_further_request() {
    let (gitlab, client, ids) = list_of(4);
    let stream = client
        .personal_access_tokens()
        .list()
        .per_page(2)
        .into_stream();
    let found = block_on(stream.map_ok(|token| token.id).try_collect::<Vec<_>>()).expect("all");
    assert_eq!(found, ids);
    assert_eq!(gitlab.requests().len(), 2);
}

#[test]
fn a_stream_begins_at_the_requested_page() {
    let (gitlab, client, ids) = list_of(6);
    let stream = client
        .personal_access_tokens()
        .list()
        .per_page(2)
        .page(2)
        .into_stream();
    let found = block_on(stream.map_ok(|token| token.id).try_collect::<Vec<_>>()).expect("some");
    assert_eq!(found, ids[2..]);
    assert_eq!(queries(&gitlab), ["page=2&per_page=2", "page=3&per_page=2"]);
}

#[test]
fn nothing_is_requested_before_it_is_needed() {
    let (gitlab, client, ids) = list_of(5);
    let mut stream = client
        .personal_access_tokens()
        .list()
        .per_page(2)
        .into_stream();
    let asked = |count: usize| assert_eq!(gitlab.requests().len(), count);
    block_on(async {
        asked(0);
        for (index, requests) in [1, 1, 2, 2, 3].into_iter().enumerate() {
            let item = stream
                .try_next()
                .await
                .expect("a response")
                .expect("an item");
            assert_eq!(item.id, ids[index]);
            asked(requests);
        }
        assert!(stream.try_next().await.expect("a response").is_none());
        asked(3);
        // A stream that has ended sends no more requests.
        assert!(stream.try_next().await.expect("a response").is_none());
        asked(3);
    });
}

#[test]
fn a_dropped_stream_sends_no_more_requests() {
    let (gitlab, client, _) = list_of(5);
    let tokens = client.personal_access_tokens();
    drop(tokens.list().into_stream());
    drop(tokens.list().into_page_stream());
    drop(tokens.list().send());
    drop(tokens.list().into_future());
    assert_eq!(gitlab.requests().len(), 0);
}

#[test]
fn a_stream_of_pages() {
    let (gitlab, client, ids) = list_of(5);
    let stream = client
        .personal_access_tokens()
        .list()
        .per_page(2)
        .into_page_stream();
    let pages = block_on(stream.try_collect::<Vec<_>>()).expect("all pages");
    let found: Vec<Vec<i64>> = pages
        .iter()
        .map(|page| page.items.iter().map(|token| token.id).collect())
        .collect();
    assert_eq!(found, [&ids[..2], &ids[2..4], &ids[4..]]);
    assert!(pages.iter().all(|page| page.total() == Some(5)));
    assert_eq!(gitlab.requests().len(), 3);
}

#[test]
fn an_empty_list_is_one_empty_page() {
    let (gitlab, client, _) = list_of(1);
    let list = || {
        client
            .personal_access_tokens()
            .list()
            .search("nothing has this name")
    };
    let items = block_on(list().into_stream().try_collect::<Vec<_>>()).expect("nothing");
    assert!(items.is_empty());
    let pages = block_on(list().into_page_stream().try_collect::<Vec<_>>()).expect("a page");
    assert_eq!(pages.len(), 1);
    assert_eq!(gitlab.requests().len(), 2);
}

/// The options of a call apply to every page.
#[test]
fn options_apply_to_every_page() {
    let (gitlab, client, _) = list_of(3);
    let options = RequestOptions::new().header("X-Number", "7");
    let list = client
        .personal_access_tokens()
        .list()
        .per_page(1)
        .options(options);
    let items = block_on(list.into_stream().try_collect::<Vec<_>>()).expect("all items");
    assert_eq!(items.len(), 3);
    let sent: Vec<_> = gitlab
        .requests()
        .iter()
        .map(|request| request.header("x-number").map(str::to_owned))
        .collect();
    assert_eq!(sent, vec![Some("7".to_owned()); 3]);
}
