//! 8.2: lists, without administrator rights.

use gitlab_pat::Client;
use gitlab_pat_fake::NewToken;

use super::list::{error_of, listed, moment};
use super::{Case, World, cases, ids, status_and_message};

pub(super) const CASES: &[Case] = cases! {
    52 => own_alone,
    54 => by_another_user,
    56 => own_and_not_revoked,
    58 => own_by_creation,
    60 => own_by_name,
};

fn me(world: &World) -> (Client, NewToken) {
    let me = world.token(&world.ann, "me");
    (world.client(&me), me)
}

async fn own_alone() {
    let world = World::new();
    world.token(&world.bob, "foreign");
    world.add(world.spec(&world.ann, "impersonation").impersonation(true));
    let own = world.token(&world.ann, "own");
    let (client, me) = me(&world);
    let tokens = listed(&client, "", |list| list).await;
    assert_eq!(ids(&tokens), [own.id(), me.id()]);
    assert!(tokens.iter().all(|token| token.user_id == world.ann.id()));
}

async fn by_another_user() {
    let world = World::new();
    let (client, _) = me(&world);
    let list = client.personal_access_tokens().list();
    let error = list
        .user_id(world.bob.id())
        .await
        .expect_err("an error response");
    assert_eq!(status_and_message(&error), (401, "401 Unauthorized"));
    assert!(!error.is_credential_rejected());
    assert_eq!(
        status_and_message(&error_of(&client, "user_id=").await),
        (401, "401 Unauthorized")
    );
}

async fn own_and_not_revoked() {
    let world = World::new();
    world.token(&world.bob, "foreign");
    world.add(world.spec(&world.ann, "revoked").revoked(true));
    let own = world.token(&world.ann, "own");
    let (client, me) = me(&world);
    let tokens = listed(&client, "revoked=false", |list| list.revoked(false)).await;
    assert_eq!(ids(&tokens), [own.id(), me.id()]);
}

async fn own_by_creation() {
    let world = World::new();
    let at = moment("2022-01-02T00:00:00Z");
    let own = world.add(world.spec(&world.ann, "own").created_at(at));
    world.add(world.spec(&world.bob, "foreign").created_at(at));
    let (client, me) = me(&world);
    let tokens = listed(&client, "created_before=2022-01-03", |list| {
        list.created_before(moment("2022-01-03T00:00:00Z"))
    });
    assert_eq!(ids(&tokens.await), [own.id()]);
    let tokens = listed(&client, "created_after=2022-01-01", |list| {
        list.created_after(moment("2022-01-01T00:00:00Z"))
    });
    assert_eq!(ids(&tokens.await), [own.id(), me.id()]);
}

async fn own_by_name() {
    let world = World::new();
    let own = world.token(&world.ann, "test_1");
    world.token(&world.bob, "test_1");
    let (client, me) = me(&world);
    let tokens = listed(&client, "search=test", |list| list.search("test"));
    assert_eq!(ids(&tokens.await), [own.id()]);
    let tokens = listed(&client, "search=test_1", |list| list.search("test_1"));
    assert_eq!(ids(&tokens.await), [own.id()]);
    let tokens = listed(&client, "search=", |list| list.search(""));
    assert_eq!(ids(&tokens.await), [own.id(), me.id()]);
}
