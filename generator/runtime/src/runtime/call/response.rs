//! Responses: the data that arrived, the readers for operations, and the result for callers.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use crate::runtime::call::raw::RawBody;
use crate::runtime::decode::json;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::head::Head;

/// A complete response with a 2xx status, to be decoded by an operation.
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

    /// Returns the URL of the response without the credential. Links in the response are relative to it. It is public because clients
    /// without pagination do not use it.
    #[doc(hidden)]
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.head.url
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers as the server sent them. If the body was compressed, they describe the compressed body.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no body or if it is not JSON of this type. The error contains the path and never a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.body.trim_ascii().is_empty() {
            return Err(self.error(
                "expected JSON, but the response is empty; the server executed the request",
            ));
        }
        if self.body.trim_ascii_start().starts_with(b"<") {
            return Err(
                self.error("expected JSON, but the response is HTML or XML; check the base URL")
            );
        }
        json::decode(&self.body).map_err(|error| Error::from(error).redacted(&self.head.redactor))
    }

    /// Decodes the body as JSON, or returns `None` if there is no body.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON of this type.
    pub fn json_or_none<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// Decodes the body as text in UTF-8.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        let body = self
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body);
        match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => {
                Err(self.error("expected text in UTF-8, but the response has another encoding"))
            }
        }
    }

    /// Returns the body unchanged.
    ///
    /// # Errors
    ///
    /// This never fails. It has the signature of the other readers.
    pub fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    /// Ignores the body.
    ///
    /// # Errors
    ///
    /// This never fails. It has the signature of the other readers.
    pub fn empty(&self) -> Result<(), Error> {
        Ok(())
    }

    fn error(&self, detail: &'static str) -> Error {
        Error::new(ErrorKind::Decode, detail)
    }
}

/// Prints neither headers nor the body, since both may contain secrets.
impl fmt::Debug for HttpResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpResponse")
            .field("status", &self.head.status)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// The result of a call, with the response's status and headers.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    pub(crate) head: Arc<Head>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, head: Arc<Head>) -> Self {
        Self { value, head }
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers of the response as the server sent them. If the body was compressed, they describe the compressed body. `Debug`
    /// does not print them.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the id that the server assigned to the request, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// Returns a reference to the result.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the result.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl Response<RawBody> {
    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no body or if it is not JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let body = Bytes::clone(&self.value);
        HttpResponse::new(Arc::clone(&self.head), body.clone())
            .json()
            .map_err(|error| {
                let error = error.in_operation(self.head.operation);
                error.with_response(&self.head, body)
            })
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
