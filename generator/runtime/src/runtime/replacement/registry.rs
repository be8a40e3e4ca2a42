//! The registry of the credentials with which a client has sent requests that replace one. It decides which request may be sent next, and
//! what a request with one credential means for the others.
//!
//! The registry neither sends requests nor reads a clock.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, RwLock};

use crate::runtime::call::client::Shared;
use crate::runtime::call::guard::{CredentialWatch, Settled};
use crate::runtime::credential::auth::Credential;
use crate::runtime::replacement::permit::settled;
use crate::runtime::replacement::single_flight::SingleFlight;
use crate::runtime::replacement::state::{Decision, State, Target};

/// The maximum number of unremarkable credentials in the registry. Credentials that ended, were rejected or are in doubt are always kept,
/// because a forgotten one would end its successors.
const MAX_ENTRIES: usize = 1024;

/// The maximum number of names of credentials that lost requests may still replace. Beyond it, every credential may be affected.
const MAX_LOST: usize = 256;

/// The credentials of a client, shared by all its clones.
pub(crate) struct CredentialRegistry {
    /// Locked before any entry, and never while an entry is locked.
    inner: Mutex<Inner>,
    cooldown: Duration,
}

/// The default for how long an abandoned request may still be executed.
const COOLDOWN: Duration = Duration::from_secs(300);

impl Default for CredentialRegistry {
    fn default() -> Self {
        Self::with_cooldown(COOLDOWN)
    }
}

impl CredentialWatch for CredentialRegistry {
    /// The credential may have been replaced elsewhere. Does not create an entry when the registry is full.
    fn rejected(&self, credential: &Arc<Credential>, now: Instant) {
        self.mark_rejected(credential, now);
    }

    fn settled(&self, credential: &Credential) -> Settled {
        let known = self.lock().known(credential);
        Box::pin(async move {
            if let Some(entry) = known {
                settled(&entry).await;
            }
        })
    }
}

#[derive(Default)]
struct Inner {
    entries: VecDeque<Arc<Entry>>,
    /// The number of credentials that were replaced by name or may have been.
    replacements: u64,
    lost: VecDeque<Lost>,
    /// The same time for names that are no longer stored.
    lost_until: Option<Instant>,
}

/// A lost request, which may still replace the credential with this name until this time.
struct Lost {
    name: String,
    until: Instant,
}

/// The decision about a request.
pub(crate) enum Admission {
    /// The request may be sent and is recorded as in flight.
    Granted(Snapshot),
    /// Check first whether the credential of the request is active.
    CheckFirst,
    /// Check first the identity of this credential, which other requests carry. If the check is inconclusive, the decision applies.
    CheckOtherFirst(Arc<Entry>, Decision),
    Denied(Decision),
}

/// The state of the registry when a request was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    replacements: u64,
}

/// The result of a check that found a credential active.
pub(crate) struct ActiveStatus {
    pub(crate) checked_at: Instant,
    /// The last replacement that may have affected the credential at the time of the check.
    pub(crate) suspected: u64,
    /// The identity, if the response could contain it and did.
    pub(crate) identity: Option<Option<String>>,
}

impl CredentialRegistry {
    /// Creates a registry with this replacement cooldown: how long an abandoned request may still be executed.
    pub(crate) fn with_cooldown(cooldown: Duration) -> Self {
        Self {
            inner: Mutex::default(),
            cooldown,
        }
    }

    /// Returns the registry of a client, if its API has one.
    pub(crate) fn of(client: &Shared) -> Option<Arc<Self>> {
        let watch: Arc<dyn Any + Send + Sync> = client.watch.clone()?;
        watch.downcast().ok()
    }

