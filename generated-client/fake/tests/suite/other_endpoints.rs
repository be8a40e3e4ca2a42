//! Other endpoints, and trailing slashes.

use gitlab_pat_fake::{FakeGitLab, NewToken, Operation, TokenSpec};
use serde_json::{Value, json};

use crate::client::{TOKENS, ask, get, post};

struct Case {
    gitlab: FakeGitLab,
    alices: NewToken,
    admins: NewToken,
}

fn case() -> Case {
    let gitlab = FakeGitLab::start().expect("a server");
    let alice = gitlab.add_user("alice");
    let alices = gitlab.add_token(TokenSpec::new(&alice, "alices"));
    let admins = gitlab.add_token(TokenSpec::new(&gitlab.add_admin("root"), "admins"));
    Case {
        gitlab,
        alices,
        admins,
    }
}

fn names(object: &Value) -> Vec<&str> {
    let members = object.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

#[test]
fn the_current_user_is_shown_in_gitlabs_shape() {
    let case = case();
    let user = get(&case.gitlab, &case.alices, "/api/v4/user").json();
    assert_eq!(
        user,
        json!({
            "id": 11, "username": "alice", "public_email": null, "name": "alice", "state": "active", "locked": false,
            "avatar_url": null, "web_url": format!("{}/alice", case.gitlab.url()),
            "created_at": "2026-12-01T09:00:00.000Z", "bio": "", "location": "", "linkedin": "", "twitter": "",
            "discord": "", "website_url": "", "github": "", "job_title": "", "pronouns": null, "organization": "",
            "bot": false, "work_information": null, "followers": 0, "following": 0, "local_time": null,
            "last_sign_in_at": null, "confirmed_at": "2026-12-01T09:00:00.000Z", "last_activity_on": "2026-12-01",
            "email": "alice@example.com", "theme_id": 1, "color_scheme_id": 1, "projects_limit": 100_000,
            "current_sign_in_at": null, "identities": [], "can_create_group": true, "can_create_project": true,
            "two_factor_enabled": false, "external": false, "private_profile": false,
            "commit_email": "alice@example.com", "preferred_language": "en"
        })
    );
    let root = get(&case.gitlab, &case.admins, "/api/v4/user").json();
    assert_eq!((&root["id"], &root["is_admin"]), (&json!(12), &json!(true)));
    assert_eq!(names(&root).len(), names(&user).len() + 3);
}

#[test]
fn an_administrator_who_acts_as_a_user_is_shown_as_that_user() {
    let case = case();
    let root = case.gitlab.add_admin("other root");
    let sudo = case
        .gitlab
        .add_token(TokenSpec::new(&root, "sudo").scopes(["api", "sudo"]));
    let user = ask("GET", "/api/v4/user")
        .token(&sudo)
        .header("Sudo", "alice")
        .send(&case.gitlab)
        .json();
    assert_eq!(
        (&user["username"], &user["is_admin"]),
        (&json!("alice"), &Value::Null)
    );
}

#[test]
fn the_version_is_that_of_the_settings() {
    let case = case();
    let current = json!({
        "version": "19.6.0", "revision": "0fa4e0fa4e0", "enterprise": false,
        "kas": {"enabled": false, "externalUrl": null, "externalK8sProxyUrl": null, "version": null}
    });
    for path in ["/api/v4/version", "/api/v4/metadata"] {
        assert_eq!(get(&case.gitlab, &case.alices, path).json(), current);
    }
    case.gitlab.configure(|settings| settings.version(15, 1));
    get(&case.gitlab, &case.alices, "/api/v4/version")
        .assert(200, r#"{"version":"15.1.0","revision":"0fa4e0fa4e0"}"#);
    get(&case.gitlab, &case.alices, "/api/v4/metadata").assert(404, r#"{"error":"404 Not Found"}"#);
}

#[test]
fn other_endpoints_need_a_credential_with_a_scope() {
    let case = case();
    for path in ["/api/v4/user", "/api/v4/version", "/api/v4/metadata"] {
        ask("GET", path)
            .send(&case.gitlab)
            .assert(401, r#"{"message":"401 Unauthorized"}"#);
        ask("HEAD", path)
            .token(&case.alices)
            .send(&case.gitlab)
            .assert(200, "");
        let wrong = post(&case.gitlab, &case.alices, path);
        wrong.assert(405, r#"{"error":"405 Not Allowed"}"#);
        assert_eq!(wrong.header("allow"), Some("GET"));
        for (scope, status) in [
            ("read_user", 200),
            ("read_api", 200),
            ("read_repository", 403),
        ] {
            let user = case.gitlab.add_user("bob");
            let spec = TokenSpec::new(&user, "bobs").scopes([scope]);
            let token = case.gitlab.add_token(spec);
            let reply = get(&case.gitlab, &token, path);
            assert_eq!(reply.status, status, "{path} {scope}");
        }
    }
    case.gitlab.revoke_token(case.alices.id());
    assert_eq!(
        get(&case.gitlab, &case.alices, "/api/v4/user").json()["error"],
        "invalid_token"
    );
}

#[test]
fn a_slash_at_the_end_of_a_path_makes_no_difference() {
    let case = case();
    let id = case.alices.id();
    for path in [
        "/api/v4/user".to_owned(),
        "/api/v4/version".to_owned(),
        TOKENS.to_owned(),
        format!("{TOKENS}/self"),
        format!("{TOKENS}/{id}"),
        format!("{TOKENS}/self/associations"),
    ] {
        let without = get(&case.gitlab, &case.alices, &path);
        let with = get(&case.gitlab, &case.alices, &format!("{path}/"));
        assert_eq!((with.status, with.text()), (200, without.text()), "{path}");
    }
    let page = get(&case.gitlab, &case.alices, &format!("{TOKENS}/?per_page=1"));
    let link = page.header("link").expect("a link");
    assert!(
        link.contains("/personal_access_tokens?page=1&per_page=1>"),
        "{link}"
    );

    assert_eq!(
        Operation::of("POST", "/api/v4/personal_access_tokens/self/rotate/"),
        Some(Operation::RotateSelf)
    );
    let rotated = post(
        &case.gitlab,
        &case.alices,
        &format!("{TOKENS}/self/rotate/"),
    );
    assert_eq!(rotated.status, 200);
    get(&case.gitlab, &case.admins, &format!("{TOKENS}//"))
        .assert(400, r#"{"error":"id is invalid"}"#);
}
