//! What a client knows of the credentials that it has sent replacing requests with: who may send the next one, and what the requests
//! that carry one credential mean for the others.
//!
//! Decides and remembers; sends nothing and reads no clock.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use tokio::sync::RwLock;

use crate::runtime::credential::auth::Credential;
use crate::runtime::replacement::effect::IdentitySource;
use crate::runtime::replacement::state::{State, Target, Verdict};
use crate::runtime::replacement::single_flight::SharedCalls;

/// As many credentials as a client remembers of which there is nothing to say. Those that ended, were refused, or are in doubt, stay: what
/// is forgotten of them would cost their successors' lives.
const MAX_ACCOUNTS: usize = 1024;

/// As many names as a client remembers of credentials that lost requests may still replace; then any may be the one.
const MAX_LOST: usize = 256;

/// The credentials of a client. Shared by all clones.
#[derive(Default)]
pub(crate) struct Ledger {
    /// Locked before any account, and never by whoever has locked one.
    book: Mutex<Book>,
    identities: OnceLock<IdentitySource>,
}

#[derive(Default)]
struct Book {
    accounts: VecDeque<Arc<Account>>,
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
pub(crate) enum Passage {
    /// It leaves, and is noted as under way.
    Open(Departure),
    /// Ask first whether this credential lives, which it carries.
    Ask,
    /// Ask first whose this credential is, which others carry; where that does not help, the verdict holds.
    AskFor(Arc<Account>, Verdict),
    Shut(Verdict),
}

/// What was known when a request left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Departure {
    replacements: u64,
}

/// The answer that a credential lives.
pub(crate) struct Life {
    pub(crate) asked_at: Instant,
    /// The newest replacement that concerned the credential when it was asked.
    pub(crate) concerned_by: u64,
    /// The identity where the answer could tell it, if it did.
    pub(crate) identity: Option<Option<String>>,
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account of this credential, opened where there is none; `None` where there is no credential.
    pub(crate) fn account(&self, credential: &Arc<Credential>) -> Option<Arc<Account>> {
        credential.auth().secret()?;
        Some(self.lock().account(credential))
    }

    /// Where answers tell identities, for operations that do not say it themselves.
    pub(crate) fn identities(&self) -> Option<IdentitySource> {
        self.identities.get().copied()
    }

    /// Some operation says where answers tell identities.
    pub(crate) fn learn_identities(&self, source: IdentitySource) {
        // All operations of an API say the same.
        self.identities.get_or_init(|| source);
    }

    /// Whether a request that has its turn may leave. If so, it is under way until it has `returned`.
    pub(crate) fn depart(&self, account: &Arc<Account>, target: &Target, now: Instant) -> Passage {
        let book = self.lock();
        let mut own = account.lock();
        match own.verdict(target, now) {
            Verdict::Go => {}
            Verdict::Ask => return Passage::Ask,
            refused => return Passage::Shut(refused),
        }
        for other in book.others(account) {
            let state = other.lock();
            // It would arrive after this credential was replaced.
            if state.is_replacing(own.identity()) {
                return if own.identity().is_some() || own.is_identity_asked() {
                    Passage::Shut(Verdict::Busy)
                } else {
                    Passage::Ask
                };
            }
            // The other way round: this request would replace a credential that others still carry.
            let Target::Named(name) = target else {
                continue;
            };
            let Some(obstacle) = state.obstacle(now) else {
                continue;
            };
            match state.identity() {
                Some(identity) if identity == name => return Passage::Shut(obstacle),
                None if state.is_identity_asked() => return Passage::Shut(obstacle),
                None => return Passage::AskFor(Arc::clone(other), obstacle),
                Some(_) => {}
            }
        }
        own.departed(target);
        Passage::Open(Departure {
            replacements: book.replacements,
        })
    }

    /// What became of a request is known and noted.
    pub(crate) fn returned(&self, account: &Account, target: &Target) {
        account.lock().returned(target);
    }

    /// The server carried out a request with this target.
    pub(crate) fn succeeded(&self, account: &Arc<Account>, target: &Target, now: Instant) {
        let mut book = self.lock();
        book.replaced(account, target, State::ended);
        account.lock().succeeded(target, now);
    }

    /// The server refused a request with this target, and says that it did nothing.
    pub(crate) fn refused(&self, account: &Arc<Account>, target: &Target, now: Instant) {
        let mut book = self.lock();
        book.replaced(account, target, |state| state.refused(now));
        let mut own = account.lock();
        if own.may_replace_own(target) {
            own.refused(now);
        }
    }

    /// Whether the server carries out a request with this target is not known, and settled at that moment.
    pub(crate) fn unknown(&self, account: &Arc<Account>, target: &Target, settled_at: Instant) {
        let mut book = self.lock();
        book.replaced(account, target, |state| state.threatened(settled_at));
        book.lost(account, target, settled_at);
        account.lock().unknown(target, settled_at);
    }

