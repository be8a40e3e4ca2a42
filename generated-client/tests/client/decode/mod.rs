//! Successful responses: every document that a server sends, with every field, and documents with faults.

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

use crate::support::{block_on, json, server_with};

/// Looks up a token at a server with this response.
fn get(response: FakeResponse) -> Result<Response<PersonalAccessToken>, Error> {
    let (_server, client) = server_with(response);
    block_on(client.personal_access_tokens().get(71).send())
}

/// Returns the token in a document.
#[track_caller]
fn token(document: &str) -> PersonalAccessToken {
    get(json(document)).expect("a token").into_inner()
}

/// Rotates a token at a server with this response.
fn rotate(response: FakeResponse) -> Result<Response<PersonalAccessTokenWithToken>, Error> {
    let (_server, client) = server_with(response);
    block_on(client.personal_access_tokens().rotate(71).send())
}
