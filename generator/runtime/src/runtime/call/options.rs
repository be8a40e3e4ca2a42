//! Settings of a single call.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::call::retry::RetryPolicy;
use crate::runtime::credential::auth::Auth;

/// The settings of a single call. The client's settings apply where none is set.
#[derive(Clone, Default, PartialEq)]
pub struct RequestOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) auth: Option<Auth>,
    pub(crate) headers: HeaderMap,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_response_size: Option<usize>,
    /// The invalid part of a header.
    pub(crate) invalid: Option<&'static str>,
    /// The flags for the operation's guard, which defines their meaning.
    pub(crate) guard_flags: u8,
}

impl RequestOptions {
    /// Creates options without settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the time limit for the whole call, including retries and the pauses between them.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the credential of this call instead of the client's. It is sent only to the client's base URL.
    #[must_use]
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// Adds a header, which replaces a header of the same name from the client or the operation. Its value is never printed. The call fails
    /// if the name or value is invalid, or if the header carries credentials.
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        if let Err(part) = append(&mut self.headers, name, value) {
            self.invalid = Some(part);
        }
        self
    }

    /// Sets the policy for retries of this call instead of the client's.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets the maximum size of the response in bytes, both compressed and decompressed.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }
}

/// Adds a header whose value is never printed, or returns which part of it is invalid.
pub(crate) fn append<N, V>(headers: &mut HeaderMap, name: N, value: V) -> Result<(), &'static str>
where
    HeaderName: TryFrom<N>,
    HeaderValue: TryFrom<V>,
{
    let name = HeaderName::try_from(name).map_err(|_| "name")?;
    let mut value = HeaderValue::try_from(value).map_err(|_| "value")?;
    value.set_sensitive(true);
    headers.append(name, value);
    Ok(())
}

/// Prints the names of the headers, but not their values.
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
