//! One attempt of a call: sends the request, follows redirects within the origin and reads the response.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};

use crate::runtime::call::body::{BodyFailure, ReadBody, read_beginning, read_body};
use crate::runtime::call::execute::{Exchange, KEPT_BODY, kept_body};
use crate::runtime::call::redirect::{Redirect, redirect, strip_query};
use crate::runtime::call::response::HttpResponse;
use crate::runtime::call::retry_after::retry_after;
use crate::runtime::credential::auth::Credential;
use crate::runtime::credential::header::is_reserved_query;
use crate::runtime::error::body::ServerMessage;
use crate::runtime::error::quote::SecretInResult;
use crate::runtime::error::{Error, ErrorKind, Execution};
use crate::runtime::redact::redactor::one_line;
use crate::runtime::redact::secret::Secret;
use crate::runtime::transport::head::Head;
use crate::runtime::transport::{ResponseBody, TransportError, WaitsForDeadline};

/// The maximum length of a redirect's target in an error, in characters.
const SHOWN_TARGET: usize = 300;

/// The time limit for the body of an error response.
///
/// The status and headers have already arrived, and the body is mostly a message for people. If it proves the status of a credential but
/// arrives too late, the proof is ignored, which is the safe choice.
const ERROR_RESPONSE_BODY_TIME: Duration = Duration::from_secs(5);

impl Exchange {
    /// Sends the request, and sends it again for each redirect. `may_have_acted` is whether an earlier attempt may have been executed. If
    /// so, a proof of its execution is a success.
    pub(crate) async fn attempt(
        &self,
        credential: &Credential,
        may_have_acted: bool,
    ) -> Result<HttpResponse, Error> {
        let mut url = self.template.url.clone();
        let mut followed = 0;
        loop {
            let (full_url, mut request) = self.template.to(&url, credential)?;
            if self.waits_for_deadline() {
                request.extensions_mut().insert(WaitsForDeadline);
            }
            self.leaves();
            let sent = self.shared.transport.send(full_url, request);
            let response = match self.deadline.run(sent).await {
                Err(_) => return Err(self.with_execution(self.timed_out(), Execution::Unknown)),
                Ok(Err(error)) => return Err(self.failed(error)),
                Ok(Ok(response)) => response,
            };
            let (parts, body) = response.into_parts();
            let method = self.request.method();
            let detail = match redirect(parts.status, &parts.headers, &url, method, followed) {
                Redirect::Follow(target) => {
                    url = target;
                    // A credential that the server repeats would be a second one.
                    strip_query(&mut url, |name| {
                        is_reserved_query(name, self.shared.api)
                            || credential.is_query_parameter(name)
                    });
                    followed += 1;
                    continue;
                }
                Redirect::Reject(detail) => Some(detail),
                Redirect::None => None,
            };
            let head = Arc::new(Head::new(
                self.request.info().name,
                parts.status,
                parts.headers,
                url,
                self.shared.api,
                credential.redactor(),
            ));
            return match detail {
                Some(detail) => Err(self.redirected(head, body, &detail).await),
                None if head.status.is_success() => self.success(head, body).await,
                None => {
                    self.error_response(head, body, credential, may_have_acted)
                        .await
                }
            };
        }
    }

    /// Returns whether only the deadline ends the wait for a response, because a retry would not get it.
    fn waits_for_deadline(&self) -> bool {
        let is_irreplaceable = !self.idempotent || self.request.info().new_secret.is_some();
        is_irreplaceable && self.deadline.remaining().is_some()
    }

    async fn success(&self, head: Arc<Head>, body: ResponseBody) -> Result<HttpResponse, Error> {
        if self.request.method() == Method::HEAD {
            // Its headers describe a body that is not sent.
            return Ok(HttpResponse::new(head, Bytes::new()));
        }
        let keep = if self.request.is_secret() {
            KEPT_BODY
        } else {
            0
        };
        match read_body(
            &head.headers,
            body,
            self.max_response_size,
            keep,
            &self.deadline,
        )
        .await
        {
            Ok(body) => Ok(HttpResponse::new(head, body)),
            Err((failure, partial)) => {
                let error = match failure {
                    BodyFailure::Elapsed => self.timed_out(),
                    BodyFailure::Transport(error) => self.at_server(Error::transport(error)),
                    BodyFailure::TooLarge => Error::new(
                        ErrorKind::TooLarge,
                        format!(
                            "the response is larger than {} bytes; raise the limit with `max_response_size`",
                            self.max_response_size
                        ),
                    ),
                    BodyFailure::Compression(reason) => Error::new(ErrorKind::Decode, reason),
                };
                let error = self.with_execution(error, Execution::Executed);
                Err(error.with_response(&head, kept_body(partial, self.request.is_secret())))
            }
        }
    }

