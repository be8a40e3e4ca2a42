//! Revocation (facts, section 7).

use gitlab_pat_fake::{FakeGitLab, NewToken, TokenSpec, User, Visibility};
use jiff::civil::date;

use crate::client::{TOKENS, ask, delete};

const NOT_PERMITTED: &str = r#"{"message":"400 Bad request - Not permitted to revoke"}"#;

struct Case {
    gitlab: FakeGitLab,
    alice: User,
    alices: NewToken,
    bobs: NewToken,
    admins: NewToken,
}

fn case() -> Case {
    let gitlab = FakeGitLab::start().expect("a server");
    let alice = gitlab.add_user("alice");
    let alices = gitlab.add_token(TokenSpec::new(&alice, "alices"));
    let bobs = gitlab.add_token(TokenSpec::new(&gitlab.add_user("bob"), "bobs"));
    let admins = gitlab.add_token(TokenSpec::new(&gitlab.add_admin("root"), "admins"));
    Case {
        gitlab,
        alice,
        alices,
        bobs,
        admins,
    }
}

impl Case {
    #[track_caller]
    fn expect(&self, caller: &NewToken, target: &NewToken, status: u16, body: &str, revoked: bool) {
        delete(&self.gitlab, caller, &format!("{TOKENS}/{}", target.id())).assert(status, body);
        assert_eq!(
            self.gitlab.token(target.id()).expect("a token").revoked,
            revoked
        );
    }
}

#[test]
fn own_tokens_in_any_state() {
    let case = case();
    let spec = || TokenSpec::new(&case.alice, "own");
    case.expect(&case.alices, &case.gitlab.add_token(spec()), 204, "", true);
    case.expect(
        &case.alices,
        &case.gitlab.add_token(spec().revoked(true)),
        204,
        "",
        true,
    );
    case.expect(
        &case.alices,
        &case.gitlab.add_token(spec().expires_at(date(2026, 1, 1))),
        204,
        "",
        true,
    );
}

#[test]
fn only_administrators_revoke_other_tokens() {
    let case = case();
    case.expect(&case.alices, &case.bobs, 400, NOT_PERMITTED, false);
    case.expect(&case.admins, &case.bobs, 204, "", true);
    case.gitlab.configure(|settings| settings.version(17, 11));
    case.expect(
        &case.alices,
        &case.admins,
        400,
        r#"{"message":"400 Bad request"}"#,
        false,
    );
}

#[test]
fn only_administrators_revoke_impersonation_tokens() {
    let case = case();
    let token = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "impersonation").impersonation(true));
    case.expect(&case.alices, &token, 400, NOT_PERMITTED, false);
    delete(&case.gitlab, &token, &format!("{TOKENS}/self")).assert(400, NOT_PERMITTED);
    case.expect(&case.admins, &token, 204, "", true);
}

#[test]
fn an_unknown_id_is_not_found_for_any_caller() {
    let case = case();
    for caller in [&case.alices, &case.admins] {
        delete(&case.gitlab, caller, &format!("{TOKENS}/424242"))
            .assert(404, r#"{"message":"404 Not found"}"#);
    }
}

#[test]
fn owners_of_the_group_revoke_a_service_accounts_token() {
    let case = case();
    let group = case.gitlab.add_group("Group", None, Visibility::Private);
    let account = case.gitlab.add_service_account("service", &group);
    let token = || case.gitlab.add_token(TokenSpec::new(&account, "service"));
    let first = token();
    case.expect(&case.alices, &first, 400, NOT_PERMITTED, false);
    case.gitlab.add_group_member(&group, &case.alice, 40);
    case.expect(&case.alices, &first, 400, NOT_PERMITTED, false);
    case.gitlab.add_group_member(&group, &case.alice, 50);
    case.expect(&case.alices, &first, 204, "", true);
    case.gitlab.configure(|settings| settings.version(18, 11));
    case.expect(&case.alices, &token(), 400, NOT_PERMITTED, false);
}

#[test]
fn the_own_token_by_its_bearer() {
    let case = case();
    let own = format!("{TOKENS}/self");
    let reply = delete(&case.gitlab, &case.alices, &own);
    reply.assert(204, "");
    assert_eq!(
        (reply.header("content-length"), reply.header("content-type")),
        (None, None)
    );
    // Authentication precedes the operation. The second time the token is inactive, so the error is that it was revoked.
    let again = delete(&case.gitlab, &case.alices, &own);
    assert_eq!(
        (again.status, &again.json()["error"]),
        (401, &serde_json::json!("invalid_token"))
    );
}

#[test]
fn before_15_4_self_revocation_needs_the_scope() {
    let case = case();
    case.gitlab.configure(|settings| settings.version(15, 3));
    let weak = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "weak").scopes(["read_api"]));
    assert_eq!(
        delete(&case.gitlab, &weak, &format!("{TOKENS}/self")).status,
        403
    );
    case.gitlab.configure(|settings| settings.version(15, 4));
    assert_eq!(
        delete(&case.gitlab, &weak, &format!("{TOKENS}/self")).status,
        204
    );
}

#[test]
fn a_token_without_scopes_revokes_nothing() {
    let case = case();
    let none = case
        .gitlab
        .add_token(TokenSpec::new(&case.alice, "none").scopes(Vec::<String>::new()));
    assert_eq!(
        ask("DELETE", &format!("{TOKENS}/self"))
            .token(&none)
            .send(&case.gitlab)
            .status,
        403
    );
}
