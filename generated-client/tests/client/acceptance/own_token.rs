//! 8.6: the calling token: get, revoke, associations.

use gitlab_pat::types::TokenScope;
use gitlab_pat_fake::{GranularScope, Visibility};
use http::Method;

use super::{Case, World, cases, status_and_message};
use crate::support::failure;

pub(super) const CASES: &[Case] = cases! {
    84 => get_with_each_scope,
    86 => get_with_an_expired_token,
    88 => get_with_an_ip_address,
    90 => get_a_classic_token,
    92 => get_a_fine_grained_token,
    94 => revoke_with_each_scope,
    96 => revoke_an_impersonation_token,
    98 => associations_with_an_invalid_token,
    100 => associations_of_a_member,
};

/// Every classic scope, which is every scope except that of fine-grained tokens.
fn scopes() -> impl Iterator<Item = &'static TokenScope> {
    TokenScope::KNOWN
        .iter()
        .filter(|scope| **scope != TokenScope::Granular)
}

async fn get_with_each_scope() {
    let world = World::new();
    for scope in scopes() {
        let me = world.add(world.spec(&world.ann, "me").scopes([scope.as_str()]));
        let token = world
            .client(&me)
            .personal_access_tokens()
            .get_self()
            .await
            .expect("a token");
        assert_eq!(token.scopes, std::slice::from_ref(scope));
        assert_eq!(token.id, me.id());
    }
}

async fn get_with_an_expired_token() {
    let world = World::new();
    let me = world.add(world.spec(&world.ann, "me").expires_at(world.in_days(-1)));
    let error = failure(world.client(&me).personal_access_tokens().get_self().await);
    assert_eq!(status_and_message(&error).0, 401);
    assert!(error.is_credential_rejected());
    assert!(
        error
            .message()
            .expect("a message")
            .starts_with("Token is expired.")
    );
}

async fn get_with_an_ip_address() {
    let world = World::new();
    world
        .gitlab
        .configure(|settings| settings.client_ip("203.0.113.5"));
    let me = world.token(&world.ann, "me");
    let token = world
        .client(&me)
        .personal_access_tokens()
        .get_self()
        .await
        .expect("a token");
    assert_eq!(token.last_used_ips.expect("addresses"), ["203.0.113.5"]);
}

async fn get_a_classic_token() {
    let world = World::new();
    let me = world.token(&world.ann, "me");
    let client = world.client(&me);
    let token = client
        .personal_access_tokens()
        .get_self()
        .await
        .expect("a token");
    assert_eq!(token.granular_scopes, None);
    let raw = client
        .request(Method::GET, "/api/v4/personal_access_tokens/self")
        .send();
    let raw: serde_json::Value = raw.await.expect("a token").json().expect("JSON");
    assert!(
        raw.get("id").is_some() && raw.get("granular_scopes").is_none(),
        "{raw}"
    );
}

async fn get_a_fine_grained_token() {
    let world = World::new();
    let spec = world
        .spec(&world.ann, "me")
        .granular(GranularScope::new("user", ["read_personal_access_token"]))
        .granular(GranularScope::new("selected_memberships", ["read_job"]).project(77));
    let me = world.add(spec);
    let token = world
        .client(&me)
        .personal_access_tokens()
        .get_self()
        .await
        .expect("a token");
    let scopes = token.granular_scopes.expect("granular scopes");
    assert_eq!(scopes.len(), 2);
    assert_eq!((scopes[1].project_id, scopes[1].group_id), (Some(77), None));
    assert_eq!(token.granular, Some(true));
}

async fn revoke_with_each_scope() {
    let world = World::new();
    for scope in scopes() {
        let me = world.add(world.spec(&world.ann, "me").scopes([scope.as_str()]));
        let tokens = world.client(&me).personal_access_tokens();
        let response = tokens.revoke_self().send().await.expect("revoked");
        assert_eq!(response.status(), 204, "{scope}");
        assert!(world.is_revoked(me.id()), "{scope}");
    }
}

async fn revoke_an_impersonation_token() {
    let world = World::new();
    let me = world.add(world.spec(&world.ann, "me").impersonation(true));
    let error = failure(
        world
            .client(&me)
            .personal_access_tokens()
            .revoke_self()
            .await,
    );
    assert_eq!(
        status_and_message(&error),
        (400, "400 Bad request - Not permitted to revoke")
    );
    assert!(!world.is_revoked(me.id()));
}

async fn associations_with_an_invalid_token() {
    let world = World::new();
    let client = crate::support::client(&world.gitlab.url(), "glpat-of-no-token");
    let error = failure(client.personal_access_tokens().associations_self().await);
    assert_eq!(status_and_message(&error), (401, "401 Unauthorized"));
}

async fn associations_of_a_member() {
    const DEVELOPER: u32 = 30;
    const MAINTAINER: u32 = 40;
    let world = World::new();
    let gitlab = &world.gitlab;
    let group = gitlab.add_group("Private", None, Visibility::Private);
    let subgroup = gitlab.add_group("Sub", Some(&group), Visibility::Private);
    gitlab.add_group("Foreign", None, Visibility::Private);
    gitlab.add_group_member(&group, &world.ann, DEVELOPER);
    let project = gitlab.add_project("Project", &group, Visibility::Private);
    gitlab.add_project_member(&project, &world.ann, MAINTAINER);

    let me = world.token(&world.ann, "me");
    let tokens = world.client(&me).personal_access_tokens();
    let associations = tokens.associations_self().await.expect("associations");
    let groups: Vec<_> = associations
        .groups
        .iter()
        .map(|group| (group.id, group.parent_id))
        .collect();
    assert_eq!(
        groups,
        [(group.id(), None), (subgroup.id(), Some(group.id()))]
    );
    let levels = &associations.projects[0].access_levels;
    let level =
        |level: &Option<gitlab_pat::types::AccessLevel>| level.as_ref().map(|level| level.as_i64());
    assert_eq!(associations.projects.len(), 1);
    assert_eq!(level(&levels.project_access_level), Some(MAINTAINER.into()));
    assert_eq!(level(&levels.group_access_level), Some(DEVELOPER.into()));
}
