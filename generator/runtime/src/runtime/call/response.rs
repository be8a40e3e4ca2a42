//! Responses: what arrived, as operations read it, and what callers get.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use crate::runtime::api::operation::{ApiInfo, RateLimitHeaders};
use crate::runtime::call::raw::RawBody;
use crate::runtime::decode::json;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::redact::redactor::{Redactor, one_line};

/// As long as a request id may be, in characters.
const REQUEST_ID_LIMIT: usize = 128;

/// An API that says nothing of its responses.
#[cfg(feature = "test-util")]
static NO_API: ApiInfo = ApiInfo {
    name: "",
    version: "",
    package: "",
    package_version: "",
    default_base_url: None,
    base_path: None,
    error_body: crate::runtime::api::operation::ErrorBodyInfo {
        message: &[],
        code: &[],
        required_scopes: &[],
    },
    request_id_headers: &[],
    rate_limit_headers: RateLimitHeaders {
        limit: None,
        remaining: None,
        observed: None,
        name: None,
        reset: None,
    },
    credential_places: &[],
};

/// Everything about a response but its body.
#[derive(Clone)]
pub(crate) struct Head {
    /// What was asked for, without the credential.
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Cuts the request's credential out of what is shown of the response.
    pub(crate) redactor: Redactor,
    api: &'static ApiInfo,
    // Most callers ask for neither.
    request_id: OnceLock<Option<String>>,
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

    /// Creates the head of a response that no server sent.
    #[cfg(feature = "test-util")]
    pub(crate) fn empty() -> Self {
        let url = Url::parse("about:blank").expect("the text is a URL");
        let (status, headers) = (StatusCode::OK, HeaderMap::new());
        Self::new(status, headers, url, &NO_API, &Redactor::default())
    }

    /// The server's name for the exchange.
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

    /// What the server says about its rate limit.
    pub(crate) fn rate_limit(&self) -> Option<&RateLimit> {
        let names = &self.api.rate_limit_headers;
        let read = || RateLimit::read(&self.headers, names, &self.redactor);
        self.rate_limit.get_or_init(read).as_ref()
    }

    /// The media type without its parameters, in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = value.split(';').next()?.trim();
        Some(essence.to_ascii_lowercase())
    }
}

/// A header's value, where it is text.
pub(crate) fn text<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A complete response with a 2xx status, for an operation to read.
#[derive(Clone)]
pub struct HttpResponse {
    head: Arc<Head>,
    body: Bytes,
}

impl HttpResponse {
    pub(crate) fn new(head: Arc<Head>, body: Bytes) -> Self {
        Self { head, body }
    }

    pub(crate) fn head(&self) -> &Arc<Head> {
        &self.head
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// The URL that the response came from, without the credential: what links in it are relative to. Public for clients without pages,
    /// in which nothing reads it.
    #[doc(hidden)]
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.head.url
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers as the server sent them: those of a body that came compressed speak of the compressed one.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The body as JSON of this shape.
    ///
    /// # Errors
    /// There is no body, or it is not JSON of this shape. The error names the place and never a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.body.trim_ascii().is_empty() {
            return Err(self.error(
                "the server acted, and its response is empty where a result is documented",
            ));
        }
        if self.body.trim_ascii_start().starts_with(b"<") {
            return Err(self.error("the response is HTML or XML where JSON is documented"));
        }
        json::decode(&self.body).map_err(|error| Error::from(error).redacted(&self.head.redactor))
    }

    /// The body as JSON of this shape; none where there is no body.
    ///
    /// # Errors
    /// The body is not JSON of this shape.
    pub fn json_or_none<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// The body as text in UTF-8.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        let body = self
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body);
        match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(self.error("the response is not text in UTF-8")),
        }
    }

    /// The body as it is.
    ///
    /// # Errors
    /// None; the signature is that of the other readers.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    /// Ignores the body.
    ///
    /// # Errors
    /// None; the signature is that of the other readers.
    pub fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    fn error(&self, detail: &'static str) -> Error {
        Error::new(ErrorKind::Decode, detail)
    }
}

/// Neither headers nor body: either may hold a secret.
impl fmt::Debug for HttpResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpResponse")
            .field("status", &self.head.status)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// The result of a call together with the response that it came in.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    head: Arc<Head>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, head: Arc<Head>) -> Self {
        Self { value, head }
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers of the response as the server sent them: those of a body that came compressed speak of the compressed one. They are
    /// never printed with the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The server's name for the exchange, for its operators.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// What the server says about its rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.head.rate_limit()
    }

    /// The result.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The result alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl Response<RawBody> {
    /// The body as JSON of this shape.
    ///
    /// # Errors
    /// There is no body, or it is not JSON of this shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let body = Bytes::clone(&self.value);
        HttpResponse::new(Arc::clone(&self.head), body.clone())
            .json()
            .map_err(|error| error.with_response(&self.head, body))
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.head.status)
            .field("request_id", &self.head.request_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// What a server says about its rate limit. The units are the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The limit's name.
    pub name: Option<String>,
    /// Requests allowed in the window.
    pub limit: Option<u64>,
    /// Requests left in the window.
    pub remaining: Option<u64>,
    /// Requests counted in the window.
    pub observed: Option<u64>,
    /// The end of the window.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    /// None where the response has none of the headers in a form that can be read.
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
