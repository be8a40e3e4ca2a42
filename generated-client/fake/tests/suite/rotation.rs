//! Rotation and reuse detection (facts, section 6).

use gitlab_pat_fake::{FakeGitLab, NewToken, Settings, TokenSpec, TokenView, User};
use jiff::civil::date;
use serde_json::json;

use crate::client::{Reply, TOKENS, ask, get, post};

const REVOKED: &str = r#"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#;

fn instance(settings: Settings) -> (FakeGitLab, User, NewToken) {
    let gitlab = settings.start().expect("a server");
    let alice = gitlab.add_user("alice");
    let token = gitlab.add_token(
        TokenSpec::new(&alice, "ci")
            .scopes(["api", "read_user"])
            .description("for CI"),
    );
    (gitlab, alice, token)
}

fn rotate_self(gitlab: &FakeGitLab, token: &NewToken) -> Reply {
    post(gitlab, token, &format!("{TOKENS}/self/rotate"))
}

fn child_of(gitlab: &FakeGitLab, reply: &Reply) -> TokenView {
    assert_eq!(reply.status, 200, "{}", reply.text());
    gitlab
        .token(reply.json()["id"].as_i64().expect("an id"))
        .expect("the child")
}

#[test]
fn the_new_token_differs_only_in_id_secret_and_dates() {
    let (gitlab, _, old) = instance(FakeGitLab::builder());
    let child = child_of(&gitlab, &rotate_self(&gitlab, &old));
    let parent = gitlab.token(old.id()).expect("the parent");
    assert!(parent.revoked && child.active);
    assert_eq!(
        (
            child.name,
            child.description,
            child.scopes,
            child.user_id,
            child.parent
        ),
        (
            parent.name,
            parent.description,
            parent.scopes,
            parent.user_id,
            Some(old.id())
        )
    );
}

