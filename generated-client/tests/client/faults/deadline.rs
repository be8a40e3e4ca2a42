//! The deadline of a whole call. The call ends at the deadline whatever the server does, and the error reports what is unknown.

use std::future::{pending, ready};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gitlab_pat::{Auth, Client, RetryPolicy};

use gitlab_pat::transport::{Sleep, Timer};
use gitlab_pat_fake::{Delivery, FakeGitLab, FakeResponse, Fault, Gate, TokenSpec};

use super::operations::{
    ALL, CREDULOUS, Kind, ONCE, OTHER, REPLACE, RETRYABLE, SAFE_OR_CREATE, of,
};
use super::sees::{Sees, TIMED_OUT, status};
use crate::support::{TOKEN, block_on};

/// The timeout of a call, longer than any pause.
const TIMEOUT: Duration = Duration::from_secs(1_000);

/// The time for which the client waits for the body of an error response.
const ERROR_RESPONSE_BODY: Duration = Duration::from_secs(5);

/// A clock on which the deadline passes when the server waits at a gate for the nth time. Pauses end at once.
#[derive(Clone)]
struct Due {
    gate: Gate,
    arrivals: u64,
    pauses: Arc<Mutex<Vec<Duration>>>,
    start: Instant,
    is_over: Arc<AtomicBool>,
    /// How often the client has waited so far, first for the head of the response, then for its body.
    waits: Arc<AtomicUsize>,
    /// Whether the deadline passes only after the head of the response.
    in_body: bool,
}

impl Timer for Due {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration > TIMEOUT / 2 {
            let waits = self.waits.fetch_add(1, Ordering::SeqCst) + 1;
            if self.in_body && waits == 1 {
                return Box::pin(pending());
            }
            let due = self.clone();
            return Box::pin(async move {
                due.gate.arrived(due.arrivals).await;
                due.is_over.store(true, Ordering::SeqCst);
            });
        }
        if duration != ERROR_RESPONSE_BODY {
            self.pauses.lock().expect("the pauses").push(duration);
        }
        Box::pin(ready(()))
    }

    fn now(&self) -> Instant {
        if self.is_over.load(Ordering::SeqCst) {
            self.start + TIMEOUT
        } else {
            self.start
        }
    }

    fn jitter(&self, ceiling: Duration) -> Duration {
        ceiling
    }
}

/// The faults of a call's requests, and when its deadline passes.
struct Case {
    name: &'static str,
    /// The deadline passes when the server waits at the gate for the nth time.
    arrivals: u64,
    faults: fn(&Gate) -> Vec<Fault>,
    policy: RetryPolicy,
    in_body: bool,
}

fn case(name: &'static str, arrivals: u64, faults: fn(&Gate) -> Vec<Fault>) -> Case {
    Case {
        name,
        arrivals,
        faults,
        policy: RetryPolicy::new(),
        in_body: false,
    }
}

impl Case {
    /// The head of the response has arrived by then.
    fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Runs the operations, and asserts what their callers see, after how many requests.
    #[track_caller]
    fn check(self, kinds: &'static [Kind], sees: Sees, requests: usize) -> Self {
        for (_, exchange) in of(kinds) {
            let gate = Gate::new();
            let due = Due {
                gate: gate.clone(),
                arrivals: self.arrivals,
                pauses: Arc::default(),
                start: Instant::now(),
                is_over: Arc::default(),
                waits: Arc::default(),
                in_body: self.in_body,
            };
            let gitlab = FakeGitLab::start().expect("a server");
            let ann = gitlab.add_user("ann");
            gitlab.add_token(TokenSpec::new(&ann, "calling").secret(TOKEN));
            gitlab.add_token(TokenSpec::new(&ann, "other").id(OTHER));
            gitlab.faults().script((self.faults)(&gate));
            // All arrivals before the last one pass.
            gate.release(usize::try_from(self.arrivals - 1).expect("few"));
            let client = Client::builder()
                .base_url(&gitlab.url())
                .expect("a base URL")
                .auth(Auth::private_token(TOKEN))
                .timeout(TIMEOUT)
                .retry(self.policy)
                .timer(due.clone())
                .build()
                .expect("a client");
            let result = block_on((exchange.send)(&client));
            let case = format!("{}: {}: {result:?}", self.name, exchange.name);
            assert_eq!(Sees::of(&result), sees, "{case}");
            assert_eq!(gitlab.requests().len(), requests, "{case}");
            let pauses = due.pauses.lock().expect("the pauses").len();
            assert_eq!(pauses, requests - 1, "{case}");
            for request in gitlab.requests() {
                assert_eq!(request.header_values("private-token"), [TOKEN], "{case}");
            }
        }
        self
    }
}

