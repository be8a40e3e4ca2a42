//! What arrives before the body of a response: status and headers, and what clients read in them.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use url::Url;

use crate::runtime::api::operation::{ApiInfo, RateLimitHeaders};
use crate::runtime::redact::redactor::{Redactor, one_line};

/// The maximum length of a request id, in characters.
const REQUEST_ID_LIMIT: usize = 128;

/// A response without its body.
#[derive(Clone)]
pub(crate) struct Head {
    /// The URL of the request, without the credential.
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Removes the request's credential from texts of the response.
    pub(crate) redactor: Redactor,
    api: &'static ApiInfo,
    // Read on demand, since most callers need neither.
    pub(crate) request_id: OnceLock<Option<String>>,
    rate_limit: OnceLock<Option<RateLimit>>,
}

impl Head {
    pub(crate) fn new(
        status: StatusCode,
        headers: HeaderMap,
        url: Url,
        api: &'static ApiInfo,
        redactor: &Redactor,
    ) -> Self {
        Self {
            url,
            status,
            headers,
            redactor: redactor.clone(),
            api,
            request_id: OnceLock::new(),
            rate_limit: OnceLock::new(),
        }
    }

    /// Returns the id that the server assigned to the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        let read = || {
            let names = self.api.request_id_headers.iter();
            names
                .filter_map(|name| text(&self.headers, name))
                .map(|id| one_line(&self.redactor.redact(id), REQUEST_ID_LIMIT))
                .find(|id| !id.is_empty())
        };
        self.request_id.get_or_init(read).as_deref()
    }

    /// Returns the rate limit that the response's headers describe.
    pub(crate) fn rate_limit(&self) -> Option<&RateLimit> {
        let names = &self.api.rate_limit_headers;
        let read = || RateLimit::read(&self.headers, names, &self.redactor);
        self.rate_limit.get_or_init(read).as_ref()
    }

    /// Returns the media type without parameters, in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = value.split(';').next()?.trim();
        Some(essence.to_ascii_lowercase())
    }
}

/// Returns the value of a header if it is text.
pub(crate) fn text<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// The rate limit that a server describes. The units are the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The name of the limit.
    pub name: Option<String>,
    /// The number of requests allowed in the window.
    pub limit: Option<u64>,
    /// The number of requests left in the window.
    pub remaining: Option<u64>,
    /// The number of requests counted in the window.
    pub observed: Option<u64>,
    /// The end of the window.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    /// Reads the rate limit. Returns `None` if the response has none of the headers in a readable form.
    fn read(headers: &HeaderMap, names: &RateLimitHeaders, redactor: &Redactor) -> Option<Self> {
        let number = |name: Option<&str>| text(headers, name?)?.parse::<u64>().ok();
        let limit = Self {
            name: names
                .name
                .and_then(|name| text(headers, name))
                .map(|name| one_line(&redactor.redact(name), REQUEST_ID_LIMIT))
                .filter(|name| !name.is_empty()),
            limit: number(names.limit),
            remaining: number(names.remaining),
            observed: number(names.observed),
            reset: number(names.reset).and_then(|seconds| {
                SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
            }),
        };
        let is_empty = limit.name.is_none()
            && limit.limit.is_none()
            && limit.remaining.is_none()
            && limit.observed.is_none()
            && limit.reset.is_none();
        (!is_empty).then_some(limit)
    }
}
