//! 8.1: lists, as an administrator.

use gitlab_pat::Client;
use gitlab_pat::types::TokenState;
use gitlab_pat_fake::{NewToken, TokenSpec};
use jiff::civil::date;
use jiff::tz::Offset;

use super::list::{error_of, listed, moment};
use super::{Case, World, cases, ids, status_and_message};
use crate::support::failure;

pub(super) const CASES: &[Case] = cases! {
    2 => by_user,
    4 => blank_user,
    6 => not_revoked,
    8 => inactive,
    10 => unknown_state,
    12 => created_before_the_day,
    14 => created_before_the_second,
    16 => || rejects("created_before"),
    18 => created_after_the_day,
    20 => created_after_the_next_second,
    22 => || rejects("created_after"),
    24 => last_used_before_the_day,
    26 => last_used_before_the_second,
    28 => || rejects("last_used_before"),
    30 => last_used_after_the_day,
    32 => last_used_after_the_second,
    34 => || rejects("last_used_after"),
    36 => expires_before_the_day,
    38 => || rejects("expires_before"),
    40 => expires_after_the_day,
    42 => expires_after_tomorrow,
    44 => search_for_many,
    46 => search_for_one,
    48 => between_two_days,
    50 => between_one_second,
};

/// An administrator's client and its token, "me".
fn me(world: &World) -> (Client, NewToken) {
    let me = world.token(&world.admin, "me");
    (world.client(&me), me)
}

/// Adds a token that was created and last used at 12:30:25 on 2022-01-01.
fn t1(world: &World) -> NewToken {
    let at = moment("2022-01-01T12:30:25Z");
    world.add(world.spec(&world.ann, "t1").created_at(at).last_used_at(at))
}

/// Adds T1, and returns the ids of both.
fn with_t1() -> (World, Client, i64, i64) {
    let world = World::new();
    let t1 = t1(&world).id();
    let (client, me) = me(&world);
    (world, client, t1, me.id())
}

async fn by_user() {
    let world = World::new();
    let normal = world.token(&world.ann, "normal");
    world.token(&world.bob, "other");
    let impersonation = world.add(world.spec(&world.ann, "impersonation").impersonation(true));
    let (client, _) = me(&world);
    let user = world.ann.id();
    let tokens = listed(&client, &format!("user_id={user}"), |list| {
        list.user_id(user)
    })
    .await;
    assert_eq!(ids(&tokens), [normal.id(), impersonation.id()]);
    assert!(tokens.iter().all(|token| token.user_id == user));
}

async fn blank_user() {
    let world = World::new();
    let (client, _) = me(&world);
    let error = error_of(&client, "user_id=").await;
    assert_eq!(status_and_message(&error), (404, "404 Not Found"));
    assert!(error.is_not_found());
}

async fn not_revoked() {
    let world = World::new();
    let active = world.token(&world.ann, "active");
    let impersonation = world.add(world.spec(&world.ann, "impersonation").impersonation(true));
    world.add(world.spec(&world.ann, "revoked").revoked(true));
    let (client, me) = me(&world);
    let tokens = listed(&client, "revoked=false", |list| list.revoked(false)).await;
    assert_eq!(ids(&tokens), [active.id(), impersonation.id(), me.id()]);
    assert!(tokens.iter().all(|token| !token.revoked));
}

async fn inactive() {
    let world = World::new();
    let revoked = world.add(world.spec(&world.ann, "revoked").revoked(true));
    let expired = world.add(TokenSpec::new(&world.ann, "expired").expires_at(date(2022, 1, 1)));
    world.token(&world.ann, "active");
    let today = Offset::UTC.to_datetime(world.gitlab.now()).date();
    world.add(TokenSpec::new(&world.ann, "ends today").expires_at(today));
    let (client, _) = me(&world);
    let tokens = listed(&client, "state=inactive", |list| {
        list.state(TokenState::Inactive)
    })
    .await;
    assert_eq!(ids(&tokens), [revoked.id(), expired.id()]);
    assert!(tokens.iter().all(|token| !token.active));
}

async fn unknown_state() {
    const TEXT: &str = "state does not have a valid value";
    let world = World::new();
    let (client, _) = me(&world);
    assert_eq!(
        status_and_message(&error_of(&client, "state=asdf").await),
        (400, TEXT)
    );
    // The enumeration is open, so the setter can send it, too.
    let list = client.personal_access_tokens().list();
    let error = failure(list.state(TokenState::from("asdf")).await);
    assert_eq!(status_and_message(&error), (400, TEXT));
}

/// Returns the message for a value that is not a time or date.
async fn rejects(parameter: &str) {
    let world = World::new();
    let (client, _) = me(&world);
    let error = error_of(&client, &format!("{parameter}=asdf")).await;
    assert_eq!(
        status_and_message(&error),
        (400, format!("{parameter} is invalid").as_str())
    );
}

async fn created_before_the_day() {
    let (_world, client, _, _) = with_t1();
    let tokens = listed(&client, "created_before=2022-01-01", |list| {
        list.created_before(moment("2022-01-01T00:00:00Z"))
    });
    assert!(tokens.await.is_empty());
}

async fn created_before_the_second() {
    let (_world, client, t1, _) = with_t1();
    let tokens = listed(&client, "created_before=2022-01-01T12:30:25", |list| {
        list.created_before(moment("2022-01-01T12:30:25Z"))
    });
    assert_eq!(ids(&tokens.await), [t1]);
}

