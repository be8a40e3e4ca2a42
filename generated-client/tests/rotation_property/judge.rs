//! The invariants of every result when a caller gets it, and of the whole run when everything has ended. This module compares them
//! with the log and the stand-in, which have the facts.

use std::sync::{Mutex, MutexGuard, PoisonError};

use gitlab_pat::types::PersonalAccessTokenWithToken;
use gitlab_pat::{Error, ErrorKind, ReplacementOutcome};
use gitlab_pat_fake::Operation;
use jiff::civil::{Date, date};

use crate::network::{Network, Sent};
use crate::plan::Expiry;

/// A requested rotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rotation {
    /// The token's id. `None` for the calling token.
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

/// One week after the date at the beginning of every case.
const DEFAULT_EXPIRY: Date = date(2027, 1, 22);

/// Counts of observations, so that a run can assert that there were enough.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sightings {
    pub(crate) rotated: usize,
    pub(crate) shared: usize,
    pub(crate) not_replaced: usize,
    pub(crate) replaced: usize,
    pub(crate) unknown: usize,
    pub(crate) not_sent: usize,
    pub(crate) given_up: usize,
    pub(crate) late: usize,
    pub(crate) new_credentials: usize,
    pub(crate) hidden: usize,
    pub(crate) denied: usize,
}

impl Sightings {
    pub(crate) fn add(&mut self, other: Self) {
        self.rotated += other.rotated;
        self.shared += other.shared;
        self.not_replaced += other.not_replaced;
        self.replaced += other.replaced;
        self.unknown += other.unknown;
        self.not_sent += other.not_sent;
        self.given_up += other.given_up;
        self.late += other.late;
        self.new_credentials += other.new_credentials;
        self.hidden += other.hidden;
        self.denied += other.denied;
    }
}

pub(crate) struct Judge {
    network: Network,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    violation: Option<String>,
    /// Calls that reported that the server did nothing, with the requests for which this must stay true.
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
        self.network.note(|| format!("VIOLATION: {violation}"));
        self.lock().violation.get_or_insert(violation);
    }

    pub(crate) fn see(&self, sight: impl FnOnce(&mut Sightings)) {
        sight(&mut self.lock().sightings);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the requests for the same rotation, those of this call and those of others, whose exchange it may share.
    fn equal(&self, rotation: Rotation) -> Vec<(usize, Sent)> {
        let asked = expiry_date(rotation.expiry).map(|date| date.to_string());
        let log = self.network.log().into_iter().enumerate();
        let equal = log.filter(|(_, sent)| {
            let same_target = match rotation.id {
                None => sent.operation == Some(Operation::RotateSelf),
                Some(id) => {
                    sent.operation == Some(Operation::Rotate)
                        && sent.path.ends_with(&format!("/{id}/rotate"))
                }
            };
            let body = String::from_utf8_lossy(&sent.body);
            let same_expiry = match &asked {
                None => !body.contains("expires_at"),
                Some(date) => body.contains(date),
            };
            same_target && same_expiry
        });
        equal.collect()
    }

    /// Checks a new token: it is or was the active successor of the right token, with the requested properties.
    pub(crate) fn rotated(
        &self,
        call: usize,
        rotation: Rotation,
        token: &PersonalAccessTokenWithToken,
    ) {
        let gitlab = self.network.gitlab();
        let requests = self.equal(rotation);
        let shared = requests.iter().all(|(_, sent)| sent.call != Some(call));
        self.see(|sightings| {
            sightings.rotated += 1;
            sightings.shared += usize::from(shared);
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
            self.object(format!(
                "call {call} got token {}, which is inactive",
                known.id
            ));
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

    /// Checks the error of a rotation: its report on the old token is true.
    pub(crate) fn failed(&self, call: usize, rotation: Rotation, error: &Error) {
        let requests = self.equal(rotation);
        let own: Vec<usize> = requests
            .iter()
            .filter(|(_, sent)| sent.call == Some(call))
            .map(|(number, _)| *number)
            .collect();
        let outcome = error.replacement_outcome();
        let not_sent = error.kind() == ErrorKind::Credential;
        self.see(|sightings| match outcome {
            Some(ReplacementOutcome::NotReplaced) => sightings.not_replaced += 1,
            Some(ReplacementOutcome::Replaced) => sightings.replaced += 1,
            Some(ReplacementOutcome::Unknown) => sightings.unknown += 1,
            _ => sightings.not_sent += usize::from(not_sent),
        });
        if error.is_outcome_unknown() != (outcome == Some(ReplacementOutcome::Unknown)) {
            self.object(format!(
                "call {call} contradicts itself: {outcome:?}, {error}"
            ));
        }
        match outcome {
            Some(ReplacementOutcome::Unknown) => {}
            Some(ReplacementOutcome::Replaced) => {
                let gitlab = self.network.gitlab();
                let is_gone = |sent: &Sent| {
                    let old = rotation.id.or(sent.presented);
                    old.and_then(|id| gitlab.token(id))
                        .is_some_and(|token| token.revoked)
                };
                // The last request of this call, and later requests of other calls in its place.
                let from = own.last().copied().unwrap_or_default();
                if !requests
                    .iter()
                    .any(|(number, sent)| *number >= from && is_gone(sent))
                {
                    self.object(format!(
                        "call {call} reports that the token was replaced: {error}"
                    ));
                }
            }
            // Any other error reports that the server did nothing.
            _ => self.lock().harmless.push((call, own)),
        }
    }

    /// Checks the run after its end.
    pub(crate) fn at_rest(&self) {
        let log = self.network.log();
        let harmless = std::mem::take(&mut self.lock().harmless);
        for (call, requests) in harmless {
            let done = requests
                .iter()
                .filter_map(|number| log.get(*number))
                .any(|sent| sent.is_done() && !sent.denied);
            if done {
                self.object(format!(
                    "call {call} reported that the server did nothing, but it rotated"
                ));
            }
        }
        let mut executed: Vec<usize> = log
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
        for sent in &log {
            let late = sent.executed.is_some_and(|executed| executed.late);
            self.see(|sightings| {
                sightings.late += usize::from(late && sent.is_rotation());
                sightings.hidden += usize::from(sent.hidden);
                sightings.denied += usize::from(sent.denied && sent.is_done());
            });
        }
        for incident in self.network.gitlab().family_revocations() {
            let id = incident.presented;
            let how = match self.replaced_by_another(id) {
                Some(other) => format!("replaced by id with token {other}"),
                None => "replaced with itself".into(),
            };
            let descendants = incident.revoked;
            self.object(format!(
                "the family of token {id}, {how}, was revoked: {descendants:?}"
            ));
        }
    }

    /// Returns the other token that replaced this one by id, if there is one.
    fn replaced_by_another(&self, id: i64) -> Option<i64> {
        let by_id = format!("/{id}/rotate");
        let log = self.network.log().into_iter();
        log.filter(|sent| sent.is_done() && sent.path.ends_with(&by_id))
            .find_map(|sent| sent.presented.filter(|presented| *presented != id))
    }

    /// Returns the observations, or the first violation with its history.
    pub(crate) fn verdict(&self) -> Result<Sightings, String> {
        let state = self.lock();
        match &state.violation {
            None => Ok(state.sightings),
            Some(violation) => Err(format!("{violation}\n{}", self.network.history())),
        }
    }
}
