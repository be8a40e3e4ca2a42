//! 8.8: cases from the source code.

use gitlab_pat::types::TokenSort;
use gitlab_pat_fake::TokenSpec;
use http::Method;

use super::{Case, World, cases, ids, status_and_message};
use crate::support::failure;

pub(super) const CASES: &[Case] = cases! {
    120 => revoke_a_revoked_token,
    122 => get_with_a_revoked_token,
    124 => an_unknown_sort_order,
    126 => a_list_without_totals,
    128 => the_wrong_verb,
};

async fn revoke_a_revoked_token() {
    let world = World::new();
    let revoked = world.add(world.spec(&world.ann, "revoked").revoked(true));
    let me = world.token(&world.ann, "me");
    let tokens = world.client(&me).personal_access_tokens();
    let response = tokens.revoke(revoked.id()).send().await.expect("revoked");
    assert_eq!(response.status(), 204);
}

async fn get_with_a_revoked_token() {
    let world = World::new();
    let old = world.token(&world.ann, "old");
    let client = world.client(&old);
    let child = client
        .personal_access_tokens()
        .rotate_self()
        .await
        .expect("a token");
    let error = failure(client.personal_access_tokens().get_self().await);
    assert_eq!(status_and_message(&error).0, 401);
    assert_eq!(error.code(), Some("invalid_token"));
    assert!(error.is_credential_rejected());
    assert!(!world.is_revoked(child.id));
    assert!(world.gitlab.family_revocations().is_empty());
}

async fn an_unknown_sort_order() {
    let world = World::new();
    let second = world.token(&world.ann, "b");
    let first = world.token(&world.ann, "a");
    let me = world.token(&world.ann, "me");
    let tokens = world.client(&me).personal_access_tokens();
    let page = tokens
        .list()
        .sort(TokenSort::from("bogus"))
        .await
        .expect("a page");
    assert_eq!(ids(&page.items), [second.id(), first.id(), me.id()]);
    // A known value changes the order.
    let page = tokens
        .list()
        .sort(TokenSort::NameAsc)
        .await
        .expect("a page");
    assert_eq!(ids(&page.items), [first.id(), second.id(), me.id()]);
}

async fn a_list_without_totals() {
    let world = World::new();
    let me = world.token(&world.admin, "me");
    for _ in 0..10_000 {
        world.add(TokenSpec::new(&world.ann, "one of many"));
    }
    let tokens = world.client(&me).personal_access_tokens();
    let response = tokens.list().per_page(100).send().await.expect("a page");
    let headers = response.headers();
    assert!(headers.get("x-total").is_none() && headers.get("x-total-pages").is_none());
    let link = headers.get("link").expect("links").to_str().expect("text");
    assert!(
        link.contains("rel=\"next\"") && !link.contains("rel=\"last\""),
        "{link}"
    );
    let page = response.into_inner();
    assert_eq!((page.total(), page.total_pages()), (None, None));
    let next = page.next_page().expect("a next page or none");
    assert_eq!(next.map(|page| page.number()), Some(2));
}

async fn the_wrong_verb() {
    let world = World::new();
    let me = world.token(&world.ann, "me");
    let path = format!("/api/v4/personal_access_tokens/{}", me.id());
    let error = failure(world.client(&me).request(Method::PUT, &path).send().await);
    assert_eq!(status_and_message(&error), (405, "405 Not Allowed"));
    assert_eq!(world.gitlab.requests()[0].method(), "PUT");
}
