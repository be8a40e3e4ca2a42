//! A secret is serialized only by the encoder of requests.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use super::{json_in_request, request_with};
use crate::runtime::api::operation::OperationInfo;
use crate::runtime::decode::json::decode;
use crate::runtime::decode::nullable::Nullable;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::redact::secret::Secret;

const TEXT: &str = "s3cr3t-pässword";

#[derive(Debug, Clone, PartialEq)]
struct Login {
    user: String,
    password: Secret,
    old: Option<Nullable<Secret>>,
    codes: Vec<Secret>,
    extra: BTreeMap<String, Secret>,
}

crate::record! {
    Login: both {
        user: "user", required;
        password: "password", required;
        old: "old", optional_nullable;
        codes: "codes", defaulted(Vec::new());
        ..extra;
    }
}

/// A response: its `Serialize` depends on the feature.
#[derive(Debug, Clone, PartialEq)]
struct Token {
    id: i64,
    token: Secret,
}

crate::record! { Token: both_secret { id: "id", required; token: "token", required; } }

#[derive(Debug, Clone, PartialEq)]
enum Grant {
    Token(Token),
    Login(Login),
    Unknown(crate::runtime::decode::union::UnknownValue),
}

crate::tagged_union! { Grant: both_secret by "kind" { Token = "token", Login = "login"; Unknown } }

fn login() -> Login {
    Login {
        user: "u".to_owned(),
        password: Secret::new(TEXT),
        old: Some(Nullable::Value(Secret::from(TEXT.to_owned()))),
        codes: vec![Secret::new(TEXT)],
        extra: BTreeMap::from([("pin".to_owned(), Secret::new(TEXT))]),
    }
}

fn assert_hidden(shown: &str) {
    assert!(!shown.contains("s3cr3t"), "{shown}");
}

#[test]
fn debug_is_redacted() {
    let secret = Secret::new(TEXT);
    assert_eq!(
        format!("{secret:?} {secret:#?}"),
        "Secret([redacted]) Secret([redacted])"
    );
    assert_hidden(&format!(
        "{0:?} {0:#?} {1:?}",
        login(),
        Grant::Login(login())
    ));
}

#[test]
fn a_panic_does_not_show_a_secret() {
    let payload = catch_unwind(|| assert_eq!(Secret::new(TEXT), Secret::new("other"))).unwrap_err();
    let text = payload.downcast_ref::<String>().unwrap();
    assert!(text.contains("[redacted]"));
    assert_hidden(text);
    let payload = catch_unwind(|| {
        assert_eq!(
            login(),
            Login {
                extra: BTreeMap::new(),
                ..login()
            }
        )
    })
    .unwrap_err();
    assert_hidden(payload.downcast_ref::<String>().unwrap());
}

#[test]
fn equality_is_by_content() {
    assert_eq!(Secret::new(TEXT), Secret::from(TEXT.to_owned()));
    assert_eq!(Secret::new(TEXT).clone(), Secret::new(TEXT));
    for other in ["", "s3cr3t", "s3cr3t-pässworD", "s3cr3t-pässword "] {
        assert_ne!(Secret::new(TEXT), Secret::new(other));
    }
    assert_eq!(Secret::new("").expose_secret(), "");
}

#[test]
fn a_request_contains_the_secret() {
    let expected = format!(
        r#"{{"user":"u","password":"{TEXT}","old":"{TEXT}","codes":["{TEXT}"],"pin":"{TEXT}"}}"#
    );
    assert_eq!(json_in_request(&login()).unwrap(), expected);
    assert!(request_with(&login()).unwrap().is_secret());
    assert_eq!(decode::<Login>(expected.as_bytes()).unwrap(), login());

    static INFO: OperationInfo = super::OPERATION;
    let mut request = HttpRequest::new(&INFO);
    request.query_parameter("key", &Secret::new("a b")).unwrap();
    assert_eq!(request.query(), "key=a%20b");
    assert!(!request_with("open").unwrap().is_secret());
}

