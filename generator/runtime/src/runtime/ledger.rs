//! What a client knows of the credentials that it has sent replacing requests with: who may send the next one, and whether the
//! credential still lives.
//!
//! Decides and remembers; sends nothing and reads no clock.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::RwLock;

use crate::runtime::auth::Credential;
use crate::runtime::shared_call::SharedCalls;

/// As many credentials as a client remembers; idle ones go first, the oldest before the others.
const MAX_ACCOUNTS: usize = 1024;

/// The credentials of a client. Shared by all clones.
#[derive(Default)]
pub(crate) struct Ledger {
    accounts: Mutex<VecDeque<Arc<Account>>>,
}

impl Ledger {
    /// The account of this credential, opened where there is none; `None` where there is no credential.
    pub(crate) fn account(&self, credential: &Arc<Credential>) -> Option<Arc<Account>> {
        credential.auth().secret()?;
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = accounts.iter().find(|known| known.is_for(credential)) {
            return Some(Arc::clone(known));
        }
        if accounts.len() >= MAX_ACCOUNTS {
            let idle = |account: &Arc<Account>| Arc::strong_count(account) == 1;
            let superfluous = accounts
                .iter()
                .position(|account| idle(account) && account.lock().is_unremarkable())
                .or_else(|| accounts.iter().position(idle));
            if let Some(index) = superfluous {
                accounts.remove(index);
            }
        }
        let account = Arc::new(Account {
            credential: Arc::clone(credential),
            turn: Arc::default(),
            calls: SharedCalls::default(),
            state: Mutex::default(),
        });
        accounts.push_back(Arc::clone(&account));
        Some(account)
    }

    /// The credential has ended.
    pub(crate) fn mark_dead(&self, credential: &Arc<Credential>) {
        if let Some(account) = self.account(credential) {
            account.lock().standing = Standing::Dead;
        }
    }
}

impl Ledger {
    /// The server did not take the credential, which may have been replaced elsewhere.
    pub(crate) fn mark_rejected(&self, credential: &Arc<Credential>, now: Instant) {
        if let Some(account) = self.account(credential) {
            account.lock().rejected(now);
        }
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

/// Which credential a request replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The one that it carries.
    Caller,
    /// The one with this identity, which may be the one that it carries.
    Named(String),
    /// Certainly another.
    Other,
}

/// What is known of a credential.
#[derive(Debug, Default)]
pub(crate) struct State {
    standing: Standing,
    identity: Option<String>,
    /// Whether the server was asked for the identity, in vain perhaps.
    identity_asked: bool,
    /// Until then a request that replaces another credential and carries this one may still arrive.
    on_its_way_until: Option<Instant>,
}

#[derive(Debug, Default)]
enum Standing {
    #[default]
    Live,
    /// A request may have replaced it. From `settled_at` on nothing of that request is under way any more.
    Doubtful {
        target: Target,
        settled_at: Instant,
    },
    Dead,
}

/// What a replacing request that has its turn is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Leave.
    Go,
    /// Ask the server first whether the credential lives, and whose it is.
    Ask,
    /// Not before so much time has passed.
    Wait(Duration),
    /// Never: the credential has ended.
    Dead,
}

impl State {
    /// Whether a request with this target may replace this very credential.
    pub(crate) fn may_replace_own(&self, target: &Target) -> bool {
        match (target, &self.identity) {
            (Target::Caller, _) | (Target::Named(_), None) => true,
            (Target::Named(name), Some(identity)) => name == identity,
            (Target::Other, _) => false,
        }
    }

    fn replaces_own(&self, target: &Target) -> bool {
        self.may_replace_own(target) && (*target == Target::Caller || self.identity.is_some())
    }

    pub(crate) fn verdict(&self, target: &Target, now: Instant) -> Verdict {
        let left = |until: Instant| Some(until.saturating_duration_since(now));
        match &self.standing {
            Standing::Dead => Verdict::Dead,
            Standing::Doubtful {
                target: doubtful,
                settled_at,
            } => match left(*settled_at).filter(|left| !left.is_zero()) {
                None => Verdict::Ask,
                // Only a request that names a credential can ask for the identity.
                Some(_)
                    if !self.identity_asked
                        && matches!(target, Target::Named(_))
                        && !self.replaces_own(doubtful) =>
                {
                    Verdict::Ask
                }
                Some(left) => Verdict::Wait(left),
            },
            Standing::Live => {
                // What arrives late and carries a credential that was replaced meanwhile makes the server end its successor.
                let wait = self
                    .on_its_way_until
                    .and_then(left)
                    .filter(|left| !left.is_zero() && self.may_replace_own(target));
                wait.map_or(Verdict::Go, Verdict::Wait)
            }
        }
    }

    /// The server carried out a request with this target.
    pub(crate) fn succeeded(&mut self, target: &Target, now: Instant) {
        if self.replaces_own(target) {
            self.standing = Standing::Dead;
        } else if self.may_replace_own(target) {
            self.doubt(target, now);
        }
    }

    /// Whether the server carries out a request with this target is not known, and settled at that moment.
    pub(crate) fn unknown(&mut self, target: &Target, settled_at: Instant) {
        if self.may_replace_own(target) {
            self.doubt(target, settled_at);
        } else {
            self.on_its_way(settled_at);
        }
    }

    fn doubt(&mut self, target: &Target, settled_at: Instant) {
        if !matches!(self.standing, Standing::Dead) {
            self.standing = Standing::Doubtful {
                target: target.clone(),
                settled_at,
            };
        }
    }

    fn on_its_way(&mut self, until: Instant) {
        self.on_its_way_until = self.on_its_way_until.max(Some(until));
    }

    /// The server says that the credential has ended.
    pub(crate) fn ended(&mut self) {
        self.standing = Standing::Dead;
    }

    /// The server did not take the credential: it is to be asked before the next request to replace one.
    pub(crate) fn rejected(&mut self, now: Instant) {
        if matches!(self.standing, Standing::Live) {
            self.doubt(&Target::Caller, now);
        }
    }

    /// The server was asked for the identity; `None` where it did not tell.
    pub(crate) fn identified(&mut self, identity: Option<String>) {
        self.identity_asked = true;
        if self.identity.is_none() {
            self.identity = identity;
        }
    }

    /// The server says that the credential lives, asked at this moment.
    pub(crate) fn lives(&mut self, asked_at: Instant) {
        let Standing::Doubtful { target, settled_at } = &self.standing else {
            return;
        };
        let settled_at = *settled_at;
        if asked_at >= settled_at {
            self.standing = Standing::Live;
        } else if !self.may_replace_own(target) {
            self.standing = Standing::Live;
            self.on_its_way(settled_at);
        }
    }

    /// Whether nothing is lost when it is forgotten.
    fn is_unremarkable(&self) -> bool {
        matches!(self.standing, Standing::Live) && self.on_its_way_until.is_none()
    }
}