    pub(crate) fn cooldown(&self) -> Duration {
        self.cooldown
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the entry of a credential and creates one if necessary. Returns `None` if there is no credential.
    pub(crate) fn entry(&self, credential: &Arc<Credential>) -> Option<Arc<Entry>> {
        credential.auth().secret()?;
        Some(self.lock().entry(credential))
    }

    /// Decides whether a request that holds its permit may be sent. If so, it is in flight until `finished` is called.
    pub(crate) fn admit(&self, entry: &Arc<Entry>, target: &Target, now: Instant) -> Admission {
        let inner = self.lock();
        let mut own = entry.lock();
        match own.decision(target, now) {
            Decision::Send => {}
            Decision::CheckFirst => return Admission::CheckFirst,
            denied => return Admission::Denied(denied),
        }
        for other in inner.others(entry) {
            let state = other.lock();
            // The request would arrive after this credential was replaced.
            if state.is_replacing(own.identity()) {
                return if own.identity().is_some() || own.is_identity_requested() {
                    Admission::Denied(Decision::Busy)
                } else {
                    Admission::CheckFirst
                };
            }
            // Conversely, this request would replace a credential that other requests still carry.
            let Target::Named(name) = target else {
                continue;
            };
            let Some(conflict) = state.conflict(now) else {
                continue;
            };
            match state.identity() {
                Some(identity) if identity == name => return Admission::Denied(conflict),
                None if state.is_identity_requested() => return Admission::Denied(conflict),
                None => return Admission::CheckOtherFirst(Arc::clone(other), conflict),
                Some(_) => {}
            }
        }
        own.started(target);
        Admission::Granted(Snapshot {
            replacements: inner.replacements,
        })
    }

    /// Ends a request whose outcome has been recorded.
    pub(crate) fn finished(&self, entry: &Entry, target: &Target) {
        entry.lock().finished(target);
    }

    /// Records that the server executed a request with this target.
    pub(crate) fn succeeded(&self, entry: &Arc<Entry>, target: &Target, now: Instant) {
        let mut inner = self.lock();
        inner.replaced(entry, target, State::ended);
        entry.lock().succeeded(target, now);
    }

    /// Records that the server rejected a request with this target and did nothing.
    pub(crate) fn request_rejected(&self, entry: &Arc<Entry>, target: &Target, now: Instant) {
        let mut inner = self.lock();
        inner.replaced(entry, target, |state| state.request_rejected(now));
        let mut own = entry.lock();
        if own.may_replace_own(target) {
            own.request_rejected(now);
        }
    }

    /// Records that the outcome of a request with this target is unknown until the time `cooldown_end`.
    pub(crate) fn unknown(&self, entry: &Arc<Entry>, target: &Target, cooldown_end: Instant) {
        let mut inner = self.lock();
        inner.replaced(entry, target, |state| state.suspected_until(cooldown_end));
        inner.lost(entry, target, cooldown_end);
        entry.lock().unknown(target, cooldown_end);
    }

    /// Returns whether an earlier request with an unknown outcome may have replaced the credential with this name.
    pub(crate) fn has_lost(&self, target: &Target) -> bool {
        let Target::Named(name) = target else {
            return false;
        };
        let inner = self.lock();
        let is_own = |entry: &Arc<Entry>| {
            let state = entry.lock();
            state.identity() == Some(name) && state.is_in_doubt()
        };
        inner.lost_until.is_some()
            || inner.lost.iter().any(|lost| lost.name == *name)
            || inner.entries.iter().any(is_own)
    }

    /// Records that a credential is active.
    pub(crate) fn mark_active(&self, entry: &Entry, status: ActiveStatus) {
        let inner = self.lock();
        let mut state = entry.lock();
        if let Some(identity) = status.identity {
            state.identified(identity);
        }
        state.mark_active(status.checked_at);
        state.clear(status.suspected);
        // A request that could still arrive at the time of the check may have replaced the credential since.
        let suspicion = inner.lost_until(state.identity());
        if let Some(until) = suspicion.filter(|until| *until > status.checked_at) {
            state.suspected_until(until);
        }
    }

    /// Registers the credential that a request with this snapshot created, with its identity.
    pub(crate) fn register(&self, credential: &Arc<Credential>, identity: String, left: Snapshot) {
        let mut inner = self.lock();
        let entry = inner.entry(credential);
        let mut state = entry.lock();
        state.identified(Some(identity));
        // No replacement can affect a credential before it exists.
        if inner.replacements == left.replacements {
            state.clear(inner.replacements);
        }
    }

    /// Returns the identity of a credential, if it is known.
    pub(crate) fn identity(&self, credential: &Credential) -> Option<String> {
        let known = self.lock().known(credential)?;
        known.lock().identity().map(str::to_owned)
    }

    /// Records that a credential has ended.
    pub(crate) fn mark_inactive(&self, credential: &Arc<Credential>) {
        if let Some(entry) = self.entry(credential) {
            entry.lock().ended();
        }
    }

    /// Records that the server rejected a credential, which may have been replaced elsewhere. Does not create an entry when the registry is
    /// full.
    pub(crate) fn mark_rejected(&self, credential: &Arc<Credential>, now: Instant) {
        if credential.auth().secret().is_none() {
            return;
        }
        let mut inner = self.lock();
        let entry = match inner.known(credential) {
            None if inner.entries.len() < MAX_ENTRIES => Some(inner.entry(credential)),
            known => known,
        };
        if let Some(entry) = entry {
            entry.lock().rejected(now);
        }
    }

    /// Returns whether no request has replaced the credential, may have replaced it or is about to.
    pub(crate) fn is_beyond_doubt(&self, credential: &Credential) -> bool {
        let known = self.lock().known(credential);
        known.is_none_or(|entry| entry.permit.try_read().is_ok() && entry.lock().is_beyond_doubt())
    }
}

impl Inner {
    fn known(&self, credential: &Credential) -> Option<Arc<Entry>> {
        let mut entries = self.entries.iter();
        entries.find(|known| known.is_for(credential)).cloned()
    }

