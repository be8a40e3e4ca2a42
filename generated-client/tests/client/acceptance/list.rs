//! A filter in two forms: the client's setters, and the query of the case.

use gitlab_pat::operations::personal_access_tokens::ListTokens;
use gitlab_pat::types::PersonalAccessToken;
use gitlab_pat::{Client, Error};
use http::Method;
use jiff::Timestamp;

use super::ids;
use crate::support::failure;

const PATH: &str = "/api/v4/personal_access_tokens";

pub(super) fn moment(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

/// Lists with the setters. The query of the case must return the same.
pub(super) async fn listed(
    client: &Client,
    query: &str,
    list: impl FnOnce(ListTokens<Client>) -> ListTokens<Client>,
) -> Vec<PersonalAccessToken> {
    let typed = list(client.personal_access_tokens().list())
        .await
        .expect("a page")
        .items;
    let raw = client
        .request(Method::GET, &format!("{PATH}?{query}"))
        .send()
        .await
        .expect("a page");
    assert_eq!(raw.status(), 200, "{query}");
    let raw: Vec<PersonalAccessToken> = raw.json().expect("a list");
    assert_eq!(ids(&raw), ids(&typed), "{query}");
    typed
}

/// Returns the error of a query that the setters can't express.
pub(super) async fn error_of(client: &Client, query: &str) -> Error {
    failure(
        client
            .request(Method::GET, &format!("{PATH}?{query}"))
            .send()
            .await,
    )
}
