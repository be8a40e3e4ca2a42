//! The status of one credential, and the rules for requests that replace it.
//!
//! The module neither sends requests nor reads a clock.

use std::time::{Duration, Instant};

/// The credential that a request replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The credential of the request.
    Caller,
    /// The credential with this identity, which may be the one of the request.
    Named(String),
    /// A credential that is certainly not the one of the request.
    Other,
}

/// The state of a credential.
#[derive(Debug, Default)]
pub(crate) struct State {
    status: Status,
    identity: Option<String>,
    /// Whether the identity was requested from the server, even without success.
    identity_requested: bool,
    /// The time until which a request with this credential that replaces another one may still arrive.
    on_its_way_until: Option<Instant>,
    /// The targets of the in-flight requests with this credential.
    in_flight: Vec<Target>,
    /// The last replacement with another credential that may have affected this one.
    suspected: u64,
    /// The last of those replacements after which a check found the credential active.
    cleared: u64,
}

#[derive(Debug, Default)]
enum Status {
    #[default]
    Active,
    /// The server rejected its replacement at this time, with a response that may come from elsewhere.
    RequestRejected(Instant),
    /// A request may have replaced it. From `cooldown_end` on, that request is no longer in flight.
    Doubtful {
        target: Target,
        cooldown_end: Instant,
    },
    Inactive,
}

/// The decision about a replacing request that holds its permit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Send the request.
    Send,
    /// Check first whether the credential is active, and its identity.
    CheckFirst,
    /// Wait for this time.
    Wait(Duration),
    /// Wait for another call that is in flight.
    Busy,
    /// Do not send the request, because the credential has ended.
    Inactive,
}

impl State {
    /// Returns whether a request with this target may replace this credential.
    pub(crate) fn may_replace_own(&self, target: &Target) -> bool {
        match (target, &self.identity) {
            (Target::Caller, _) | (Target::Named(_), None) => true,
            (Target::Named(name), Some(identity)) => name == identity,
            (Target::Other, _) => false,
        }
    }

    /// Returns the name in this target, unless it is known to be the name of this credential.
    pub(crate) fn other_name(&self, target: &Target) -> Option<String> {
        match target {
            Target::Named(name) if self.identity() != Some(name) => Some(name.clone()),
            Target::Named(_) | Target::Caller | Target::Other => None,
        }
    }

    /// Returns whether a request with this target certainly replaces this credential.
    pub(crate) fn replaces_own(&self, target: &Target) -> bool {
        self.may_replace_own(target) && (*target == Target::Caller || self.identity.is_some())
    }

    pub(crate) fn decision(&self, target: &Target, now: Instant) -> Decision {
        let left = |until: Instant| Some(until.saturating_duration_since(now));
        match &self.status {
            Status::Inactive => Decision::Inactive,
            Status::RequestRejected(_) => Decision::CheckFirst,
            Status::Doubtful {
                target: doubtful,
                cooldown_end,
            } => match left(*cooldown_end).filter(|left| !left.is_zero()) {
                None => Decision::CheckFirst,
                // Only a request that names a credential can determine the identity.
                Some(_)
                    if !self.identity_requested
                        && matches!(target, Target::Named(_))
                        && !self.replaces_own(doubtful) =>
                {
                    Decision::CheckFirst
                }
                Some(left) => Decision::Wait(left),
            },
            Status::Active => {
                // A late request with a credential that has been replaced meanwhile makes the server end its successor.
                let wait = self
                    .on_its_way_until
                    .and_then(left)
                    .filter(|left| !left.is_zero() && self.may_replace_own(target));
                match wait {
                    Some(left) => Decision::Wait(left),
                    None if self.suspected > self.cleared => Decision::CheckFirst,
                    None => Decision::Send,
                }
            }
        }
    }

    /// Returns the reason why other requests must not replace this credential: requests with it may arrive afterwards.
    pub(crate) fn conflict(&self, now: Instant) -> Option<Decision> {
        let doubtful_until = match &self.status {
            // The server rejects another replacement, which has no effect.
            Status::Inactive => return None,
            Status::Doubtful { cooldown_end, .. } => Some(*cooldown_end),
            Status::Active | Status::RequestRejected(_) => None,
        };
        if !self.in_flight.is_empty() {
            return Some(Decision::Busy);
        }
        let until = doubtful_until.max(self.on_its_way_until)?;
        let left = until.saturating_duration_since(now);
        (!left.is_zero()).then_some(Decision::Wait(left))
    }

    /// Returns whether an in-flight request with this credential replaces the one with this identity, or any.
    pub(crate) fn is_replacing(&self, identity: Option<&str>) -> bool {
        self.in_flight
            .iter()
            .any(|target| match (target, identity) {
                (Target::Named(name), Some(identity)) => name == identity,
                (Target::Named(_), None) => true,
                (Target::Caller | Target::Other, _) => false,
            })
    }

