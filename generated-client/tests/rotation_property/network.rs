//! The network between the client and the stand-in. It carries requests, injects the faults of the case, and keeps a log of the
//! requests. This module knows HTTP and the stand-in, but not the intentions of callers.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use gitlab_pat::transport::{
    RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind, TransportFuture,
};
use gitlab_pat_fake::{FakeGitLab, FakeResponse, NewToken, Operation};
use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;
use crate::plan::{Case, Execution, Fault, Intermediary, Share};
use crate::responses::{damaged, intermediary, lost, pausing, whole};
use crate::subject::EPOCH;

/// A request that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// The call that was polled when the request was sent. A shared request belongs to one of its callers.
    pub(crate) call: Option<usize>,
    pub(crate) operation: Option<Operation>,
    pub(crate) path: String,
    /// The id of the token that it was sent with.
    pub(crate) presented: Option<i64>,
    pub(crate) body: Bytes,
    /// When the exchange ended for the client, or was dropped.
    pub(crate) ended: Option<Duration>,
    pub(crate) executed: Option<Executed>,
    /// Whether an intermediary responded, while the server would have reported that the token is inactive.
    pub(crate) hidden: bool,
    /// Whether an intermediary responded with an error that can't be distinguished from the server's.
    pub(crate) denied: bool,
}

/// An execution by the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Executed {
    pub(crate) status: u16,
    /// The id of the token that the server created.
    pub(crate) made: Option<i64>,
    /// Whether the exchange had ended for the client by then.
    pub(crate) late: bool,
}

impl Sent {
    pub(crate) fn is_rotation(&self) -> bool {
        matches!(
            self.operation,
            Some(Operation::RotateSelf | Operation::Rotate)
        )
    }

    /// Whether the server did what the request demands.
    pub(crate) fn is_done(&self) -> bool {
        self.executed
            .is_some_and(|executed| (200..300).contains(&executed.status))
    }
}

#[derive(Clone)]
pub(crate) struct Network {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Clock,
    gitlab: Arc<FakeGitLab>,
    replacement_cooldown: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    faults: VecDeque<Fault>,
    log: Vec<Sent>,
    /// The requests that were sent and not yet executed.
    waiting: BTreeMap<usize, http::Request<Bytes>>,
    responses: BTreeMap<usize, FakeResponse>,
    /// The call that is polled at this time.
    current: Option<usize>,
    /// The secret of each token that the server created.
    secrets: BTreeMap<i64, String>,
    /// The history of the run, if it is recorded.
    history: Option<Vec<String>>,
}

