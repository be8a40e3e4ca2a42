//! The acceptance cases of the calling token (facts, sections 8.6 and 8.7). The name of each test has the number of its case.

use gitlab_pat_fake::{GranularScope, NewToken, TokenSpec, Visibility};
use jiff::civil::date;
use serde_json::json;

use crate::acceptance_single::Case;
use crate::client::{TOKENS, ask};

const UNAUTHORIZED: &str = r#"{"message":"401 Unauthorized"}"#;

/// Every classic scope of GitLab 19.
const SCOPES: [&str; 21] = [
    "api",
    "read_api",
    "read_user",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    "read_virtual_registry",
    "write_virtual_registry",
    "create_runner",
    "manage_runner",
    "ai_features",
    "k8s_proxy",
    "self_rotate",
    "sudo",
    "admin_mode",
    "read_service_ping",
    "read_observability",
    "write_observability",
    "mcp",
    "mcp_orbit",
];

#[test]
fn case_84_any_scope_reads_its_own_token() {
    let case = Case::new();
    for scope in SCOPES {
        let reply = case.get(&case.scoped(&[scope]), "self");
        assert_eq!(
            (reply.status, &reply.json()["scopes"]),
            (200, &json!([scope])),
            "{scope}"
        );
    }
}

#[test]
fn case_86_a_token_is_expired_on_its_expiry_date() {
    let case = Case::new();
    let spec = || TokenSpec::new(&case.alice, "short");
    let yesterday = case.gitlab.add_token(spec().expires_at(date(2026, 11, 30)));
    let today = case.gitlab.add_token(spec().expires_at(date(2026, 12, 1)));
    let tomorrow = case.gitlab.add_token(spec().expires_at(date(2026, 12, 2)));
    assert_eq!(case.get(&yesterday, "self").status, 401);
    assert_eq!(case.get(&today, "self").status, 401);
    assert_eq!(case.get(&tomorrow, "self").status, 200);
    case.gitlab
        .set_now("2026-12-01T23:59:59Z".parse().expect("a moment"));
    assert_eq!(case.get(&tomorrow, "self").status, 200);
    case.gitlab
        .set_now("2026-12-02T00:00:00Z".parse().expect("a moment"));
    assert_eq!(case.get(&tomorrow, "self").status, 401);
}

#[test]
fn cases_88_and_90_the_own_token_has_its_address_and_no_permissions() {
    let case = Case::new();
    case.gitlab
        .configure(|settings| settings.client_ip("192.0.2.10"));
    let reply = case.get(&case.alices, "self");
    assert_eq!(
        (reply.status, &reply.json()["last_used_ips"]),
        (200, &json!(["192.0.2.10"]))
    );
    assert_eq!(reply.json().get("granular_scopes"), None);
}

fn granular(case: &Case, permissions: &[&str]) -> NewToken {
    let spec = TokenSpec::new(&case.alice, "fine")
        .granular(GranularScope::new("user", permissions.iter().copied()));
    case.gitlab.add_token(
        spec.granular(GranularScope::new("selected_memberships", ["read_job"]).project(3)),
    )
}

#[test]
fn case_92_a_fine_grained_token_shows_its_permissions() {
    let case = Case::new();
    let reply = case.get(&granular(&case, &["read_personal_access_token"]), "self");
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.json()["granular_scopes"],
        json!([
            {"access": "user", "permissions": ["read_personal_access_token"], "project_id": null, "group_id": null},
            {"access": "selected_memberships", "permissions": ["read_job"], "project_id": 3, "group_id": null},
        ])
    );
}

#[test]
fn case_94_any_scope_revokes_its_own_token() {
    let case = Case::new();
    for scope in SCOPES {
        let token = case.scoped(&[scope]);
        case.delete(&token, "self").assert(204, "");
        assert!(case.is_revoked(&token), "{scope}");
    }
}

#[test]
fn case_96_an_impersonation_token_does_not_revoke_itself() {
    let case = Case::new();
    let token = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "impersonation").impersonation(true));
    case.delete(&token, "self").assert(
        400,
        r#"{"message":"400 Bad request - Not permitted to revoke"}"#,
    );
    assert!(!case.is_revoked(&token));
}

#[test]
fn case_98_associations_need_a_credential() {
    let case = Case::new();
    ask("GET", &format!("{TOKENS}/self/associations"))
        .header("PRIVATE-TOKEN", "glpat-unknown")
        .send(&case.gitlab)
        .assert(401, UNAUTHORIZED);
}

