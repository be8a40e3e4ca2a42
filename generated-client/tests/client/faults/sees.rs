//! The parts of a call's result that decide what the caller does next.

use std::time::Duration;

use gitlab_pat::{Error, ErrorKind};

use gitlab_pat::transport::{TransportError, TransportErrorKind};

/// The result of a call as its caller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sees {
    /// The class of the error. `None` if the call succeeds.
    kind: Option<ErrorKind>,
    /// The stage at which the exchange failed.
    stage: Option<TransportErrorKind>,
    /// The status of the error's response. 200 for every success.
    status: Option<u16>,
    /// Whether it is unknown if the server executed an operation that must not be retried.
    open: bool,
    /// The pause that the server requests.
    retry_after: Option<Duration>,
}

/// A success.
pub(super) const DONE: Sees = Sees {
    kind: None,
    stage: None,
    status: None,
    open: false,
    retry_after: None,
};

/// The connection failed.
pub(super) const REFUSED: Sees = transport(TransportErrorKind::Connect);

/// The connection ended before the response was complete.
pub(super) const LOST: Sees = transport(TransportErrorKind::ConnectionLost);

/// The server was silent for too long.
pub(super) const SILENT: Sees = transport(TransportErrorKind::ReadTimeout);

/// The response is not HTTP.
pub(super) const NOT_HTTP: Sees = transport(TransportErrorKind::InvalidResponse);

/// A successful response that can't be decoded.
pub(super) const UNREADABLE: Sees = failure(ErrorKind::Decode).with_status(200);

/// A successful response that is larger than the client accepts.
pub(super) const TOO_LARGE: Sees = failure(ErrorKind::TooLarge).with_status(200);

/// The call did not end in time.
pub(super) const TIMED_OUT: Sees = failure(ErrorKind::Timeout);

/// A redirect that is not followed.
pub(super) const fn redirect(status: u16) -> Sees {
    failure(ErrorKind::Redirect).with_status(status)
}

/// An error status.
pub(super) const fn status(status: u16) -> Sees {
    failure(ErrorKind::Status).with_status(status)
}

const fn failure(kind: ErrorKind) -> Sees {
    Sees {
        kind: Some(kind),
        ..DONE
    }
}

const fn transport(stage: TransportErrorKind) -> Sees {
    Sees {
        stage: Some(stage),
        ..failure(ErrorKind::Transport)
    }
}

impl Sees {
    /// Makes the outcome unknown.
    pub(super) const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// Adds the status of a response that has begun.
    pub(super) const fn with_status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// Adds the pause that the server requests.
    pub(super) const fn asking(self, pause: Duration) -> Self {
        Self {
            retry_after: Some(pause),
            ..self
        }
    }

    /// Returns whether the caller may assume that the server did nothing.
    pub(super) fn is_not_executed(&self) -> bool {
        self.kind.is_some() && !self.open && self.status != Some(200)
    }

    /// Returns what the caller sees of a result.
    pub(super) fn of(result: &Result<(), Error>) -> Self {
        let Err(error) = result else { return DONE };
        let stage = error.transport_error().map(TransportError::kind);
        Self {
            kind: Some(error.kind()),
            stage,
            status: error.status().map(|status| match status.as_u16() {
                200..=299 => 200,
                status => status,
            }),
            open: error.is_outcome_unknown(),
            retry_after: error.retry_after(),
        }
    }
}
