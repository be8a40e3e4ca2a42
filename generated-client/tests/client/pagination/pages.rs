//! Single pages.

use gitlab_pat::Page;
use gitlab_pat::pagination::PageToken;
use gitlab_pat_fake::FakeResponse;

use super::list_of;
use crate::support::{block_on, json, sample, server_with};

/// Returns the number of the next page.
fn next_number<T>(page: &Page<T>) -> Option<u32> {
    let next = page.next_page().expect("a page that is not contradictory");
    next.map(PageToken::number)
}

#[test]
fn a_page_has_its_items_the_next_page_and_the_totals() {
    let (_gitlab, client, ids) = list_of(5);
    let tokens = client.personal_access_tokens();

    let first = block_on(tokens.list().per_page(2)).expect("a page");
    assert_eq!(
        first.items.iter().map(|token| token.id).collect::<Vec<_>>(),
        ids[..2]
    );
    assert_eq!(next_number(&first), Some(2));
    assert_eq!((first.total(), first.total_pages()), (Some(5), Some(3)));
    assert!(first.request_id().is_some());
    assert_eq!(first.rate_limit(), None);

    let mut borrowed = Vec::new();
    for token in &first {
        borrowed.push(token.id);
    }
    let owned: Vec<i64> = first.into_iter().map(|token| token.id).collect();
    assert_eq!((&borrowed[..], &owned[..]), (&ids[..2], &ids[..2]));

    let middle = block_on(tokens.list().per_page(2).page(2)).expect("a page");
    assert_eq!(next_number(&middle), Some(3));

    // The header of the last page is present and empty.
    let response = block_on(tokens.list().per_page(2).page(3).send()).expect("a page");
    assert_eq!(
        response.headers().get("x-next-page").expect("the header"),
        ""
    );
    let last = response.into_inner();
    assert_eq!(last.items.len(), 1);
    assert_eq!(next_number(&last), None);
    assert_eq!((last.total(), last.total_pages()), (Some(5), Some(3)));
}

#[test]
fn a_page_beyond_the_end_is_empty() {
    let (_gitlab, client, _) = list_of(3);
    let page = block_on(client.personal_access_tokens().list().page(9)).expect("a page");
    assert!(page.items.is_empty());
    assert_eq!(next_number(&page), None);
    assert_eq!(page.total(), Some(3));
}

/// Above 10,000 rows GitLab does not count.
#[test]
fn totals_may_be_missing() {
    let (gitlab, client, _) = list_of(5);
    gitlab.configure(|settings| settings.totals_limit(4));
    let page = block_on(client.personal_access_tokens().list().per_page(2)).expect("a page");
    assert_eq!((page.total(), page.total_pages()), (None, None));
    assert_eq!(next_number(&page), Some(2));
}

#[test]
fn a_page_has_the_rate_limit() {
    let (gitlab, client, _) = list_of(1);
    gitlab.configure(|settings| settings.rate_limit_headers(true));
    let page = block_on(client.personal_access_tokens().list()).expect("a page");
    let limit = page.rate_limit().expect("a rate limit");
    assert_eq!(limit.limit, Some(2000));
    assert_eq!(limit.name.as_deref(), Some("throttle_authenticated_api"));
}

#[test]
fn a_response_contains_a_page() {
    let (_gitlab, client, ids) = list_of(1);
    let response = block_on(client.personal_access_tokens().list().send()).expect("a page");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers().get("x-total").expect("a header"), "1");
    assert_eq!(response.into_inner().items[0].id, ids[0]);
}

#[test]
fn headers_without_information() {
    for (name, value) in [
        ("X-Total", "many"),
        ("X-Total", ""),
        ("X-Total", "-1"),
        ("X-Total-Pages", "1.5"),
    ] {
        let (_server, client) = server_with(json("[]").header(name, value));
        let page = block_on(client.personal_access_tokens().list()).expect("a page");
        assert_eq!(
            (page.total(), page.total_pages()),
            (None, None),
            "{name}: {value:?}"
        );
        assert_eq!(next_number(&page), None);
    }
}

/// The URLs of `Link` have the host that the server is configured with. Following one might send the credential elsewhere, so the
/// client uses only its page number.
#[test]
fn a_link_is_not_followed() {
    let elsewhere = gitlab_pat_fake::RecordingServer::start(json("[]")).expect("a server");
    let link = format!(
        "<{}/api/v4/personal_access_tokens?page=2>; rel=\"next\"",
        elsewhere.url()
    );
    let (server, client) =
        server_with(FakeResponse::json(200, &serde_json::json!([])).header("Link", link));
    let page = block_on(client.personal_access_tokens().list()).expect("a page");
    assert_eq!(next_number(&page), Some(2));
    assert_eq!(
        (server.requests().len(), elsewhere.requests().len()),
        (1, 0)
    );
}

#[test]
fn debug_output_of_a_page_has_no_headers() {
    let body = format!("[{}]", sample::LIST_ITEM);
    let (_server, client) = server_with(
        json(&body)
            .header("X-Hidden", "hidden")
            .header("X-Next-Page", "2"),
    );
    let page = block_on(client.personal_access_tokens().list()).expect("a page");
    let shown = format!("{page:?}");
    assert!(shown.contains("nightly"), "{shown}");
    assert!(!shown.contains("hidden"), "{shown}");
}
