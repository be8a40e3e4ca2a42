//! Servers of other versions, with their fields and operations.

use gitlab_pat_fake::{FakeGitLab, GranularScope, TokenSpec};

use crate::support::{block_on, client, failure};

/// A version, and the later fields that a token has there when it is looked up by its id.
const VERSIONS: &[(u16, u16, &[&str])] = &[
    (15, 1, &["last_used_at"]),
    (15, 5, &["last_used_at"]),
    (16, 0, &["last_used_at"]),
    (17, 0, &["last_used_at", "last_used_ips"]),
    (17, 7, &["last_used_at", "last_used_ips", "description"]),
    (
        19,
        0,
        &["last_used_at", "last_used_ips", "description", "granular"],
    ),
    (
        19,
        5,
        &[
            "last_used_at",
            "last_used_ips",
            "description",
            "granular",
            "granular_scopes",
        ],
    ),
    (
        19,
        6,
        &[
            "last_used_at",
            "last_used_ips",
            "description",
            "granular",
            "granular_scopes",
        ],
    ),
];

#[test]
fn a_token_has_the_fields_of_its_server() {
    for (major, minor, fields) in VERSIONS {
        let gitlab = FakeGitLab::builder()
            .version(*major, *minor)
            .start()
            .expect("a server");
        let ann = gitlab.add_user("ann");
        let used = "2026-11-30T00:00:00Z".parse().expect("a timestamp");
        let looked_up = TokenSpec::new(&ann, "token")
            .description("described")
            .last_used_at(used)
            .last_used_ips(["192.0.2.10"])
            .granular(GranularScope::new("user", ["read_job"]));
        let looked_up = gitlab.add_token(looked_up);
        let calling = gitlab.add_token(TokenSpec::new(&ann, "calling"));
        let client = client(&gitlab.url(), calling.secret());
        let token = block_on(client.personal_access_tokens().get(looked_up.id())).expect("a token");
        let present: Vec<&str> = [
            ("last_used_at", token.last_used_at.is_some()),
            ("last_used_ips", token.last_used_ips.is_some()),
            ("description", token.description.is_some()),
            ("granular", token.granular.is_some()),
            ("granular_scopes", token.granular_scopes.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, present)| present.then_some(name))
        .collect();
        assert_eq!(&present, fields, "{major}.{minor}");
        assert_eq!((token.id, token.name.as_str()), (looked_up.id(), "token"));
    }
}

#[test]
fn new_tokens_and_lists_decode_on_every_version_that_has_them() {
    for (major, minor, _) in VERSIONS {
        let gitlab = FakeGitLab::builder()
            .version(*major, *minor)
            .start()
            .expect("a server");
        let root = gitlab.add_admin("root");
        let calling = gitlab.add_token(TokenSpec::new(&root, "calling"));
        let client = client(&gitlab.url(), calling.secret());
        let tokens = client.personal_access_tokens();
        let new = block_on(tokens.create_for_user(root.id(), "new", ["api"])).expect("a token");
        assert!(!new.token.expose_secret().is_empty(), "{major}.{minor}");
        assert_eq!(
            block_on(tokens.list()).expect("a page").items.len(),
            2,
            "{major}.{minor}"
        );
        let rotated = block_on(tokens.rotate(new.id));
        if *major < 16 {
            assert_eq!(
                failure(rotated).message(),
                Some("404 Not Found"),
                "{major}.{minor}"
            );
        } else {
            assert_ne!(
                rotated.expect("a token").token,
                new.token,
                "{major}.{minor}"
            );
        }
    }
}

/// If expiry is not required, a rotated token never expires.
#[test]
fn a_server_that_does_not_require_expiry() {
    let gitlab = FakeGitLab::builder()
        .require_expiry(false)
        .start()
        .expect("a server");
    let ann = gitlab.add_user("ann");
    let calling = gitlab.add_token(TokenSpec::new(&ann, "calling"));
    let client = client(&gitlab.url(), calling.secret());
    let new = block_on(client.personal_access_tokens().rotate_self()).expect("a token");
    assert_eq!(new.expires_at, None);
}