    fn entry(&mut self, credential: &Arc<Credential>) -> Arc<Entry> {
        if let Some(known) = self.known(credential) {
            return known;
        }
        let entries = &mut self.entries;
        if entries.len() >= MAX_ENTRIES {
            let idle = |entry: &Arc<Entry>| Arc::strong_count(entry) == 1;
            let superfluous = entries
                .iter()
                .position(|entry| idle(entry) && entry.lock().is_unremarkable());
            if let Some(index) = superfluous {
                entries.remove(index);
            }
        }
        let mut state = State::default();
        state.suspect(self.replacements);
        let entry = Arc::new(Entry {
            credential: Arc::clone(credential),
            permit: Arc::default(),
            released: Arc::default(),
            calls: SingleFlight::default(),
            state: Mutex::new(state),
        });
        entries.push_back(Arc::clone(&entry));
        entry
    }

    fn others<'inner>(
        &'inner self,
        entry: &Arc<Entry>,
    ) -> impl Iterator<Item = &'inner Arc<Entry>> {
        let entries = self.entries.iter();
        entries.filter(move |other| !Arc::ptr_eq(other, entry))
    }

    /// Records that a request with this credential has replaced another one or may have. Calls `record` for the entry of that one. If it is
    /// unknown which one it is, every candidate has to be checked.
    fn replaced(&mut self, entry: &Arc<Entry>, target: &Target, record: impl Fn(&mut State)) {
        let Some(name) = entry.lock().other_name(target) else {
            return;
        };
        self.replacements = self.replacements.saturating_add(1);
        for other in self.others(entry) {
            let mut state = other.lock();
            match state.identity() {
                Some(identity) if identity == name => record(&mut state),
                Some(_) => {}
                None => state.suspect(self.replacements),
            }
        }
    }

    /// Records that a request with this credential may replace another one until this time.
    fn lost(&mut self, entry: &Entry, target: &Target, until: Instant) {
        let Some(name) = entry.lock().other_name(target) else {
            return;
        };
        if let Some(known) = self.lost.iter_mut().find(|known| known.name == name) {
            known.until = known.until.max(until);
            return;
        }
        if self.lost.len() >= MAX_LOST
            && let Some(oldest) = self.lost.pop_front()
        {
            self.lost_until = self.lost_until.max(Some(oldest.until));
        }
        self.lost.push_back(Lost { name, until });
    }

    /// Returns the time until which a lost request may replace the credential with this identity, or any credential.
    fn lost_until(&self, identity: Option<&str>) -> Option<Instant> {
        let lost = self.lost.iter();
        let named = lost.filter(|lost| identity.is_none_or(|identity| lost.name == identity));
        named.map(|lost| lost.until).max().max(self.lost_until)
    }
}

impl fmt::Debug for CredentialRegistry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CredentialRegistry")
    }
}

/// A credential and its status.
pub(crate) struct Entry {
    credential: Arc<Credential>,
    /// Held while a replacing request is in flight: exclusively by one that may replace this credential, shared by those that replace
    /// others.
    pub(crate) permit: Arc<RwLock<()>>,
    /// Notifies when a permit is released.
    pub(crate) released: Arc<Notify>,
    pub(crate) calls: SingleFlight,
    state: Mutex<State>,
}

impl Entry {
    pub(crate) fn is_for(&self, credential: &Credential) -> bool {
        self.credential.is_same(credential)
    }

    pub(crate) fn credential(&self) -> &Arc<Credential> {
        &self.credential
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
