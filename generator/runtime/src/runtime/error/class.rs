//! The classes of errors that callers distinguish.

use http::StatusCode;

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::TransportErrorKind;

impl Error {
    /// Returns whether the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_error_status(StatusCode::NOT_FOUND)
    }

    /// Returns whether the status is 401. Some servers also use it to hide resources of other users.
    /// [`is_credential_rejected`](Error::is_credential_rejected) distinguishes the two if the server does.
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