#[test]
fn the_new_secret_works_and_the_old_one_does_not() {
    let (gitlab, _, old) = instance(FakeGitLab::builder());
    let secret = rotate_self(&gitlab, &old).json()["token"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let own = format!("{TOKENS}/self");
    assert_eq!(
        ask("GET", &own)
            .header("PRIVATE-TOKEN", &secret)
            .send(&gitlab)
            .status,
        200
    );
    get(&gitlab, &old, &own).assert(401, REVOKED);
}

#[test]
fn rotating_the_calling_token_by_its_id_is_the_same() {
    let (gitlab, _, old) = instance(FakeGitLab::builder());
    let child = child_of(
        &gitlab,
        &post(&gitlab, &old, &format!("{TOKENS}/{}/rotate", old.id())),
    );
    assert_eq!(child.parent, Some(old.id()));
    assert!(gitlab.token(old.id()).expect("the parent").revoked);
}

#[test]
fn without_a_date_a_token_expires_in_a_week_or_never() {
    let (gitlab, _, old) = instance(FakeGitLab::builder());
    assert_eq!(
        child_of(&gitlab, &rotate_self(&gitlab, &old)).expires_at,
        Some(date(2026, 12, 8))
    );
    let (gitlab, _, old) = instance(FakeGitLab::builder().require_expiry(false));
    let reply = rotate_self(&gitlab, &old);
    assert_eq!(reply.json()["expires_at"], json!(null));
}

#[test]
fn the_date_can_be_in_json_a_form_or_the_query() {
    let path = format!("{TOKENS}/self/rotate");
    for request in [
        ask("POST", &path).json(&json!({"expires_at": "2027-02-03"})),
        ask("POST", &path).body("application/x-www-form-urlencoded", "expires_at=2027-02-03"),
        ask("POST", &format!("{path}?expires_at=2027-02-03")),
        ask("POST", &path).json(&json!({"expires_at": "2027-02-03T10:00:00Z"})),
    ] {
        let (gitlab, _, old) = instance(FakeGitLab::builder());
        assert_eq!(
            child_of(&gitlab, &request.token(&old).send(&gitlab)).expires_at,
            Some(date(2027, 2, 3))
        );
    }
    for request in [
        ask("POST", &path).json(&json!({"expires_at": null})),
        ask("POST", &path).json(&json!({})),
        ask("POST", &path).body("application/x-www-form-urlencoded", "expires_at="),
    ] {
        let (gitlab, _, old) = instance(FakeGitLab::builder());
        assert_eq!(
            child_of(&gitlab, &request.token(&old).send(&gitlab)).expires_at,
            Some(date(2026, 12, 8))
        );
    }
}

fn rotate_to(gitlab: &FakeGitLab, token: &NewToken, date: &str) -> Reply {
    let body = json!({ "expires_at": date });
    ask("POST", &format!("{TOKENS}/self/rotate"))
        .token(token)
        .json(&body)
        .send(gitlab)
}

#[test]
fn an_error_leaves_the_token_active() {
    let (gitlab, _, old) = instance(FakeGitLab::builder());
    rotate_to(&gitlab, &old, "soon").assert(400, r#"{"error":"expires_at is invalid"}"#);
    let too_far = r#"{"message":"400 Bad request - Expiration date must be before 2027-12-01"}"#;
    rotate_to(&gitlab, &old, "2027-12-02").assert(400, too_far);
    assert!(gitlab.token(old.id()).expect("the token").active);
    assert_eq!(gitlab.tokens().len(), 1);
    assert_eq!(rotate_to(&gitlab, &old, "2027-12-01").status, 200);
}

#[test]
fn the_longest_lifetime_is_a_setting_that_counts_if_expiry_is_required() {
    let (gitlab, _, old) = instance(FakeGitLab::builder().max_lifetime_days(400));
    assert_eq!(rotate_to(&gitlab, &old, "2028-01-05").status, 200);
    let (gitlab, _, old) = instance(FakeGitLab::builder().max_lifetime_days(400));
    assert_eq!(rotate_to(&gitlab, &old, "2028-01-06").status, 400);
    let (gitlab, _, old) = instance(FakeGitLab::builder().require_expiry(false));
    assert_eq!(rotate_to(&gitlab, &old, "2999-01-01").status, 200);
}

#[test]
fn a_past_date_creates_an_expired_token() {
    let (gitlab, _, old) = instance(FakeGitLab::builder());
    let child = child_of(&gitlab, &rotate_to(&gitlab, &old, "2026-11-30"));
    assert!(!child.active && !child.revoked);
}

#[test]
fn an_inactive_target_with_an_active_credential() {
    let (gitlab, alice, me) = instance(FakeGitLab::builder());
    let revoked = gitlab.add_token(TokenSpec::new(&alice, "revoked").revoked(true));
    let child = gitlab.add_token(TokenSpec::new(&alice, "child").rotated_from(&revoked));
    let expired = gitlab.add_token(TokenSpec::new(&alice, "expired").expires_at(date(2026, 1, 1)));
    let rotate = |id: i64| post(&gitlab, &me, &format!("{TOKENS}/{id}/rotate"));
    rotate(revoked.id()).assert(
        400,
        r#"{"message":"400 Bad request - Token already revoked"}"#,
    );
    assert!(
        gitlab.token(child.id()).expect("the child").active,
        "naming a revoked token is no reuse"
    );
    assert!(gitlab.family_revocations().is_empty());
    assert!(child_of(&gitlab, &rotate(expired.id())).active);
}

#[test]
fn rotation_of_classic_tokens_of_humans_can_be_disabled() {
    let (gitlab, _, token) = instance(FakeGitLab::builder().legacy_rotation(false));
    rotate_self(&gitlab, &token).assert(
        400,
        "{\"message\":\"400 Bad request - Rotation of legacy personal access tokens is disabled. Use a fine-grained \
         token instead.\"}",
    );
    let bot = gitlab.add_bot("project_1_bot");
    let bots = gitlab.add_token(TokenSpec::new(&bot, "bots"));
    assert_eq!(rotate_self(&gitlab, &bots).status, 200);
}

#[test]
fn reuse_revokes_every_active_descendant_and_no_other_token() {
    let (gitlab, alice, old) = instance(FakeGitLab::builder());
    let spec = |name: &str| TokenSpec::new(&alice, name);
    let ancestor = gitlab.add_token(spec("ancestor").id(500).revoked(true));
    let presented = gitlab.add_token(spec("presented").revoked(true).rotated_from(&ancestor));
    let cousin = gitlab.add_token(spec("cousin").rotated_from(&ancestor));
    let child = gitlab.add_token(spec("child").revoked(true).rotated_from(&presented));
    let sibling = gitlab.add_token(spec("sibling").rotated_from(&presented));
    let grandchild = gitlab.add_token(spec("grandchild").rotated_from(&child));
    let expired = gitlab.add_token(
        spec("expired")
            .expires_at(date(2026, 1, 1))
            .rotated_from(&child),
    );

    rotate_self(&gitlab, &presented).assert(401, REVOKED);
    let revoked = |token: &NewToken| gitlab.token(token.id()).expect("a token").revoked;
    assert!(revoked(&sibling) && revoked(&grandchild));
    assert!(!revoked(&cousin) && !revoked(&old) && !revoked(&expired));
    let incidents = gitlab.family_revocations();
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].presented, presented.id());
    assert_eq!(incidents[0].revoked, [sibling.id(), grandchild.id()]);
}

