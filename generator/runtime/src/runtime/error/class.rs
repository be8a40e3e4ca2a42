//! The classes of errors that callers distinguish.

use http::StatusCode;

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::TransportErrorKind;

impl Error {
    /// Returns whether an error response has the form of the API's own: its body is a JSON object with the API's message or code.
    ///
    /// A message that may contain a secret has this form too, although [`message`](Error::message) withholds it. A message that quotes the
    /// result of an operation with a secret has not.
    ///
    /// Proxies, gateways and login pages respond with any status, mostly in HTML or without a body. A decision such as "the resource does
    /// not exist" should require this beside [`is_not_found`](Error::is_not_found). It is `false` if there was no error response.
    #[must_use]
    pub fn is_from_api(&self) -> bool {
        self.error_status().is_some() && self.inner.server.is_from_api && is_object(self.body())
    }

    /// Returns whether the status is 404. A proxy may have sent it, which [`is_from_api`](Error::is_from_api) shows.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_error_status(StatusCode::NOT_FOUND)
    }

    /// Returns whether the status is 401. A proxy may have sent it, which [`is_from_api`](Error::is_from_api) shows.
    ///
    /// Some servers also use it to hide resources of other users. [`is_credential_rejected`](Error::is_credential_rejected) distinguishes the
    /// two if the server does.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.has_error_status(StatusCode::UNAUTHORIZED)
    }

    /// Returns whether the server rejected the credential: the status is 401 with an error code such as OAuth's `invalid_token` (RFC 6750).
    /// A 401 without a code proves nothing about the credential.
    #[must_use]
    pub fn is_credential_rejected(&self) -> bool {
        self.is_unauthorized() && self.code().is_some()
    }

    /// Returns whether the status is 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has_error_status(StatusCode::FORBIDDEN)
    }

    /// Returns whether the status is 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_error_status(StatusCode::CONFLICT)
    }

    /// Returns whether the status is 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_error_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns whether the status is 5xx.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.error_status()
            .is_some_and(|status| status.is_server_error())
    }

    /// Returns whether the call, the connection or the server took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.inner.kind == ErrorKind::Timeout
            || self.inner.transport.is_some_and(|error| {
                matches!(
                    error.kind(),
                    TransportErrorKind::ConnectTimeout | TransportErrorKind::ReadTimeout
                )
            })
    }

    /// Returns whether the connection failed, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.inner
            .transport
            .is_some_and(|error| error.kind().is_not_sent())
    }

    /// Returns whether the status is a success but the response could not be decoded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.inner.kind == ErrorKind::Decode
    }

    fn has_error_status(&self, status: StatusCode) -> bool {
        self.error_status() == Some(status)
    }

    fn error_status(&self) -> Option<StatusCode> {
        self.inner
            .status
            .filter(|_| self.inner.kind == ErrorKind::Status)
    }
}

/// Returns whether a body is one JSON object, without an allocation for it.
pub(crate) fn is_object(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"{")
        && std::str::from_utf8(body)
            .is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}
