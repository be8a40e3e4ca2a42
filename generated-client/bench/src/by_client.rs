//! The cases with the client.

use std::future::{Future, pending};

use futures_util::TryStreamExt;
use gitlab_pat::transport::ResponseBody;
use gitlab_pat::types::{PersonalAccessToken, TokenState};
use gitlab_pat::{Auth, Client, Error};
use http::header::CONTENT_TYPE;

pub(crate) fn client(base_url: &str, token: &str) -> Result<Client, Error> {
    Client::builder()
        .base_url(base_url)?
        .auth(Auth::private_token(token))
        .build()
}

/// Returns a client whose requests are never sent.
pub(crate) fn silent_client(token: &str) -> Result<Client, Error> {
    Client::builder()
        .auth(Auth::private_token(token))
        .transport(|_| pending())
        .build()
}

/// Returns a client whose requests all get a response with this body.
pub(crate) fn responding_client(token: &str, body: &'static str) -> Result<Client, Error> {
    Client::builder()
        .auth(Auth::private_token(token))
        .transport(move |_| async move {
            let mut response = http::Response::new(ResponseBody::from(body));
            let json = http::HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, json);
            Ok(response)
        })
        .build()
}

pub(crate) async fn get_self(client: &Client) -> Result<PersonalAccessToken, Error> {
    client.personal_access_tokens().get_self().await
}

/// Returns a list request with the same filters as the one by hand.
pub(crate) fn list(client: &Client) -> impl Future + use<> {
    client
        .personal_access_tokens()
        .list()
        .state(TokenState::Active)
        .revoked(false)
        .search("deploy of")
        .user_id(1066)
        .per_page(100)
        .into_future()
}

pub(crate) async fn for_each(
    client: &Client,
    mut each: impl FnMut(PersonalAccessToken),
) -> Result<(), Error> {
    let mut tokens = client
        .personal_access_tokens()
        .list()
        .per_page(100)
        .into_stream();
    while let Some(token) = tokens.try_next().await? {
        each(token);
    }
    Ok(())
}

pub(crate) async fn page(client: &Client) -> Result<Vec<PersonalAccessToken>, Error> {
    let page = client.personal_access_tokens().list().await?;
    Ok(page.items)
}