#[test]
fn only_the_path_decides_on_reuse_detection() {
    for (method, path, reuse) in [
        ("POST", format!("{TOKENS}/self/rotate"), true),
        ("POST", format!("{TOKENS}/424242/rotate"), true),
        ("GET", format!("{TOKENS}/self/rotate"), true),
        ("DELETE", format!("{TOKENS}/1/rotate?x=y"), true),
        (
            "POST",
            "/api/v4/projects/1/access_tokens/self/rotate".to_owned(),
            true,
        ),
        ("GET", format!("{TOKENS}/self"), false),
        ("DELETE", format!("{TOKENS}/self"), false),
        ("POST", format!("{TOKENS}/abc/rotate"), false),
    ] {
        let (gitlab, _, old) = instance(FakeGitLab::builder());
        let child = child_of(&gitlab, &rotate_self(&gitlab, &old));
        ask(method, &path)
            .token(&old)
            .send(&gitlab)
            .assert(401, REVOKED);
        assert_eq!(
            gitlab.family_revocations().len(),
            usize::from(reuse),
            "{method} {path}"
        );
        assert_eq!(
            gitlab.token(child.id).expect("the child").active,
            !reuse,
            "{method} {path}"
        );
    }
}

#[test]
fn an_expired_token_and_an_old_server_revoke_no_family() {
    let (gitlab, alice, _) = instance(FakeGitLab::builder());
    let old = gitlab.add_token(
        TokenSpec::new(&alice, "old")
            .revoked(true)
            .expires_at(date(2026, 12, 1)),
    );
    let child = gitlab.add_token(TokenSpec::new(&alice, "child").rotated_from(&old));
    assert_eq!(rotate_self(&gitlab, &old).status, 401);
    assert!(gitlab.token(child.id()).expect("the child").active);
    assert!(gitlab.family_revocations().is_empty());

    let (gitlab, _, old) = instance(FakeGitLab::builder().version(16, 2));
    let rotate = || post(&gitlab, &old, &format!("{TOKENS}/{}/rotate", old.id()));
    let child = child_of(&gitlab, &rotate());
    rotate().assert(401, REVOKED);
    assert!(gitlab.token(child.id).expect("the child").active);
}

#[test]
fn reuse_is_detected_before_the_rate_limit_applies() {
    let (gitlab, _, old) = instance(FakeGitLab::builder().throttle(1, 60));
    let child = child_of(&gitlab, &rotate_self(&gitlab, &old));
    assert_eq!(rotate_self(&gitlab, &old).status, 429);
    assert!(gitlab.token(child.id).expect("the child").revoked);
}

#[test]
fn before_16_6_a_date_is_ignored_and_before_17_9_the_scope_is_unknown() {
    let (gitlab, _, old) = instance(FakeGitLab::builder().version(16, 5));
    let path = format!("{TOKENS}/{}/rotate", old.id());
    let reply = ask("POST", &path)
        .token(&old)
        .json(&json!({"expires_at": "2027-02-03"}))
        .send(&gitlab);
    assert_eq!(reply.json()["expires_at"], "2026-12-08");
    let (gitlab, alice, _) = instance(FakeGitLab::builder().version(17, 8));
    let rotates = gitlab.add_token(TokenSpec::new(&alice, "rotates").scopes(["self_rotate"]));
    assert_eq!(rotate_self(&gitlab, &rotates).status, 403);
}
