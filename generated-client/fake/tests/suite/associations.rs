//! The groups and projects that a token can access (facts, section 2.5).

use gitlab_pat_fake::{FakeGitLab, NewToken, TokenSpec, User, Visibility};
use serde_json::{Value, json};

use crate::client::{Reply, TOKENS, get};

fn instance() -> (FakeGitLab, User, NewToken) {
    let settings = FakeGitLab::builder().external_url("https://gitlab.example.com");
    let gitlab = settings.start().expect("a server");
    let alice = gitlab.add_user("alice");
    let token = gitlab.add_token(TokenSpec::new(&alice, "alices").scopes(["read_user"]));
    (gitlab, alice, token)
}

fn associations(gitlab: &FakeGitLab, token: &NewToken, query: &str) -> Reply {
    get(gitlab, token, &format!("{TOKENS}/self/associations{query}"))
}

fn ids(reply: &Reply, list: &str) -> Vec<i64> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let body: Value = reply.json();
    body[list]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| item["id"].as_i64().expect("an id"))
        .collect()
}

#[test]
fn a_user_without_memberships_has_two_empty_lists() {
    let (gitlab, _, token) = instance();
    associations(&gitlab, &token, "").assert(200, r#"{"groups":[],"projects":[]}"#);
}

#[test]
fn the_shape_of_groups_and_projects() {
    let (gitlab, alice, token) = instance();
    let group = gitlab.add_group("Outer Ring", None, Visibility::Internal);
    let project = gitlab.add_project("Big Tool", &group, Visibility::Private);
    let personal = gitlab.add_personal_project("notes", &alice, Visibility::Public);
    gitlab.add_group_member(&group, &alice, 30);
    let (group, project, personal, alice) = (group.id(), project.id(), personal.id(), alice.id());
    let base = "https://gitlab.example.com";
    let expected = [
        format!("{{\"groups\":[{{\"id\":{group},\"web_url\":\"{base}/groups/outer-ring\",\"name\":\"Outer Ring\","),
        "\"parent_id\":null,\"organization_id\":1,\"access_levels\":30,\"visibility\":\"internal\"}],".to_owned(),
        format!("\"projects\":[{{\"id\":{project},\"description\":null,\"name\":\"Big Tool\","),
        "\"name_with_namespace\":\"Outer Ring / Big Tool\",\"path\":\"big-tool\",".to_owned(),
        "\"path_with_namespace\":\"outer-ring/big-tool\",\"created_at\":\"2026-12-01T09:00:00.000Z\",".to_owned(),
        "\"access_levels\":{\"project_access_level\":null,\"group_access_level\":30},\"visibility\":\"private\",".to_owned(),
        format!("\"web_url\":\"{base}/outer-ring/big-tool\",\"namespace\":{{\"id\":{group},\"name\":\"Outer Ring\","),
        "\"path\":\"outer-ring\",\"kind\":\"group\",\"full_path\":\"outer-ring\",\"parent_id\":null,".to_owned(),
        format!("\"avatar_url\":null,\"web_url\":\"{base}/groups/outer-ring\"}}}},"),
        format!("{{\"id\":{personal},\"description\":null,\"name\":\"notes\",\"name_with_namespace\":\"alice / notes\","),
        "\"path\":\"notes\",\"path_with_namespace\":\"alice/notes\",\"created_at\":\"2026-12-01T09:00:00.000Z\",".to_owned(),
        "\"access_levels\":{\"project_access_level\":50,\"group_access_level\":null},\"visibility\":\"public\",".to_owned(),
        format!("\"web_url\":\"{base}/alice/notes\",\"namespace\":{{\"id\":{alice},\"name\":\"alice\",\"path\":\"alice\","),
        "\"kind\":\"user\",\"full_path\":\"alice\",\"parent_id\":null,\"avatar_url\":null,".to_owned(),
        format!("\"web_url\":\"{base}/alice\"}}}}]}}"),
    ];
    associations(&gitlab, &token, "").assert(200, &expected.concat());
}

#[test]
fn membership_includes_subgroups_and_no_siblings() {
    let (gitlab, alice, token) = instance();
    let group = gitlab.add_group("a", None, Visibility::Private);
    let inner = gitlab.add_group("b", Some(&group), Visibility::Private);
    let other = gitlab.add_group("c", None, Visibility::Private);
    let deep = gitlab.add_project("deep", &inner, Visibility::Private);
    gitlab.add_project("foreign", &other, Visibility::Private);
    gitlab.add_group_member(&group, &alice, 30);
    assert_eq!(inner.full_path(), "a/b");
    let reply = associations(&gitlab, &token, "");
    assert_eq!(ids(&reply, "groups"), [group.id(), inner.id()]);
    assert_eq!(ids(&reply, "projects"), [deep.id()]);
    assert_eq!(reply.json()["groups"][1]["parent_id"], group.id());
}

#[test]
fn a_request_can_have_a_minimum_access_level() {
    let (gitlab, alice, token) = instance();
    let group = gitlab.add_group("a", None, Visibility::Private);
    let project = gitlab.add_project("p", &group, Visibility::Private);
    gitlab.add_group_member(&group, &alice, 30);
    gitlab.add_project_member(&project, &alice, 40);
    let reply = associations(&gitlab, &token, "?min_access_level=40");
    assert_eq!(
        (ids(&reply, "groups"), ids(&reply, "projects")),
        (vec![], vec![project.id()])
    );
    let access = &reply.json()["projects"][0]["access_levels"];
    assert_eq!(
        access,
        &json!({"project_access_level": 40, "group_access_level": 30})
    );
    assert_eq!(
        ids(
            &associations(&gitlab, &token, "?min_access_level=25"),
            "groups"
        ),
        [group.id()]
    );
    associations(&gitlab, &token, "?min_access_level=35").assert(
        400,
        r#"{"error":"min_access_level does not have a valid value"}"#,
    );
    associations(&gitlab, &token, "?min_access_level=x")
        .assert(400, r#"{"error":"min_access_level is invalid"}"#);
}

#[test]
fn both_lists_are_paged_together_and_the_headers_describe_projects() {
    let (gitlab, alice, token) = instance();
    let groups: Vec<_> = (0..3)
        .map(|number| gitlab.add_group(&format!("g{number}"), None, Visibility::Private))
        .collect();
    for group in &groups {
        gitlab.add_group_member(group, &alice, 50);
    }
    let project = gitlab.add_project("only", &groups[0], Visibility::Private);
    let first = associations(&gitlab, &token, "?per_page=2");
    assert_eq!(
        (ids(&first, "groups").len(), ids(&first, "projects")),
        (2, vec![project.id()])
    );
    assert_eq!(
        (first.header("x-total"), first.header("x-next-page")),
        (Some("1"), Some(""))
    );
    let second = associations(&gitlab, &token, "?per_page=2&page=2");
    assert_eq!(
        (ids(&second, "groups"), ids(&second, "projects")),
        (vec![groups[2].id()], vec![])
    );
    let link = second.header("link").expect("links");
    assert!(
        link.contains("/api/v4/personal_access_tokens/self/associations?page=1&per_page=2>"),
        "{link}"
    );
}
