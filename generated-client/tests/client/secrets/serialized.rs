//! A secret is serialized only in requests, unless the feature `serialize-secrets` is enabled. (`outside` shows that a response type
//! has no `Serialize` without the feature.)

use gitlab_pat::Secret;

use crate::support::sample;

#[cfg(not(feature = "serialize-secrets"))]
#[test]
fn a_secret_is_not_serialized() {
    let error = serde_json::to_string(&Secret::new(sample::NEW_SECRET)).expect_err("an error");
    super::Watch::new(&[sample::NEW_SECRET]).text("serde's error", &format!("{error} {error:?}"));
}

/// A store can write a value and read it again.
#[cfg(feature = "serialize-secrets")]
#[test]
fn a_store_can_write_and_read_a_token() {
    use gitlab_pat::types::PersonalAccessTokenWithToken;
    let token: PersonalAccessTokenWithToken =
        serde_json::from_str(sample::ROTATED).expect("a token");
    let stored = serde_json::to_string(&token).expect("JSON");
    assert!(stored.contains(sample::NEW_SECRET));
    let again: PersonalAccessTokenWithToken = serde_json::from_str(&stored).expect("a token");
    assert_eq!(again, token);
    let secret = serde_json::to_string(&Secret::new(sample::NEW_SECRET)).expect("JSON");
    assert_eq!(secret, format!("\"{}\"", sample::NEW_SECRET));
}
