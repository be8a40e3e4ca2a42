//! Runs one call: resolves its URL, adds the credential, sends it, and turns the answer into a response or an error.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

use crate::runtime::auth::Credential;
use crate::runtime::base_url::shown;
use crate::runtime::body::{BodyFailure, read_beginning, read_body};
use crate::runtime::client::Shared;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::error_body::ServerMessage;
use crate::runtime::operation::RetryClass;
use crate::runtime::options::RequestOptions;
use crate::runtime::prepare::{PreparedRequest, prepare};
use crate::runtime::request::HttpRequest;
use crate::runtime::response::{Head, HttpResponse};
use crate::runtime::retry_after::retry_after;
use crate::runtime::timer::Deadline;
use crate::runtime::transport::{ResponseBody, TransportError};

/// As much of an answer as an error keeps.
const KEPT_BODY: usize = 64 * 1024;

/// Runs a call to its end.
pub(crate) async fn exchange(
    shared: &Shared,
    request: HttpRequest,
    options: RequestOptions,
) -> Result<HttpResponse, Error> {
    if !shared.timer.is_available() {
        return Err(Error::configuration(
            "there is no Tokio runtime here; await the call inside one, or give the client a timer",
        ));
    }
    let timeout = options.timeout.or(shared.limits.timeout);
    let call = Call {
        shared,
        timeout,
        deadline: match timeout {
            Some(timeout) => shared.timer.deadline_in(timeout),
            None => shared.timer.no_deadline(),
        },
        max_response_size: options
            .max_response_size
            .unwrap_or(shared.limits.max_response_size),
        repeatable: request.info().retry == RetryClass::Idempotent,
        secret: request.is_secret(),
    };
    let credential = match &options.auth {
        Some(auth) => Arc::new(auth.prepare()?),
        None => Arc::clone(&shared.credential),
    };
    let prepared = prepare(shared, &request, &options, &credential)?;
    call.attempt(prepared, &credential).await
}

/// What is fixed while a call runs.
struct Call<'client> {
    shared: &'client Shared,
    timeout: Option<Duration>,
    deadline: Deadline,
    max_response_size: usize,
    /// Whether the request may reach the server more than once.
    repeatable: bool,
    secret: bool,
}

impl Call<'_> {
    /// Sends the request once.
    async fn attempt(
        &self,
        prepared: PreparedRequest,
        credential: &Credential,
    ) -> Result<HttpResponse, Error> {
        let PreparedRequest { request, url } = prepared;
        let sent = self.shared.transport.send(request);
        let answer = match self.deadline.run(sent).await {
            Err(_) => return Err(self.timed_out().with_outcome_unknown(!self.repeatable)),
            Ok(Err(error)) => return Err(self.failed(error)),
            Ok(Ok(answer)) => answer,
        };
        let (parts, body) = answer.into_parts();
        let head = Arc::new(Head::new(
            parts.status,
            parts.headers,
            url,
            self.shared.api,
            credential.scrubber(),
        ));
        if head.status.is_success() {
            self.success(head, body).await
        } else {
            Err(self.refusal(&head, body, credential).await)
        }
    }

    async fn success(&self, head: Arc<Head>, body: ResponseBody) -> Result<HttpResponse, Error> {
        match read_body(&head.headers, body, self.max_response_size, &self.deadline).await {
            Ok(body) => Ok(HttpResponse::new(head, body)),
            Err((failure, partial)) => {
                let error = match failure {
                    BodyFailure::Elapsed => self.timed_out(),
                    BodyFailure::Transport(error) => Error::transport(error),
                    BodyFailure::TooLarge => Error::new(
                        ErrorKind::TooLarge,
                        format!(
                            "the answer is larger than the {} bytes that the client accepts",
                            self.max_response_size
                        ),
                    ),
                    BodyFailure::Compression(reason) => Error::new(ErrorKind::Decode, reason),
                };
                Err(error.with_answer(&head, kept_body(partial, self.secret)))
            }
        }
    }

    /// The error of an answer that is no success. Whatever of its body does not arrive is not missed.
    async fn refusal(&self, head: &Head, body: ResponseBody, credential: &Credential) -> Error {
        if let Some(error) = self.redirect(head) {
            return error;
        }
        let body = read_beginning(&head.headers, body, KEPT_BODY, &self.deadline).await;
        let server = ServerMessage::read(
            head.media_type().as_deref(),
            body.content(),
            &self.shared.api.error_body,
            credential.scrubber(),
        );
        let pause = retry_after(
            head.status,
            &head.headers,
            head.rate_limit.as_ref(),
            self.shared.timer.system_time(),
        );
        Error::bare(ErrorKind::Status)
            .with_answer(head, body.bytes)
            .with_server_message(server)
            .with_retry_after(pause)
            .with_outcome_unknown(!self.repeatable && leaves_outcome_open(head.status))
    }

    /// A redirect is not followed; the error names its target.
    fn redirect(&self, head: &Head) -> Option<Error> {
        let target = redirect_target(head.status, &head.headers, &head.url)?;
        let detail = match target {
            Ok(target) => format!(
                "the server redirects to {}, and the client does not follow",
                shown(&target)
            ),
            Err(()) => "the server redirects to a place that cannot be read".to_owned(),
        };
        Some(Error::new(ErrorKind::Redirect, detail).with_answer(head, Bytes::new()))
    }

    fn timed_out(&self) -> Error {
        match self.timeout {
            Some(timeout) => Error::new(
                ErrorKind::Timeout,
                format!("the call did not end within {timeout:?}"),
            ),
            None => Error::new(ErrorKind::Timeout, "the call took too long"),
        }
    }

    fn failed(&self, error: TransportError) -> Error {
        Error::transport(error).with_outcome_unknown(!self.repeatable && !error.kind().is_unsent())
    }
}

/// Where a redirect leads; none for an answer that is no redirect (RFC 9110, section 15.4).
fn redirect_target(
    status: StatusCode,
    headers: &HeaderMap,
    asked: &Url,
) -> Option<Result<Url, ()>> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = headers.get(LOCATION)?;
    Some(
        location
            .to_str()
            .ok()
            .and_then(|location| asked.join(location).ok())
            .ok_or(()),
    )
}

/// Whether a request may have been carried out although the answer is this error: a proxy that lost its server, or a server that
/// failed on the way. Of what is refused with any other status nothing was done.
fn leaves_outcome_open(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT
}

/// The body that an error keeps: cut, unless a secret may be in it that stands nowhere else.
pub(crate) fn kept_body(body: Bytes, secret: bool) -> Bytes {
    if secret || body.len() <= KEPT_BODY {
        body
    } else {
        // A copy, so that the error does not hold the whole answer.
        Bytes::copy_from_slice(body.get(..KEPT_BODY).unwrap_or_default())
    }
}
