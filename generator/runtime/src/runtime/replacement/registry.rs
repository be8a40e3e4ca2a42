//! What a client knows of the credentials that it has sent replacing requests with: who may send the next one, and what the requests
//! that carry one credential mean for the others.
//!
//! Decides and remembers; sends nothing and reads no clock.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::RwLock;

use crate::runtime::call::client::Shared;
use crate::runtime::call::guard::CredentialWatch;
use crate::runtime::credential::auth::Credential;
use crate::runtime::replacement::effect::IdentitySource;
use crate::runtime::replacement::single_flight::SingleFlight;
use crate::runtime::replacement::state::{State, Target, Verdict};

/// As many credentials as a client remembers of which there is nothing to say. Those that ended, were refused, or are in doubt, stay: what
/// is forgotten of them would cost their successors' lives.
const MAX_ENTRIES: usize = 1024;

/// As many names as a client remembers of credentials that lost requests may still replace; then any may be the one.
const MAX_LOST: usize = 256;

/// The credentials of a client. Shared by all clones.
pub(crate) struct CredentialRegistry {
    /// Locked before any entry, and never by whoever has locked one.
    inner: Mutex<Inner>,
    identities: OnceLock<IdentitySource>,
    cooldown: Duration,
}

/// How long a request that nobody waits for any more may be on its way, where the user says nothing.
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
}

#[derive(Default)]
struct Inner {
    entries: VecDeque<Arc<Entry>>,
    /// How many credentials were replaced by their names, or may have been.
    replacements: u64,
    lost: VecDeque<Lost>,
    /// The same for names that are forgotten.
    lost_until: Option<Instant>,
}

/// Until then a request may still arrive that replaces the credential with this name.
struct Lost {
    name: String,
    until: Instant,
}

/// Whether a request may leave.
pub(crate) enum Admission {
    /// It leaves, and is noted as in flight.
    Granted(Snapshot),
    /// Ask first whether this credential is active, which it carries.
    CheckFirst,
    /// Ask first whose this credential is, which others carry; where that does not help, the verdict holds.
    CheckOtherFirst(Arc<Entry>, Verdict),
    Denied(Verdict),
}

/// What was known when a request left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    replacements: u64,
}

/// The response that a credential is active.
pub(crate) struct ActiveStatus {
    pub(crate) asked_at: Instant,
    /// The newest replacement that concerned the credential when it was asked.
    pub(crate) suspected: u64,
    /// The identity where the response could tell it, if it did.
    pub(crate) identity: Option<Option<String>>,
}

impl CredentialRegistry {
    /// A request that nobody waits for any more may be on its way for so long.
    pub(crate) fn with_cooldown(cooldown: Duration) -> Self {
        Self {
            inner: Mutex::default(),
            identities: OnceLock::new(),
            cooldown,
        }
    }

    /// The registry of a client, if its API has one.
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

    /// The entry of this credential, opened where there is none; `None` where there is no credential.
    pub(crate) fn entry(&self, credential: &Arc<Credential>) -> Option<Arc<Entry>> {
        credential.auth().secret()?;
        Some(self.lock().entry(credential))
    }

    /// Where responses tell identities, for operations that do not say it themselves.
    pub(crate) fn identities(&self) -> Option<IdentitySource> {
        self.identities.get().copied()
    }

    /// Some operation says where responses tell identities.
    pub(crate) fn learn_identities(&self, source: IdentitySource) {
        // All operations of an API say the same.
        self.identities.get_or_init(|| source);
    }

    /// Whether a request that has its permit may leave. If so, it is in flight until it has `finished`.
    pub(crate) fn admit(&self, entry: &Arc<Entry>, target: &Target, now: Instant) -> Admission {
        let inner = self.lock();
        let mut own = entry.lock();
        match own.verdict(target, now) {
            Verdict::Go => {}
            Verdict::Ask => return Admission::CheckFirst,
            refused => return Admission::Denied(refused),
        }
        for other in inner.others(entry) {
            let state = other.lock();
            // It would arrive after this credential was replaced.
            if state.is_replacing(own.identity()) {
                return if own.identity().is_some() || own.is_identity_asked() {
                    Admission::Denied(Verdict::Busy)
                } else {
                    Admission::CheckFirst
                };
            }
            // The other way round: this request would replace a credential that others still carry.
            let Target::Named(name) = target else {
                continue;
            };
            let Some(conflict) = state.conflict(now) else {
                continue;
            };
            match state.identity() {
                Some(identity) if identity == name => return Admission::Denied(conflict),
                None if state.is_identity_asked() => return Admission::Denied(conflict),
                None => return Admission::CheckOtherFirst(Arc::clone(other), conflict),
                Some(_) => {}
            }
        }
        own.started(target);
        Admission::Granted(Snapshot {
            replacements: inner.replacements,
        })
    }

