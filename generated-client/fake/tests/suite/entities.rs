//! Tokens as JSON, byte for byte, in each version (facts, sections 2.1 to 2.7).

use gitlab_pat_fake::{FakeGitLab, GranularScope, NewToken, TokenSpec};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::client::{TOKENS, get, post};

/// The token of the examples, and an administrator's token that reads it.
fn instance(major: u16, minor: u16) -> (FakeGitLab, NewToken, NewToken) {
    let settings = FakeGitLab::builder()
        .version(major, minor)
        .now("2024-06-02T08:00:00Z".parse().expect("a moment"));
    let gitlab = settings.start().expect("a server");
    let alice = gitlab.add_user("alice");
    let nightly = gitlab.add_token(
        TokenSpec::new(&alice, "nightly")
            .id(71)
            .description("CI nightly job")
            .scopes(["api", "read_repository"])
            .created_at("2024-03-05T09:12:44.318Z".parse().expect("a moment"))
            .last_used_at("2024-06-01T02:00:11.904Z".parse().expect("a moment"))
            .last_used_ips(["192.0.2.10", "2001:db8::7"])
            .expires_at(date(2025, 3, 5)),
    );
    let reader = gitlab.add_token(TokenSpec::new(&gitlab.add_admin("root"), "reader").id(100));
    (gitlab, nightly, reader)
}

#[test]
fn a_list_item_of_18() {
    let (gitlab, _, reader) = instance(18, 0);
    get(&gitlab, &reader, &format!("{TOKENS}?search=nightly")).assert(
        200,
        "[{\"id\":71,\"name\":\"nightly\",\"revoked\":false,\"created_at\":\"2024-03-05T09:12:44.318Z\",\
         \"description\":\"CI nightly job\",\"scopes\":[\"api\",\"read_repository\"],\"user_id\":11,\
         \"last_used_at\":\"2024-06-01T02:00:11.904Z\",\"active\":true,\"expires_at\":\"2025-03-05\"}]",
    );
}

#[test]
fn a_single_token_of_18() {
    let (gitlab, _, reader) = instance(18, 0);
    get(&gitlab, &reader, &format!("{TOKENS}/71")).assert(
        200,
        "{\"id\":71,\"name\":\"nightly\",\"revoked\":false,\"created_at\":\"2024-03-05T09:12:44.318Z\",\
         \"description\":\"CI nightly job\",\"scopes\":[\"api\",\"read_repository\"],\"user_id\":11,\
         \"last_used_at\":\"2024-06-01T02:00:11.904Z\",\"active\":true,\"expires_at\":\"2025-03-05\",\
         \"last_used_ips\":[\"192.0.2.10\",\"2001:db8::7\"]}",
    );
}

#[test]
fn a_rotated_token_of_18() {
    let (gitlab, _, reader) = instance(18, 0);
    let reply = post(&gitlab, &reader, &format!("{TOKENS}/71/rotate"));
    let secret = reply.json()["token"].as_str().expect("a secret").to_owned();
    assert!(
        secret.starts_with("glpat-") && secret.len() == 26,
        "{secret}"
    );
    reply.assert(
        200,
        &format!(
            "{{\"id\":1001,\"name\":\"nightly\",\"revoked\":false,\"created_at\":\"2024-06-02T08:00:00.000Z\",\
             \"description\":\"CI nightly job\",\"scopes\":[\"api\",\"read_repository\"],\"user_id\":11,\
             \"last_used_at\":null,\"active\":true,\"expires_at\":\"2024-06-09\",\"token\":\"{secret}\"}}"
        ),
    );
}

#[test]
fn a_single_token_of_19_6() {
    let (gitlab, _, reader) = instance(19, 6);
    get(&gitlab, &reader, &format!("{TOKENS}/71")).assert(
        200,
        "{\"id\":71,\"name\":\"nightly\",\"revoked\":false,\"created_at\":\"2024-03-05T09:12:44.318Z\",\
         \"description\":\"CI nightly job\",\"scopes\":[\"api\",\"read_repository\"],\"user_id\":11,\
         \"last_used_at\":\"2024-06-01T02:00:11.904Z\",\"last_used_ips\":[\"192.0.2.10\",\"2001:db8::7\"],\
         \"active\":true,\"granular\":false,\"expires_at\":\"2025-03-05\"}",
    );
}