#[test]
fn a_server_that_does_not_respond() {
    case("silence, not executed", 1, |gate| vec![Fault::stall(gate)])
        .check(RETRYABLE, TIMED_OUT, 1)
        .check(ONCE, TIMED_OUT.open(), 1);
    case("silence, executed", 1, |gate| {
        vec![Fault::stall(gate).executed()]
    })
    .check(RETRYABLE, TIMED_OUT, 1)
    .check(ONCE, TIMED_OUT.open(), 1);
}

/// Each byte arrives soon after the previous one, so that a read timeout does not help.
#[test]
fn a_server_that_drips() {
    case("a head that drips", 21, |gate| {
        vec![Fault::none().delivered(Delivery::dripped(gate))]
    })
    .check(RETRYABLE, TIMED_OUT, 1)
    .check(ONCE, TIMED_OUT.open(), 1);
    // The head has shown that the server executed the request.
    case("a body that drips", 21, |gate| {
        vec![Fault::none().delivered(Delivery::dripped_body(gate))]
    })
    .in_body()
    .check(SAFE_OR_CREATE, TIMED_OUT.with_status(200), 1)
    .check(REPLACE, TIMED_OUT.with_status(200).open(), 1);
}

#[test]
fn a_server_that_falls_silent() {
    case("half a body", 1, |gate| {
        vec![Fault::none().delivered(Delivery::stalled_after(10, gate))]
    })
    .in_body()
    .check(SAFE_OR_CREATE, TIMED_OUT.with_status(200), 1)
    .check(REPLACE, TIMED_OUT.with_status(200).open(), 1);
    // The status of an error response is sufficient.
    case("half an error response", 1, |gate| {
        let delivery = Delivery::stalled_after(1, gate);
        vec![Fault::response(FakeResponse::text(403, "no")).delivered(delivery)]
    })
    .in_body()
    .check(CREDULOUS, status(403), 1)
    .check(REPLACE, status(403).open(), 1);
}

/// The timeout applies to the call, not to an attempt.
#[test]
fn a_server_that_does_not_respond_to_the_second_attempt() {
    case("busy, then silence", 1, |gate| {
        vec![
            Fault::response(FakeResponse::proxy_error(503)),
            Fault::stall(gate),
        ]
    })
    .check(RETRYABLE, TIMED_OUT, 2);
    case("throttled, then silence", 1, |gate| {
        vec![
            Fault::response(FakeResponse::too_many_requests()),
            Fault::stall(gate),
        ]
    })
    .check(RETRYABLE, TIMED_OUT, 2)
    .check(ONCE, TIMED_OUT.open(), 2);
}

/// The client does not pause until the deadline. The error comes at once and has the length of the pause.
#[test]
fn a_pause_that_is_longer_than_the_remaining_time() {
    let hour = Duration::from_secs(3_600);
    let mut case = case("a long pause", 1, |_| {
        let response = FakeResponse::too_many_requests().header("Retry-After", "1001");
        vec![Fault::response(response)]
    });
    case.policy = RetryPolicy::new()
        .max_retry_after(hour)
        .max_total_time(hour);
    case.check(ALL, status(429).asking(Duration::from_secs(1_001)), 1);
}
