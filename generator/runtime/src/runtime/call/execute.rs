//! Runs a call to its end: attempts and the pauses between them. The module `attempt` contains a single attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;

use crate::runtime::api::operation::{RetryClass, SecurityRequirement};
use crate::runtime::call::client::Shared;
use crate::runtime::call::guard::Guard;
use crate::runtime::call::observe::{Attempt, error_type};
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::prepare::RequestTemplate;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::call::retry::RetryPolicy;
use crate::runtime::call::trace::Span;
use crate::runtime::credential::auth::{Auth, Credential};
use crate::runtime::credential::credentials::Source;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, ErrorKind, Execution};
use crate::runtime::transport::timer::Deadline;

/// The maximum size of a response body in an error.
pub(crate) const KEPT_BODY: usize = 64 * 1024;

/// The maximum time for which a call whose credential was rejected waits for a call that is replacing the credential. The server has executed
/// that one by then.
const SETTLING_TIME: Duration = Duration::from_secs(5);

/// Runs a call to its end.
pub(crate) async fn exchange(
    shared: Arc<Shared>,
    request: HttpRequest,
    options: RequestOptions,
    guard: Option<&'static dyn Guard>,
) -> Result<HttpResponse, Error> {
    let span = Span::operation(&request, &shared.base_url);
    let work = Exchange::new(shared, request, options, guard, span.clone());
    let result = span
        .run(async {
            let exchange = work?;
            match guard {
                Some(guard) => guard.run(exchange).await,
                None => exchange.run().await,
            }
        })
        .await;
    span.record(&result);
    result
}

/// An in-flight exchange, with the data that is fixed while it runs.
pub struct Exchange {
    pub(crate) shared: Arc<Shared>,
    pub(crate) request: HttpRequest,
    pub(crate) options: RequestOptions,
    pub(crate) template: RequestTemplate,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Deadline,
    pub(crate) max_response_size: usize,
    /// Whether the request may reach the server more than once.
    pub(crate) idempotent: bool,
    /// The guard of the credential, if the operation changes it.
    pub(crate) guard: Option<&'static dyn Guard>,
    span: Span,
    /// The credential of this call alone, instead of the client's.
    pub(crate) own_credential: Option<Arc<Credential>>,
    started: Instant,
    /// Whether a request of this call may have reached the server or may still reach it.
    pub(crate) on_its_way: AtomicBool,
    /// The number of attempts so far, with any credential.
    attempt_count: AtomicU32,
}

/// The result of sending a request: its response, or the credential that has replaced the right one, in which case nothing was sent.
pub(crate) type Sent = Result<HttpResponse, Arc<Credential>>;

impl Exchange {
    pub(crate) fn new(
        shared: Arc<Shared>,
        request: HttpRequest,
        options: RequestOptions,
        guard: Option<&'static dyn Guard>,
        span: Span,
    ) -> Result<Self, Error> {
        if !shared.timer.is_available() {
            return Err(Error::configuration(
                "there is no Tokio runtime here; await the call inside one, or give the client a timer",
            ));
        }
        let own = match (&options.auth, request.info().security) {
            (_, SecurityRequirement::Anonymous) => Some(Auth::none()),
            (own, _) => own.clone(),
        };
        let own_credential = own.map(|auth| auth.prepare()).transpose()?.map(Arc::new);
        let timeout = options.timeout.or(shared.limits.timeout);
        Ok(Self {
            template: RequestTemplate::new(&shared, &request, &options)?,
            timeout,
            deadline: shared.timer.deadline(timeout),
            max_response_size: options
                .max_response_size
                .unwrap_or(shared.limits.max_response_size),
            idempotent: request.info().retry == RetryClass::Idempotent,
            guard,
            span,
            own_credential,
            started: shared.timer.now(),
            on_its_way: AtomicBool::new(false),
            attempt_count: AtomicU32::new(0),
            shared,
            request,
            options,
        })
    }

    /// Sends the request, and retries it if that is allowed and may help, until the call has a result.
    pub(crate) async fn run(&self) -> Result<HttpResponse, Error> {
        let credential = self.credential().await?;
        let sent = self.send_while(credential, |_| true).await?;
        // The predicate accepts every credential.
        sent.map_err(|_| Error::credential("the credential has changed"))
    }

