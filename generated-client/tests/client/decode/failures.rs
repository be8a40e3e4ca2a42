//! Responses that can't be decoded. The error has the path of the fault and the response, and quotes nothing of it.

use std::error::Error as _;

use gitlab_pat::{Error, ErrorKind};
use gitlab_pat_fake::FakeResponse;

use super::{get, rotate};
use crate::support::{block_on, failure, json, sample, server_with};

/// Returns everything that can be printed of an error: `Display` and `Debug` of itself and its sources.
fn printed(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!("\n{error}\n{error:?}"));
        source = error.source();
    }
    text
}

/// Returns the error of a lookup whose document has `replacement` instead of `original`.
#[track_caller]
fn broken(original: &str, replacement: &str) -> Error {
    let document = sample::GRANULAR.replace(original, replacement);
    assert_ne!(
        document,
        sample::GRANULAR,
        "{original} is not in the document"
    );
    failure(get(json(&document)))
}

#[test]
fn the_path_is_that_of_the_fault() {
    for (original, replacement, path) in [
        (r#""id":210"#, r#""id":"hidden""#, "id"),
        (r#""id":210"#, r#""id":2.5"#, "id"),
        (r#""id":210"#, r#""id":9223372036854775808"#, "id"),
        (r#""name":"fg""#, r#""name":77001177"#, "name"),
        (r#""revoked":false"#, r#""revoked":"hidden""#, "revoked"),
        ("2026-09-01T10:00:00.000Z", "hidden", "created_at"),
        (
            r#""description":"""#,
            r#""description":["hidden"]"#,
            "description",
        ),
        (r#"["granular"]"#, r#""hidden""#, "scopes"),
        (
            r#"["granular"]"#,
            r#"["granular","api",77001177]"#,
            "scopes[2]",
        ),
        ("2027-08-31", "2027-02-31", "expires_at"),
        ("2027-08-31", "hidden", "expires_at"),
        (
            r#""last_used_ips":[]"#,
            r#""last_used_ips":[null]"#,
            "last_used_ips[0]",
        ),
        (
            r#""access":"selected_memberships""#,
            r#""access":77001177"#,
            "granular_scopes[1].access",
        ),
        (
            r#"["read_job"]"#,
            r#"["a",{"b":"hidden"}]"#,
            "granular_scopes[1].permissions[1]",
        ),
        (
            r#""project_id":3"#,
            r#""project_id":"hidden""#,
            "granular_scopes[1].project_id",
        ),
    ] {
        let error = broken(original, replacement);
        assert_eq!(error.kind(), ErrorKind::Decode, "{replacement}");
        assert_eq!(error.json_path(), Some(path), "{replacement}: {error}");
        assert!(error.to_string().contains(&format!("`{path}`")), "{error}");
        let printed = printed(&error);
        assert!(!printed.contains("hidden"), "{printed}");
        assert!(!printed.contains("77001177"), "{printed}");
    }
}

#[test]
fn a_missing_member_is_named() {
    for member in ["id", "name", "created_at", "scopes", "user_id", "active"] {
        let mut document: serde_json::Value = serde_json::from_str(sample::SINGLE).expect("JSON");
        let members = document.as_object_mut().expect("an object");
        members.remove(member).expect("the member");
        let error = failure(get(json(&document.to_string())));
        assert!(
            error.to_string().contains(&format!("`{member}`")),
            "{error}"
        );
    }
    let mut document: serde_json::Value = serde_json::from_str(sample::ROTATED).expect("JSON");
    document.as_object_mut().expect("an object").remove("token");
    let error = failure(rotate(json(&document.to_string())));
    assert!(error.to_string().contains("`/token`"), "{error}");
}

#[test]
fn a_path_inside_a_list_and_inside_nested_objects() {
    let document = format!(
        "[{0},{1}]",
        sample::LIST_ITEM,
        sample::LIST_ITEM.replace(r#""user_id":12"#, r#""user_id":{}"#)
    );
    let (_server, client) = server_with(json(&document));
    let error = failure(block_on(client.personal_access_tokens().list()));
    assert_eq!(error.json_path(), Some("[1].user_id"), "{error}");

    let document = sample::ASSOCIATIONS.replace(r#""full_path":"ann""#, r#""full_path":1"#);
    let (_server, client) = server_with(json(&document));
    let error = failure(block_on(
        client.personal_access_tokens().associations_self(),
    ));
    assert_eq!(
        error.json_path(),
        Some("projects[1].namespace.full_path"),
        "{error}"
    );

    let document = sample::ASSOCIATIONS.replace(r#""id":3000000001"#, r#""id":[]"#);
    let (_server, client) = server_with(json(&document));
    let error = failure(block_on(
        client.personal_access_tokens().associations_self(),
    ));
    assert_eq!(error.json_path(), Some("groups[0].id"), "{error}");
}

#[test]
fn the_response_is_kept() {
    let body = sample::ROTATED.replace(r#""id":108"#, r#""id":"108""#);
    let response = json(&body)
        .status_code(201)
        .header("X-Request-Id", "01REQ")
        .header("X-Other", "hidden");
    let error = failure(rotate(response));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
    assert_eq!(error.operation(), Some("personal_access_tokens.rotate"));
    assert_eq!(error.request_id(), Some("01REQ"));
    assert_eq!(
        error.headers().get("content-type").expect("a header"),
        "application/json"
    );
    assert_eq!(error.headers().get("x-other").expect("a header"), "hidden");
    // The secret may be in the part that can't be decoded. It is neither lost nor shown.
    assert_eq!(error.body().as_ref(), body.as_bytes());
    let printed = printed(&error);
    assert!(!printed.contains(sample::NEW_SECRET), "{printed}");
    assert!(!printed.contains("hidden"), "{printed}");
    assert!(!error.is_retryable());
}

#[test]
fn responses_that_are_not_json() {
    for (response, status) in [
        (json("hidden"), 200),
        (json(r#"{"id":1,"name":"hid"#), 200),
        (json("[]"), 200),
        (json("null"), 200),
        (json(r#""hidden""#), 200),
        (json(&format!("{} trailing", sample::SINGLE)), 200),
        (json(&"[".repeat(100_000)), 200),
        (
            FakeResponse::html(203, "<!DOCTYPE html><title>hidden</title>"),
            203,
        ),
        (FakeResponse::new(200).body(&b"\xff\xfe\x00hidden"[..]), 200),
    ] {
        let body = response.body_bytes().to_vec();
        let error = failure(get(response));
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(body.starts_with(error.body()), "{error}");
        assert!(!error.body().is_empty());
        assert!(!printed(&error).contains("hidden"), "{}", printed(&error));
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

/// A proxy responds to a missing session with a sign-in page and status 200.
#[test]
fn an_error_for_html_names_the_content_type() {
    let error = failure(get(FakeResponse::html(
        200,
        "<html><body>Sign in</body></html>",
    )));
    assert!(error.to_string().contains("HTML"), "{error}");
}
