//! Credentials: their places, their precedence, sudo, Admin Mode, records of use (facts, section 4).

use gitlab_pat_fake::{CredentialKind, FakeGitLab, NewToken, TokenSpec, User};
use jiff::SignedDuration;
use serde_json::json;

use crate::client::{TOKENS, ask, delete, get};

const UNAUTHORIZED: &str = r#"{"message":"401 Unauthorized"}"#;

fn instance() -> (FakeGitLab, User, NewToken) {
    let gitlab = FakeGitLab::start().expect("a server");
    let alice = gitlab.add_user("alice");
    let token = gitlab.add_token(TokenSpec::new(&alice, "alices"));
    (gitlab, alice, token)
}

#[test]
fn a_token_can_be_in_a_header_a_bearer_or_the_query() {
    let (gitlab, _, token) = instance();
    let own = format!("{TOKENS}/self");
    for request in [
        ask("GET", &own).header("private-token", token.secret()),
        ask("GET", &own).header("Authorization", &format!("Bearer {}", token.secret())),
        ask("GET", &own).header("authorization", &format!("bearer {}", token.secret())),
        ask("GET", &format!("{own}?private_token={}", token.secret())),
    ] {
        assert_eq!(request.send(&gitlab).json()["id"], token.id());
    }
    for request in [
        ask("GET", &own).header("Authorization", &format!("Basic {}", token.secret())),
        ask("GET", &own).header("JOB-TOKEN", token.secret()),
        ask("GET", &own).header("DEPLOY-TOKEN", token.secret()),
        ask("GET", &own).header("PRIVATE-TOKEN", ""),
    ] {
        request.send(&gitlab).assert(401, UNAUTHORIZED);
    }
}

#[test]
fn of_several_credentials_one_decides() {
    let (gitlab, alice, first) = instance();
    let second = gitlab.add_token(TokenSpec::new(&alice, "second"));
    let third = gitlab.add_token(TokenSpec::new(&alice, "third"));
    let bob = gitlab.add_user("bob");
    let bobs = gitlab.add_token(TokenSpec::new(&bob, "bobs"));
    let oauth = gitlab.add_oauth_token(&bob, ["api"]);
    let everything = |bearer: &str| {
        ask(
            "GET",
            &format!("{TOKENS}/self?private_token={}", first.secret()),
        )
        .header("PRIVATE-TOKEN", second.secret())
        .header("Authorization", &format!("Bearer {bearer}"))
    };
    assert_eq!(
        everything(third.secret()).send(&gitlab).json()["id"],
        first.id()
    );
    let mut without_query = everything(third.secret());
    without_query.target = format!("{TOKENS}/self");
    assert_eq!(without_query.send(&gitlab).json()["id"], second.id());
    // A bearer that is an OAuth token takes precedence over everything.
    assert_eq!(everything(oauth.secret()).send(&gitlab).status, 400);
    let mut list = everything(oauth.secret());
    list.target = TOKENS.to_owned();
    assert_eq!(list.send(&gitlab).ids(), [bobs.id()]);
    // A valid one after it does not repair an invalid one.
    let mut wrong = everything(third.secret());
    wrong.target = format!("{TOKENS}/self?private_token=unknown");
    wrong.send(&gitlab).assert(401, UNAUTHORIZED);
    // A job token in the header is ignored.
    let job = gitlab.add_job_token();
    let reply = ask("GET", &format!("{TOKENS}/self"))
        .header("PRIVATE-TOKEN", job.secret())
        .header("Authorization", &format!("Bearer {}", third.secret()))
        .send(&gitlab);
    assert_eq!(reply.json()["id"], third.id());
}

#[test]
fn an_oauth_token_in_the_query_works_by_id() {
    let (gitlab, alice, token) = instance();
    let oauth = gitlab.add_oauth_token(&alice, ["api"]);
    let query = format!("?access_token={}", oauth.secret());
    assert_eq!(
        ask("GET", &format!("{TOKENS}{query}")).send(&gitlab).ids(),
        [token.id()]
    );
    assert_eq!(
        ask("GET", &format!("{TOKENS}/self{query}"))
            .send(&gitlab)
            .status,
        400
    );
    assert_eq!(
        ask("DELETE", &format!("{TOKENS}/{}{query}", token.id()))
            .send(&gitlab)
            .status,
        204
    );
}