#[test]
fn a_fine_grained_token_of_19_6() {
    let (gitlab, _, reader) = instance(19, 6);
    let alice = gitlab.add_user("carol");
    let user = GranularScope::new("user", ["read_personal_access_token"]);
    let jobs = GranularScope::new("selected_memberships", ["read_job"]);
    let spec = TokenSpec::new(&alice, "fg")
        .id(210)
        .description("")
        .granular(user)
        .granular(jobs.project(3));
    gitlab.add_token(spec.expires_at(date(2025, 5, 31)));
    get(&gitlab, &reader, &format!("{TOKENS}/210")).assert(
        200,
        "{\"id\":210,\"name\":\"fg\",\"revoked\":false,\"created_at\":\"2024-06-02T08:00:00.000Z\",\
         \"description\":\"\",\"scopes\":[\"granular\"],\"user_id\":13,\"last_used_at\":null,\"last_used_ips\":[],\
         \"active\":true,\"granular\":true,\"expires_at\":\"2025-05-31\",\"granular_scopes\":[{\"access\":\"user\",\
         \"permissions\":[\"read_personal_access_token\"],\"project_id\":null,\"group_id\":null},\
         {\"access\":\"selected_memberships\",\"permissions\":[\"read_job\"],\"project_id\":3,\"group_id\":null}]}",
    );
}

#[test]
fn a_token_of_an_old_server_has_only_the_core() {
    let (gitlab, _, reader) = instance(14, 0);
    get(&gitlab, &reader, &format!("{TOKENS}?user_id=11")).assert(
        200,
        "[{\"id\":71,\"name\":\"nightly\",\"revoked\":false,\"created_at\":\"2024-03-05T09:12:44.318Z\",\
         \"scopes\":[\"api\",\"read_repository\"],\"user_id\":11,\"active\":true,\"expires_at\":\"2025-03-05\"}]",
    );
}

#[test]
fn old_servers_lack_operations_and_filters() {
    let (gitlab, nightly, _) = instance(14, 0);
    for (path, since) in [
        ("/71", (15, 1)),
        ("/self", (15, 5)),
        ("/self/associations", (17, 4)),
    ] {
        let path = format!("{TOKENS}{path}");
        gitlab.configure(|settings| settings.version(since.0, since.1));
        assert_eq!(get(&gitlab, &nightly, &path).status, 200, "{path}");
    }
    gitlab.configure(|settings| settings.version(17, 3));
    assert_eq!(
        get(&gitlab, &nightly, &format!("{TOKENS}/self/associations")).status,
        404
    );
    gitlab.configure(|settings| settings.version(15, 4));
    assert_eq!(
        get(&gitlab, &nightly, &format!("{TOKENS}?state=asdf")).ids(),
        [71]
    );
    assert_eq!(
        get(&gitlab, &nightly, &format!("{TOKENS}/self")).status,
        405
    );
    gitlab.configure(|settings| settings.version(15, 11));
    assert_eq!(
        post(&gitlab, &nightly, &format!("{TOKENS}/71/rotate")).status,
        404
    );
    assert_eq!(gitlab.token(71).map(|token| token.revoked), Some(false));
}

#[test]
fn nulls_and_unknown_fields_can_be_set() {
    let (gitlab, _, reader) = instance(19, 6);
    let alice = gitlab.add_user("carol");
    gitlab.add_token(
        TokenSpec::new(&alice, "odd")
            .id(5_000_000_000)
            .scopes(["api", "scope_of_tomorrow"])
            .json_override("revoked", Value::Null)
            .json_override("quantum", json!({"entangled": true}))
            .json_without("granular"),
    );
    get(&gitlab, &reader, &format!("{TOKENS}?search=odd")).assert(
        200,
        "[{\"id\":5000000000,\"name\":\"odd\",\"revoked\":null,\"created_at\":\"2024-06-02T08:00:00.000Z\",\
         \"description\":null,\"scopes\":[\"api\",\"scope_of_tomorrow\"],\"user_id\":13,\"last_used_at\":null,\
         \"last_used_ips\":[],\"active\":true,\"expires_at\":null,\"quantum\":{\"entangled\":true}}]",
    );
}

#[test]
fn a_revoked_token_is_listed_and_not_active() {
    let (gitlab, _, reader) = instance(19, 6);
    gitlab.revoke_token(71);
    let body = get(&gitlab, &reader, &format!("{TOKENS}/71")).json();
    assert_eq!(
        (&body["revoked"], &body["active"]),
        (&json!(true), &json!(false))
    );
}
