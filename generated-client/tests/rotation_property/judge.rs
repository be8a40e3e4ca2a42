//! What must hold: of every result when a caller gets it, and of the whole when everything has come to rest. Knows the ledger
//! and the stand-in, which know the truth.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gitlab_pat::Error;
use gitlab_pat::types::PersonalAccessTokenWithToken;
use gitlab_pat_fake::Operation;
use jiff::civil::{Date, date};

use crate::network::{Network, Sent};
use crate::plan::Expiry;
use crate::subject::{Replacement, is_refused_locally, replacement};

/// A rotation that somebody asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rotation {
    /// The token's id; none for the calling one.
    pub(crate) id: Option<i64>,
    pub(crate) expiry: Expiry,
}

pub(crate) fn expiry_date(expiry: Expiry) -> Option<Date> {
    expiry.map(|late| {
        if late {
            date(2027, 4, 1)
        } else {
            date(2027, 3, 1)
        }
    })
}

/// A week after the day on which every case begins.
const DEFAULT_EXPIRY: Date = date(2027, 1, 22);

/// What was seen, so that a run can tell that it saw enough.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sightings {
    pub(crate) rotated: usize,
    pub(crate) shared: usize,
    pub(crate) not_replaced: usize,
    pub(crate) replaced: usize,
    pub(crate) unknown: usize,
    pub(crate) refused_locally: usize,
    pub(crate) given_up: usize,
    pub(crate) late: usize,
    pub(crate) new_credentials: usize,
}

impl Sightings {
    pub(crate) fn add(&mut self, other: Self) {
        self.rotated += other.rotated;
        self.shared += other.shared;
        self.not_replaced += other.not_replaced;
        self.replaced += other.replaced;
        self.unknown += other.unknown;
        self.refused_locally += other.refused_locally;
        self.given_up += other.given_up;
        self.late += other.late;
        self.new_credentials += other.new_credentials;
    }
}

pub(crate) struct Judge {
    network: Network,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    violation: Option<String>,
    /// Calls that said that they did nothing, with the requests of which that must stay true.
    harmless: Vec<(usize, Vec<usize>)>,
    sightings: Sightings,
}

impl Judge {
    pub(crate) fn new(network: &Network) -> Self {
        Self {
            network: network.clone(),
            state: Mutex::default(),
        }
    }

    pub(crate) fn object(&self, violation: String) {
        self.network.tell(|| format!("VIOLATION: {violation}"));
        self.lock().violation.get_or_insert(violation);
    }