#[cfg(not(feature = "serialize-secrets"))]
mod without_the_feature {
    use serde::Serialize;

    use super::*;

    /// Whether a type has an impl. The compiler prefers the inherent constant if its bound is met.
    struct Probe<T>(std::marker::PhantomData<T>);

    trait Lacks {
        const SERIALIZE: bool = false;
    }

    impl<T> Lacks for Probe<T> {}

    impl<T: Serialize> Probe<T> {
        const SERIALIZE: bool = true;
    }

    #[test]
    fn a_response_with_a_secret_cannot_be_serialized() {
        const { assert!(!Probe::<Token>::SERIALIZE && !Probe::<Grant>::SERIALIZE) };
        const { assert!(Probe::<Login>::SERIALIZE && Probe::<Secret>::SERIALIZE) };
    }

    #[test]
    fn no_other_serializer_gets_a_secret() {
        let error_text = "a secret is serialized only in requests";
        let error = serde_json::to_string(&Secret::new(TEXT)).unwrap_err();
        assert_eq!(error.to_string(), error_text);
        assert_eq!(
            serde_json::to_string(&login()).unwrap_err().to_string(),
            error_text
        );
        assert_eq!(
            serde_json::to_value(login()).unwrap_err().to_string(),
            error_text
        );
    }

    /// A value that uses another serializer while a request is encoded.
    struct Leaky(Secret);

    impl Serialize for Leaky {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let stolen = serde_json::to_string(&self.0);
            assert!(stolen.is_err());
            (&self.0, stolen.unwrap_or_default()).serialize(serializer)
        }
    }

    #[test]
    fn no_other_serializer_gets_a_secret_while_a_request_is_encoded() {
        let json = json_in_request(&Leaky(Secret::new(TEXT))).unwrap();
        assert_eq!(json, format!(r#"["{TEXT}",""]"#));
    }
}

#[cfg(feature = "serialize-secrets")]
#[test]
fn other_serializers_get_a_secret_with_the_feature() {
    let token = Token {
        id: 1,
        token: Secret::new(TEXT),
    };
    let json = format!(r#"{{"id":1,"token":"{TEXT}"}}"#);
    assert_eq!(serde_json::to_string(&token).unwrap(), json);
    assert_eq!(serde_json::to_string(&Grant::Token(token)).unwrap(), json);
}

#[test]
fn responses_with_a_secret_are_decoded_and_no_error_shows_it() {
    let json = format!(r#"{{"id":1,"token":"{TEXT}"}}"#);
    let token: Token = decode(json.as_bytes()).unwrap();
    assert_eq!(token.token.expose_secret(), TEXT);
    let escaped: Token = decode(br#"{"id":1,"token":"s3cr3t\u002dx"}"#).unwrap();
    assert_eq!(escaped.token.expose_secret(), "s3cr3t-x");
    for json in [
        format!(r#"{{"token":"{TEXT}"}}"#),
        format!(r#"{{"id":"{TEXT}","token":"{TEXT}"}}"#),
        format!(r#"{{"id":1,"token":["{TEXT}"]}}"#),
        format!(r#"{{"id":1,"token":{{"{TEXT}":1}}}}"#),
        format!(r#"{{"kind":"token","token":"{TEXT}","id":"{TEXT}"}}"#),
        format!(r#"{{"id":1,"token":"{TEXT}"#),
        format!(r#"["{TEXT}"]"#),
    ] {
        let error = decode::<Token>(json.as_bytes()).unwrap_err();
        assert_hidden(&format!("{error} {error:?} {error:#?}"));
        match decode::<Grant>(json.as_bytes()) {
            Ok(unknown) => assert_hidden(&format!("{unknown:?} {unknown:#?}")),
            Err(error) => assert_hidden(&format!("{error} {error:?}")),
        }
    }
}
