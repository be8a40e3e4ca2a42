//! The program of the design, with the features that most users have.

use gitlab_pat_fake::{FakeGitLab, TokenSpec};

use super::crates::Crate;

pub(super) const DEPENDENCIES: &str = r#"
futures-util = "0.3"
jiff = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"#;

#[test]
fn the_program_of_the_design_runs_against_the_stand_in() {
    let gitlab = FakeGitLab::builder()
        .rate_limit_headers(true)
        .start()
        .expect("a server");
    let ann = gitlab.add_user("ann");
    let me = gitlab.add_token(TokenSpec::new(&ann, "me"));
    let one = gitlab.add_token(TokenSpec::new(&ann, "ci one"));
    let rotated = gitlab.add_token(TokenSpec::new(&ann, "ci two"));
    let revoked = gitlab.add_token(TokenSpec::new(&ann, "three"));

    let program = include_str!("in_use.rs");
    let outside = Crate::new("outside", ", features = [\"blocking\"]", DEPENDENCIES)
        .program("in_use", program);
    let [one_id, rotated_id, revoked_id] =
        [&one, &rotated, &revoked].map(|token| token.id().to_string());
    let url = gitlab.url();
    let printed = outside.succeeds(&[
        "run",
        "--bin",
        "in_use",
        "--",
        &url,
        me.secret(),
        &one_id,
        &rotated_id,
        &revoked_id,
    ]);

    let fresh = gitlab.tokens().pop().expect("the new token");
    let (saved, rest): (Vec<&str>, Vec<&str>) =
        printed.lines().partition(|line| line.starts_with("saved "));
    assert_eq!(
        rest,
        [
            "status 200 OK",
            "type \"application/json\"",
            "limit Some(2000)",
            "request true",
            "again ci one",
            "me me",
            "one ci one",
            "page 4",
            r#"ci ["ci one", "ci two"]"#,
            r#"fresh Some("2027-01-31") Secret([redacted])"#,
            "blocking me",
            "- me",
            "- ci one",
            "- ci two",
            "- three",
            "- ci two",
        ]
    );
    // The secret that the program saved is that of the token that replaced the rotated one.
    let secret = saved[0].strip_prefix("saved ").expect("a secret");
    let check = crate::support::client(&gitlab.url(), secret);
    let own = crate::support::block_on(check.personal_access_tokens().get_self()).expect("a token");
    assert_eq!((own.id, own.name.as_str()), (fresh.id, "ci two"));
    assert!(gitlab.token(rotated.id()).expect("a token").revoked);
    assert!(gitlab.token(revoked.id()).expect("a token").revoked);
    assert!(gitlab.family_revocations().is_empty());
}