impl Network {
    pub(crate) fn new(case: &Case, gitlab: &Arc<FakeGitLab>) -> Self {
        let state = State {
            faults: case.faults.iter().copied().collect(),
            ..State::default()
        };
        Self {
            shared: Arc::new(Shared {
                clock: Clock::default(),
                gitlab: Arc::clone(gitlab),
                replacement_cooldown: case.replacement_cooldown,
                state: Mutex::new(state),
            }),
        }
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    pub(crate) fn gitlab(&self) -> &FakeGitLab {
        &self.shared.gitlab
    }

    pub(crate) fn set_current(&self, call: Option<usize>) {
        self.lock().current = call;
    }

    pub(crate) fn log(&self) -> Vec<Sent> {
        self.lock().log.clone()
    }

    /// Creates a network that knows the first secret. It learns the others from the server's responses.
    pub(crate) fn know(&self, token: &NewToken) {
        let secret = token.secret().to_owned();
        self.lock().secrets.insert(token.id(), secret);
    }

    pub(crate) fn secret(&self, id: i64) -> Option<String> {
        self.lock().secrets.get(&id).cloned()
    }

    /// Ends the faults: every further request passes.
    pub(crate) fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Starts to record the history.
    pub(crate) fn record_history(&self) {
        self.lock().history.get_or_insert_default();
    }

    /// Adds a line to the history, if it is recorded.
    pub(crate) fn note(&self, line: impl FnOnce() -> String) {
        if self.lock().history.is_some() {
            let now = self.shared.clock.now();
            let line = format!("{now:>10.3?}  {}", line());
            self.lock().history.get_or_insert_default().push(line);
        }
    }

    pub(crate) fn history(&self) -> String {
        self.lock()
            .history
            .as_deref()
            .unwrap_or_default()
            .join("\n")
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a request to the log and returns its fault.
    fn enter(&self, request: http::Request<RequestBody>) -> (usize, Fault) {
        let (head, body) = request.into_parts();
        let request = http::Request::from_parts(head, body.into_bytes());
        let presented = credential(&request)
            .and_then(|secret| self.shared.gitlab.find_token(&secret))
            .map(|token| token.id);
        let path = request.uri().path().to_owned();
        let mut state = self.lock();
        let fault = state.faults.pop_front().unwrap_or(Fault::Pass);
        let number = state.log.len();
        let sent = Sent {
            call: state.current,
            operation: Operation::of(request.method().as_str(), &path),
            path,
            presented,
            body: request.body().clone(),
            ended: None,
            executed: None,
            hidden: false,
            denied: false,
        };
        state.log.push(sent.clone());
        state.waiting.insert(number, request);
        drop(state);
        self.note(|| {
            let Sent { call, operation, .. } = sent;
            format!(
                "request {number} of call {call:?}: {operation:?} at {} with {presented:?}; {fault:?}",
                sent.path
            )
        });
        (number, fault)
    }

    /// Lets the server execute the request, unless it already has.
    fn execute(&self, number: usize) {
        let Some(request) = self.lock().waiting.remove(&number) else {
            return;
        };
        let elapsed = SignedDuration::try_from(self.shared.clock.now()).expect("a short time");
        let start = Timestamp::from_second(EPOCH.cast_signed()).expect("a time");
        self.shared.gitlab.set_now(start + elapsed);
        let response = self.shared.gitlab.execute(request);
        let made = response.body_json().and_then(|body| {
            let secret = body.get("token")?.as_str()?.to_owned();
            Some((body.get("id")?.as_i64()?, secret))
        });
        let mut state = self.lock();
        let mut executed = Executed {
            status: response.status(),
            made: made.as_ref().map(|(id, _)| *id),
            late: false,
        };
        if let Some(sent) = state.log.get_mut(number) {
            executed.late = sent.ended.is_some();
            sent.executed = Some(executed);
        }
        state.secrets.extend(made);
        state.responses.insert(number, response);
        drop(state);
        self.note(|| format!("request {number} is executed: {executed:?}"));
    }

    fn execute_after(&self, delay: Duration, number: usize) {
        let network = self.clone();
        self.shared
            .clock
            .schedule(delay, move || network.execute(number));
    }

    async fn pass_time(&self, duration: Duration) {
        if !duration.is_zero() {
            self.shared.clock.sleep(duration).await;
        }
    }

    async fn play(
        &self,
        number: usize,
        fault: Fault,
        end: End,
    ) -> Result<http::Response<ResponseBody>, TransportError> {
        match fault {
            Fault::Pass => Ok(whole(self.response(number), end)),
            Fault::Slow {
                executed,
                responded,
            } => {
                let executed = executed.of(self.shared.replacement_cooldown);
                // The server continues even if the client drops the exchange.
                self.execute_after(executed, number);
                self.pass_time(executed).await;
                // The event may follow the sleepers of this moment.
                let response = self.response(number);
                self.pass_time(responded).await;
                Ok(whole(response, end))
            }
            Fault::NotSent { stage, after } => {
                self.pass_time(after).await;
                Err(TransportError::new(match stage {
                    0 => TransportErrorKind::Connect,
                    1 => TransportErrorKind::ConnectTimeout,
                    _ => TransportErrorKind::Dns,
                }))
            }
            Fault::Throttled { retry_after } => Ok(whole(
                pausing(FakeResponse::too_many_requests(), retry_after),
                end,
            )),
            Fault::Redirected => Ok(whole(FakeResponse::redirect(302, "/users/sign_in"), end)),
            Fault::Lost {
                how,
                execution,
                after,
            } => {
                self.begin(number, execution);
                self.pass_time(after).await;
                lost(how, end).await
            }
            Fault::Damaged { how, after } => {
                let response = self.response(number);
                self.pass_time(after).await;
                Ok(damaged(&response, how, end))
            }
            Fault::Intercepted {
                by,
                execution,
                after,
            } => {
                if self.is_rotation(number) {
                    self.begin(number, passed_on(by, execution));
                }
                self.pass_time(after).await;
                self.hide(number, by);
                Ok(intermediary(by, end))
            }
        }
    }

    fn is_rotation(&self, number: usize) -> bool {
        let state = self.lock();
        state.log.get(number).is_some_and(Sent::is_rotation)
    }

    /// Lets the server execute the request now or at a time after it was sent.
    fn begin(&self, number: usize, execution: Execution) {
        let Execution::AfterSending(share) = execution else {
            return;
        };
        let delay = share.of(self.shared.replacement_cooldown);
        if delay.is_zero() {
            self.execute(number);
        } else {
            self.execute_after(delay, number);
        }
    }

    /// Marks a request whose response does not come from the server.
    fn hide(&self, number: usize, by: Intermediary) {
        if let Some(sent) = self.lock().log.get_mut(number) {
            sent.denied = by.is_perfect();
            let token = sent.presented.and_then(|id| self.shared.gitlab.token(id));
            sent.hidden = token.is_some_and(|token| token.revoked);
        }
    }

    /// Returns the server's own response.
    fn response(&self, number: usize) -> FakeResponse {
        self.execute(number);
        let response = self.lock().responses.remove(&number);
        response.expect("an executed request has a response")
    }
}

impl Transport for Network {
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        let network = self.clone();
        Box::pin(async move {
            let (number, fault) = network.enter(request);
            let execution = match fault {
                Fault::Lost { execution, .. } => execution,
                Fault::Intercepted { by, execution, .. } if network.is_rotation(number) => {
                    passed_on(by, execution)
                }
                _ => Execution::Never,
            };
            let late = match execution {
                Execution::AfterTheEnd(share) => {
                    Some(share.of(network.shared.replacement_cooldown))
                }
                Execution::Never | Execution::AfterSending(_) => None,
            };
            let end = End {
                network: network.clone(),
                number,
                late,
            };
            network.play(number, fault, end).await
        })
    }
}

/// Returns when the server executes a rotation to which an intermediary responds. One with an error in the API's form executes it at
/// once or never.
fn passed_on(by: Intermediary, execution: Execution) -> Execution {
    match execution {
        Execution::AfterSending(_) | Execution::AfterTheEnd(_) if by.is_perfect() => {
            Execution::AfterSending(Share::NONE)
        }
        execution => execution,
    }
}

/// Records the end of an exchange when it is dropped: its response, its failure, or its cancellation.
pub(crate) struct End {
    network: Network,
    number: usize,
    /// When the server executes the request after that.
    late: Option<Duration>,
}

impl Drop for End {
    fn drop(&mut self) {
        let now = self.network.shared.clock.now();
        if let Some(sent) = self.network.lock().log.get_mut(self.number) {
            sent.ended = Some(now);
        }
        self.network
            .note(|| format!("request {} ends", self.number));
        if let Some(late) = self.late {
            self.network.execute_after(late, self.number);
        }
    }
}

/// Returns the token in either of the two headers.
fn credential(request: &http::Request<Bytes>) -> Option<String> {
    let text = |name: &str| request.headers().get(name)?.to_str().ok();
    text("private-token")
        .or_else(|| text("authorization")?.strip_prefix("Bearer "))
        .map(str::to_owned)
}
