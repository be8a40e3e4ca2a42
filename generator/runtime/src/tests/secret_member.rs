//! The secret in a response with a fault elsewhere.

use crate::runtime::decode::secret_member::find;

fn found(body: &str, pointer: &str) -> Option<String> {
    find(body.as_bytes(), pointer).map(|secret| secret.expose_secret().to_owned())
}

fn is(secret: &str) -> Option<String> {
    Some(secret.to_owned())
}

#[test]
fn a_secret_is_found_in_a_faulty_response() {
    for body in [
        r#"{"token":"s3cr3t","id":1}"#,
        "\u{feff}{\"token\":\"s3cr3t\"}",
        r#"  {"id":"no number","token":"s3cr3t"}"#,
        r#"{"id":{"token":"other"},"token":"s3cr3t"}"#,
        r#"{"token":"old","token":"s3cr3t"}"#,
        r#"{"t\u006fken":"s3cr\u0033t"}"#,
        // The invalid or missing part comes after the secret.
        r#"{"token":"s3cr3t""#,
        r#"{"token":"s3cr3t","id":NaN}"#,
        r#"{"token":"s3cr3t"]"#,
        r#"{"token":"s3cr3t"}{}"#,
        r#"{"token":"s3cr3t","name":"nigh"#,
    ] {
        assert_eq!(found(body, "/token"), is("s3cr3t"), "{body}");
    }
}

#[test]
fn a_part_of_a_secret_is_not_a_secret() {
    for body in [
        "",
        "null",
        "<html>",
        r#""s3cr3t""#,
        r#"["s3cr3t"]"#,
        r#"[{"token":"s3cr3t"}]"#,
        r#"{"token":"s3cr"#,
        r#"{"token":"s3cr\u00"#,
        r#"{"token":""}"#,
        r#"{"token":5}"#,
        r#"{"token":null}"#,
        r#"{"token":["s3cr3t"]}"#,
        r#"{"token":{"token":"s3cr3t"}}"#,
        r#"{"token":"old","token":7}"#,
        r#"{"id":NaN,"token":"s3cr3t"}"#,
        r#"{"Token":"s3cr3t"}"#,
    ] {
        assert_eq!(found(body, "/token"), None, "{body}");
    }
}

#[test]
fn a_secret_may_be_nested() {
    let body = r#"{"data":{"a/b~c":{"":"s3cr3t"}},"rest":"#;
    assert_eq!(found(body, "/data/a~1b~0c/"), is("s3cr3t"));
    assert_eq!(found(body, "/data/a~1b~0c"), None);
    assert_eq!(found(body, "/data"), None);
    assert_eq!(found(body, ""), None);
    assert_eq!(found(body, "data"), None);
}

/// A deeply nested document neither ends the program nor hides a secret before it.
#[test]
fn deep_nesting_does_not_hide_a_secret() {
    let body = format!(r#"{{"token":"s3cr3t","x":{}"#, "[".repeat(100_000));
    assert_eq!(found(&body, "/token"), is("s3cr3t"));
}
