//! The admission of requests that replace a credential, and the guard of an in-flight request.

use std::sync::Arc;
use std::time::Duration;

use crate::runtime::error::Error;
use crate::runtime::replacement::Replacing;
use crate::runtime::replacement::check::{Check, check};
use crate::runtime::replacement::info::CredentialEffect;
use crate::runtime::replacement::registry::{Admission, Entry, Snapshot};
use crate::runtime::replacement::state::{Decision, Target};

/// A hundred years, for replacement cooldowns that the clock can't represent.
const NEVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The pause before the next attempt if another call is in the way, which will not take much longer.
const BUSY: Duration = Duration::from_secs(1);

/// Returns an error if the request must not be sent, whatever the server's response to a check would be.
pub(crate) fn ensure_sendable(
    call: &Replacing,
    target: &Target,
    entry: &Entry,
) -> Result<(), Error> {
    let decision = entry.lock().decision(target, call.shared.timer.now());
    error_response(&decision).map_or(Ok(()), Err)
}

fn error_response(decision: &Decision) -> Option<Error> {
    match decision {
        Decision::Send | Decision::CheckFirst => None,
        Decision::Inactive => Some(Error::credential(
            "not sent: the credential was replaced or revoked; set another one with `set_auth`, or return it from the provider",
        )),
        Decision::Wait(left) => Some(
            Error::credential(
                "not sent: an earlier request to replace a credential may still be in flight",
            )
            .with_retry_after(Some(*left)),
        ),
        Decision::Busy => Some(
            Error::credential(
                "not sent: a request to replace the same credential, or with it, is in flight in another call",
            )
            .with_retry_after(Some(BUSY)),
        ),
    }
}

/// Waits until the request may be sent, and records it as in flight.
pub(crate) async fn admit<'call>(
    call: &'call Replacing,
    effect: &CredentialEffect,
    target: &'call Target,
    entry: &'call Arc<Entry>,
) -> Result<InFlightGuard<'call>, Error> {
    loop {
        let now = call.shared.timer.now();
        let (subject, otherwise) = match call.registry.admit(entry, target, now) {
            Admission::Granted(snapshot) => {
                return Ok(InFlightGuard {
                    call,
                    target,
                    entry,
                    snapshot,
                    is_open: true,
                });
            }
            Admission::Denied(decision) => {
                return Err(
                    error_response(&decision).unwrap_or_else(|| Error::credential("not sent"))
                );
            }
            Admission::CheckFirst => (Arc::clone(entry), None),
            Admission::CheckOtherFirst(other, decision) => (other, Some(decision)),
        };
        let checked = call.deadline.run(check(call, effect, &subject)).await;
        if let Check::Inconclusive(error) = checked.map_err(|_| call.timed_out())? {
            return Err(otherwise.as_ref().and_then(error_response).unwrap_or(error));
        }
    }
}

/// The guard of a request that may be in flight. If the future of the call is dropped, the outcome is unknown.
pub(crate) struct InFlightGuard<'call> {
    pub(crate) call: &'call Replacing,
    pub(crate) target: &'call Target,
    pub(crate) entry: &'call Arc<Entry>,
    pub(crate) snapshot: Snapshot,
    is_open: bool,
}

impl InFlightGuard<'_> {
    /// Ends the guard of a request that was not sent or whose outcome is recorded.
    pub(crate) fn end(mut self) {
        self.close();
    }

    /// Records that the server executed the request.
    pub(crate) fn succeeded(mut self) {
        let now = self.call.shared.timer.now();
        let registry = &self.call.registry;
        registry.succeeded(self.entry, self.target, now);
        self.close();
    }

    /// Records that the server rejected the request. The response may come from another server, so the next call checks first.
    pub(crate) fn rejected(mut self) {
        let now = self.call.shared.timer.now();
        let registry = &self.call.registry;
        registry.request_rejected(self.entry, self.target, now);
        self.close();
    }

    /// Records that the request may still be executed until the replacement cooldown has passed.
    pub(crate) fn unknown(mut self) {
        self.note_unknown();
        self.close();
    }

    fn note_unknown(&self) {
        let now = self.call.shared.timer.now();
        let cooldown_end = now
            .checked_add(self.call.registry.cooldown())
            .or_else(|| now.checked_add(NEVER))
            .unwrap_or(now);
        let registry = &self.call.registry;
        registry.unknown(self.entry, self.target, cooldown_end);
    }

    fn close(&mut self) {
        self.is_open = false;
        self.call.registry.finished(self.entry, self.target);
    }
}

impl Drop for InFlightGuard<'_> {
    fn drop(&mut self) {
        if self.is_open {
            if self.call.is_on_its_way() {
                self.note_unknown();
            }
            self.close();
        }
    }
}
