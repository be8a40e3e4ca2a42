//! 8.3 to 8.5: one token by its id: get, rotate, revoke.

use super::{Case, World, cases, status_and_message};
use crate::support::failure;

pub(super) const CASES: &[Case] = cases! {
    62 => admin_gets_own,
    64 => admin_gets_unknown,
    66 => user_gets_own_with_ip_addresses,
    68 => user_gets_foreign,
    70 => user_gets_own_without_scope,
    71 => owner_rotates,
    72 => owner_rotates_to_a_date,
    74 => another_rotates,
    76 => user_rotates_unknown,
    78 => admin_revokes_foreign,
    80 => admin_revokes_without_scope,
    82 => user_revokes_own,
};

const UNKNOWN: i64 = 999_999_999_999;

async fn admin_gets_own() {
    let world = World::new();
    let me = world.token(&world.admin, "me");
    let token = world
        .client(&me)
        .personal_access_tokens()
        .get(me.id())
        .await
        .expect("a token");
    assert_eq!((token.id, token.user_id), (me.id(), world.admin.id()));
}

async fn admin_gets_unknown() {
    let world = World::new();
    let me = world.token(&world.admin, "me");
    let error = failure(
        world
            .client(&me)
            .personal_access_tokens()
            .get(UNKNOWN)
            .await,
    );
    assert_eq!(status_and_message(&error), (404, "404 Not Found"));
    assert!(error.is_not_found());
}

async fn user_gets_own_with_ip_addresses() {
    let world = World::new();
    let addresses = ["192.0.2.10", "2001:db8::7"];
    let own = world.add(world.spec(&world.ann, "own").last_used_ips(addresses));
    let me = world.token(&world.ann, "me");
    let token = world
        .client(&me)
        .personal_access_tokens()
        .get(own.id())
        .await
        .expect("a token");
    assert_eq!(token.last_used_ips.expect("addresses"), addresses);
}

async fn user_gets_foreign() {
    let world = World::new();
    let foreign = world.token(&world.bob, "foreign");
    let me = world.token(&world.ann, "me");
    let error = failure(
        world
            .client(&me)
            .personal_access_tokens()
            .get(foreign.id())
            .await,
    );
    assert_eq!(status_and_message(&error), (401, "401 Unauthorized"));
    assert!(!error.is_credential_rejected());
}

async fn user_gets_own_without_scope() {
    let world = World::new();
    let me = world.add(world.spec(&world.ann, "me").scopes(["read_repository"]));
    let error = failure(
        world
            .client(&me)
            .personal_access_tokens()
            .get(me.id())
            .await,
    );
    assert_eq!(status_and_message(&error).0, 403);
    assert_eq!(error.code(), Some("insufficient_scope"));
    assert_eq!(error.required_scopes(), ["api", "read_api"]);
}

async fn owner_rotates() {
    let world = World::new();
    let own = world.token(&world.ann, "own");
    let me = world.token(&world.ann, "me");
    let new = world
        .client(&me)
        .personal_access_tokens()
        .rotate(own.id())
        .await
        .expect("a token");
    assert_ne!(new.token.expose_secret(), own.secret());
    assert_ne!(new.id, own.id());
    assert_eq!(new.expires_at, Some(world.in_days(7)));
    assert!(world.is_revoked(own.id()));
    assert!(!world.is_revoked(new.id));
}

async fn owner_rotates_to_a_date() {
    let world = World::new();
    let own = world.token(&world.ann, "own");
    let me = world.token(&world.ann, "me");
    let in_a_month = world.in_days(30);
    let tokens = world.client(&me).personal_access_tokens();
    let new = tokens
        .rotate(own.id())
        .expires_at(in_a_month)
        .await
        .expect("a token");
    assert_eq!(new.expires_at, Some(in_a_month));
    let stored = world.gitlab.token(new.id).expect("the new token");
    assert_eq!(stored.expires_at, Some(in_a_month));
    // The new secret works.
    let get_self = crate::support::client(&world.gitlab.url(), new.token.expose_secret());
    assert_eq!(
        get_self
            .personal_access_tokens()
            .get_self()
            .await
            .expect("a token")
            .id,
        new.id
    );
}

async fn another_rotates() {
    let world = World::new();
    let own = world.token(&world.ann, "own");
    let other = world.token(&world.bob, "other");
    let error = failure(
        world
            .client(&other)
            .personal_access_tokens()
            .rotate(own.id())
            .await,
    );
    assert_eq!(status_and_message(&error), (401, "401 Unauthorized"));
    assert!(!error.is_outcome_unknown());
    assert!(!world.is_revoked(own.id()));
}

async fn user_rotates_unknown() {
    let world = World::new();
    let me = world.token(&world.ann, "me");
    let error = failure(
        world
            .client(&me)
            .personal_access_tokens()
            .rotate(UNKNOWN)
            .await,
    );
    assert_eq!(status_and_message(&error), (401, "401 Unauthorized"));
}

async fn admin_revokes_foreign() {
    let world = World::new();
    let foreign = world.token(&world.ann, "foreign");
    let me = world.token(&world.admin, "me");
    let tokens = world.client(&me).personal_access_tokens();
    let response = tokens.revoke(foreign.id()).send().await.expect("revoked");
    assert_eq!(response.status(), 204);
    assert!(world.is_revoked(foreign.id()));
}

async fn admin_revokes_without_scope() {
    let world = World::new();
    let foreign = world.token(&world.ann, "foreign");
    let me = world.add(world.spec(&world.admin, "me").scopes(["read_repository"]));
    let error = failure(
        world
            .client(&me)
            .personal_access_tokens()
            .revoke(foreign.id())
            .await,
    );
    assert_eq!(status_and_message(&error).0, 403);
    assert!(!world.is_revoked(foreign.id()));
}

async fn user_revokes_own() {
    let world = World::new();
    let own = world.token(&world.ann, "own");
    let me = world.token(&world.ann, "me");
    let tokens = world.client(&me).personal_access_tokens();
    let response = tokens.revoke(own.id()).send().await.expect("revoked");
    assert_eq!(response.status(), 204);
    assert!(world.is_revoked(own.id()));
    assert!(!world.is_revoked(me.id()));
}
