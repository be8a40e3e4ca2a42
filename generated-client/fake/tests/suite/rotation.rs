//! Rotation and reuse detection (facts, section 6; acceptance cases 71 to 76 and 102 to 116).

use gitlab_pat_fake::{FakeGitLab, TokenSpec};

use crate::client::{TOKENS, get, post};

#[test]
fn a_rotated_credential_that_is_presented_for_another_rotation_costs_the_new_token_its_life() {
    let gitlab = FakeGitLab::start().expect("a server");
    let alice = gitlab.add_user("alice");
    let old = gitlab.add_token(TokenSpec::new(&alice, "ci"));

    let rotated = post(&gitlab, &old, &format!("{TOKENS}/self/rotate"));
    assert_eq!(rotated.status, 200);
    let child = rotated.json()["id"].as_i64().expect("an id");
    assert_eq!(rotated.json()["expires_at"], "2026-12-08");

    let revoked = r#"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#;
    get(&gitlab, &old, &format!("{TOKENS}/self")).assert(401, revoked);
    assert!(gitlab.token(child).expect("the child").active);
    assert_eq!(gitlab.family_revocations(), []);

    post(&gitlab, &old, &format!("{TOKENS}/self/rotate")).assert(401, revoked);
    assert!(gitlab.token(child).expect("the child").revoked);
    let incidents = gitlab.family_revocations();
    assert_eq!(incidents.len(), 1);
    assert_eq!(
        (incidents[0].presented, &incidents[0].revoked),
        (old.id(), &vec![child])
    );
}
