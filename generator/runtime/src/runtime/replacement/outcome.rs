//! What a failed call did to a credential, as its error says.

use std::any::Any;
use std::sync::Arc;

use crate::runtime::error::{CredentialOutcome, Error};

/// What a failed call did to the credential that it was to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplacementOutcome {
    /// Nothing: the server refused the call, or it was not sent.
    NotReplaced,
    /// The credential was replaced, and its successor did not reach the caller. What arrived of the response is in
    /// [`Error::body`](crate::runtime::error::Error::body), and the new secret may be in it; otherwise it is lost, and another
    /// credential is needed to find and revoke the successor.
    Replaced,
    /// Not known: there was no response, or one that anybody on the way can have given, or it was refused where an earlier call may have
    /// been carried out. Do not repeat the call: ask with the old credential whether it is still active, and once more after some minutes,
    /// since the request may still be on its way. Of a response with success [`Error::body`](crate::runtime::error::Error::body) may hold
    /// the new secret in a form that was not understood.
    Unknown,
}

impl Error {
    /// What a failed call did to the credential that it was to replace. `None` for operations that replace none, where the server says
    /// that the credential had ended before, and for a call that was not sent: the credential has ended, an earlier call's outcome is
    /// open ([`ErrorKind::Credential`]) or could not be asked for, or the time was over in the queue.
    #[must_use]
    pub fn replacement_outcome(&self) -> Option<ReplacementOutcome> {
        let known: &dyn Any = self.inner.credential_outcome.as_deref()?;
        known.downcast_ref().map(|known: &Known| known.outcome)
    }

    /// Says what became of the credential that the call was to replace, and what the caller is to do.
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
