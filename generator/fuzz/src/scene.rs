//! What an operation runs in: a client of its own, responses, a clock, and the records of what was sent and when.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gitlab_pat::{Auth, Client, http};

use gitlab_pat::testing::ScriptedTransport;

use gitlab_pat::transport::{RequestBody, Timer, Transport, TransportFuture};

use crate::executor::block_on;
use crate::operations::{Cost, Operation};
use crate::replacing;
use crate::responses::Response;
use crate::time::{JumpingTimer, REPLACEMENT_COOLDOWN, TIMEOUT};
use crate::watch::{CALLING, FRESH, Watch};

/// As many requests as one call may send: three attempts, and five redirects after each.
const MOST_REQUESTS: usize = 3 * (1 + 5);

pub(crate) struct Scene {
    pub(crate) client: Client,
    pub(crate) watch: Watch,
    responses: Vec<Response>,
    script: ScriptedTransport,
    timer: JumpingTimer,
    sent_at: SentAt,
}

/// What the clock showed when each request left.
type SentAt = Arc<Mutex<Vec<Duration>>>;

/// Looks at the clock before each request.
struct Punctual {
    script: ScriptedTransport,
    timer: JumpingTimer,
    sent_at: SentAt,
}

impl Transport for Punctual {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        let mut sent_at = self.sent_at.lock().unwrap_or_else(PoisonError::into_inner);
        sent_at.push(self.timer.passed());
        self.script.send(request)
    }
}

impl Scene {
    pub(crate) fn new(clock: u64, responses: Vec<Response>) -> Self {
        let script = ScriptedTransport::new(responses.iter().map(Response::for_client));
        let timer = JumpingTimer::new(clock);
        let sent_at = SentAt::default();
        let client = Client::builder()
            .auth(Auth::private_token(CALLING))
            .timeout(TIMEOUT)
            .replacement_cooldown(REPLACEMENT_COOLDOWN)
            .transport(Punctual {
                script: script.clone(),
                timer: timer.clone(),
                sent_at: Arc::clone(&sent_at),
            })
            .timer(timer.clone())
            .build()
            .expect("the settings are fixed");
        Self {
            client,
            watch: Watch::new(&responses),
            responses,
            script,
            timer,
            sent_at,
        }
    }

    /// Runs an operation to its end and holds everything against what must be true.
    pub(crate) fn play(&self, operation: &Operation) {
        let cost = block_on((operation.run)(self));
        self.watch.client(&self.client, &self.script);
        self.check(&cost);
        let sent_at = self.sent_at.lock().unwrap_or_else(PoisonError::into_inner);
        replacing::check(&self.script.requests(), &self.responses, &sent_at);
    }

    /// Waits until nothing of an earlier request is in flight.
    pub(crate) async fn settle(&self) {
        self.timer.sleep(REPLACEMENT_COOLDOWN).await;
    }

    /// Looks at the credential of the last request, which is the one that must not show now.
    pub(crate) fn look_at_the_credential(&self) {
        let requests = self.script.requests();
        let last = requests
            .last()
            .and_then(|request| request.header("PRIVATE-TOKEN"));
        let known = |token: &&str| Some(*token) == last;
        self.watch.carries([CALLING, FRESH].into_iter().find(known));
    }

    /// Each call sends so many requests, and takes its time and no more.
    fn check(&self, cost: &Cost) {
        let requests = self.script.requests().len();
        assert!(
            requests <= cost.calls.saturating_mul(MOST_REQUESTS),
            "{requests} requests in {} calls",
            cost.calls
        );
        let passed = self.timer.passed();
        assert!(
            passed <= cost.time,
            "{} calls took {passed:?}, and {:?} are theirs",
            cost.calls,
            cost.time
        );
    }
}
