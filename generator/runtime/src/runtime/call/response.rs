//! Responses: what arrived, as operations read it, and what callers get.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use crate::runtime::call::raw::RawBody;
use crate::runtime::decode::json;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::head::{Head, RateLimit};

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