async fn created_after_the_day() {
    let (_world, client, t1, me) = with_t1();
    let tokens = listed(&client, "created_after=2022-01-01", |list| {
        list.created_after(moment("2022-01-01T00:00:00Z"))
    });
    assert_eq!(ids(&tokens.await), [t1, me]);
}

async fn created_after_the_next_second() {
    let (_world, client, _, me) = with_t1();
    let tokens = listed(&client, "created_after=2022-01-01T12:30:26", |list| {
        list.created_after(moment("2022-01-01T12:30:26Z"))
    });
    assert_eq!(ids(&tokens.await), [me]);
}

async fn last_used_before_the_day() {
    let (_world, client, _, _) = with_t1();
    let tokens = listed(&client, "last_used_before=2022-01-01", |list| {
        list.last_used_before(moment("2022-01-01T00:00:00Z"))
    });
    assert!(tokens.await.is_empty());
}

async fn last_used_before_the_second() {
    let (_world, client, t1, _) = with_t1();
    let tokens = listed(&client, "last_used_before=2022-01-01T12:30:25", |list| {
        list.last_used_before(moment("2022-01-01T12:30:25Z"))
    });
    assert_eq!(ids(&tokens.await), [t1]);
}

async fn last_used_after_the_day() {
    let (_world, client, t1, me) = with_t1();
    let tokens = listed(&client, "last_used_after=2022-01-01", |list| {
        list.last_used_after(moment("2022-01-01T00:00:00Z"))
    });
    assert_eq!(ids(&tokens.await), [t1, me]);
}

async fn last_used_after_the_second() {
    let (_world, client, t1, me) = with_t1();
    let tokens = listed(&client, "last_used_after=2022-01-01T12:30:25", |list| {
        list.last_used_after(moment("2022-01-01T12:30:25Z"))
    });
    assert_eq!(ids(&tokens.await), [t1, me]);
}

/// Adds a token that expired on 2022-01-01, and returns its id and that of "me".
fn with_expired() -> (World, Client, i64, i64) {
    let world = World::new();
    let expired = world
        .add(TokenSpec::new(&world.ann, "E").expires_at(date(2022, 1, 1)))
        .id();
    world.add(TokenSpec::new(&world.ann, "never expires"));
    let (client, me) = me(&world);
    (world, client, expired, me.id())
}

async fn expires_before_the_day() {
    let (_world, client, _, _) = with_expired();
    let tokens = listed(&client, "expires_before=2022-01-01", |list| {
        list.expires_before(date(2022, 1, 1))
    });
    assert!(tokens.await.is_empty());
}

async fn expires_after_the_day() {
    let (_world, client, expired, me) = with_expired();
    let tokens = listed(&client, "expires_after=2022-01-01", |list| {
        list.expires_after(date(2022, 1, 1))
    });
    assert_eq!(ids(&tokens.await), [expired, me]);
}

async fn expires_after_tomorrow() {
    let (world, client, _, me) = with_expired();
    let tomorrow = world.in_days(1);
    let query = format!("expires_after={tomorrow}");
    let tokens = listed(&client, &query, |list| list.expires_after(tomorrow));
    assert_eq!(ids(&tokens.await), [me]);
}

/// Adds two tokens whose names the cases search for.
fn with_names() -> (World, Client, [i64; 2]) {
    let world = World::new();
    let first = world.token(&world.ann, "test_1").id();
    let second = world.token(&world.ann, "test_2").id();
    let (client, _) = me(&world);
    (world, client, [first, second])
}

async fn search_for_many() {
    let (_world, client, both) = with_names();
    let tokens = listed(&client, "search=test", |list| list.search("test"));
    assert_eq!(ids(&tokens.await), both);
}

async fn search_for_one() {
    let (_world, client, [first, _]) = with_names();
    let tokens = listed(&client, "search=test_1", |list| list.search("test_1"));
    assert_eq!(ids(&tokens.await), [first]);
}

/// Adds D, created and used at the beginning of 2022-01-02.
fn with_d() -> (World, Client, i64) {
    let world = World::new();
    let at = moment("2022-01-02T00:00:00Z");
    let d = world.add(world.spec(&world.ann, "D").created_at(at).last_used_at(at));
    let (client, _) = me(&world);
    (world, client, d.id())
}

async fn between_two_days() {
    let (_world, client, d) = with_d();
    let (before, after) = (
        moment("2022-01-03T00:00:00Z"),
        moment("2022-01-01T00:00:00Z"),
    );
    let query = "created_before=2022-01-03&created_after=2022-01-01";
    let tokens = listed(&client, query, |list| {
        list.created_before(before).created_after(after)
    });
    assert_eq!(ids(&tokens.await), [d]);
    let query = "last_used_before=2022-01-03&last_used_after=2022-01-01";
    let tokens = listed(&client, query, |list| {
        list.last_used_before(before).last_used_after(after)
    });
    assert_eq!(ids(&tokens.await), [d]);
}

async fn between_one_second() {
    let (_world, client, d) = with_d();
    let at = moment("2022-01-02T00:00:00Z");
    let query = "created_before=2022-01-02&created_after=2022-01-02";
    let tokens = listed(&client, query, |list| {
        list.created_before(at).created_after(at)
    });
    assert_eq!(ids(&tokens.await), [d]);
    let query = "last_used_before=2022-01-02&last_used_after=2022-01-02";
    let tokens = listed(&client, query, |list| {
        list.last_used_before(at).last_used_after(at)
    });
    assert_eq!(ids(&tokens.await), [d]);
}