    /// Records that a request with this credential is sent.
    pub(crate) fn started(&mut self, target: &Target) {
        self.in_flight.push(target.clone());
    }

    /// Ends a request whose outcome has been recorded.
    pub(crate) fn finished(&mut self, target: &Target) {
        if let Some(index) = self.in_flight.iter().position(|guard| guard == target) {
            self.in_flight.swap_remove(index);
        }
    }

    pub(crate) fn identity(&self) -> Option<&str> {
        self.identity.as_deref()
    }

    /// Returns whether this is the identity of another credential.
    pub(crate) fn is_another(&self, identity: &str) -> bool {
        self.identity().is_some_and(|own| own != identity)
    }

    pub(crate) fn is_identity_requested(&self) -> bool {
        self.identity_requested
    }

    /// Records that a replacement with another credential may have affected this one.
    pub(crate) fn suspect(&mut self, replacement: u64) {
        self.suspected = self.suspected.max(replacement);
    }

    /// Returns the last replacement that a check of the credential would clear now.
    pub(crate) fn suspected(&self) -> u64 {
        self.suspected
    }

    /// Records that no replacement up to this one affected this credential.
    pub(crate) fn clear(&mut self, replacement: u64) {
        self.cleared = self.cleared.max(replacement);
    }

    /// Records that a request with another credential may replace this one until this time.
    pub(crate) fn suspected_until(&mut self, cooldown_end: Instant) {
        self.doubt(&Target::Caller, cooldown_end);
    }

    /// Records that the server executed a request with this target.
    pub(crate) fn succeeded(&mut self, target: &Target, now: Instant) {
        if self.replaces_own(target) {
            self.status = Status::Inactive;
        } else if self.may_replace_own(target) {
            self.doubt(target, now);
        }
    }

    /// Records that the server rejected a request that may replace this credential, and did nothing.
    pub(crate) fn request_rejected(&mut self, now: Instant) {
        match self.status {
            Status::Active | Status::RequestRejected(_) => {
                self.status = Status::RequestRejected(now)
            }
            Status::Doubtful { .. } => self.doubt(&Target::Caller, now),
            Status::Inactive => {}
        }
    }

    /// Records that the outcome of a request with this target is unknown until the time `cooldown_end`.
    pub(crate) fn unknown(&mut self, target: &Target, cooldown_end: Instant) {
        if self.may_replace_own(target) {
            self.doubt(target, cooldown_end);
        } else {
            self.on_its_way(cooldown_end);
        }
    }

    /// Adds a doubt. If two doubts differ, only a response after the later time clears them.
    fn doubt(&mut self, target: &Target, cooldown_end: Instant) {
        match &mut self.status {
            Status::Inactive => {}
            Status::Active | Status::RequestRejected(_) => {
                self.status = Status::Doubtful {
                    target: target.clone(),
                    cooldown_end,
                };
            }
            Status::Doubtful {
                target: earlier,
                cooldown_end: latest,
            } => {
                if earlier != target {
                    *earlier = Target::Caller;
                }
                *latest = cooldown_end.max(*latest);
            }
        }
    }

    fn on_its_way(&mut self, until: Instant) {
        self.on_its_way_until = self.on_its_way_until.max(Some(until));
    }

    /// Records that the credential has ended.
    pub(crate) fn ended(&mut self) {
        self.status = Status::Inactive;
    }

    /// Records that the server rejected the credential. It is checked before the next request to replace one.
    pub(crate) fn rejected(&mut self, now: Instant) {
        if matches!(self.status, Status::Active | Status::RequestRejected(_)) {
            self.doubt(&Target::Caller, now);
        }
    }

    /// Records the result of a request for the identity. `None` means that the server did not return it.
    pub(crate) fn identified(&mut self, identity: Option<String>) {
        self.identity_requested = true;
        if self.identity.is_none() {
            self.identity = identity;
        }
    }

    /// Records that a check at this time found the credential active.
    pub(crate) fn mark_active(&mut self, checked_at: Instant) {
        let (target, cooldown_end) = match &self.status {
            Status::Active | Status::Inactive => return,
            Status::RequestRejected(at) => (&Target::Caller, *at),
            Status::Doubtful {
                target,
                cooldown_end,
            } => (target, *cooldown_end),
        };
        if checked_at >= cooldown_end {
            self.status = Status::Active;
        } else if !self.may_replace_own(target) {
            self.status = Status::Active;
            self.on_its_way(cooldown_end);
        }
    }

    /// Returns whether a request with an unknown outcome may have ended the credential.
    pub(crate) fn is_in_doubt(&self) -> bool {
        matches!(self.status, Status::Doubtful { .. })
    }

    /// Returns whether the credential is active as far as is known.
    pub(crate) fn is_beyond_doubt(&self) -> bool {
        matches!(self.status, Status::Active)
    }

    /// Returns whether the entry can be removed without loss.
    pub(crate) fn is_unremarkable(&self) -> bool {
        self.is_beyond_doubt() && self.on_its_way_until.is_none()
    }
}