#[test]
fn a_session_reads_by_id_and_writes_with_its_second_secret() {
    let (gitlab, alice, token) = instance();
    let session = gitlab.add_session(&alice);
    let cookie = format!("theme=dark; _gitlab_session={}", session.cookie());
    let path = format!("{TOKENS}/{}", token.id());
    assert_eq!(
        ask("GET", &path)
            .header("Cookie", &cookie)
            .send(&gitlab)
            .status,
        200
    );
    assert_eq!(
        ask("GET", &format!("{TOKENS}/self"))
            .header("Cookie", &cookie)
            .send(&gitlab)
            .status,
        400
    );
    ask("DELETE", &path)
        .header("Cookie", &cookie)
        .send(&gitlab)
        .assert(401, UNAUTHORIZED);
    let written = ask("DELETE", &path)
        .header("Cookie", &cookie)
        .header("X-CSRF-Token", session.csrf_token());
    assert_eq!(written.send(&gitlab).status, 204);
}

#[test]
fn sudo_needs_an_administrator_a_scope_and_a_user() {
    let (gitlab, alice, token) = instance();
    let root = gitlab.add_admin("root");
    let plain = gitlab.add_token(TokenSpec::new(&root, "plain"));
    let mighty = gitlab.add_token(TokenSpec::new(&root, "mighty").scopes(["api", "sudo"]));
    let list = |token: &NewToken, who: &str| {
        ask("GET", TOKENS)
            .token(token)
            .header("Sudo", who)
            .send(&gitlab)
    };
    list(&token, "root").assert(
        403,
        r#"{"message":"403 Forbidden - Must be admin to use sudo"}"#,
    );
    assert_eq!(list(&plain, "alice").json()["scope"], "sudo");
    list(&mighty, "123").assert(
        404,
        r#"{"message":"404 User with ID or username '123' Not Found"}"#,
    );
    assert_eq!(list(&mighty, "alice").ids(), [token.id()]);
    assert_eq!(list(&mighty, &alice.id().to_string()).ids(), [token.id()]);
    assert_eq!(
        get(&gitlab, &mighty, &format!("{TOKENS}?sudo=alice")).ids(),
        [token.id()]
    );
    let session = gitlab.add_session(&root);
    ask("GET", TOKENS)
        .header("Cookie", &format!("_gitlab_session={}", session.cookie()))
        .header("Sudo", "alice")
        .send(&gitlab)
        .assert(
            403,
            r#"{"message":"403 Forbidden - Must be authenticated using an OAuth or personal access token to use sudo"}"#,
        );
}

