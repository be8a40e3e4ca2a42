//! The code of a careful user: reqwest, structs with serde's derive, and a loop over pages. It has no retries, no limit on the size of a
//! response, no redaction, and no check of the destination of a credential.

use jiff::{Timestamp, civil::Date};
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Serialize;

use crate::token::Token;

pub(crate) type Result<T> = std::result::Result<T, reqwest::Error>;

pub(crate) struct Client {
    http: reqwest::Client,
    base_url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Active,
}

#[derive(Serialize)]
pub(crate) struct Filters<'a> {
    pub(crate) user_id: Option<i64>,
    pub(crate) revoked: Option<bool>,
    pub(crate) state: Option<State>,
    pub(crate) created_before: Option<Timestamp>,
    pub(crate) created_after: Option<Timestamp>,
    pub(crate) last_used_before: Option<Timestamp>,
    pub(crate) last_used_after: Option<Timestamp>,
    pub(crate) expires_before: Option<Date>,
    pub(crate) expires_after: Option<Date>,
    pub(crate) search: Option<&'a str>,
    pub(crate) sort: Option<&'a str>,
    pub(crate) page: Option<i64>,
    pub(crate) per_page: Option<i64>,
}

impl Filters<'_> {
    pub(crate) const NONE: Self = Self {
        user_id: None,
        revoked: None,
        state: None,
        created_before: None,
        created_after: None,
        last_used_before: None,
        last_used_after: None,
        expires_before: None,
        expires_after: None,
        search: None,
        sort: None,
        page: None,
        per_page: None,
    };
}

impl Client {
    pub(crate) fn new(base_url: &str, token: &str) -> Result<Self> {
        let mut headers = HeaderMap::new();
        if let Ok(mut value) = HeaderValue::from_str(token) {
            value.set_sensitive(true);
            headers.insert("PRIVATE-TOKEN", value);
        }
        Ok(Self {
            http: reqwest::Client::builder()
                .user_agent("by-hand/0.1")
                .default_headers(headers)
                .build()?,
            base_url: base_url.to_owned(),
        })
    }

    pub(crate) async fn get_self(&self) -> Result<Token> {
        let url = format!("{}/api/v4/personal_access_tokens/self", self.base_url);
        let response = self.http.get(url).send().await?;
        response.error_for_status()?.json().await
    }

    pub(crate) fn list(&self, filters: &Filters<'_>) -> reqwest::RequestBuilder {
        let url = format!("{}/api/v4/personal_access_tokens", self.base_url);
        self.http.get(url).query(filters)
    }

    /// Calls `each` with every token of all pages.
    pub(crate) async fn for_each(&self, mut each: impl FnMut(Token)) -> Result<()> {
        let mut filters = Filters {
            per_page: Some(100),
            ..Filters::NONE
        };
        loop {
            let response = self.list(&filters).send().await?.error_for_status()?;
            let next = response
                .headers()
                .get("x-next-page")
                .and_then(|value| value.to_str().ok())
                .and_then(|value| value.parse().ok());
            for token in response.json::<Vec<Token>>().await? {
                each(token);
            }
            if next.is_none() {
                return Ok(());
            }
            filters.page = next;
        }
    }
}

pub(crate) fn decode(body: &[u8]) -> serde_json::Result<Vec<Token>> {
    serde_json::from_slice(body)
}
