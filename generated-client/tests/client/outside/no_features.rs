//! The client without any feature, and what a feature adds.

use super::crates::{Crate, text_of};

const DEPENDENCIES: &str = r#"
http = "1"
serde = "1"
serde_json = "1"

[features]
store = ["gitlab-pat/serialize-secrets"]
"#;

fn outside() -> Crate {
    Crate::new("outside-bare", ", default-features = false", DEPENDENCIES)
        .program("own_transport", include_str!("own_transport.rs"))
        .program("serialize", include_str!("serialize.rs"))
}

#[test]
fn the_client_runs_on_a_transport_of_the_user() {
    let printed = outside().succeeds(&["run", "--bin", "own_transport"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines[0].contains("no transport is set"), "{printed}");
    assert_eq!(
        lines[1..],
        [
            "POST https://gitlab.com/api/v4/personal_access_tokens/1/rotate",
            "one Secret([redacted])",
            "a token: true",
            "a new token: false",
            "a page of new tokens: false",
        ]
    );
}

/// A type that holds a secret can't be serialized by accident. The feature, with which it can, shows that the program has no other
/// fault.
#[test]
fn a_new_token_has_no_serialize_without_the_feature() {
    let outside = outside();
    let refused = outside.cargo(&["check", "--bin", "serialize"]);
    let reason = text_of(&refused);
    assert!(!refused.status.success(), "it compiles");
    assert!(reason.contains("error[E0277]"), "{reason}");
    assert!(
        reason.contains("`PersonalAccessTokenWithToken: serde::Serialize`")
            || reason.contains("`PersonalAccessTokenWithToken: Serialize`"),
        "{reason}"
    );
    assert_eq!(reason.matches("error[").count(), 1, "{reason}");
    outside.succeeds(&["check", "--bin", "serialize", "--features", "store"]);
}

/// Neither an HTTP library nor an executor is compiled. Tokio is there only for its locks, which need no executor.
#[test]
fn no_http_library_is_compiled() {
    let tree = outside().succeeds(&[
        "tree",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p} features: {f}",
    ]);
    assert!(tree.contains("secrecy "), "{tree}");
    for absent in [
        "flate2 ",
        "reqwest ",
        "hyper ",
        "rustls ",
        "native-tls ",
        "openssl ",
    ] {
        assert!(
            !tree.lines().any(|line| line.starts_with(absent)),
            "{absent}: {tree}"
        );
    }
    let tokio = tree.lines().find(|line| line.starts_with("tokio "));
    assert!(
        tokio.is_some_and(|line| line.ends_with("features: default,sync")),
        "{tree}"
    );
}
