//! Each operation, once with all its inputs and once with as few as possible.

use gitlab_pat::types::{AccessLevel, TokenScope, TokenSort, TokenState};
use jiff::Timestamp;
use jiff::civil::date;

use super::{Row, assert_sent, bare, with_body};
use crate::support::exchange;

/// Every row: a name that begins with the operation's, the call, and the request.
pub(super) fn rows() -> Vec<Row> {
    [reading(), revoking(), rotating(), creating()].concat()
}

#[test]
fn reading_operations() {
    assert_sent(&reading());
}

#[test]
fn revoking_operations() {
    assert_sent(&revoking());
}

#[test]
fn rotations_have_a_body_only_with_a_setter() {
    assert_sent(&rotating());
}

#[test]
fn creating_operations() {
    assert_sent(&creating());
}

/// An id with more than 32 bits, as GitLab's may have.
const ID: i64 = 3_000_000_042;

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

fn reading() -> Vec<Row> {
    vec![
        (
            exchange!("list, plain", |tokens| tokens.list()),
            bare("GET /api/v4/personal_access_tokens"),
        ),
        (
            exchange!("list, everything, set in another order", |tokens| tokens
                .list()
                .per_page(100)
                .page(2)
                .sort(TokenSort::CreatedDesc)
                .search("ci")
                .expires_after(date(2024, 1, 2))
                .expires_before(date(2024, 12, 31))
                .last_used_after(moment("2023-05-06T07:08:09Z"))
                .last_used_before(moment("2023-06-06T07:08:09Z"))
                .created_after(moment("2022-01-01T00:00:00Z"))
                .created_before(moment("2022-01-31T23:59:59.5Z"))
                .state(TokenState::Active)
                .revoked(false)
                .user_id(ID)),
            bare(concat!(
                "GET /api/v4/personal_access_tokens?user_id=3000000042&revoked=false&state=active",
                "&created_before=2022-01-31T23%3A59%3A59.5Z&created_after=2022-01-01T00%3A00%3A00Z",
                "&last_used_before=2023-06-06T07%3A08%3A09Z&last_used_after=2023-05-06T07%3A08%3A09Z",
                "&expires_before=2024-12-31&expires_after=2024-01-02&search=ci&sort=created_desc",
                "&page=2&per_page=100",
            )),
        ),
        (
            exchange!("get", |tokens| tokens.get(ID)),
            bare("GET /api/v4/personal_access_tokens/3000000042"),
        ),
        (
            exchange!("get_self", |tokens| tokens.get_self()),
            bare("GET /api/v4/personal_access_tokens/self"),
        ),
        (
            exchange!("associations_self, plain", |tokens| tokens
                .associations_self()),
            bare("GET /api/v4/personal_access_tokens/self/associations"),
        ),
        (
            exchange!("associations_self, everything", |tokens| tokens
                .associations_self()
                .min_access_level(AccessLevel::SecurityManager)
                .page(3)
                .per_page(7)),
            bare(
                "GET /api/v4/personal_access_tokens/self/associations?min_access_level=25&page=3&per_page=7",
            ),
        ),
    ]
}

fn revoking() -> Vec<Row> {
    vec![
        (
            exchange!("revoke", |tokens| tokens.revoke(ID)),
            bare("DELETE /api/v4/personal_access_tokens/3000000042"),
        ),
        (
            exchange!("revoke_self", |tokens| tokens.revoke_self()),
            bare("DELETE /api/v4/personal_access_tokens/self"),
        ),
    ]
}

fn rotating() -> Vec<Row> {
    vec![
        (
            exchange!("rotate, plain", |tokens| tokens.rotate(ID)),
            bare("POST /api/v4/personal_access_tokens/3000000042/rotate"),
        ),
        (
            exchange!("rotate, everything", |tokens| tokens
                .rotate(ID)
                .expires_at(date(2027, 1, 31))),
            with_body(
                "POST /api/v4/personal_access_tokens/3000000042/rotate",
                r#"{"expires_at":"2027-01-31"}"#,
            ),
        ),
        (
            exchange!("rotate_self, plain", |tokens| tokens.rotate_self()),
            bare("POST /api/v4/personal_access_tokens/self/rotate"),
        ),
        (
            exchange!("rotate_self, everything", |tokens| tokens
                .rotate_self()
                .expires_at(date(2027, 1, 31))),
            with_body(
                "POST /api/v4/personal_access_tokens/self/rotate",
                r#"{"expires_at":"2027-01-31"}"#,
            ),
        ),
    ]
}

fn creating() -> Vec<Row> {
    vec![
        (
            exchange!("create_for_current_user, plain", |tokens| tokens
                .create_for_current_user("k8s", [TokenScope::K8sProxy])),
            with_body(
                "POST /api/v4/user/personal_access_tokens",
                r#"{"name":"k8s","scopes":["k8s_proxy"]}"#,
            ),
        ),
        (
            exchange!("create_for_current_user, everything", |tokens| tokens
                .create_for_current_user("k8s", [TokenScope::K8sProxy, TokenScope::SelfRotate])
                .description("for the cluster")
                .expires_at(date(2027, 1, 31))
                .granular_scopes([super::bodies::granular_scope()])),
            with_body(
                "POST /api/v4/user/personal_access_tokens",
                concat!(
                    r#"{"name":"k8s","description":"for the cluster","expires_at":"2027-01-31","#,
                    r#""granular_scopes":[{"access":"selected_memberships","permissions":["read_job"],"#,
                    r#""project_ids":[3000000001,2],"group_ids":[5]}],"scopes":["k8s_proxy","self_rotate"]}"#,
                ),
            ),
        ),
        (
            exchange!("create_for_user, plain", |tokens| tokens.create_for_user(
                ID,
                "nightly",
                [TokenScope::Api, TokenScope::ReadUser]
            )),
            with_body(
                "POST /api/v4/users/3000000042/personal_access_tokens",
                r#"{"name":"nightly","scopes":["api","read_user"]}"#,
            ),
        ),
        (
            exchange!("create_for_user, everything", |tokens| tokens
                .create_for_user(ID, "nightly", [TokenScope::Api])
                .description("by hand")
                .expires_at(date(2027, 1, 31))
                .granular_scopes([super::bodies::granular_scope()])),
            with_body(
                "POST /api/v4/users/3000000042/personal_access_tokens",
                concat!(
                    r#"{"name":"nightly","description":"by hand","expires_at":"2027-01-31","scopes":["api"],"#,
                    r#""granular_scopes":[{"access":"selected_memberships","permissions":["read_job"],"#,
                    r#""project_ids":[3000000001,2],"group_ids":[5]}]}"#,
                ),
            ),
        ),
    ]
}