    /// Does the same as `run`, starting with this credential. `is_right` checks the credential of each attempt. The first one that it
    /// rejects ends the call.
    pub(crate) async fn send_while(
        &self,
        credential: Arc<Credential>,
        is_right: impl Fn(&Credential) -> bool,
    ) -> Result<Sent, Error> {
        let mut cancellation = Cancellation {
            exchange: self,
            is_over: false,
        };
        let sent = self.attempts(credential, is_right).await;
        cancellation.is_over = true;
        sent
    }

    async fn attempts(
        &self,
        mut credential: Arc<Credential>,
        is_right: impl Fn(&Credential) -> bool,
    ) -> Result<Sent, Error> {
        let policy = self.options.retry.unwrap_or(self.shared.retry);
        let mut may_have_acted = false;
        loop {
            if !is_right(&credential) {
                return Ok(Err(credential));
            }
            // The caller no longer waits for a request that is sent now.
            if self.deadline.is_over() {
                return Err(self.timed_out());
            }
            let attempts = self
                .attempt_count
                .fetch_add(1, Ordering::Relaxed)
                .saturating_add(1);
            let begun = self.shared.timer.now();
            let span = Span::attempt(&self.span, &self.request, &self.shared.base_url, attempts);
            let result = span.run(self.attempt(&credential, may_have_acted)).await;
            span.record(&result);
            let duration = self.shared.timer.now().saturating_duration_since(begun);
            let mut pause = None;
            if let Err(error) = &result {
                // Before any wait, in which the call may be dropped.
                may_have_acted |= error.execution() != Execution::NotExecuted;
                self.on_its_way.store(may_have_acted, Ordering::Relaxed);
                pause = self.pause(&policy, error, attempts, &credential);
            }
            self.report(&result, attempts, duration, pause);
            if let (Err(error), None) = (&result, pause) {
                pause = self
                    .pause_after_replacement(&policy, error, attempts, &credential)
                    .await;
            }
            match (result, pause) {
                (Ok(response), _) => {
                    self.shared.budget.earn();
                    if let Some(guard) = self.guard {
                        guard.succeeded(self, &response, &credential);
                    }
                    return Ok(Ok(response));
                }
                (Err(error), None) => {
                    if let Some(watch) = &self.shared.watch
                        && error.is_credential_rejected()
                    {
                        watch.rejected(&credential, self.shared.timer.now());
                    }
                    return Err(error);
                }
                (Err(error), Some(pause)) => {
                    self.shared.timer.sleep(pause).await;
                    // A request that ends the caller's own credential is meant for the credential at the start of the call, and would end
                    // any other one.
                    if !self.guard.is_some_and(Guard::keeps_credential) {
                        // Without a credential, the last attempt's error is the error of the call.
                        let Ok(next) = self.credential().await else {
                            return Err(error);
                        };
                        credential = next;
                    }
                }
            }
        }
    }

    /// Returns the credential to use now.
    pub(crate) async fn credential(&self) -> Result<Arc<Credential>, Error> {
        match &self.own_credential {
            Some(credential) => Ok(Arc::clone(credential)),
            None => match self.deadline.run(self.shared.credentials.current()).await {
                Ok(credential) => credential,
                Err(_) => Err(self.timed_out()),
            },
        }
    }

    /// Returns the pause before another attempt, or `None` if there is no reason for one now.
    fn pause(
        &self,
        policy: &RetryPolicy,
        error: &Error,
        attempts: u32,
        credential: &Credential,
    ) -> Option<Duration> {
        // Not at the expense of the budget, which is for outages.
        let resent = self.pause_if_superseded(policy, error, attempts, credential);
        resent.or_else(|| {
            policy
                .pause(error, attempts, self.elapsed(), &self.shared.timer)
                .filter(|pause| self.has_time_for(*pause) && self.shared.budget.spend())
        })
    }

    /// Returns the pause before an attempt with another credential, if the server rejected this one and the client has another one by now.
    fn pause_if_superseded(
        &self,
        policy: &RetryPolicy,
        error: &Error,
        attempts: u32,
        credential: &Credential,
    ) -> Option<Duration> {
        policy.time_for_another(attempts, self.elapsed())?;
        let is_superseded = self.allows_other_credential(error) && self.is_superseded(credential);
        is_superseded
            .then_some(Duration::ZERO)
            .filter(|pause| self.has_time_for(*pause))
    }

