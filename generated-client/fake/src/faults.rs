//! The rules that inject faults into requests. Knows requests by their heads.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::fault::{Fault, Point};
use crate::operation::Operation;
use crate::request::RecordedRequest;

/// The faults that a server is going to inject.
///
/// Rules are tried in the order in which they were added. The first rule that matches a request and has a fault left
/// decides. A request without such a rule gets an ordinary response.
///
/// ```
/// use gitlab_pat_fake::{FakeResponse, Delivery, FakeGitLab, Fault, Operation};
///
/// let gitlab = FakeGitLab::start()?;
/// gitlab.faults().next(Fault::reset());
/// gitlab.faults().on(Operation::RotateSelf).always(Fault::response(FakeResponse::proxy_error(502)).executed());
/// gitlab.faults().on(Operation::List).script([
///     Fault::response(FakeResponse::too_many_requests().header("Retry-After", "3")),
///     Fault::none(),
///     Fault::none().delivered(Delivery::truncated(10)),
/// ]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Faults {
    plan: Mutex<Plan>,
}

#[derive(Debug, Default)]
struct Plan {
    rules: Vec<Rule>,
    injected: u64,
}

#[derive(Debug)]
struct Rule {
    matcher: Matcher,
    /// How many matching requests pass first.
    skip: u64,
    /// The number of further matching requests of which one gets a fault.
    every: u64,
    seen: u64,
    supply: Supply,
}

#[derive(Debug)]
enum Supply {
    Script(VecDeque<Fault>),
    Unlimited(Box<Fault>),
}

impl Supply {
    fn front(&self) -> Option<&Fault> {
        match self {
            Self::Script(faults) => faults.front(),
            Self::Unlimited(fault) => Some(fault),
        }
    }

    fn take(&mut self) -> Option<Fault> {
        match self {
            Self::Script(faults) => faults.pop_front(),
            Self::Unlimited(fault) => Some((**fault).clone()),
        }
    }
}

/// The requests that a rule applies to.
#[derive(Clone)]
pub struct Matcher {
    conditions: Vec<Condition>,
}

type Condition = Arc<dyn Fn(&RecordedRequest) -> bool + Send + Sync>;

impl Matcher {
    /// Matches every request.
    #[must_use]
    pub fn any() -> Self {
        Self {
            conditions: Vec::new(),
        }
    }

    /// Restricts the matcher to requests with this method.
    #[must_use]
    pub fn method(self, method: impl Into<String>) -> Self {
        let method = method.into();
        self.when(move |request| request.method() == method)
    }

    /// Restricts the matcher to requests whose path ends with this text. The path is compared as it was sent, without
    /// its query.
    #[must_use]
    pub fn path_ends_with(self, end: impl Into<String>) -> Self {
        let end = end.into();
        self.when(move |request| request.path().ends_with(&end))
    }

    /// Restricts the matcher to requests for this operation.
    #[must_use]
    pub fn operation(self, operation: Operation) -> Self {
        self.when(move |request| Operation::of(request.method(), request.path()) == Some(operation))
    }

    /// Restricts the matcher to requests that contain this secret.
    #[must_use]
    pub fn carrying(self, secret: impl Into<String>) -> Self {
        let secret = secret.into();
        self.when(move |request| request.carries(&secret))
    }

    /// Restricts the matcher to requests for which `condition` returns `true`. The body has not arrived when it is
    /// called.
    #[must_use]
    pub fn when(
        mut self,
        condition: impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.conditions.push(Arc::new(condition));
        self
    }

    fn matches(&self, request: &RecordedRequest) -> bool {
        self.conditions.iter().all(|condition| condition(request))
    }
}

impl From<Operation> for Matcher {
    fn from(operation: Operation) -> Self {
        Self::any().operation(operation)
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Matcher({} conditions)", self.conditions.len())
    }
}

impl Faults {
    /// Injects this fault into the next request.
    pub fn next(&self, fault: Fault) {
        self.on(Matcher::any()).next(fault);
    }

