//! Rate limits (facts, section 5).

use gitlab_pat_fake::{FakeGitLab, NewToken, Settings, TokenSpec};
use jiff::SignedDuration;

use crate::client::{Reply, TOKENS, ask, get};

fn instance(settings: Settings) -> (FakeGitLab, NewToken) {
    let gitlab = settings.start().expect("a server");
    let alice = gitlab.add_user("alice");
    let token = gitlab.add_token(TokenSpec::new(&alice, "ci"));
    (gitlab, token)
}

fn limits(reply: &Reply) -> Vec<Option<&str>> {
    let names = [
        "Limit",
        "Name",
        "Observed",
        "Remaining",
        "Reset",
        "ResetTime",
    ];
    let mut limits: Vec<_> = names
        .iter()
        .map(|name| reply.header(&format!("RateLimit-{name}")))
        .collect();
    limits.push(reply.header("Retry-After"));
    limits
}

#[test]
fn the_request_after_the_last_one_is_rejected_until_the_window_ends() {
    // 7 in 90 seconds are 4.67 per minute. The window began at 09:00:00.
    let (gitlab, token) = instance(
        FakeGitLab::builder()
            .throttle(7, 90)
            .now("2026-12-01T09:00:10Z".parse().expect("a moment")),
    );
    for _ in 0..7 {
        let reply = get(&gitlab, &token, TOKENS);
        assert_eq!((reply.status, limits(&reply)), (200, vec![None; 7]));
    }
    let rejected = get(&gitlab, &token, TOKENS);
    rejected.assert(429, "Retry later\n");
    assert_eq!(rejected.header("content-type"), Some("text/plain"));
    let reset = "2026-12-01T09:01:30Z"
        .parse::<jiff::Timestamp>()
        .expect("a moment")
        .as_second();
    let wait = reset - gitlab.now().as_second();
    assert_eq!(
        limits(&rejected),
        [
            Some("5"),
            Some("throttle_authenticated_api"),
            Some("8"),
            Some("0"),
            Some(reset.to_string().as_str()),
            Some("Tue, 01 Dec 2026 09:01:30 GMT"),
            Some(wait.to_string().as_str()),
        ]
    );
    gitlab.advance(SignedDuration::from_secs(wait));
    assert_eq!(get(&gitlab, &token, TOKENS).status, 200);
}

#[test]
fn every_response_can_have_the_limit() {
    let (gitlab, token) = instance(FakeGitLab::builder().rate_limit_headers(true));
    let reply = get(&gitlab, &token, TOKENS);
    let reset = "2026-12-01T09:01:00Z"
        .parse::<jiff::Timestamp>()
        .expect("a moment")
        .as_second()
        .to_string();
    let expected = [
        Some("2000"),
        Some("throttle_authenticated_api"),
        Some("1"),
        Some("1999"),
        Some(reset.as_str()),
        None,
        None,
    ];
    assert_eq!(limits(&reply), expected);
    let anonymous = ask("GET", TOKENS).send(&gitlab);
    assert_eq!(
        (anonymous.status, anonymous.header("ratelimit-name")),
        (401, Some("throttle_unauthenticated_api"))
    );
}

#[test]
fn users_are_counted_individually_and_anonymous_requests_by_address() {
    let (gitlab, alices) = instance(FakeGitLab::builder().throttle(1, 60));
    let bobs = gitlab.add_token(TokenSpec::new(&gitlab.add_user("bob"), "bobs"));
    assert_eq!(get(&gitlab, &alices, TOKENS).status, 200);
    assert_eq!(get(&gitlab, &bobs, TOKENS).status, 200);
    assert_eq!(ask("GET", TOKENS).send(&gitlab).status, 401);
    assert_eq!(ask("GET", TOKENS).send(&gitlab).status, 429);
    gitlab.configure(|settings| settings.client_ip("192.0.2.2"));
    assert_eq!(ask("GET", TOKENS).send(&gitlab).status, 401);
    assert_eq!(get(&gitlab, &alices, TOKENS).status, 429);
    gitlab.configure(Settings::no_throttle);
    assert_eq!(get(&gitlab, &alices, TOKENS).status, 200);
}

#[test]
fn a_throttled_request_is_not_executed() {
    let (gitlab, token) = instance(FakeGitLab::builder().throttle(0, 60));
    assert_eq!(
        ask("POST", &format!("{TOKENS}/self/rotate"))
            .token(&token)
            .send(&gitlab)
            .status,
        429
    );
    assert!(gitlab.token(token.id()).expect("the token").active);
}
