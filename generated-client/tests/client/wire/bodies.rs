//! Request bodies: omitted and nested members.

use gitlab_pat::types::{GranularAccess, GranularScopeRequest, TokenScope};

use super::{assert_sent, with_body};
use crate::support::exchange;

/// Creates a request for granular scopes with all members.
pub(super) fn granular_scope() -> GranularScopeRequest {
    let mut scope =
        GranularScopeRequest::new(GranularAccess::SelectedMemberships, ["read_job".to_owned()]);
    scope.project_ids = Some(vec![3_000_000_001, 2]);
    scope.group_ids = Some(vec![5]);
    scope
}

/// The server rejects `scopes` beside `granular_scopes`, even if it is empty.
#[test]
fn scopes_are_omitted_beside_granular_scopes() {
    let body = r#"{"name":"fg","granular_scopes":[{"access":"user","permissions":["read_personal_access_token"]}]}"#;
    assert_sent(&[
        (
            exchange!("create_for_current_user", |tokens| tokens
                .create_for_current_user("fg", [])
                .granular_scopes([user_scope()])),
            with_body("POST /api/v4/user/personal_access_tokens", body),
        ),
        (
            exchange!("create_for_user", |tokens| tokens
                .create_for_user(9, "fg", [])
                .granular_scopes([user_scope()])),
            with_body("POST /api/v4/users/9/personal_access_tokens", body),
        ),
    ]);
}

fn user_scope() -> GranularScopeRequest {
    GranularScopeRequest::new(
        GranularAccess::User,
        ["read_personal_access_token".to_owned()],
    )
}

#[test]
fn an_empty_list_that_has_a_meaning_is_sent() {
    assert_sent(&[(
        exchange!("no permission at all", |tokens| tokens
            .create_for_user(9, "fg", [])
            .granular_scopes([GranularScopeRequest::new(
                GranularAccess::User,
                []
            )])),
        with_body(
            "POST /api/v4/users/9/personal_access_tokens",
            r#"{"name":"fg","granular_scopes":[{"access":"user","permissions":[]}]}"#,
        ),
    )]);
}

#[test]
fn json_escapes_only_what_it_must() {
    assert_sent(&[(
        exchange!("awkward texts", |tokens| tokens
            .create_for_user(9, "a \"b\" \\ ü 🦊", ["a scope of tomorrow"])
            .description("line\nbreak\t\u{1}")),
        with_body(
            "POST /api/v4/users/9/personal_access_tokens",
            r#"{"name":"a \"b\" \\ ü 🦊","description":"line\nbreak\t\u0001","scopes":["a scope of tomorrow"]}"#,
        ),
    )]);
}

/// No form needs a type annotation.
#[test]
fn a_list_of_scopes_can_have_any_form() {
    let body = r#"{"name":"ci","scopes":["api","read_user"]}"#;
    let row = |exchange| {
        (
            exchange,
            with_body("POST /api/v4/users/9/personal_access_tokens", body),
        )
    };
    assert_sent(&[
        row(exchange!("texts", |tokens| tokens.create_for_user(
            9,
            "ci",
            ["api", "read_user"]
        ))),
        row(exchange!("scopes", |tokens| tokens.create_for_user(
            9,
            "ci",
            [TokenScope::Api, TokenScope::ReadUser]
        ))),
        row(exchange!("a vector", |tokens| tokens.create_for_user(
            9,
            "ci",
            vec!["api".to_owned(), "read_user".to_owned()]
        ))),
        row(exchange!("a slice", |tokens| {
            let scopes = vec![TokenScope::Api, TokenScope::ReadUser];
            tokens.create_for_user(9, "ci", scopes.as_slice())
        })),
        row(exchange!("an iterator", |tokens| tokens.create_for_user(
            9,
            "ci",
            "api read_user".split(' ')
        ))),
    ]);
}
