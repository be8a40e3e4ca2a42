//! Responses of newer, older and less exact servers decode.

use gitlab_pat::types::{TokenScope, TokenSort, TokenState};
use jiff::civil::date;

use super::mirror::PersonalAccessToken;
use super::{get, rotate, token};
use crate::support::{json, sample};

#[test]
fn unknown_members_are_ignored_at_every_level() {
    let known = PersonalAccessToken::from(token(sample::GRANULAR));
    let document = sample::GRANULAR
        .replacen(
            '{',
            r#"{"a_new_member":{"deep":[1,{"er":null}]},"expired":false,"#,
            1,
        )
        .replace(r#"{"access":"user""#, r#"{"since":"19.9","access":"user""#);
    assert_eq!(PersonalAccessToken::from(token(&document)), known);
}

#[test]
fn unknown_scopes_are_kept_unchanged() {
    let document =
        sample::LIST_ITEM.replace(r#"["read_api"]"#, r#"["read_api","fly_to_the_moon","API"]"#);
    let scopes = token(&document).scopes;
    let names: Vec<_> = scopes.iter().map(TokenScope::as_str).collect();
    assert_eq!(names, ["read_api", "fly_to_the_moon", "API"]);
    assert_eq!(scopes[0], TokenScope::ReadApi);
    assert_ne!(scopes[2], TokenScope::Api);
    assert_eq!(scopes[1], TokenScope::from("fly_to_the_moon"));
    assert_eq!(scopes[1].to_string(), "fly_to_the_moon");
    assert_eq!("fly_to_the_moon".parse(), Ok(scopes[1].clone()));
}

/// A known value has one form, however it was created.
#[test]
fn a_known_value_never_hides_among_the_unknown_ones() {
    for scope in TokenScope::KNOWN {
        assert_eq!(&TokenScope::from(scope.as_str()), scope);
        assert_eq!(scope.as_str().parse().as_ref(), Ok(scope));
        assert_eq!(&TokenScope::from(scope.to_string()), scope);
    }
    assert_eq!(TokenScope::KNOWN.len(), 22);
    assert_eq!(
        TokenState::KNOWN,
        [TokenState::Active, TokenState::Inactive]
    );
    assert_eq!(TokenSort::KNOWN.len(), 8);
}

#[test]
fn every_published_scope_has_its_variant() {
    let published = [
        "api",
        "read_api",
        "read_user",
        "read_repository",
        "write_repository",
        "read_registry",
        "write_registry",
        "read_virtual_registry",
        "write_virtual_registry",
        "create_runner",
        "manage_runner",
        "ai_features",
        "k8s_proxy",
        "self_rotate",
        "sudo",
        "admin_mode",
        "read_service_ping",
        "read_observability",
        "write_observability",
        "mcp",
        "mcp_orbit",
        "granular",
    ];
    let known: Vec<_> = TokenScope::KNOWN.iter().map(TokenScope::as_str).collect();
    assert_eq!(known, published);
}

#[test]
fn the_last_of_duplicate_members_wins() {
    let document = sample::LIST_ITEM.replacen('{', r#"{"id":1,"name":"first","#, 1);
    let token = token(&document);
    assert_eq!((token.id, token.name.as_str()), (71, "nightly"));
}

#[test]
fn dates_and_times_in_other_spellings() {
    let created_at = |text: &str| {
        let document = sample::LIST_ITEM.replace("2024-03-05T09:12:44.318Z", text);
        token(&document).created_at.to_string()
    };
    assert_eq!(
        created_at("2024-03-05T09:12:44.318Z"),
        "2024-03-05T09:12:44.318Z"
    );
    assert_eq!(
        created_at("2024-03-05T11:12:44.318+02:00"),
        "2024-03-05T09:12:44.318Z"
    );
    assert_eq!(created_at("2024-03-05T09:12:44"), "2024-03-05T09:12:44Z");
    assert_eq!(
        created_at("2024-03-05 09:12:44 UTC"),
        "2024-03-05T09:12:44Z"
    );

    // The published format, which no server sends.
    let document = sample::SINGLE.replace("2025-03-05", "2025-03-05T15:53:00.073Z");
    assert_eq!(token(&document).expires_at, Some(date(2025, 3, 5)));
}

#[test]
fn the_content_type_does_not_matter_if_the_body_is_valid() {
    for content_type in [
        "application/json; charset=utf-8",
        "text/plain",
        "application/octet-stream",
    ] {
        let response = json(sample::SINGLE).set_header("Content-Type", content_type);
        assert_eq!(
            get(response).expect("a token").into_inner().id,
            71,
            "{content_type}"
        );
    }
    let response = json(sample::SINGLE).without_header("Content-Type");
    assert_eq!(get(response).expect("a token").into_inner().id, 71);
}

#[test]
fn white_space_around_a_document() {
    let response = json(&format!("\r\n\t {}\n\n", sample::ROTATED));
    let secret = rotate(response).expect("a token").into_inner().token;
    assert_eq!(secret.expose_secret(), sample::NEW_SECRET);
}

/// Prefix, length and alphabet depend on the server.
#[test]
fn a_secret_is_opaque() {
    for secret in [
        "x",
        "gloas-glpat-1.2.3",
        "\u{fc}\u{1f98a} \\u0020",
        &"s".repeat(4096),
    ] {
        let document = sample::ROTATED.replace(
            &format!("\"{}\"", sample::NEW_SECRET),
            &serde_json::to_string(secret).expect("JSON"),
        );
        let token = rotate(json(&document)).expect("a token").into_inner().token;
        assert_eq!(token.expose_secret(), secret);
    }
}