    /// Does the same after waiting for a call that is replacing the credential.
    async fn pause_after_replacement(
        &self,
        policy: &RetryPolicy,
        error: &Error,
        attempts: u32,
        credential: &Credential,
    ) -> Option<Duration> {
        let watch = self.shared.watch.as_ref()?;
        if !self.allows_other_credential(error) {
            return None;
        }
        let left = policy.time_for_another(attempts, self.elapsed())?;
        let limit = self.deadline.remaining().unwrap_or(left).min(left);
        let limit = self.shared.timer.deadline(Some(limit.min(SETTLING_TIME)));
        // Whether the replacement has ended or not, the credential is compared.
        let _ = limit.run(watch.settled(credential)).await;
        self.pause_if_superseded(policy, error, attempts, credential)
    }

    /// Returns whether the server rejected the credential of a request that may be sent again with another one.
    fn allows_other_credential(&self, error: &Error) -> bool {
        error.is_credential_rejected()
            && self.idempotent
            && self.own_credential.is_none()
            && !self.guard.is_some_and(Guard::keeps_credential)
            && matches!(self.shared.credentials.source(), Source::Fixed(_))
    }

    /// Returns whether the client itself holds another credential than this one by now.
    fn is_superseded(&self, credential: &Credential) -> bool {
        match self.shared.credentials.source() {
            Source::Fixed(latest) => latest.auth != credential.auth,
            Source::Provider(_) => false,
        }
    }

    /// Records that a request is sent.
    pub(crate) fn leaves(&self) {
        self.on_its_way.store(true, Ordering::Relaxed);
    }

    pub(crate) fn timed_out(&self) -> Error {
        self.at_server(match self.timeout {
            Some(timeout) => Error::new(
                ErrorKind::Timeout,
                format!("the call did not end within {timeout:?}"),
            ),
            None => Error::new(ErrorKind::Timeout, "the call took too long"),
        })
    }

    /// Names the server in an error of the network.
    pub(crate) fn at_server(&self, error: Error) -> Error {
        let base_url = &self.shared.base_url;
        error.at_server(base_url.host(), base_url.port())
    }

    fn elapsed(&self) -> Duration {
        self.shared
            .timer
            .now()
            .saturating_duration_since(self.started)
    }

    fn has_time_for(&self, pause: Duration) -> bool {
        self.deadline.remaining().is_none_or(|left| pause < left)
    }

    fn report(
        &self,
        result: &Result<HttpResponse, Error>,
        number: u32,
        duration: Duration,
        retry_in: Option<Duration>,
    ) {
        let info = self.request.info();
        self.shared.observer.report(|| Attempt {
            operation: info.name,
            method: info.method,
            url_template: self.request.template(),
            number,
            duration,
            status: match result {
                Ok(response) => Some(response.status()),
                Err(error) => error.status(),
            },
            error_type: result.as_ref().err().map(error_type),
            retry_in,
        });
    }
}

/// Reports an exchange whose future is dropped while its request may be in flight. The caller gets no error then.
struct Cancellation<'exchange> {
    exchange: &'exchange Exchange,
    is_over: bool,
}

impl Drop for Cancellation<'_> {
    fn drop(&mut self) {
        let exchange = self.exchange;
        let is_in_flight = !self.is_over && exchange.on_its_way.load(Ordering::Relaxed);
        if is_in_flight && !std::thread::panicking() {
            let info = exchange.request.info();
            let changes_credential =
                exchange.guard.is_some_and(Guard::changes_credential) || info.new_secret.is_some();
            exchange.span.cancelled(info.name, changes_credential);
        }
    }
}

/// Returns the body for an error. It is cut unless it may contain a secret that exists nowhere else.
pub(crate) fn kept_body(body: Bytes, secret: bool) -> Bytes {
    if secret {
        body
    } else {
        // A copy, so that the error keeps neither the whole response nor the connection's buffer in memory.
        Bytes::copy_from_slice(body.get(..KEPT_BODY).unwrap_or(&body))
    }
}