    /// Injects these faults into the next requests, one each.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        self.on(Matcher::any()).script(faults);
    }

    /// Injects this fault into every request.
    pub fn always(&self, fault: Fault) {
        self.on(Matcher::any()).always(fault);
    }

    /// Begins a rule for the requests that match.
    pub fn on(&self, matcher: impl Into<Matcher>) -> NewRule<'_> {
        NewRule {
            faults: self,
            matcher: matcher.into(),
            skip: 0,
            every: 1,
        }
    }

    /// Removes all rules. Faults in progress continue.
    pub fn clear(&self) {
        self.lock().rules.clear();
    }

    /// Returns how many requests and connections a fault was injected into. [`Fault::none`] counts as one.
    #[must_use]
    pub fn injected(&self) -> u64 {
        self.lock().injected
    }

    /// Returns how many faults of `next`, `times` and `script` rules are left. A test can assert that it is 0.
    #[must_use]
    pub fn pending(&self) -> usize {
        let pending = |rule: &Rule| match &rule.supply {
            Supply::Script(faults) => faults.len(),
            Supply::Unlimited(_) => 0,
        };
        self.lock().rules.iter().map(pending).sum()
    }

    /// Returns whether the connection that was just accepted is reset.
    pub(crate) fn at_connect(&self) -> bool {
        self.lock()
            .take_unread(|point| point == Point::Connect)
            .is_some()
    }

    /// Returns the number of bytes after which the next request is cut off.
    pub(crate) fn at_first_byte(&self) -> Option<usize> {
        match self
            .lock()
            .take_unread(|point| matches!(point, Point::Bytes(_)))?
            .point
        {
            Point::Bytes(count) => Some(count),
            _ => None,
        }
    }

    /// Takes the fault of a request whose head has arrived.
    pub(crate) fn at_request(&self, request: &RecordedRequest) -> Option<Fault> {
        self.lock().take(request)
    }

    fn lock(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Plan {
    fn take_unread(&mut self, at: impl Fn(Point) -> bool) -> Option<Fault> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.supply.front().is_some_and(|fault| at(fault.point)))?;
        let fault = rule.supply.take();
        self.count_injected();
        fault
    }

    fn take(&mut self, request: &RecordedRequest) -> Option<Fault> {
        let mut taken = None;
        for rule in &mut self.rules {
            let at_request = rule
                .supply
                .front()
                .is_some_and(|fault| matches!(fault.point, Point::Head | Point::Request));
            if !at_request || !rule.matcher.matches(request) {
                continue;
            }
            rule.seen += 1;
            if rule.seen <= rule.skip || !(rule.seen - rule.skip).is_multiple_of(rule.every) {
                continue;
            }
            taken = rule.supply.take();
            break;
        }
        if taken.is_some() {
            self.count_injected();
        }
        taken
    }

    fn count_injected(&mut self) {
        self.injected += 1;
        self.rules.retain(|rule| rule.supply.front().is_some());
    }
}

/// A rule under construction. It is added by the method that names its faults.
#[derive(Debug)]
#[must_use = "a rule begins to exist when its faults are named"]
pub struct NewRule<'faults> {
    faults: &'faults Faults,
    matcher: Matcher,
    skip: u64,
    every: u64,
}

impl NewRule<'_> {
    /// Lets the first `count` matching requests pass.
    pub fn after(mut self, count: u64) -> Self {
        self.skip = count;
        self
    }

    /// Injects a fault into one in `count` matching requests, the last of each `count`.
    pub fn every(mut self, count: u64) -> Self {
        self.every = count.max(1);
        self
    }

    /// Injects this fault into the next matching request.
    pub fn next(self, fault: Fault) {
        self.script([fault]);
    }

    /// Injects this fault into the next `count` matching requests.
    pub fn times(self, count: usize, fault: Fault) {
        self.script(std::iter::repeat_n(fault, count));
    }

    /// Injects these faults into the next matching requests, one each.
    pub fn script(self, faults: impl IntoIterator<Item = Fault>) {
        self.supply(Supply::Script(faults.into_iter().collect()));
    }

    /// Injects this fault into every matching request.
    pub fn always(self, fault: Fault) {
        self.supply(Supply::Unlimited(Box::new(fault)));
    }

    fn supply(self, supply: Supply) {
        let rule = Rule {
            matcher: self.matcher,
            skip: self.skip,
            every: self.every,
            seen: 0,
            supply,
        };
        self.faults.lock().rules.push(rule);
    }
}
