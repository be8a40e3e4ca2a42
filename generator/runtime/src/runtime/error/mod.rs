//! The error type of the client.
//!
//! An error contains what a caller needs to react: the status, the headers, the body and the server's message. `display` contains the rules
//! for its text. Errors of other libraries are converted to kinds first.

pub(crate) mod body;
pub(crate) mod class;
pub(crate) mod display;
pub(crate) mod kind;
pub(crate) mod list_end;
pub(crate) mod quote;

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

/// The effect of a failed call on the credential that it was to change.
pub(crate) trait CredentialOutcome: Any + Send + Sync {
    /// Returns the advice for the caller.
    fn advice(&self) -> Option<&'static str>;
}

/// An error of the client: its kind, a description and the details of the response.
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
    /// Whether the operation may be executed twice.
    idempotent: bool,
    pub(crate) credential_outcome: Option<Arc<dyn CredentialOutcome>>,
    advice: Option<&'static str>,
    /// The secret in a response that could not be decoded as a whole.
    new_secret: Option<Secret>,
    /// Removes the request's credential from data that is decoded from the body later.
    redactor: Redactor,
    transport: Option<TransportError>,
    /// The host and port of the server, for failures of the network and timeouts.
    authority: Option<String>,
    /// The reason why a stream ends with this error although it is retryable.
    list_end: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::bare(kind);
        error.inner.detail = Some(detail.into());
        error
    }

    /// Creates an error that its status or source describes completely.
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
                authority: None,
                list_end: None,
            }),
        }
    }

    /// Creates the error of a client that cannot be built or used. `detail` contains no secret.
    pub(crate) fn configuration(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Configuration, detail)
    }

    /// Creates the error of a call without a usable credential. `detail` contains no part of a credential.
    pub(crate) fn credential(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Credential, detail)
    }

    /// Creates the error of an invalid argument. `detail` names the argument but does not quote it.
    pub(crate) fn invalid_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidRequest, detail)
    }

    /// Creates the error of a response that cannot be decoded. `path` is the path in the JSON document, and `detail` is what was expected
    /// there.
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

    /// Names the server that was to be reached.
    pub(crate) fn at_server(mut self, host: &str, port: u16) -> Self {
        self.inner.authority = Some(format!("{host}:{port}"));
        self
    }

    /// Returns the host and port of the server that was to be reached.
    pub(crate) fn authority(&self) -> Option<&str> {
        self.inner.authority.as_deref()
    }

    /// Returns the error with another kind.
    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.inner.kind = kind;
        self
    }

    /// Adds the name of the operation, if there is none yet.
    pub(crate) fn in_operation(mut self, name: &'static str) -> Self {
        self.inner.operation.get_or_insert(name);
        self
    }

    /// Removes a credential from the description of a response that cannot be decoded. It can contain names of members, which come from the
    /// server.
    pub(crate) fn redacted(mut self, redactor: &Redactor) -> Self {
        self.inner.path = self
            .inner
            .path
            .map(|path| redactor.redact(&path).into_owned());
        self.inner.detail = self
            .inner
            .detail
            .map(|detail| Cow::Owned(redactor.redact(&detail).into_owned()));
        self
    }

    /// Adds the response. `body` is the part of the body to keep.
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

    /// Adds whether the request was executed, and whether its operation may be executed twice.
    pub(crate) fn with_execution(mut self, execution: Execution, idempotent: bool) -> Self {
        self.inner.execution = execution;
        self.inner.idempotent = idempotent;
        self
    }

    pub(crate) fn execution(&self) -> Execution {
        self.inner.execution
    }

    /// Adds advice for the caller, if there is none yet.
    pub(crate) fn with_advice(mut self, advice: &'static str) -> Self {
        self.inner.advice.get_or_insert(advice);
        self
    }

    /// Returns the reason why a stream ends with this error although it is retryable.
    pub(crate) fn list_end(&self) -> Option<&str> {
        self.inner.list_end.as_deref()
    }

    /// Adds the secret in the response, and replaces the advice for the caller.
    pub(crate) fn with_new_secret(mut self, secret: Secret, advice: &'static str) -> Self {
        self.inner.new_secret = Some(secret);
        self.inner.advice = Some(advice);
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Returns at which stage the exchange with the server failed, for errors of [`ErrorKind::Transport`]. It is part of the error's text,
    /// and so it is not the error's [`source`](std::error::Error::source).
    #[must_use]
    pub fn transport_error(&self) -> Option<&TransportError> {
        self.inner.transport.as_ref()
    }

    /// Returns the client's own description, which contains no value.
    pub(crate) fn detail(&self) -> Option<&str> {
        self.inner.detail.as_deref()
    }

    /// Returns the advice for the caller.
    pub(crate) fn advice(&self) -> Option<&'static str> {
        let known = self.inner.credential_outcome.as_ref();
        self.inner.advice.or_else(|| known?.advice())
    }

    /// Returns the name of the operation that failed, as `group.method`, or `None` for an error in building a client.
    ///
    /// Before the client replaces a credential, it may have to check whether the credential is active. If this check fails, the name is
    /// `credential.check`, and the operation was not sent.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.inner.operation
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.status
    }

    /// Returns the headers of the response. They are empty if there was none. They are never printed with the error.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// Returns the id that the server assigned to the request, for use in support requests.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// Returns the raw body of the response, cut after 64 KiB. It is never printed with the error.
    ///
    /// If the result of the operation contains a secret, the whole received body is kept, since the secret may be in it. If the body was
    /// compressed, this is the part that could be decompressed or, if there is none, the received bytes.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.inner.body
    }

    /// Returns the secret in the response, if it could be decoded although the response as a whole could not.
    ///
    /// The response does not match the API's description in another member, it is larger than the client accepts, its end is missing, or it
    /// has an error status although the server may have executed the request. Most servers return a new secret only once, so store it. It is
    /// never printed with the error.
    ///
    /// This is `None` for operations whose result contains no secret or several ones. [`body`](Self::body) is the part of such a response
    /// that arrived.
    #[must_use]
    pub fn new_secret(&self) -> Option<&Secret> {
        self.inner.new_secret.as_ref()
    }

    /// Decodes the body as a documented type.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON of this type.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        json::decode(&self.inner.body).map_err(|error| {
            let error = Self::from(error).redacted(&self.inner.redactor);
            match self.inner.operation {
                Some(operation) => error.in_operation(operation),
                None => error,
            }
        })
    }

    /// Returns the server's message for people, in one line. The request's credential is removed from it.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.inner.server.message.as_deref()
    }

    /// Returns the server's code for programs, such as `invalid_token`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.server.code.as_deref()
    }

    /// Returns the scopes that the server requires, if it names any.
    #[must_use]
    pub fn required_scopes(&self) -> &[String] {
        &self.inner.server.required_scopes
    }

    /// Returns the path in the JSON document at which a response could not be decoded, such as `scopes[2]` or `groups[0].id`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.inner.path.as_deref()
    }

    /// Returns the pause before the next call that the server or the provider of the credential requested.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// Returns whether the server may have executed a request that must not be sent twice, although the call failed. Check for its effect
    /// before you send it again.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.inner.execution == Execution::Unknown && !self.inner.idempotent
    }

    /// Returns whether the same call may succeed later and is safe to repeat.
    ///
    /// The error that ends a stream or an iterator is never retryable, because a loop that continues after it would take the end for that of
    /// the list.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        if self.inner.list_end.is_some() {
            return false;
        }
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
}

impl From<EncodeError> for Error {
    /// The message names the input and the problem, and contains no value.
    fn from(error: EncodeError) -> Self {
        Self::invalid_request(error.to_string())
    }
}

impl From<JsonError> for Error {
    /// The message contains the path and what was expected there, and no value.
    fn from(error: JsonError) -> Self {
        Self::decode(Some(error.path().to_owned()), error.to_string())
    }
}

/// Returns whether the same request may succeed after this status (RFC 9110, sections 15.5.9 and 15.6; RFC 6585, section 4).
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}
