//! Providers of credentials. The client asks a provider before each attempt and does not keep the credential.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::runtime::credential::auth::Auth;

/// A future of the credential from a provider.
pub type AuthFuture = Pin<Box<dyn Future<Output = Result<Auth, AuthError>> + Send>>;

/// A source of credentials for a client, such as a vault, a file or a refreshed token.
///
/// The client asks the provider before each attempt, including retries, within the call's timeout. A retry that could change another
/// credential is sent with that of the first attempt: a revocation of the caller's own one, and a request that the caller builds and whose
/// method is not safe. A provider that is expensive to ask
/// should cache its credential. If the provider fails before the first attempt, the call ends without sending a request. If it fails before
/// a retry, the call ends with the last attempt's error. A closure that returns such a future is a provider.
pub trait AuthProvider: Send + Sync + 'static {
    /// Returns the credential to use now.
    fn auth(&self) -> AuthFuture;
}

impl<F, R> AuthProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Auth, AuthError>> + Send + 'static,
{
    fn auth(&self) -> AuthFuture {
        Box::pin(self())
    }
}

/// The failure of a provider. It contains only a fixed text, because messages of vaults and files may quote secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthError {
    reason: &'static str,
    retry_after: Option<Duration>,
}

impl AuthError {
    /// Creates a permanent failure with this reason, such as a missing file or a rejection by a vault. The reason is displayed. The failure
    /// ends the stream of a list.
    #[must_use]
    pub fn new(reason: &'static str) -> Self {
        Self {
            reason,
            retry_after: None,
        }
    }

    /// Marks the failure as temporary, with the pause before the next call. The call's error returns both
    /// ([`is_retryable`](crate::runtime::error::Error::is_retryable), [`retry_after`](crate::runtime::error::Error::retry_after)). The
    /// client does not ask the provider again for the same call.
    #[must_use]
    pub fn with_retry_after(mut self, pause: Duration) -> Self {
        self.retry_after = Some(pause);
        self
    }

    pub(crate) fn pause(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.reason)
    }
}

impl std::error::Error for AuthError {}
