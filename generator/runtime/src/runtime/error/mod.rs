//! The one error of the client.
//!
//! It keeps what a caller needs to act: status, headers, body, the server's message. What of it is printed stands in `error_display`;
//! foreign errors are reduced to kinds before they get here.

pub(crate) mod body;
pub(crate) mod display;
pub(crate) mod kind;

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::runtime::decode::json::{self, JsonError};
use crate::runtime::encode::EncodeError;
use crate::runtime::error::body::ServerMessage;
pub use crate::runtime::error::kind::ErrorKind;
pub(crate) use crate::runtime::error::kind::Execution;
use crate::runtime::redact::redactor::Redactor;
use crate::runtime::redact::secret::Secret;
use crate::runtime::transport::head::Head;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// What became of the credential that a call was to change, as the operation's guard knows it.
pub(crate) trait CredentialOutcome: Any + Send + Sync {
    /// What the caller is to do.
    fn advice(&self) -> Option<&'static str>;
}

/// What went wrong, boxed, with everything that is known about it.
#[derive(Clone)]
pub struct Error {
    pub(crate) inner: Box<Inner>,
}

#[derive(Clone)]
pub(crate) struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    detail: Option<Cow<'static, str>>,
    path: Option<String>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    server: ServerMessage,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    execution: Execution,
    /// Whether the operation may run twice.
    idempotent: bool,
    pub(crate) credential_outcome: Option<Arc<dyn CredentialOutcome>>,
    advice: Option<&'static str>,
    /// The secret of the response, which was understood although the response as a whole was not.
    new_secret: Option<Secret>,
    /// Knows the credential of the request, for what is read of the body later.
    redactor: Redactor,
    transport: Option<TransportError>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::bare(kind);
        error.inner.detail = Some(detail.into());
        error
    }

    /// An error whose status or source says everything.
    pub(crate) fn bare(kind: ErrorKind) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                operation: None,
                detail: None,
                path: None,
                status: None,
                headers: HeaderMap::new(),
                body: Bytes::new(),
                server: ServerMessage::default(),
                request_id: None,
                retry_after: None,
                execution: Execution::NotExecuted,
                idempotent: true,
                credential_outcome: None,
                advice: None,
                new_secret: None,
                redactor: Redactor::default(),
                transport: None,
            }),
        }
    }

    /// The client cannot be built or used like this. `detail` holds no value that may be secret.
    pub(crate) fn configuration(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration, detail)
    }

    /// No credential can be used for this call. `detail` holds nothing of one.
    pub(crate) fn credential(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Credential, detail)
    }

    /// An argument that cannot be sent. `detail` names it and does not quote it.
    pub(crate) fn invalid_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidRequest, detail)
    }

    /// A response that cannot be read. `path` leads to the place in the JSON document; `detail` says what was expected there.
    pub(crate) fn decode(path: Option<String>, detail: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(ErrorKind::Decode, detail);
        error.inner.path = path.filter(|path| !path.is_empty());
        error
    }

    pub(crate) fn transport(source: TransportError) -> Self {
        let mut error = Self::bare(ErrorKind::Transport);
        error.inner.transport = Some(source);
        error
    }

    /// The same error in another class.
    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.inner.kind = kind;
        self
    }

    /// Names the operation, unless a layer below already did.
    pub(crate) fn in_operation(mut self, name: &'static str) -> Self {
        self.inner.operation.get_or_insert(name);
        self
    }

    /// Cuts a credential out of what is shown of a response that cannot be read: names of members are the server's.
    pub(crate) fn redacted(mut self, redactor: &Redactor) -> Self {
        self.inner.path = self.inner.path.map(|path| redactor.redact(&path));
        self.inner.detail = self
            .inner
            .detail
            .map(|detail| Cow::Owned(redactor.redact(&detail)));
        self
    }

    /// Adds what is known of the response. The body is the one that is kept.
    pub(crate) fn with_response(mut self, head: &Head, body: Bytes) -> Self {
        self.inner.status = Some(head.status);
        self.inner.headers = head.headers.clone();
        self.inner.request_id = head.request_id().map(str::to_owned);
        self.inner.redactor = head.redactor.clone();
        self.inner.body = body;
        self
    }

    pub(crate) fn with_server_message(mut self, server: ServerMessage) -> Self {
        self.inner.server = server;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.inner.retry_after = retry_after;
        self
    }

    /// Says how far the request got, and whether its operation may run twice.
    pub(crate) fn with_execution(mut self, execution: Execution, idempotent: bool) -> Self {
        self.inner.execution = execution;
        self.inner.idempotent = idempotent;
        self
    }

    pub(crate) fn execution(&self) -> Execution {
        self.inner.execution
    }

    /// Keeps the secret of the response, and replaces what the caller is to do.
    pub(crate) fn with_new_secret(mut self, secret: Secret, advice: &'static str) -> Self {
        self.inner.new_secret = Some(secret);
        self.inner.advice = Some(advice);
        self
    }

    /// The class of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    pub(crate) fn transport_error(&self) -> Option<&TransportError> {
        self.inner.transport.as_ref()
    }

    /// What the client itself says, which holds no value.
    pub(crate) fn detail(&self) -> Option<&str> {
        self.inner.detail.as_deref()
    }

    /// What the caller is to do.
    pub(crate) fn advice(&self) -> Option<&'static str> {
        let known = self.inner.credential_outcome.as_ref();
        self.inner.advice.or_else(|| known?.advice())
    }

    /// The operation that failed, as `group.method`; `None` where a client was built. Before a credential is replaced the client may have
    /// to ask whether it is active: where that fails it is `credential.check`, and the operation was not sent.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.inner.operation
    }

    /// The status of the response, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.status
    }

    /// The headers of the response, empty where there was none. They are never printed with the error.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// The server's name for the exchange, for its operators.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// The raw body of the response, cut after 64 KiB. The response of an operation whose result holds a secret is kept as far as it
    /// arrived, since the secret may be in it. Of a body that came compressed this is what could be decompressed or, where that is
    /// nothing, what arrived. Never printed with the error.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.inner.body
    }

    /// Returns the secret that the server's response holds, where it could be understood although the response as a whole could not: another
    /// member is not what the API's description says, the response is larger than the client accepts, or its end did not arrive. It is shown
    /// this one time by most servers, so store it. Never printed with the error.
    ///
    /// `None` for operations whose result holds no secret, or several. What arrived of such a response is in [`body`](Self::body).
    #[must_use]
    pub fn new_secret(&self) -> Option<&Secret> {
        self.inner.new_secret.as_ref()
    }

    /// The body as a documented type.
    ///
    /// # Errors
    /// The body is not JSON of this shape.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        json::decode(&self.inner.body).map_err(|error| {
            let error = Self::from(error).redacted(&self.inner.redactor);
            match self.inner.operation {
                Some(operation) => error.in_operation(operation),
                None => error,
            }
        })
    }

    /// What the server says, for people, in one line. The credential of the request is cut out should the server repeat it.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.inner.server.message.as_deref()
    }

    /// What the server says, for programs: `invalid_token` and its like.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.server.code.as_deref()
    }

    /// The scopes that the server asks for; empty where it names none.
    #[must_use]
    pub fn required_scopes(&self) -> &[String] {
        &self.inner.server.required_scopes
    }

    /// Where in the JSON document a response could not be decoded: `scopes[2]`, `groups[0].id`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.inner.path.as_deref()
    }

    /// The pause before the next call that the server asks for, or whoever provides the credential.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// Whether the server may have carried out the request although the call failed, for a request that must not be sent twice. Look
    /// for its effect before sending it again.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.inner.execution == Execution::Unknown && !self.inner.idempotent
    }

    /// Whether the same call may succeed later and does no harm when it is repeated.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        if self.inner.execution != Execution::NotExecuted && !self.inner.idempotent {
            return false;
        }
        match self.inner.kind {
            ErrorKind::Timeout => true,
            ErrorKind::Credential => self.inner.retry_after.is_some(),
            ErrorKind::Transport => self
                .inner
                .transport
                .is_some_and(|error| error.kind() != TransportErrorKind::Tls),
            ErrorKind::Status => self.inner.status.is_some_and(is_transient),
            _ => false,
        }
    }

    /// Whether the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_error_status(StatusCode::NOT_FOUND)
    }

    /// Whether the status is 401. Some servers hide with it what belongs to somebody else;
    /// [`is_credential_rejected`](Error::is_credential_rejected) tells the two apart where the server does.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.has_error_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server said that it does not take the credential: a 401 with an error code such as OAuth's `invalid_token`
    /// (RFC 6750). A 401 without a code proves nothing about the credential.
    #[must_use]
    pub fn is_credential_rejected(&self) -> bool {
        self.is_unauthorized() && self.code().is_some()
    }

    /// Whether the status is 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.has_error_status(StatusCode::FORBIDDEN)
    }

    /// Whether the status is 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_error_status(StatusCode::CONFLICT)
    }

    /// Whether the status is 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_error_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the status is a 5xx.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.inner.kind == ErrorKind::Status
            && self
                .inner
                .status
                .is_some_and(|status| status.is_server_error())
    }

    /// Whether the call, the connection or the server took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.inner.kind == ErrorKind::Timeout
            || self.inner.transport.is_some_and(|error| {
                matches!(
                    error.kind(),
                    TransportErrorKind::ConnectTimeout | TransportErrorKind::ReadTimeout
                )
            })
    }

    /// Whether no connection could be made, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.inner
            .transport
            .is_some_and(|error| error.kind().is_unsent())
    }

    /// Whether the server responded with success and the response could not be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.inner.kind == ErrorKind::Decode
    }

    fn has_error_status(&self, status: StatusCode) -> bool {
        self.inner.kind == ErrorKind::Status && self.inner.status == Some(status)
    }
}

impl From<EncodeError> for Error {
    /// The text names the input and the problem and holds no value.
    fn from(error: EncodeError) -> Self {
        Self::invalid_request(error.to_string())
    }
}

impl From<JsonError> for Error {
    /// The text names the place and what was expected there, and holds no value.
    fn from(error: JsonError) -> Self {
        Self::decode(Some(error.path().to_owned()), error.to_string())
    }
}

/// Statuses after which the same request may succeed (RFC 9110, sections 15.5.9 and 15.6; RFC 6585, section 4).
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}
