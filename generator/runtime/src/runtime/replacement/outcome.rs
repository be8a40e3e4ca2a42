//! The effect of a failed call on a credential.

use std::any::Any;
use std::sync::Arc;

use crate::runtime::error::{CredentialOutcome, Error};

/// The effect of a failed call on the credential that it was to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplacementOutcome {
    /// The credential was not replaced: the server rejected the request, or it was not sent.
    NotReplaced,
    /// The credential was replaced, but its successor did not reach the caller.
    ///
    /// [`Error::body`](crate::runtime::error::Error::body) is the part of the response that arrived and may contain the new secret.
    /// Otherwise the secret is lost, and another credential is needed to find and revoke the successor.
    Replaced,
    /// Whether the credential was replaced is unknown.
    ///
    /// There was no response, or the response may come from a proxy, or the request was rejected after an earlier one that may have been
    /// executed. Do not repeat the call. Check whether the old credential is still active, and check again some minutes later, since the
    /// request may still be executed. After a successful status, [`Error::body`](crate::runtime::error::Error::body) may contain the new
    /// secret in an unknown form.
    Unknown,
}

impl Error {
    /// Returns the effect of a failed call on the credential that it was to replace.
    ///
    /// This is `None` for operations that do not replace a credential, and if the server reports that the credential had already ended. It
    /// is `None` too if the call was not sent: the credential has ended, the outcome of an earlier call is unknown
    /// ([`ErrorKind::Credential`](crate::runtime::error::ErrorKind::Credential)) or could not be checked, or the deadline passed in the queue.
    #[must_use]
    pub fn replacement_outcome(&self) -> Option<ReplacementOutcome> {
        let known: &dyn Any = self.inner.credential_outcome.as_deref()?;
        known.downcast_ref().map(|known: &Known| known.outcome)
    }

    /// Adds the effect on the credential that the call was to replace, and advice for the caller.
    pub(crate) fn with_replacement(
        mut self,
        outcome: ReplacementOutcome,
        advice: Option<&'static str>,
    ) -> Self {
        self.inner.credential_outcome = Some(Arc::new(Known { outcome, advice }));
        self
    }
}

struct Known {
    outcome: ReplacementOutcome,
    advice: Option<&'static str>,
}

impl CredentialOutcome for Known {
    fn advice(&self) -> Option<&'static str> {
        self.advice
    }
}
