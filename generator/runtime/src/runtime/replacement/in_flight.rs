//! Whether a request that replaces a credential may leave, and the note that it is in flight until what became of it is noted.

use std::sync::Arc;
use std::time::Duration;

use crate::runtime::error::Error;
use crate::runtime::replacement::Replacing;
use crate::runtime::replacement::check::{Asked, ask};
use crate::runtime::replacement::info::CredentialEffect;
use crate::runtime::replacement::registry::{Admission, Entry, Snapshot};
use crate::runtime::replacement::state::{Target, Verdict};

/// Stands for replacement cooldowns beyond what a clock can express: a hundred years.
const NEVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// When to try again where another call is in the way, which will not take much longer.
const BUSY: Duration = Duration::from_secs(1);

/// Refuses what may not leave, whatever the server would say now.
pub(crate) fn refuse(call: &Replacing, target: &Target, entry: &Entry) -> Result<(), Error> {
    let verdict = entry.lock().verdict(target, call.shared.timer.now());
    error_response(&verdict).map_or(Ok(()), Err)
}

fn error_response(verdict: &Verdict) -> Option<Error> {
    match verdict {
        Verdict::Go | Verdict::Ask => None,
        Verdict::Inactive => Some(Error::credential(
            "not sent: the credential was replaced or revoked, and the client needs another, by `set_auth` or from its provider",
        )),
        Verdict::Wait(left) => Some(
            Error::credential(
                "not sent: an earlier request to replace a credential may still be on its way",
            )
            .with_retry_after(Some(*left)),
        ),
        Verdict::Busy => Some(
            Error::credential(
                "not sent: a request to replace the same credential, or with it, is in flight in another call",
            )
            .with_retry_after(Some(BUSY)),
        ),
    }
}

/// Returns when the request may leave; it is noted as in flight.
pub(crate) async fn admit<'call>(
    call: &'call Replacing,
    effect: &CredentialEffect,
    target: &'call Target,
    entry: &'call Arc<Entry>,
) -> Result<InFlightGuard<'call>, Error> {
    loop {
        let now = call.shared.timer.now();
        let (asked_for, otherwise) = match call.registry.admit(entry, target, now) {
            Admission::Granted(snapshot) => {
                return Ok(InFlightGuard {
                    call,
                    target,
                    entry,
                    snapshot,
                    is_open: true,
                });
            }
            Admission::Denied(verdict) => {
                return Err(
                    error_response(&verdict).unwrap_or_else(|| Error::credential("not sent"))
                );
            }
            Admission::CheckFirst => (Arc::clone(entry), None),
            Admission::CheckOtherFirst(other, verdict) => (other, Some(verdict)),
        };
        let asked = call.deadline.run(ask(call, effect, &asked_for)).await;
        if let Asked::Unclear(error) = asked.map_err(|_| call.timed_out())? {
            return Err(otherwise.as_ref().and_then(error_response).unwrap_or(error));
        }
    }
}

/// A request that may be on its way: whoever drops the future of its call meanwhile leaves its outcome unknown.
pub(crate) struct InFlightGuard<'call> {
    pub(crate) call: &'call Replacing,
    pub(crate) target: &'call Target,
    pub(crate) entry: &'call Arc<Entry>,
    pub(crate) snapshot: Snapshot,
    is_open: bool,
}

impl InFlightGuard<'_> {
    /// Nothing happened, or what happened is noted.
    pub(crate) fn end(mut self) {
        self.close();
    }

    /// The server carried the request out.
    pub(crate) fn succeeded(mut self) {
        let now = self.call.shared.timer.now();
        let registry = &self.call.registry;
        registry.succeeded(self.entry, self.target, now);
        self.close();
    }

    /// The server says that it did not carry the request out. Others may speak its language, so whoever comes next asks first.
    pub(crate) fn refused(mut self) {
        let now = self.call.shared.timer.now();
        let registry = &self.call.registry;
        registry.refused(self.entry, self.target, now);
        self.close();
    }

    /// The request may still arrive until the replacement cooldown is over.
    pub(crate) fn unknown(mut self) {
        self.note_unknown();
        self.close();
    }

    fn note_unknown(&self) {
        let now = self.call.shared.timer.now();
        let settled_at = now
            .checked_add(self.call.registry.cooldown())
            .or_else(|| now.checked_add(NEVER))
            .unwrap_or(now);
        let registry = &self.call.registry;
        registry.unknown(self.entry, self.target, settled_at);
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