    /// Whether an earlier request may have replaced the credential with this name, of which the outcome is not known.
    pub(crate) fn has_lost(&self, target: &Target) -> bool {
        let Target::Named(name) = target else {
            return false;
        };
        let book = self.lock();
        let is_own = |account: &Arc<Account>| {
            let state = account.lock();
            state.identity() == Some(name) && state.is_in_doubt()
        };
        book.lost_until.is_some()
            || book.lost.iter().any(|lost| lost.name == *name)
            || book.accounts.iter().any(is_own)
    }

    /// The server says that a credential lives.
    pub(crate) fn lives(&self, account: &Account, life: Life) {
        let book = self.lock();
        let mut state = account.lock();
        if let Some(identity) = life.identity {
            state.identified(identity);
        }
        state.lives(life.asked_at);
        state.cleared(life.concerned_by);
        // What could still arrive when it was asked may have replaced it since.
        let threat = book.lost_until(state.identity());
        if let Some(until) = threat.filter(|until| *until > life.asked_at) {
            state.threatened(until);
        }
    }

    /// A request that left so brought this credential, with this identity.
    pub(crate) fn born(&self, credential: &Arc<Credential>, identity: String, left: Departure) {
        let mut book = self.lock();
        let account = book.account(credential);
        let mut state = account.lock();
        state.identified(Some(identity));
        // Nobody can have replaced it before it was there.
        if book.replacements == left.replacements {
            state.cleared(book.replacements);
        }
    }

    /// The credential has ended.
    pub(crate) fn mark_dead(&self, credential: &Arc<Credential>) {
        if let Some(account) = self.account(credential) {
            account.lock().ended();
        }
    }

    /// The server did not take the credential, which may have been replaced elsewhere.
    /// Beyond what is remembered anyway that is no reason to remember it.
    pub(crate) fn mark_rejected(&self, credential: &Arc<Credential>, now: Instant) {
        if credential.auth().secret().is_none() {
            return;
        }
        let mut book = self.lock();
        let account = match book.known(credential) {
            None if book.accounts.len() < MAX_ACCOUNTS => Some(book.account(credential)),
            known => known,
        };
        if let Some(account) = account {
            account.lock().rejected(now);
        }
    }

    /// Whether nothing is known against the credential: no request has replaced it, may have, or is about to.
    pub(crate) fn is_beyond_doubt(&self, credential: &Credential) -> bool {
        let known = self.lock().known(credential);
        known.is_none_or(|account| {
            account.turn.try_read().is_ok() && account.lock().is_beyond_doubt()
        })
    }
}

impl Book {
    fn known(&self, credential: &Credential) -> Option<Arc<Account>> {
        let mut accounts = self.accounts.iter();
        accounts.find(|known| known.is_for(credential)).cloned()
    }

    fn account(&mut self, credential: &Arc<Credential>) -> Arc<Account> {
        if let Some(known) = self.known(credential) {
            return known;
        }
        let accounts = &mut self.accounts;
        if accounts.len() >= MAX_ACCOUNTS {
            let idle = |account: &Arc<Account>| Arc::strong_count(account) == 1;
            let superfluous = accounts
                .iter()
                .position(|account| idle(account) && account.lock().is_unremarkable());
            if let Some(index) = superfluous {
                accounts.remove(index);
            }
        }
        let mut state = State::default();
        state.concerned(self.replacements);
        let account = Arc::new(Account {
            credential: Arc::clone(credential),
            turn: Arc::default(),
            calls: SharedCalls::default(),
            state: Mutex::new(state),
        });
        accounts.push_back(Arc::clone(&account));
        account
    }

    fn others<'book>(
        &'book self,
        account: &Arc<Account>,
    ) -> impl Iterator<Item = &'book Arc<Account>> {
        let accounts = self.accounts.iter();
        accounts.filter(move |other| !Arc::ptr_eq(other, account))
    }

    /// A request that carried this credential has replaced another, or may. Tells the account of that one; where it is not known
    /// which it is, each that may be it is to be asked about.
    fn replaced(&mut self, account: &Arc<Account>, target: &Target, tell: impl Fn(&mut State)) {
        let Some(name) = account.lock().other_name(target) else {
            return;
        };
        self.replacements = self.replacements.saturating_add(1);
        for other in self.others(account) {
            let mut state = other.lock();
            match state.identity() {
                Some(identity) if identity == name => tell(&mut state),
                Some(_) => {}
                None => state.concerned(self.replacements),
            }
        }
    }

    /// A request that carried this credential may replace another until that moment.
    fn lost(&mut self, account: &Account, target: &Target, until: Instant) {
        let Some(name) = account.lock().other_name(target) else {
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

impl fmt::Debug for Ledger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Ledger")
    }
}

/// One credential.
pub(crate) struct Account {
    credential: Arc<Credential>,
    /// Held while a replacing request is under way: alone by one that may replace this credential, shared by those that replace others.
    pub(crate) turn: Arc<RwLock<()>>,
    pub(crate) calls: SharedCalls,
    state: Mutex<State>,
}

impl Account {
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