    /// What became of a request is known and noted.
    pub(crate) fn finished(&self, entry: &Entry, target: &Target) {
        entry.lock().finished(target);
    }

    /// The server carried out a request with this target.
    pub(crate) fn succeeded(&self, entry: &Arc<Entry>, target: &Target, now: Instant) {
        let mut inner = self.lock();
        inner.replaced(entry, target, State::ended);
        entry.lock().succeeded(target, now);
    }

    /// The server refused a request with this target, and says that it did nothing.
    pub(crate) fn refused(&self, entry: &Arc<Entry>, target: &Target, now: Instant) {
        let mut inner = self.lock();
        inner.replaced(entry, target, |state| state.refused(now));
        let mut own = entry.lock();
        if own.may_replace_own(target) {
            own.refused(now);
        }
    }

    /// Whether the server carries out a request with this target is not known, and settled at that moment.
    pub(crate) fn unknown(&self, entry: &Arc<Entry>, target: &Target, settled_at: Instant) {
        let mut inner = self.lock();
        inner.replaced(entry, target, |state| state.suspected_until(settled_at));
        inner.lost(entry, target, settled_at);
        entry.lock().unknown(target, settled_at);
    }

    /// Whether an earlier request may have replaced the credential with this name, of which the outcome is not known.
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

    /// The server says that a credential is active.
    pub(crate) fn mark_active(&self, entry: &Entry, status: ActiveStatus) {
        let inner = self.lock();
        let mut state = entry.lock();
        if let Some(identity) = status.identity {
            state.identified(identity);
        }
        state.mark_active(status.asked_at);
        state.clear(status.suspected);
        // What could still arrive when it was asked may have replaced it since.
        let suspicion = inner.lost_until(state.identity());
        if let Some(until) = suspicion.filter(|until| *until > status.asked_at) {
            state.suspected_until(until);
        }
    }

    /// A request that left so brought this credential, with this identity.
    pub(crate) fn register(&self, credential: &Arc<Credential>, identity: String, left: Snapshot) {
        let mut inner = self.lock();
        let entry = inner.entry(credential);
        let mut state = entry.lock();
        state.identified(Some(identity));
        // Nobody can have replaced it before it was there.
        if inner.replacements == left.replacements {
            state.clear(inner.replacements);
        }
    }

    /// The credential has ended.
    pub(crate) fn mark_inactive(&self, credential: &Arc<Credential>) {
        if let Some(entry) = self.entry(credential) {
            entry.lock().ended();
        }
    }

    /// The server did not take the credential, which may have been replaced elsewhere.
    /// Beyond what is remembered anyway that is no reason to remember it.
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

    /// Whether nothing is known against the credential: no request has replaced it, may have, or is about to.
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

    /// A request that carried this credential has replaced another, or may. Tells the entry of that one; where it is not known
    /// which it is, each that may be it is to be asked about.
    fn replaced(&mut self, entry: &Arc<Entry>, target: &Target, tell: impl Fn(&mut State)) {
        let Some(name) = entry.lock().other_name(target) else {
            return;
        };
        self.replacements = self.replacements.saturating_add(1);
        for other in self.others(entry) {
            let mut state = other.lock();
            match state.identity() {
                Some(identity) if identity == name => tell(&mut state),
                Some(_) => {}
                None => state.suspect(self.replacements),
            }
        }
    }

    /// A request that carried this credential may replace another until that moment.
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

    /// Until when a lost request may replace the credential with this identity, or with any.
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

/// One credential.
pub(crate) struct Entry {
    credential: Arc<Credential>,
    /// Held while a replacing request is in flight: alone by one that may replace this credential, shared by those that replace others.
    pub(crate) permit: Arc<RwLock<()>>,
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
