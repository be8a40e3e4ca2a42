//! Panics over errors, results and values.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gitlab_pat::Secret;

use super::Watch;
use super::credentials::{ALL, CREDENTIAL};
use crate::support::{block_on, json, sample, server_with};

/// Returns the message of a panic.
fn panicked<T>(work: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(work)) else {
        panic!("there was no panic");
    };
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        })
        .expect("a panic has a message")
}

#[test]
fn control_a_panic_prints_its_value() {
    let message = panicked(|| assert_eq!("glpat-shown", "something else"));
    assert!(message.contains("glpat-shown"));
}

#[test]
fn an_unwrapped_error_shows_no_secret() {
    let watch = Watch::new(&[CREDENTIAL, sample::NEW_SECRET]);
    for (name, make) in ALL {
        let broken = sample::ROTATED.replace(r#""id":108"#, &format!(r#""id":"{CREDENTIAL}""#));
        let (server, _client) = server_with(json(&broken));
        let builder = gitlab_pat::Client::builder()
            .base_url(&server.url())
            .expect("a base URL");
        let client = builder.auth(make(CREDENTIAL)).build().expect("a client");
        let result = || block_on(client.personal_access_tokens().rotate(1));
        watch.text(name, &panicked(|| result().unwrap()));
        watch.text(name, &panicked(|| result().expect("a token")));
    }
}

#[test]
fn an_unexpected_success_shows_no_secret() {
    let watch = Watch::new(&[sample::NEW_SECRET]);
    let (_server, client) = server_with(json(sample::ROTATED));
    let result = || block_on(client.personal_access_tokens().rotate(1));
    watch.text("a token", &panicked(|| result().unwrap_err()));
    watch.text(
        "a token",
        &panicked(|| assert!(result().is_err(), "{:?}", result())),
    );
    watch.text(
        "a response",
        &panicked(|| block_on(client.personal_access_tokens().rotate(1).send()).unwrap_err()),
    );
}

#[test]
fn a_failed_comparison_shows_no_secret() {
    let watch = Watch::new(&[sample::NEW_SECRET]);
    let secret = Secret::new(sample::NEW_SECRET);
    watch.text(
        "a comparison",
        &panicked(|| assert_eq!(secret, Secret::new("another"))),
    );
}
