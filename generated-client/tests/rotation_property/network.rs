//! The network between the client and the stand-in: it carries requests, does to each what the case says, and keeps a log
//! of what became of them. Knows HTTP and the stand-in, nothing of what callers want.

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
use crate::plan::{Case, Execution, Fault, Impostor, Share};
use crate::responses::{damaged, impostor, lost, pausing, whole};
use crate::subject::EPOCH;

/// A request that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// The call that was being polled when it was sent. A shared request belongs to one of its callers.
    pub(crate) call: Option<usize>,
    pub(crate) operation: Option<Operation>,
    pub(crate) path: String,
    /// The id of the token that it was sent with.
    pub(crate) presented: Option<i64>,
    pub(crate) body: Bytes,
    /// When the client saw its end, or gave it up.
    pub(crate) ended: Option<Duration>,
    pub(crate) executed: Option<Executed>,
    /// Whether something else responded it, and the server would have said that the token is dead.
    pub(crate) hidden: bool,
    /// Whether something that nobody can tell from the server said that it was refused.
    pub(crate) denied: bool,
}

/// What the server did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Executed {
    pub(crate) status: u16,
    /// The id of the token that it made.
    pub(crate) made: Option<i64>,
    /// Whether that was after the client had seen the end.
    pub(crate) late: bool,
}

impl Sent {
    pub(crate) fn is_rotation(&self) -> bool {
        matches!(
            self.operation,
            Some(Operation::RotateSelf | Operation::Rotate)
        )
    }

    /// Whether the server did what it asks for.
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
    /// What was sent and not executed yet.
    waiting: BTreeMap<usize, http::Request<Bytes>>,
    responses: BTreeMap<usize, FakeResponse>,
    /// The call that is being polled.
    current: Option<usize>,
    /// The secret of each token that the server made.
    secrets: BTreeMap<i64, String>,
    /// What happened, where somebody wants to know.
    story: Option<Vec<String>>,
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

    /// The network knows the secrets that the server makes, and is told of the first.
    pub(crate) fn know(&self, token: &NewToken) {
        let secret = token.secret().to_owned();
        self.lock().secrets.insert(token.id(), secret);
    }

    pub(crate) fn secret(&self, id: i64) -> Option<String> {
        self.lock().secrets.get(&id).cloned()
    }

    /// From now on every request passes.
    pub(crate) fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Keeps a story of what happens from now on.
    pub(crate) fn start_story(&self) {
        self.lock().story.get_or_insert_default();
    }

    /// Adds a line to the story, if there is one.
    pub(crate) fn tell(&self, line: impl FnOnce() -> String) {
        if self.lock().story.is_some() {
            let now = self.shared.clock.now();
            let line = format!("{now:>10.3?}  {}", line());
            self.lock().story.get_or_insert_default().push(line);
        }
    }

    pub(crate) fn story(&self) -> String {
        self.lock().story.as_deref().unwrap_or_default().join("\n")
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a request into the log and decides what becomes of it.
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
        self.tell(|| {
            let Sent { call, operation, .. } = sent;
            format!(
                "request {number} of call {call:?}: {operation:?} at {} with {presented:?}; {fault:?}",
                sent.path
            )
        });
        (number, fault)
    }

    /// Has the server carry the request out, unless it already did.
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
        self.tell(|| format!("request {number} is executed: {executed:?}"));
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
                // The server goes on even if the client gives up.
                self.execute_after(executed, number);
                self.pass_time(executed).await;
                // The event may come after this moment's sleepers.
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
                Ok(impostor(by, end))
            }
        }
    }

    fn is_rotation(&self, number: usize) -> bool {
        let state = self.lock();
        state.log.get(number).is_some_and(Sent::is_rotation)
    }

    /// Has the server carry the request out now, or at the time after sending it.
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

    /// The server does not get to respond.
    fn hide(&self, number: usize, by: Impostor) {
        if let Some(sent) = self.lock().log.get_mut(number) {
            sent.denied = by.is_perfect();
            let token = sent.presented.and_then(|id| self.shared.gitlab.token(id));
            sent.hidden = token.is_some_and(|token| token.revoked);
        }
    }

    /// The server's own response.
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

/// When the server carries out a rotation that something else responds: whoever speaks the server's words has no time to lose.
fn passed_on(by: Impostor, execution: Execution) -> Execution {
    match execution {
        Execution::AfterSending(_) | Execution::AfterTheEnd(_) if by.is_perfect() => {
            Execution::AfterSending(Share::NONE)
        }
        execution => execution,
    }
}

/// Notes that the client has seen the end of an exchange, be it its response, its failure or that it was given up.
pub(crate) struct End {
    network: Network,
    number: usize,
    /// When the server carries the request out after that.
    late: Option<Duration>,
}

impl Drop for End {
    fn drop(&mut self) {
        let now = self.network.shared.clock.now();
        if let Some(sent) = self.network.lock().log.get_mut(self.number) {
            sent.ended = Some(now);
        }
        self.network
            .tell(|| format!("request {} ends", self.number));
        if let Some(late) = self.late {
            self.network.execute_after(late, self.number);
        }
    }
}

/// The token in either of the two headers.
fn credential(request: &http::Request<Bytes>) -> Option<String> {
    let text = |name: &str| request.headers().get(name)?.to_str().ok();
    text("private-token")
        .or_else(|| text("authorization")?.strip_prefix("Bearer "))
        .map(str::to_owned)
}
