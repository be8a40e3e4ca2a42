//! Tokens as servers of different versions send them.

use gitlab_pat::types::{GranularAccess, TokenScope};
use jiff::Timestamp;
use jiff::civil::date;

use super::mirror::{self, GranularScope, PersonalAccessToken};
use super::{rotate, token};
use crate::support::{block_on, json, sample, server_with};

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

#[test]
fn a_list_item_without_expiry() {
    let (_server, client) = server_with(json(&format!("[{}]", sample::LIST_ITEM)));
    let page = block_on(client.personal_access_tokens().list()).expect("a page");
    let items: Vec<_> = page.into_iter().map(PersonalAccessToken::from).collect();
    assert_eq!(
        items,
        [PersonalAccessToken {
            id: 71,
            name: "nightly".to_owned(),
            revoked: false,
            created_at: moment("2024-03-05T09:12:44.318Z"),
            description: Some("CI nightly job".to_owned()),
            scopes: vec![TokenScope::ReadApi],
            user_id: 12,
            last_used_at: Some(moment("2024-06-01T02:00:11.904Z")),
            last_used_ips: None,
            granular_scopes: None,
            active: true,
            granular: None,
            expires_at: None,
        }]
    );
}

#[test]
fn a_token_by_its_id_with_nulls() {
    let expected = PersonalAccessToken {
        id: 71,
        name: "nightly".to_owned(),
        revoked: false,
        created_at: moment("2024-03-05T09:12:44.318Z"),
        description: None,
        scopes: vec![TokenScope::Api, TokenScope::ReadRepository],
        user_id: 12,
        last_used_at: None,
        last_used_ips: Some(vec!["192.0.2.10".to_owned(), "2001:db8::7".to_owned()]),
        granular_scopes: None,
        active: true,
        granular: None,
        expires_at: Some(date(2025, 3, 5)),
    };
    assert_eq!(PersonalAccessToken::from(token(sample::SINGLE)), expected);

    let (_server, client) = server_with(json(sample::SINGLE));
    let own = block_on(client.personal_access_tokens().get_self()).expect("a token");
    assert_eq!(PersonalAccessToken::from(own), expected);
}

#[test]
fn a_new_token_with_its_secret() {
    let expected = PersonalAccessToken {
        id: 108,
        name: "nightly".to_owned(),
        revoked: false,
        created_at: moment("2024-06-02T08:00:00Z"),
        description: Some("CI nightly job".to_owned()),
        scopes: vec![TokenScope::Api],
        user_id: 12,
        last_used_at: None,
        last_used_ips: None,
        granular_scopes: None,
        active: true,
        granular: None,
        expires_at: Some(date(2024, 6, 9)),
    };
    let (_server, client) = server_with(json(sample::ROTATED));
    let tokens = client.personal_access_tokens();
    let responses = [
        block_on(tokens.rotate(71)),
        block_on(tokens.rotate_self()),
        block_on(tokens.create_for_current_user("nightly", [TokenScope::K8sProxy])),
        block_on(tokens.create_for_user(12, "nightly", [TokenScope::Api])),
    ];
    for response in responses {
        let (token, secret) = mirror::split(response.expect("a token"));
        assert_eq!(token, expected);
        assert_eq!(secret.expose_secret(), sample::NEW_SECRET);
    }
}

#[test]
fn a_fine_grained_token() {
    let expected = PersonalAccessToken {
        id: 210,
        name: "fg".to_owned(),
        revoked: false,
        created_at: moment("2026-09-01T10:00:00Z"),
        description: Some(String::new()),
        scopes: vec![TokenScope::Granular],
        user_id: 12,
        last_used_at: None,
        last_used_ips: Some(Vec::new()),
        granular_scopes: Some(vec![
            GranularScope {
                access: GranularAccess::User,
                permissions: vec!["read_personal_access_token".to_owned()],
                project_id: None,
                group_id: None,
            },
            GranularScope {
                access: GranularAccess::SelectedMemberships,
                permissions: vec!["read_job".to_owned()],
                project_id: Some(3),
                group_id: None,
            },
        ]),
        active: true,
        granular: Some(true),
        expires_at: Some(date(2027, 8, 31)),
    };
    assert_eq!(PersonalAccessToken::from(token(sample::GRANULAR)), expected);

    let with_secret = sample::GRANULAR.replacen('{', r#"{"token":"glpat-x","#, 1);
    let new = rotate(json(&with_secret)).expect("a token").into_inner();
    let (token, secret) = mirror::split(new);
    assert_eq!(token, expected);
    assert_eq!(secret.expose_secret(), "glpat-x");
}

/// Every server sends these members. Older servers lack the later ones.
#[test]
fn a_token_of_an_old_server_has_only_the_core() {
    let core = r#"{"id":71,"name":"nightly","revoked":false,"created_at":"2024-03-05T09:12:44.318Z","scopes":["read_api"],"user_id":12,"active":true}"#;
    assert_eq!(
        PersonalAccessToken::from(token(core)),
        PersonalAccessToken::core()
    );

    let with_secret = core.replacen('{', r#"{"token":"glpat-x","#, 1);
    let new = rotate(json(&with_secret)).expect("a token").into_inner();
    assert_eq!(mirror::split(new).0, PersonalAccessToken::core());
}

/// The database permits null, which the server treats as "not revoked".
#[test]
fn revoked_null_is_false_and_so_is_its_absence() {
    for revoked in [r#""revoked":null,"#, ""] {
        let document = sample::LIST_ITEM.replace(r#""revoked":false,"#, revoked);
        assert_ne!(document, sample::LIST_ITEM);
        assert!(!token(&document).revoked, "{revoked:?}");

        let document = sample::ROTATED.replace(r#""revoked":false,"#, revoked);
        let new = rotate(json(&document)).expect("a token").into_inner();
        assert!(!new.revoked, "{revoked:?}");
    }
    let document = sample::LIST_ITEM.replace(r#""revoked":false"#, r#""revoked":true"#);
    assert!(token(&document).revoked);
}

#[test]
fn ids_beyond_32_bits() {
    let document = sample::SINGLE
        .replace(r#""id":71"#, r#""id":3000000071"#)
        .replace(r#""user_id":12"#, r#""user_id":9223372036854775807"#);
    let token = token(&document);
    assert_eq!((token.id, token.user_id), (3_000_000_071, i64::MAX));
}