    /// Creates the error of an error response. A body that does not arrive completely is cut.
    async fn error_response(
        &self,
        head: Arc<Head>,
        body: ResponseBody,
        credential: &Credential,
        may_have_acted: bool,
    ) -> Result<HttpResponse, Error> {
        let deadline = self.deadline.within(ERROR_RESPONSE_BODY_TIME);
        let body = read_beginning(&head.headers, body, KEPT_BODY, &deadline).await;
        let new_secret = self.new_secret(&body.bytes);
        let head = without_secret(head, new_secret.as_ref());
        let server = self.server_message(&head, &body);
        let quotes_result = server.quotes_result;
        let pause = retry_after(
            head.status,
            &head.headers,
            self.shared.api.rate_limit_headers.reset,
            self.shared.timer.system_time(),
        );
        let error = Error::bare(ErrorKind::Status)
            .with_response(&head, body.bytes.clone())
            .with_server_message(server)
            .with_retry_after(pause);
        let has_new_secret = new_secret.is_some() && !self.is_certainly_from_api(&error);
        let has_result = quotes_result || has_new_secret;
        let error = self.with_execution(error, execution(head.status, has_result));
        if may_have_acted && let Some(guard) = self.guard {
            guard.after_lost_attempt(self, error, credential)?;
            return Ok(HttpResponse::new(head, body.bytes));
        }
        Err(error)
    }

    /// Creates the error of a redirect that is not followed. Its body is read only if it may contain a secret.
    async fn redirected(&self, head: Arc<Head>, body: ResponseBody, detail: &str) -> Error {
        let body = if self.request.is_secret() {
            let deadline = self.deadline.within(ERROR_RESPONSE_BODY_TIME);
            let read = read_beginning(&head.headers, body, KEPT_BODY, &deadline).await;
            read.bytes
        } else {
            Bytes::new()
        };
        let new_secret = self.new_secret(&body);
        let head = without_secret(head, new_secret.as_ref());
        let execution = execution(head.status, new_secret.is_some());
        let detail = one_line(&head.redactor.redact(detail), SHOWN_TARGET);
        self.with_execution(Error::new(ErrorKind::Redirect, detail), execution)
            .with_response(&head, body)
    }

    /// Returns the new secret in the body of an error response.
    fn new_secret(&self, body: &[u8]) -> Option<Secret> {
        let place = self.request.info().new_secret?;
        (place.find)(body, place.pointer)
    }

    /// Returns whether an error response is the API's own although it has a text in the place of the new secret. Only the API's description
    /// proves this: a result may have members such as `title` too.
    fn is_certainly_from_api(&self, error: &Error) -> bool {
        let places = &self.shared.api.error_body;
        let has_declared_code = !places.code.is_empty() && error.code().is_some();
        error.is_from_api() && (!places.message.is_empty() || has_declared_code)
    }

    /// Returns the server's message, without the credential and without a quoted result.
    fn server_message(&self, head: &Head, body: &ReadBody) -> ServerMessage {
        let info = self.request.info();
        let member = info.new_secret.and_then(|place| place.member());
        let result = match member {
            Some(name) => SecretInResult::Member(name),
            None if self.request.is_secret() => SecretInResult::Unknown,
            None => SecretInResult::None,
        };
        ServerMessage::read(
            head.media_type().as_deref(),
            body.content(),
            &self.shared.api.error_body,
            &result,
            &head.redactor,
        )
    }

    fn failed(&self, error: TransportError) -> Error {
        let execution = if error.kind().is_not_sent() {
            Execution::NotExecuted
        } else {
            Execution::Unknown
        };
        self.with_execution(self.at_server(Error::transport(error)), execution)
    }

    fn with_execution(&self, error: Error, execution: Execution) -> Error {
        error.with_execution(execution, self.idempotent)
    }
}

/// Returns the head of a response without the new secret that its body contains.
fn without_secret(head: Arc<Head>, secret: Option<&Secret>) -> Arc<Head> {
    match secret {
        Some(secret) => Arc::new(head.hiding(secret)),
        None => head,
    }
}

/// Returns whether a request with this error status was executed.
///
/// It may have been executed in spite of the status: a proxy lost its server, a server failed during the request, or the response leads to
/// the result, as 303 does and 301 and 302 are used (RFC 9110, sections 15.4.2 to 15.4.4). HTTP defines no statuses above 599, so their
/// meaning is unknown. A request that is rejected with any other status was not executed, unless the response contains a new secret or quotes
/// a result: a proxy may have changed the status.
fn execution(status: StatusCode, has_result: bool) -> Execution {
    match status.as_u16() {
        301..=303 | 408 | 500.. => Execution::Unknown,
        _ if has_result => Execution::Unknown,
        _ => Execution::NotExecuted,
    }
}
