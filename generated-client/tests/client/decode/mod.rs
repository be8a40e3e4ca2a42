//! What the client makes of successful responses: every document that a server sends, every field of it, and everything that is
//! not quite a document.

mod associations;
mod complete;
mod compression;
mod failures;
mod mirror;
mod status;
mod tokens;
mod tolerance;
mod versions;

use gitlab_pat::types::{PersonalAccessToken, PersonalAccessTokenWithToken};
use gitlab_pat::{Error, Response};
use gitlab_pat_fake::FakeResponse;

use crate::support::{block_on, json, saying};

/// Looks up a token whose server responds so.
fn get(response: FakeResponse) -> Result<Response<PersonalAccessToken>, Error> {
    let (_server, client) = saying(response);
    block_on(client.personal_access_tokens().get(71).send())
}

/// The token in a document.
#[track_caller]
fn token(document: &str) -> PersonalAccessToken {
    get(json(document)).expect("a token").into_inner()
}

/// Rotates a token whose server responds so.
fn rotate(response: FakeResponse) -> Result<Response<PersonalAccessTokenWithToken>, Error> {
    let (_server, client) = saying(response);
    block_on(client.personal_access_tokens().rotate(71).send())
}
