//! Reports attempts to a function of the user, for metrics.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// An attempt to send the request of a call, after its end. It contains neither secrets nor ids of resources, so that its values can be
/// labels of metrics.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Attempt {
    pub(crate) operation: &'static str,
    pub(crate) method: &'static Method,
    pub(crate) url_template: &'static str,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) status: Option<StatusCode>,
    pub(crate) error_type: Option<&'static str>,
    pub(crate) retry_in: Option<Duration>,
}

impl Attempt {
    /// Returns the name of the operation, as `group.method`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method.clone()
    }

    /// Returns the path with `{name}` for parameters. It is empty for requests without an operation.
    #[must_use]
    pub fn url_template(&self) -> &'static str {
        self.url_template
    }

    /// Returns the number of this attempt in its call, counted from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the time from the start of the request to the end of the response's body, on the client's clock.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the class of the failure, such as `timeout`, `connect` or `status`, or `None` for a success.
    #[must_use]
    pub fn error_type(&self) -> Option<&'static str> {
        self.error_type
    }

    /// Returns the pause before the next attempt, or `None` if this was the last one.
    ///
    /// It is also `None` if the server rejected the credential while another call is replacing it. The request may then be sent again with the
    /// new credential, which is not decided yet.
    #[must_use]
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

type Hook = dyn Fn(&Attempt) + Send + Sync;

/// The function of a client that receives attempts.
#[derive(Clone, Default)]
pub(crate) struct Observer(Option<Arc<Hook>>);

impl Observer {
    pub(crate) fn new(hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hook)))
    }

    /// Calls the function, if there is one. A panic in it does not end the call, because the response may contain a secret that exists
    /// nowhere else.
    pub(crate) fn report(&self, attempt: impl FnOnce() -> Attempt) {
        if let Some(hook) = &self.0 {
            let attempt = attempt();
            // The panic hook has already reported the panic.
            let _ = catch_unwind(AssertUnwindSafe(|| hook(&attempt)));
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Observer")
    }
}

/// Returns the class of an error as a label. There are few labels, and none contains data from outside.
pub(crate) fn error_type(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Configuration => "configuration",
        ErrorKind::InvalidRequest => "invalid_request",
        ErrorKind::Credential => "credential",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Redirect => "redirect",
        ErrorKind::Status => "status",
        ErrorKind::Decode => "decode",
        ErrorKind::TooLarge => "too_large",
        ErrorKind::Transport => match error.transport_error().map(TransportError::kind) {
            Some(TransportErrorKind::Dns) => "dns",
            Some(TransportErrorKind::Connect) => "connect",
            Some(TransportErrorKind::ConnectTimeout) => "connect_timeout",
            Some(TransportErrorKind::Tls) => "tls",
            Some(TransportErrorKind::ReadTimeout) => "read_timeout",
            Some(TransportErrorKind::ConnectionLost) => "connection_lost",
            Some(TransportErrorKind::InvalidResponse) => "invalid_response",
            Some(TransportErrorKind::Other) | None => "other",
        },
    }
}
