//! What a caller sees of a call, as far as it decides what the caller does next.

use std::time::Duration;

use gitlab_pat::{Error, ErrorKind};

use gitlab_pat::transport::{TransportError, TransportErrorKind};

/// What a caller sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sees {
    /// The class of the error; none where the call succeeds.
    kind: Option<ErrorKind>,
    /// The stage at which the exchange failed.
    stage: Option<TransportErrorKind>,
    /// The status of the response that the error came with; 200 for every success.
    status: Option<u16>,
    /// Whether it is unknown that the server carried out what must not be repeated.
    open: bool,
    /// The pause that the server asks for.
    retry_after: Option<Duration>,
}

/// The result.
pub(super) const DONE: Sees = Sees {
    kind: None,
    stage: None,
    status: None,
    open: false,
    retry_after: None,
};

/// No connection could be made.
pub(super) const REFUSED: Sees = transport(TransportErrorKind::Connect);

/// The connection ended before the response was complete.
pub(super) const LOST: Sees = transport(TransportErrorKind::ConnectionLost);

/// The server was silent for too long.
pub(super) const SILENT: Sees = transport(TransportErrorKind::ReadTimeout);

/// What arrived is not HTTP.
pub(super) const NOT_HTTP: Sees = transport(TransportErrorKind::InvalidResponse);

/// A success that cannot be read.
pub(super) const UNREADABLE: Sees = failure(ErrorKind::Decode).with_status(200);

/// A success that is larger than the client accepts.
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
    /// And the caller cannot know whether the server did it.
    pub(super) const fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// And the response had begun with this status.
    pub(super) const fn with_status(self, status: u16) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// And the server asks for this pause.
    pub(super) const fn asking(self, pause: Duration) -> Self {
        Self {
            retry_after: Some(pause),
            ..self
        }
    }

    /// Whether the caller may take it that the server did nothing.
    pub(super) fn says_nothing_was_done(&self) -> bool {
        self.kind.is_some() && !self.open && self.status != Some(200)
    }

    /// What is seen of a result.
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
