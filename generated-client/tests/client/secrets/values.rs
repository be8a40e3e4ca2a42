//! The types that contain a secret, and the operations that return one.

use gitlab_pat::{Client, Error, Response, Secret, types};

use super::Watch;
use crate::support::{block_on, json, sample, server_with};

type Print = fn() -> String;

/// Returns the debug output of a value of each type that reaches a secret.
pub(super) const TYPES: &[(&str, Print)] = &[("PersonalAccessTokenWithToken", || {
    let token: types::PersonalAccessTokenWithToken =
        serde_json::from_str(sample::ROTATED).expect("a token");
    format!("{token:?} {token:#?} {:?} {:#?}", Some(&token), [&token])
})];

type Returning = fn(&Client) -> Result<Response<types::PersonalAccessTokenWithToken>, Error>;

/// Returns the operations whose response contains a secret.
pub(super) const RESPONSES: &[(&str, Returning)] = &[
    ("personal_access_tokens.rotate", |client| {
        block_on(client.personal_access_tokens().rotate(1).send())
    }),
    ("personal_access_tokens.rotate_self", |client| {
        block_on(client.personal_access_tokens().rotate_self().send())
    }),
    ("personal_access_tokens.create_for_current_user", |client| {
        block_on(
            client
                .personal_access_tokens()
                .create_for_current_user("n", ["k8s_proxy"])
                .send(),
        )
    }),
    ("personal_access_tokens.create_for_user", |client| {
        block_on(
            client
                .personal_access_tokens()
                .create_for_user(1, "n", ["api"])
                .send(),
        )
    }),
];

#[test]
fn no_type_shows_its_secret() {
    let watch = Watch::new(&[sample::NEW_SECRET]);
    // The control: the document of each value contains it.
    assert!(watch.finds(sample::ROTATED));
    for (name, print) in TYPES {
        watch.text(name, &print());
    }
}

#[test]
fn no_response_shows_the_new_secret() {
    let watch = Watch::new(&[sample::NEW_SECRET]);
    for (name, call) in RESPONSES {
        let (_server, client) =
            server_with(json(sample::ROTATED).header("X-Echo", sample::NEW_SECRET));
        let response = call(&client).expect("a token");
        watch.debug(name, &response);
        watch.debug(name, response.value());
        let token = response.into_inner().token;
        watch.debug(name, &token);
        // The control: the caller can read it.
        assert_eq!(token.expose_secret(), sample::NEW_SECRET);
    }
}

/// A response that can't be decoded may contain the secret, which is kept and not shown.
#[test]
fn every_error_keeps_the_new_secret_and_none_shows_it() {
    let watch = Watch::new(&[sample::NEW_SECRET]);
    for (name, call) in RESPONSES {
        for (body, is_understood) in [
            (
                sample::ROTATED.replace(r#""id":108"#, r#""id":"108""#),
                true,
            ),
            (sample::ROTATED.replace(r#""name":"nightly","#, ""), true),
            (sample::ROTATED.replace("user_id", sample::NEW_SECRET), true),
            (
                sample::ROTATED.replace(
                    r#""active":true"#,
                    &format!(r#""active":"{}""#, sample::NEW_SECRET),
                ),
                true,
            ),
            (sample::ROTATED.trim_end_matches('}').to_owned(), true),
            // A body that is no longer JSON before the secret, and a list instead of a token.
            (
                sample::ROTATED.replace(r#""user_id""#, sample::NEW_SECRET),
                false,
            ),
            (format!("[{}]", sample::ROTATED), false),
        ] {
            let (_server, client) = server_with(json(&body));
            let error = call(&client).expect_err("an error");
            watch.error(name, &error);
            assert_eq!(error.body().as_ref(), body.as_bytes(), "{name}");
            let expected = is_understood.then_some(sample::NEW_SECRET);
            let secret = error.new_secret().map(Secret::expose_secret);
            assert_eq!(secret, expected, "{name}: {body}");
            watch.error(
                name,
                &error
                    .body_as::<types::PersonalAccessTokenWithToken>()
                    .expect_err("an error"),
            );
        }
    }
}

/// A long response is not cut off before the secret.
#[test]
fn an_error_keeps_the_whole_response_that_may_hold_a_secret() {
    let padding = "x".repeat(200_000);
    let body = sample::ROTATED
        .replace(r#""id":108"#, r#""id":"108""#)
        .replacen('{', &format!(r#"{{"padding":"{padding}","#), 1);
    let (_server, client) = server_with(json(&body));
    let error = block_on(client.personal_access_tokens().rotate(1)).expect_err("an error");
    assert_eq!(error.body().as_ref(), body.as_bytes());
}

/// An endpoint that the API's description lacks may also respond with a secret.
#[test]
fn a_raw_response_does_not_show_its_body() {
    let watch = Watch::new(&[sample::NEW_SECRET]);
    let (_server, client) = server_with(json(sample::ROTATED));
    let raw = client.request(
        http::Method::POST,
        "/api/v4/personal_access_tokens/1/rotate",
    );
    let response = block_on(raw.send()).expect("a response");
    watch.debug("a raw response", &response);
    let token: types::PersonalAccessTokenWithToken = response.json().expect("a token");
    assert_eq!(token.token.expose_secret(), sample::NEW_SECRET);

    let broken = block_on({
        let (_server, client) = server_with(json(&format!("{{{}", sample::NEW_SECRET)));
        let raw = client.request(http::Method::POST, "/x");
        async move {
            let _server = _server;
            raw.send().await
        }
    });
    let error = broken
        .expect("a response")
        .json::<serde_json::Value>()
        .expect_err("an error");
    watch.error("a raw response", &error);
}

#[test]
fn secrets_are_equal_if_their_texts_are() {
    let secret = Secret::new(sample::NEW_SECRET);
    assert_eq!(secret, Secret::from(sample::NEW_SECRET));
    assert_eq!(secret.clone(), Secret::from(sample::NEW_SECRET.to_owned()));
    for other in [
        "",
        "glpat-brand.new-secret_1",
        "glpat-brand.new-secret_",
        "glpat-brand.new-secret_0 ",
    ] {
        assert_ne!(secret, Secret::new(other));
    }
    assert_eq!(format!("{secret:?}"), "Secret([redacted])");
}