    pub(crate) fn see(&self, sight: impl FnOnce(&mut Sightings)) {
        sight(&mut self.lock().sightings);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The requests that may explain this call's result: its own, else those of others that it may have waited for. With
    /// them, whether they are its own.
    fn explaining(
        &self,
        call: usize,
        started: Duration,
        rotation: Rotation,
    ) -> (Vec<(usize, Sent)>, bool) {
        let ledger = self.network.ledger().into_iter().enumerate();
        let rotations: Vec<(usize, Sent)> = ledger.filter(|(_, sent)| sent.is_rotation()).collect();
        let own: Vec<_> = rotations
            .iter()
            .filter(|(_, sent)| sent.call == Some(call))
            .cloned()
            .collect();
        if !own.is_empty() {
            return (own, true);
        }
        let asked = expiry_date(rotation.expiry).map(|date| date.to_string());
        let others = rotations.into_iter().filter(|(_, sent)| {
            let same_target = match rotation.id {
                None => sent.operation == Some(Operation::RotateSelf),
                Some(id) => sent.path.ends_with(&format!("/{id}/rotate")),
            };
            let body = String::from_utf8_lossy(&sent.body);
            let same_expiry = match &asked {
                None => !body.contains("expires_at"),
                Some(date) => body.contains(date),
            };
            same_target && same_expiry && sent.ended.is_none_or(|ended| ended >= started)
        });
        (others.collect(), false)
    }

    /// A caller received a new token: it is, or was for a while, the live successor of the right one, as it was asked for.
    pub(crate) fn rotated(
        &self,
        call: usize,
        started: Duration,
        rotation: Rotation,
        token: &PersonalAccessTokenWithToken,
    ) {
        let gitlab = self.network.gitlab();
        let (requests, own) = self.explaining(call, started, rotation);
        self.see(|sightings| {
            sightings.rotated += 1;
            sightings.shared += usize::from(!own);
        });
        let Some(known) = gitlab.find_token(token.token.expose_secret()) else {
            return self.object(format!(
                "call {call} got a secret that the server does not know"
            ));
        };
        let replaced_since = || {
            let tokens = gitlab.tokens();
            tokens.iter().any(|token| token.parent == Some(known.id))
        };
        if !known.active && !replaced_since() {
            self.object(format!("call {call} got token {}, which is dead", known.id));
        }
        if known.id != token.id {
            self.object(format!("call {call} got the secret of another token"));
        }
        let asked = expiry_date(rotation.expiry).unwrap_or(DEFAULT_EXPIRY);
        if token.expires_at != Some(asked) {
            self.object(format!(
                "call {call} asked for {asked} and got {:?}",
                token.expires_at
            ));
        }
        let explained = requests.iter().any(|(_, sent)| {
            let old = rotation.id.or(sent.presented);
            let made = sent.executed.and_then(|executed| executed.made);
            made == Some(known.id) && known.parent == old
        });
        if !explained {
            self.object(format!(
                "no request explains the token {} of call {call}",
                known.id
            ));
        }
    }

    /// A rotation failed: what the error says of the old token is so.
    pub(crate) fn failed(&self, call: usize, started: Duration, rotation: Rotation, error: &Error) {
        let (requests, own) = self.explaining(call, started, rotation);
        let outcome = replacement(error);
        self.see(|sightings| match outcome {
            Some(Replacement::NotReplaced) => sightings.not_replaced += 1,
            Some(Replacement::Replaced) => sightings.replaced += 1,
            Some(Replacement::Unknown) => sightings.unknown += 1,
            None => sightings.refused_locally += usize::from(is_refused_locally(error)),
        });
        if is_refused_locally(error) && requests.iter().any(|(_, sent)| own && sent.is_done()) {
            self.object(format!(
                "call {call} says that it sent nothing, and it rotated"
            ));
        }
        if error.is_outcome_unknown() != (outcome == Some(Replacement::Unknown)) {
            self.object(format!(
                "call {call} contradicts itself: {outcome:?}, {error}"
            ));
        }
        match outcome {
            Some(Replacement::Unknown) => {}
            Some(Replacement::Replaced) => {
                let gitlab = self.network.gitlab();
                let is_gone = |sent: &Sent| {
                    let old = rotation.id.or(sent.presented);
                    old.and_then(|id| gitlab.token(id))
                        .is_some_and(|token| token.revoked)
                };
                let local = is_refused_locally(error) && requests.is_empty();
                if !local && !requests.iter().any(|(_, sent)| is_gone(sent)) {
                    self.object(format!(
                        "call {call} says that the token was replaced: {error}"
                    ));
                }
            }
            // Whatever else an error says, it says that nothing was done.
            Some(Replacement::NotReplaced) | None => {
                let numbers = requests.into_iter().map(|(number, _)| number).collect();
                if own {
                    self.lock().harmless.push((call, numbers));
                }
            }
        }
    }

    /// Everything has come to rest.
    pub(crate) fn at_rest(&self) {
        let ledger = self.network.ledger();
        let harmless = std::mem::take(&mut self.lock().harmless);
        for (call, requests) in harmless {
            let done = requests
                .iter()
                .filter_map(|number| ledger.get(*number))
                .any(Sent::is_done);
            if done {
                self.object(format!(
                    "call {call} said that it did nothing, and it rotated"
                ));
            }
        }
        let mut executed: Vec<usize> = ledger
            .iter()
            .filter(|sent| sent.is_rotation() && sent.executed.is_some())
            .filter_map(|sent| sent.call)
            .collect();
        executed.sort_unstable();
        for pair in executed.windows(2) {
            if let [first, second] = pair
                && first == second
            {
                self.object(format!("call {first} reached the server twice"));
            }
        }
        for sent in &ledger {
            let late = sent.executed.is_some_and(|executed| executed.late);
            self.see(|sightings| sightings.late += usize::from(late && sent.is_rotation()));
        }
        for incident in self.network.gitlab().family_revocations() {
            self.object(format!(
                "the family of token {} was revoked: {:?}",
                incident.presented, incident.revoked
            ));
        }
    }

    /// What was seen, or the first thing that was wrong and how it came to it.
    pub(crate) fn verdict(&self) -> Result<Sightings, String> {
        let state = self.lock();
        match &state.violation {
            None => Ok(state.sightings),
            Some(violation) => Err(format!("{violation}\n{}", self.network.story())),
        }
    }
}
