//! What is known of one credential, and what a request to replace one may do with it.
//!
//! Decides and remembers; knows no other credential, sends nothing and reads no clock.

use std::time::{Duration, Instant};

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
    status: Status,
    identity: Option<String>,
    /// Whether the server was asked for the identity, in vain perhaps.
    identity_asked: bool,
    /// Until then a request that replaces another credential and carries this one may still arrive.
    on_its_way_until: Option<Instant>,
    /// What the requests replace that carry this credential and are in flight.
    in_flight: Vec<Target>,
    /// The newest replacement by another credential that may have been the one of this.
    suspected: u64,
    /// The newest of these after which the server said that the credential is active.
    cleared: u64,
}

#[derive(Debug, Default)]
enum Status {
    #[default]
    Active,
    /// The server refused to replace it at that moment, in words that others know, too.
    Refused(Instant),
    /// A request may have replaced it. From `settled_at` on nothing of that request is in flight any more.
    Doubtful {
        target: Target,
        settled_at: Instant,
    },
    Inactive,
}

/// What a replacing request that has its permit is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Leave.
    Go,
    /// Ask the server first whether the credential is active, and whose it is.
    Ask,
    /// Not before so much time has passed.
    Wait(Duration),
    /// Not while another call is in flight.
    Busy,
    /// Never: the credential has ended.
    Inactive,
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

    /// The name in this target, unless it is known as the own one.
    pub(crate) fn other_name(&self, target: &Target) -> Option<String> {
        match target {
            Target::Named(name) if self.identity() != Some(name) => Some(name.clone()),
            Target::Named(_) | Target::Caller | Target::Other => None,
        }
    }

    /// Whether a request with this target certainly replaces this very credential.
    pub(crate) fn replaces_own(&self, target: &Target) -> bool {
        self.may_replace_own(target) && (*target == Target::Caller || self.identity.is_some())
    }

    pub(crate) fn verdict(&self, target: &Target, now: Instant) -> Verdict {
        let left = |until: Instant| Some(until.saturating_duration_since(now));
        match &self.status {
            Status::Inactive => Verdict::Inactive,
            Status::Refused(_) => Verdict::Ask,
            Status::Doubtful {
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
            Status::Active => {
                // What arrives late and carries a credential that was replaced meanwhile makes the server end its successor.
                let wait = self
                    .on_its_way_until
                    .and_then(left)
                    .filter(|left| !left.is_zero() && self.may_replace_own(target));
                match wait {
                    Some(left) => Verdict::Wait(left),
                    None if self.suspected > self.cleared => Verdict::Ask,
                    None => Verdict::Go,
                }
            }
        }
    }

    /// What keeps others from replacing this credential: requests that carry it and arrive, perhaps, after that.
    pub(crate) fn conflict(&self, now: Instant) -> Option<Verdict> {
        let doubtful_until = match &self.status {
            // The server refuses to replace it once more, and that costs nothing.
            Status::Inactive => return None,
            Status::Doubtful { settled_at, .. } => Some(*settled_at),
            Status::Active | Status::Refused(_) => None,
        };
        if !self.in_flight.is_empty() {
            return Some(Verdict::Busy);
        }
        let until = doubtful_until.max(self.on_its_way_until)?;
        let left = until.saturating_duration_since(now);
        (!left.is_zero()).then_some(Verdict::Wait(left))
    }

    /// Whether one of the requests in flight with this credential replaces the one with this identity, or with any.
    pub(crate) fn is_replacing(&self, identity: Option<&str>) -> bool {
        self.in_flight
            .iter()
            .any(|target| match (target, identity) {
                (Target::Named(name), Some(identity)) => name == identity,
                (Target::Named(_), None) => true,
                (Target::Caller | Target::Other, _) => false,
            })
    }

    /// A request leaves that carries this credential.
    pub(crate) fn started(&mut self, target: &Target) {
        self.in_flight.push(target.clone());
    }

    /// What became of that request is known and noted.
    pub(crate) fn finished(&mut self, target: &Target) {
        if let Some(index) = self.in_flight.iter().position(|guard| guard == target) {
            self.in_flight.swap_remove(index);
        }
    }

    pub(crate) fn identity(&self) -> Option<&str> {
        self.identity.as_deref()
    }

    /// Whether this is the identity of another credential.
    pub(crate) fn is_another(&self, identity: &str) -> bool {
        self.identity().is_some_and(|own| own != identity)
    }

    pub(crate) fn is_identity_asked(&self) -> bool {
        self.identity_asked
    }

    /// The replacement with this number, by another credential, may have been the one of this.
    pub(crate) fn suspect(&mut self, replacement: u64) {
        self.suspected = self.suspected.max(replacement);
    }

    /// The newest replacement of which a response clears the credential that is asked for now.
    pub(crate) fn suspected(&self) -> u64 {
        self.suspected
    }

    /// Up to that replacement, none was the one of this credential.
    pub(crate) fn clear(&mut self, replacement: u64) {
        self.cleared = self.cleared.max(replacement);
    }

    /// A request that carries another credential may replace this one until that moment.
    pub(crate) fn suspected_until(&mut self, settled_at: Instant) {
        self.doubt(&Target::Caller, settled_at);
    }

    /// The server carried out a request with this target.
    pub(crate) fn succeeded(&mut self, target: &Target, now: Instant) {
        if self.replaces_own(target) {
            self.status = Status::Inactive;
        } else if self.may_replace_own(target) {
            self.doubt(target, now);
        }
    }

    /// The server refused a request that may replace this credential, and says that it did nothing.
    pub(crate) fn refused(&mut self, now: Instant) {
        match self.status {
            Status::Active | Status::Refused(_) => self.status = Status::Refused(now),
            Status::Doubtful { .. } => self.doubt(&Target::Caller, now),
            Status::Inactive => {}
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

    /// Adds a doubt. Of two that differ, no response short of the later moment clears them.
    fn doubt(&mut self, target: &Target, settled_at: Instant) {
        match &mut self.status {
            Status::Inactive => {}
            Status::Active | Status::Refused(_) => {
                self.status = Status::Doubtful {
                    target: target.clone(),
                    settled_at,
                };
            }
            Status::Doubtful {
                target: earlier,
                settled_at: latest,
            } => {
                if earlier != target {
                    *earlier = Target::Caller;
                }
                *latest = settled_at.max(*latest);
            }
        }
    }

    fn on_its_way(&mut self, until: Instant) {
        self.on_its_way_until = self.on_its_way_until.max(Some(until));
    }

    /// The server says that the credential has ended.
    pub(crate) fn ended(&mut self) {
        self.status = Status::Inactive;
    }

    /// The server did not take the credential: it is to be asked before the next request to replace one.
    pub(crate) fn rejected(&mut self, now: Instant) {
        if matches!(self.status, Status::Active | Status::Refused(_)) {
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

    /// The server says that the credential is active, asked at this moment.
    pub(crate) fn mark_active(&mut self, asked_at: Instant) {
        let (target, settled_at) = match &self.status {
            Status::Active | Status::Inactive => return,
            Status::Refused(at) => (&Target::Caller, *at),
            Status::Doubtful { target, settled_at } => (target, *settled_at),
        };
        if asked_at >= settled_at {
            self.status = Status::Active;
        } else if !self.may_replace_own(target) {
            self.status = Status::Active;
            self.on_its_way(settled_at);
        }
    }

    /// Whether a request may have ended it, of which the outcome is not known.
    pub(crate) fn is_in_doubt(&self) -> bool {
        matches!(self.status, Status::Doubtful { .. })
    }

    /// Whether it lives for all that is known.
    pub(crate) fn is_beyond_doubt(&self) -> bool {
        matches!(self.status, Status::Active)
    }

    /// Whether nothing is lost when it is forgotten.
    pub(crate) fn is_unremarkable(&self) -> bool {
        self.is_beyond_doubt() && self.on_its_way_until.is_none()
    }
}