#[test]
fn admin_mode_makes_an_administrator_a_user_without_its_scope() {
    let (gitlab, _, alices) = instance();
    gitlab.configure(|settings| settings.admin_mode(true));
    let root = gitlab.add_admin("root");
    let without = gitlab.add_token(TokenSpec::new(&root, "without"));
    let with = gitlab.add_token(TokenSpec::new(&root, "with").scopes(["api", "admin_mode"]));
    assert_eq!(
        get(&gitlab, &without, TOKENS).ids(),
        [without.id(), with.id()]
    );
    get(&gitlab, &without, &format!("{TOKENS}/424242")).assert(401, UNAUTHORIZED);
    assert_eq!(
        delete(&gitlab, &without, &format!("{TOKENS}/{}", alices.id())).status,
        400
    );
    assert_eq!(
        get(&gitlab, &with, TOKENS).ids(),
        [alices.id(), without.id(), with.id()]
    );
    get(&gitlab, &with, &format!("{TOKENS}/424242")).assert(404, r#"{"message":"404 Not Found"}"#);
}

#[test]
fn the_time_of_use_is_recorded_every_ten_minutes_and_an_address_every_minute() {
    let (gitlab, _, token) = instance();
    let used = || get(&gitlab, &token, &format!("{TOKENS}/self")).json();
    assert_eq!(used()["last_used_at"], "2026-12-01T09:00:00.000Z");
    gitlab.advance(SignedDuration::from_secs(599));
    assert_eq!(used()["last_used_at"], "2026-12-01T09:00:00.000Z");
    gitlab.advance(SignedDuration::from_secs(1));
    assert_eq!(used()["last_used_at"], "2026-12-01T09:10:00.000Z");

    for number in 1..=5 {
        gitlab.configure(|settings| settings.client_ip(&format!("192.0.2.{number}")));
        gitlab.advance(SignedDuration::from_secs(60));
        used();
    }
    let addresses = json!([
        "192.0.2.1",
        "192.0.2.2",
        "192.0.2.3",
        "192.0.2.4",
        "192.0.2.5"
    ]);
    assert_eq!(used()["last_used_ips"], addresses);
    gitlab.configure(|settings| settings.client_ip("2001:db8::7"));
    assert_eq!(used()["last_used_ips"], addresses);
    gitlab.configure(|settings| settings.usage_tracking(false));
    gitlab.advance(SignedDuration::from_hours(1));
    assert_eq!(used()["last_used_ips"], addresses);
}

#[test]
fn old_versions_record_the_time_of_use_once_a_day() {
    let (gitlab, _, token) = instance();
    gitlab.configure(|settings| settings.version(16, 0));
    let used = || get(&gitlab, &token, &format!("{TOKENS}/self")).json()["last_used_at"].clone();
    assert_eq!(used(), "2026-12-01T09:00:00.000Z");
    gitlab.advance(SignedDuration::from_hours(23));
    assert_eq!(used(), "2026-12-01T09:00:00.000Z");
    gitlab.advance(SignedDuration::from_hours(1));
    assert_eq!(used(), "2026-12-02T09:00:00.000Z");
}

#[test]
fn a_rejected_credential_is_not_recorded_as_used() {
    let (gitlab, alice, _) = instance();
    let weak = gitlab.add_token(TokenSpec::new(&alice, "weak").scopes(["read_user"]));
    assert_eq!(get(&gitlab, &weak, TOKENS).status, 403);
    assert_eq!(gitlab.token(weak.id()).expect("it").last_used_at, None);
}

#[test]
fn every_credential_of_a_request_is_recorded() {
    let (gitlab, _, token) = instance();
    ask(
        "GET",
        &format!("{TOKENS}?private_token=a%2Bb&access_token=c&job_token=d"),
    )
    .token(&token)
    .header("Authorization", "Bearer e")
    .header("authorization", "Basic f")
    .header("Job-Token", "g")
    .header("Deploy-Token", "h")
    .header("Cookie", "_gitlab_session=i")
    .send(&gitlab);
    let requests = gitlab.requests();
    let seen: Vec<_> = requests[0]
        .credentials()
        .iter()
        .map(|seen| (seen.kind(), seen.value().to_owned()))
        .collect();
    let expected = [
        (CredentialKind::PrivateToken, token.secret()),
        (CredentialKind::Bearer, "e"),
        (CredentialKind::OtherAuthorization, "f"),
        (CredentialKind::JobToken, "g"),
        (CredentialKind::DeployToken, "h"),
        (CredentialKind::Cookie, "_gitlab_session=i"),
        (CredentialKind::PrivateTokenQuery, "a+b"),
        (CredentialKind::AccessTokenQuery, "c"),
        (CredentialKind::JobTokenQuery, "d"),
    ];
    assert_eq!(seen, expected.map(|(kind, value)| (kind, value.to_owned())));
    assert!(requests[0].carries(token.secret()) && requests[0].carries("a+b"));
    assert!(!requests[0].carries("glpat-unknown"));
}

#[test]
fn nothing_prints_a_secret() {
    let (gitlab, alice, token) = instance();
    let spec = TokenSpec::new(&alice, "x").secret("my-own-secret");
    let session = gitlab.add_session(&alice);
    let oauth = gitlab.add_oauth_token(&alice, ["api"]);
    ask(
        "POST",
        &format!("{TOKENS}?private_token={}", token.secret()),
    )
    .token(&token)
    .body("text/plain", token.secret())
    .send(&gitlab);
    let requests = gitlab.requests();
    let printed = format!(
        "{gitlab:?} {token:?} {spec:?} {session:?} {oauth:?} {requests:?} {:?}",
        requests[0].credentials()
    );
    for secret in [
        token.secret(),
        "my-own-secret",
        session.cookie(),
        session.csrf_token(),
        oauth.secret(),
    ] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
