//! Credentials that come from elsewhere: asked for before each attempt, never kept.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::runtime::credential::auth::Auth;

/// A credential in flight from a provider.
pub type AuthFuture = Pin<Box<dyn Future<Output = Result<Auth, AuthError>> + Send>>;

/// Where a client gets its credential from: a vault, a file, a refreshed token.
///
/// It is asked before each attempt, retries included, within the call's timeout; whoever is expensive to ask caches. Where it fails
/// before the first attempt the call ends unsent, and where it fails before a retry the call ends with what the last attempt met. A
/// closure that returns such a future is a provider.
pub trait AuthProvider: Send + Sync + 'static {
    /// The credential to use now.
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

/// Why a provider has no credential. Holds a fixed text alone, since the texts of vaults and files may quote what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthError {
    reason: &'static str,
    retry_after: Option<Duration>,
}

impl AuthError {
    /// A failure for this reason, which is shown to people. It counts as one that stays: a file that is not there, a vault that says no.
    /// A stream of a list ends with it.
    #[must_use]
    pub fn new(reason: &'static str) -> Self {
        Self {
            reason,
            retry_after: None,
        }
    }

    /// Says that the failure may pass, and after which pause to call again. The call's error repeats both
    /// ([`is_retryable`](crate::runtime::error::Error::is_retryable), [`retry_after`](crate::runtime::error::Error::retry_after)); the
    /// client itself does not ask again for this call.
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
