//! The acceptance cases of single tokens by id (facts, sections 8.3 to 8.5, and 8.8). The name of each test has the number of its case.

use gitlab_pat_fake::{FakeGitLab, NewToken, TokenSpec, User};
use serde_json::json;

use crate::client::{Reply, TOKENS, ask, delete, get, post};

const UNAUTHORIZED: &str = r#"{"message":"401 Unauthorized"}"#;

pub(super) struct Case {
    pub(super) gitlab: FakeGitLab,
    pub(super) alice: User,
    pub(super) bob: User,
    pub(super) alices: NewToken,
    pub(super) bobs: NewToken,
    pub(super) admins: NewToken,
}

impl Case {
    pub(super) fn new() -> Self {
        let gitlab = FakeGitLab::start().expect("a server");
        let alice = gitlab.add_user("alice");
        let bob = gitlab.add_user("bob");
        let root = gitlab.add_admin("root");
        let alices = gitlab.add_token(TokenSpec::new(&alice, "alices"));
        let bobs = gitlab.add_token(TokenSpec::new(&bob, "bobs"));
        let admins = gitlab.add_token(TokenSpec::new(&root, "admins"));
        Self {
            gitlab,
            alice,
            bob,
            alices,
            bobs,
            admins,
        }
    }

    pub(super) fn get(&self, token: &NewToken, path: &str) -> Reply {
        get(&self.gitlab, token, &format!("{TOKENS}/{path}"))
    }

    pub(super) fn post(&self, token: &NewToken, path: &str) -> Reply {
        post(&self.gitlab, token, &format!("{TOKENS}/{path}"))
    }

    pub(super) fn delete(&self, token: &NewToken, path: &str) -> Reply {
        delete(&self.gitlab, token, &format!("{TOKENS}/{path}"))
    }

    pub(super) fn is_revoked(&self, token: &NewToken) -> bool {
        self.gitlab.token(token.id()).expect("a token").revoked
    }

    pub(super) fn scoped(&self, scopes: &[&str]) -> NewToken {
        self.gitlab
            .add_token(TokenSpec::new(&self.alice, "scoped").scopes(scopes.iter().copied()))
    }
}

#[test]
fn cases_62_and_64_an_administrator_reads_any_token_that_exists() {
    let case = Case::new();
    for token in [&case.admins, &case.alices] {
        let reply = case.get(&case.admins, &token.id().to_string());
        assert_eq!(
            (reply.status, &reply.json()["id"]),
            (200, &json!(token.id()))
        );
    }
    case.get(&case.admins, "424242")
        .assert(404, r#"{"message":"404 Not Found"}"#);
}

#[test]
fn case_66_a_user_reads_the_own_token_with_the_addresses() {
    let case = Case::new();
    let reply = case.get(&case.alices, &case.alices.id().to_string());
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.json()["last_used_ips"],
        json!(
            case.gitlab
                .token(case.alices.id())
                .expect("it")
                .last_used_ips
        )
    );
    assert_eq!(reply.json()["last_used_ips"], json!(["127.0.0.1"]));
}

#[test]
fn case_68_a_user_does_not_learn_of_other_tokens() {
    let case = Case::new();
    case.get(&case.alices, &case.bobs.id().to_string())
        .assert(401, UNAUTHORIZED);
    case.get(&case.alices, "424242").assert(401, UNAUTHORIZED);
}

#[test]
fn case_70_reading_by_id_needs_a_scope() {
    let case = Case::new();
    let token = case.scoped(&["read_repository"]);
    let reply = case.get(&token, &token.id().to_string());
    assert_eq!(
        (reply.status, &reply.json()["error"]),
        (403, &json!("insufficient_scope"))
    );
    let token = case.scoped(&["read_api"]);
    assert_eq!(case.get(&token, &token.id().to_string()).status, 200);
}

#[test]
fn case_71_the_owner_rotates() {
    let case = Case::new();
    let reply = case.post(&case.alices, &format!("{}/rotate", case.alices.id()));
    assert_eq!(reply.status, 200);
    assert_ne!(reply.json()["token"], json!(case.alices.secret()));
    assert_eq!(reply.json()["expires_at"], "2026-12-08");
}

#[test]
fn case_72_the_date_of_a_rotation_is_returned() {
    let case = Case::new();
    let path = format!("{TOKENS}/{}/rotate", case.alices.id());
    let reply = ask("POST", &path)
        .token(&case.alices)
        .json(&json!({"expires_at": "2027-01-01"}))
        .send(&case.gitlab);
    assert_eq!(
        (reply.status, &reply.json()["expires_at"]),
        (200, &json!("2027-01-01"))
    );
}

#[test]
fn cases_74_and_76_a_user_rotates_nothing_else() {
    let case = Case::new();
    case.post(&case.alices, &format!("{}/rotate", case.bobs.id()))
        .assert(401, UNAUTHORIZED);
    case.post(&case.alices, "424242/rotate")
        .assert(401, UNAUTHORIZED);
    case.post(&case.admins, "424242/rotate")
        .assert(404, r#"{"message":"404 Not Found"}"#);
    assert!(!case.is_revoked(&case.bobs));
}

#[test]
fn case_78_an_administrator_revokes_any_token() {
    let case = Case::new();
    let reply = case.delete(&case.admins, &case.alices.id().to_string());
    reply.assert(204, "");
    assert_eq!(reply.header("content-type"), None);
    assert!(case.is_revoked(&case.alices));
}

#[test]
fn case_80_revoking_by_id_needs_the_scope() {
    let case = Case::new();
    let root = case.gitlab.add_admin("admin");
    let token = case
        .gitlab
        .add_token(TokenSpec::new(&root, "weak").scopes(["read_repository"]));
    assert_eq!(
        case.delete(&token, &case.alices.id().to_string()).status,
        403
    );
    assert!(!case.is_revoked(&case.alices));
}

#[test]
fn case_82_the_owner_revokes() {
    let case = Case::new();
    let second = case.scoped(&["api"]);
    case.delete(&case.alices, &second.id().to_string())
        .assert(204, "");
    assert!(case.is_revoked(&second));
    case.delete(&case.alices, &case.alices.id().to_string())
        .assert(204, "");
    assert!(case.is_revoked(&case.alices));
}

#[test]
fn case_120_revoking_again_by_id_succeeds() {
    let case = Case::new();
    let inactive = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "inactive").revoked(true));
    case.delete(&case.alices, &inactive.id().to_string())
        .assert(204, "");
}

#[test]
fn case_122_reading_with_a_revoked_credential_revokes_no_family() {
    let case = Case::new();
    let old = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "old").revoked(true));
    let child = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "child").rotated_from(&old));
    let reply = case.get(&old, "self");
    assert_eq!(
        (reply.status, &reply.json()["error"]),
        (401, &json!("invalid_token"))
    );
    assert!(!case.is_revoked(&child));
    assert!(case.gitlab.family_revocations().is_empty());
}

#[test]
fn case_128_a_method_that_the_path_does_not_have() {
    let case = Case::new();
    let path = format!("{TOKENS}/{}", case.bob.id());
    let reply = ask("PUT", &path).token(&case.bobs).send(&case.gitlab);
    reply.assert(405, r#"{"error":"405 Not Allowed"}"#);
    assert_eq!(reply.header("allow"), Some("GET, DELETE"));
}
