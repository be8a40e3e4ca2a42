//! 8.7: rotation of the calling token.

use gitlab_pat::Auth;
use gitlab_pat::types::TokenScope;
use gitlab_pat_fake::{GranularScope, NewToken, User};

use super::{Case, World, cases, status_and_message};
use crate::support::failure;

pub(super) const CASES: &[Case] = cases! {
    102 => anybodys_token,
    104 => an_impersonation_token,
    106 => each_scope_with_self_rotate,
    108 => a_revoked_token,
    110 => a_revoked_token_with_a_child,
    112 => an_oauth_token,
    114 => a_deploy_token,
    116 => a_classic_token,
    118 => a_fine_grained_token_without_the_permission,
};

/// Rotates, and asserts what is true of every rotation.
async fn rotates(world: &World, old: &NewToken) -> gitlab_pat::types::PersonalAccessTokenWithToken {
    let tokens = world.client(old).personal_access_tokens();
    let new = tokens.rotate_self().await.expect("a token");
    assert_ne!(new.token.expose_secret(), old.secret());
    assert_eq!(new.expires_at, Some(world.in_days(7)));
    assert!(world.is_revoked(old.id()));
    assert!(!world.is_revoked(new.id));
    assert!(world.gitlab.family_revocations().is_empty());
    new
}

async fn anybodys_token() {
    let world = World::new();
    let bot = world.gitlab.add_bot("project_1_bot");
    for owner in [&world.ann, &world.admin, &bot] {
        let old = world.token(owner, "old");
        let new = rotates(&world, &old).await;
        assert_eq!(new.user_id, User::id(owner));
        assert_eq!(new.name, "old");
    }
}

async fn an_impersonation_token() {
    let world = World::new();
    let old = world.add(world.spec(&world.ann, "old").impersonation(true));
    rotates(&world, &old).await;
}

async fn each_scope_with_self_rotate() {
    let world = World::new();
    for scope in TokenScope::KNOWN {
        if [TokenScope::Granular, TokenScope::SelfRotate].contains(scope) {
            continue;
        }
        let old = world.add(
            world
                .spec(&world.ann, "old")
                .scopes([scope.as_str(), "self_rotate"]),
        );
        let new = rotates(&world, &old).await;
        assert_eq!(new.scopes, [scope.clone(), TokenScope::SelfRotate]);
    }
}

async fn a_revoked_token() {
    let world = World::new();
    let old = world.add(world.spec(&world.ann, "old").revoked(true));
    let error = failure(
        world
            .client(&old)
            .personal_access_tokens()
            .rotate_self()
            .await,
    );
    assert_eq!(status_and_message(&error).0, 401);
    assert!(error.is_credential_rejected());
    assert!(!error.is_outcome_unknown());
}

async fn a_revoked_token_with_a_child() {
    let world = World::new();
    let old = world.token(&world.ann, "old");
    let child = rotates(&world, &old).await;
    let error = failure(
        world
            .client(&old)
            .personal_access_tokens()
            .rotate_self()
            .await,
    );
    assert_eq!(status_and_message(&error).0, 401);
    assert_eq!(error.code(), Some("invalid_token"));
    assert!(world.is_revoked(child.id), "the server revoked the family");
    assert_eq!(world.gitlab.family_revocations().len(), 1);
    assert_eq!(world.gitlab.requests().len(), 2);
}

async fn an_oauth_token() {
    let world = World::new();
    for scope in ["api", "self_rotate"] {
        let oauth = world.gitlab.add_oauth_token(&world.ann, [scope]);
        let client = gitlab_pat::Client::builder()
            .base_url(&world.gitlab.url())
            .expect("a base URL")
            .auth(Auth::bearer(oauth.secret()))
            .build()
            .expect("a client");
        let error = failure(client.personal_access_tokens().rotate_self().await);
        assert_eq!(status_and_message(&error), (405, "405 Method Not Allowed"));
    }
}

async fn a_deploy_token() {
    let world = World::new();
    let deploy = world.gitlab.add_deploy_token();
    let client = gitlab_pat::Client::builder()
        .base_url(&world.gitlab.url())
        .expect("a base URL")
        .auth(Auth::header("DEPLOY-TOKEN", deploy.secret()))
        .build()
        .expect("a client");
    let error = failure(client.personal_access_tokens().rotate_self().await);
    assert_eq!(status_and_message(&error), (401, "401 Unauthorized"));
    assert_eq!(
        world.gitlab.requests()[0].header("deploy-token"),
        Some(deploy.secret())
    );
}

async fn a_classic_token() {
    let world = World::new();
    let old = world.token(&world.ann, "old");
    let new = rotates(&world, &old).await;
    assert_eq!(new.granular_scopes, None);

    let old = world.token(&world.ann, "old");
    let raw = world
        .client(&old)
        .request(
            http::Method::POST,
            "/api/v4/personal_access_tokens/self/rotate",
        )
        .send()
        .await
        .expect("a token");
    let raw: serde_json::Value = raw.json().expect("JSON");
    assert!(raw.get("token").is_some() && raw.get("granular_scopes").is_none());
}

async fn a_fine_grained_token_without_the_permission() {
    let world = World::new();
    let me = world.add(
        world
            .spec(&world.ann, "me")
            .granular(GranularScope::new("user", ["read_job"])),
    );
    let target = world.token(&world.ann, "target");
    let tokens = world.client(&me).personal_access_tokens();
    for error in [
        failure(tokens.rotate_self().await),
        failure(tokens.rotate(target.id()).await),
        failure(tokens.get_self().await),
        failure(tokens.get(target.id()).await),
        failure(tokens.list().await),
        failure(tokens.revoke(target.id()).await),
        failure(tokens.revoke_self().await),
        failure(tokens.associations_self().await),
    ] {
        assert_eq!(status_and_message(&error).0, 403, "{error}");
        assert_eq!(error.code(), Some("insufficient_granular_scope"), "{error}");
        assert!(error.required_scopes().is_empty(), "{error}");
    }
    assert!(!world.is_revoked(me.id()));
    assert!(!world.is_revoked(target.id()));
}
