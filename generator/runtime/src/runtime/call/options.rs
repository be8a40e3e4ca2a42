//! What a single call does differently from its client.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::call::retry::RetryPolicy;
use crate::runtime::credential::auth::Auth;

/// Settings of a single call; what is not set comes from the client.
#[derive(Clone, Default, PartialEq)]
pub struct RequestOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) auth: Option<Auth>,
    pub(crate) headers: HeaderMap,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_response_size: Option<usize>,
    pub(crate) invalid: Option<&'static str>,
    /// What the call asks of its operation's guard, as bits that the guard knows.
    pub(crate) guard_flags: u8,
}

impl RequestOptions {
    /// Nothing set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The time that the whole call may take, everything included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The credential of this call, in place of the client's. It goes to the client's base URL alone.
    #[must_use]
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// A header beside the ones of the operation, in place of one that the client or the operation sets itself. Its value is
    /// never printed. A name or value that cannot be sent makes the call fail, and so does a header that carries credentials.
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.append(name, value);
            }
            (Err(_), _) => self.invalid = Some("the options hold a header with an invalid name"),
            (_, Err(_)) => self.invalid = Some("the options hold a header with an invalid value"),
        }
        self
    }

    /// How this call is repeated when it fails, in place of the client's policy.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// The largest response that is accepted, in bytes, both as it arrives and decompressed.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }
}

/// Names the headers and never shows their values.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("auth", &self.auth)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("retry", &self.retry)
            .field("max_response_size", &self.max_response_size)
            .field("guard_flags", &self.guard_flags)
            .finish_non_exhaustive()
    }
}
