//! What a client tells about its attempts: to a hook of the user's, for metrics. Knows neither requests nor responses.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::runtime::api::operation::Method;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// One attempt to send a call's request, after it ended. Holds nothing that is secret and nothing that names a resource, so that its
/// values can be labels of metrics.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Attempt {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) url_template: &'static str,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) status: Option<StatusCode>,
    pub(crate) error_type: Option<&'static str>,
    pub(crate) retry_in: Option<Duration>,
}

impl Attempt {
    /// The operation, as `group.method`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> http::Method {
        self.method.into()
    }

    /// The path with `{name}` for parameters; empty for requests that no operation describes.
    #[must_use]
    pub fn url_template(&self) -> &'static str {
        self.url_template
    }

    /// The attempts of the call so far, this one included.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The time from sending the request to the end of the response's body, on the client's clock.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The status of the response, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Why it failed: `timeout`, `connect`, `status` and the like; `None` for a success.
    #[must_use]
    pub fn error_type(&self) -> Option<&'static str> {
        self.error_type
    }

    /// The pause before the next attempt; `None` where this was the last.
    #[must_use]
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

type Hook = dyn Fn(&Attempt) + Send + Sync;

/// The hook of a client.
#[derive(Clone, Default)]
pub(crate) struct Observer(Option<Arc<Hook>>);

impl Observer {
    pub(crate) fn new(hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hook)))
    }

    /// Tells the hook, if there is one. A hook that panics does not take the call with it: the response in hand may hold a secret that
    /// stands nowhere else.
    pub(crate) fn tell(&self, attempt: impl FnOnce() -> Attempt) {
        if let Some(hook) = &self.0 {
            let attempt = attempt();
            // The panic has been reported already.
            let _ = catch_unwind(AssertUnwindSafe(|| hook(&attempt)));
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Observer")
    }
}

/// The class of an error as a label: few values, none of them from outside.
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