#[test]
fn case_100_associations_list_private_groups() {
    let case = Case::new();
    let group = case.gitlab.add_group("Outer", None, Visibility::Private);
    let inner = case
        .gitlab
        .add_group("Inner", Some(&group), Visibility::Private);
    let project = case.gitlab.add_project("Tool", &inner, Visibility::Private);
    case.gitlab.add_group_member(&group, &case.alice, 30);
    case.gitlab.add_group_member(&inner, &case.alice, 30);
    case.gitlab.add_project_member(&project, &case.alice, 40);
    let reply = case.get(&case.alices, "self/associations");
    assert_eq!(reply.status, 200);
    let body = reply.json();
    let ids: Vec<_> = body["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| &group["id"])
        .collect();
    assert_eq!(ids, [&json!(group.id()), &json!(inner.id())]);
    assert_eq!(body["projects"][0]["id"], project.id());
}

#[test]
fn case_102_users_administrators_and_bots_rotate_their_own_token() {
    let case = Case::new();
    let bot = case.gitlab.add_bot("project_1_bot");
    let bots = case.gitlab.add_token(TokenSpec::new(&bot, "bots"));
    for token in [&case.alices, &case.admins, &bots] {
        let reply = case.post(token, "self/rotate");
        assert_eq!(
            (reply.status, &reply.json()["expires_at"]),
            (200, &json!("2026-12-08"))
        );
        assert_ne!(reply.json()["token"], json!(token.secret()));
        assert!(case.is_revoked(token));
    }
}

#[test]
fn case_104_an_impersonation_token_rotates_itself_into_another() {
    let case = Case::new();
    let token = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "impersonation").impersonation(true));
    let reply = case.post(&token, "self/rotate");
    assert_eq!(reply.status, 200);
    let child = case
        .gitlab
        .token(reply.json()["id"].as_i64().expect("an id"))
        .expect("the child");
    assert!(child.impersonation);
}

#[test]
fn case_106_any_scope_beside_self_rotate_suffices() {
    let case = Case::new();
    for scope in SCOPES {
        let reply = case.post(&case.scoped(&[scope, "self_rotate"]), "self/rotate");
        assert_eq!(
            (reply.status, &reply.json()["scopes"]),
            (200, &json!([scope, "self_rotate"])),
            "{scope}"
        );
    }
}

#[test]
fn cases_108_and_110_a_revoked_token_rotates_nothing_and_loses_its_child() {
    let case = Case::new();
    let old = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "old").revoked(true));
    let child = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "child").rotated_from(&old));
    assert_eq!(case.post(&old, "self/rotate").status, 401);
    assert!(case.is_revoked(&child));
    assert!(!case.is_revoked(&case.alices));
}

#[test]
fn case_112_an_oauth_token_cannot_be_rotated() {
    let case = Case::new();
    for scope in ["api", "self_rotate"] {
        let oauth = case.gitlab.add_oauth_token(&case.alice, [scope]);
        ask("POST", &format!("{TOKENS}/self/rotate"))
            .header("Authorization", &format!("Bearer {}", oauth.secret()))
            .send(&case.gitlab)
            .assert(405, r#"{"message":"405 Method Not Allowed"}"#);
    }
}

#[test]
fn case_114_a_deploy_token_is_rejected() {
    let case = Case::new();
    let token = case.gitlab.add_deploy_token();
    ask("POST", &format!("{TOKENS}/self/rotate"))
        .header("DEPLOY-TOKEN", token.secret())
        .send(&case.gitlab)
        .assert(401, UNAUTHORIZED);
}

#[test]
fn case_116_a_rotated_classic_token_has_no_permissions() {
    let case = Case::new();
    let body = case.post(&case.alices, "self/rotate").json();
    assert_eq!(body.get("granular_scopes"), None);
    assert_eq!(body["granular"], false);
}

#[test]
fn case_118_a_fine_grained_token_needs_the_permission() {
    let case = Case::new();
    let none = granular(&case, &["read_job"]);
    for (method, path) in [
        ("GET", String::new()),
        ("GET", format!("/{}", none.id())),
        ("DELETE", format!("/{}", none.id())),
        ("POST", format!("/{}/rotate", none.id())),
        ("GET", "/self".to_owned()),
        ("DELETE", "/self".to_owned()),
        ("POST", "/self/rotate".to_owned()),
        ("GET", "/self/associations".to_owned()),
    ] {
        let reply = ask(method, &format!("{TOKENS}{path}"))
            .token(&none)
            .send(&case.gitlab);
        assert_eq!(
            (reply.status, &reply.json()["error"]),
            (403, &json!("insufficient_granular_scope")),
            "{method} {path}"
        );
    }
    assert!(!case.is_revoked(&none));
    let rotates = granular(&case, &["rotate_personal_access_token"]);
    let child = case.post(&rotates, "self/rotate");
    assert_eq!(
        (child.status, &child.json()["granular"]),
        (200, &json!(true))
    );
    let revokes = granular(&case, &["revoke_personal_access_token"]);
    assert_eq!(case.delete(&revokes, "self").status, 204);
}
