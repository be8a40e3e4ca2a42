//! A transport that returns prepared responses, for tests of code that uses a client (feature `test-util`).
//!
//! It opens no connection and starts no server. It returns the responses in order and records the requests as they would have been sent.

use std::collections::VecDeque;
use std::fmt;
use std::future::pending;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde::Serialize;

use crate::runtime::transport::{
    RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind, TransportFuture,
};

/// A [`Transport`] that returns prepared responses in order and records the requests.
///
/// Clones share the responses and the recorded requests, so that a test can keep one clone and give the other one to a client.
///
/// A request fails with [`TransportErrorKind::Other`] if no response is left.
#[derive(Clone, Default)]
pub struct ScriptedTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    responses: VecDeque<ScriptedResponse>,
    requests: Vec<RecordedRequest>,
}

impl ScriptedTransport {
    /// Creates a transport that returns these responses in order, one for each request.
    pub fn new(responses: impl IntoIterator<Item = ScriptedResponse>) -> Self {
        let script = Self::default();
        script.state().responses.extend(responses);
        script
    }

    /// Adds a response after the others.
    pub fn push(&self, response: ScriptedResponse) {
        self.state().responses.push_back(response);
    }

    /// Returns the recorded requests in the order in which they were sent. Redirects and retries are included.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Returns the number of responses that have not been returned yet.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.state().responses.len()
    }

    /// No code panics while it holds the lock, so the state is valid even if the lock is poisoned.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for ScriptedTransport {
    /// Records the request when the future is first polled.
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        let script = self.clone();
        Box::pin(async move {
            let response = {
                let mut state = script.state();
                state.requests.push(RecordedRequest::new(request));
                state.responses.pop_front()
            };
            match response.map(|response| response.act) {
                Some(Act::Response(response)) => Ok(response.into_response()),
                Some(Act::Fail(error)) => Err(error),
                Some(Act::Hang) => pending().await,
                None => Err(TransportError::new(TransportErrorKind::Other)
                    .with_reason("the script has no response left")),
            }
        })
    }
}

/// Prints the progress of the script.
impl fmt::Debug for ScriptedTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        formatter
            .debug_struct("ScriptedTransport")
            .field("requests", &state.requests.len())
            .field("remaining", &state.responses.len())
            .finish()
    }
}

/// The reaction of a [`ScriptedTransport`] to one request: a response, a failure or silence.
///
/// An invalid status or header makes the request fail with [`TransportErrorKind::Other`] and a reason.
#[derive(Clone)]
pub struct ScriptedResponse {
    act: Act,
}

#[derive(Clone)]
enum Act {
    Response(Prepared),
    Fail(TransportError),
    Hang,
}

#[derive(Clone)]
struct Prepared {
    status: StatusCode,
    headers: HeaderMap,
    chunks: VecDeque<Bytes>,
    end: End,
}

/// The event after the last chunk of a body.
#[derive(Clone, Copy)]
enum End {
    Complete,
    Broken(TransportErrorKind),
    Silence,
}

impl ScriptedResponse {
    /// Creates a response with this status, without headers and with an empty body.
    pub fn new<S>(status: S) -> Self
    where
        StatusCode: TryFrom<S>,
    {
        let act = match StatusCode::try_from(status) {
            Ok(status) => Act::Response(Prepared {
                status,
                headers: HeaderMap::new(),
                chunks: VecDeque::new(),
                end: End::Complete,
            }),
            Err(_) => unusable("the script has a response with an invalid status"),
        };
        Self { act }
    }

    /// Creates a response with this value as its body, in JSON, and the content type `application/json`. If the value can't be serialized,
    /// the request fails.
    pub fn json<S>(status: S, body: &impl Serialize) -> Self
    where
        StatusCode: TryFrom<S>,
    {
        match serde_json::to_vec(body) {
            Ok(body) => Self::raw_json(status, body),
            Err(_) => Self {
                act: unusable("the script has a response whose body can't be written in JSON"),
            },
        }
    }

    /// Creates a response with this text as its body and the content type `application/json`. The text is sent unchanged, whether or not it
    /// is valid JSON.
    pub fn raw_json<S>(status: S, body: impl AsRef<[u8]>) -> Self
    where
        StatusCode: TryFrom<S>,
    {
        Self::new(status)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
    }

    /// Creates a failure: the exchange ends with an error of this kind.
    #[must_use]
    pub fn failure(kind: TransportErrorKind) -> Self {
        Self {
            act: Act::Fail(TransportError::new(kind)),
        }
    }

    /// Creates a response that never arrives. The call ends when the client's timer reaches its deadline, or when its future is dropped.
    #[must_use]
    pub fn hang() -> Self {
        Self { act: Act::Hang }
    }

    /// Adds a header. It has no effect on a failure or a response that never arrives.
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        if let Act::Response(response) = &mut self.act {
            match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                (Ok(name), Ok(value)) => {
                    response.headers.append(name, value);
                }
                _ => self.act = unusable("the script has a response with an invalid header"),
            }
        }
        self
    }

    /// Sets the body, which arrives in one piece. It has no effect on a failure or a response that never arrives.
    #[must_use]
    pub fn body(self, body: impl AsRef<[u8]>) -> Self {
        self.body_chunks([body])
    }

    /// Sets the body, which arrives in these chunks. It has no effect on a failure or a response that never arrives.
    #[must_use]
    pub fn body_chunks(mut self, chunks: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        if let Act::Response(response) = &mut self.act {
            let chunks = chunks.into_iter();
            response.chunks = chunks
                .map(|chunk| Bytes::copy_from_slice(chunk.as_ref()))
                .filter(|chunk| !chunk.is_empty())
                .collect();
        }
        self
    }

    /// Makes the body fail with an error of this kind after the chunks. It has no effect on a failure or a response that never arrives.
    #[must_use]
    pub fn broken_off(self, kind: TransportErrorKind) -> Self {
        self.ending(End::Broken(kind))
    }

    /// Makes the body never end after the chunks. It has no effect on a failure or a response that never arrives.
    #[must_use]
    pub fn unfinished(self) -> Self {
        self.ending(End::Silence)
    }

    fn ending(mut self, end: End) -> Self {
        if let Act::Response(response) = &mut self.act {
            response.end = end;
        }
        self
    }
}

fn unusable(reason: &'static str) -> Act {
    Act::Fail(TransportError::new(TransportErrorKind::Other).with_reason(reason))
}

/// Prints neither headers nor the body, since both may contain secrets.
impl fmt::Debug for ScriptedResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.act {
            Act::Response(response) => {
                write!(formatter, "ScriptedResponse({})", response.status.as_str())
            }
            Act::Fail(error) => write!(formatter, "ScriptedResponse({error})"),
            Act::Hang => formatter.write_str("ScriptedResponse(none, ever)"),
        }
    }
}

impl Prepared {
    fn into_response(self) -> http::Response<ResponseBody> {
        let mut response = http::Response::new(ResponseBody::from_stream(Chunks {
            chunks: self.chunks,
            end: self.end,
        }));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// The stream of a response's body.
struct Chunks {
    chunks: VecDeque<Bytes>,
    end: End,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(chunk) = self.chunks.pop_front() {
            return Poll::Ready(Some(Ok(chunk)));
        }
        match self.end {
            End::Complete => Poll::Ready(None),
            End::Broken(kind) => {
                self.end = End::Complete;
                Poll::Ready(Some(Err(TransportError::new(kind))))
            }
            End::Silence => Poll::Pending,
        }
    }
}

/// A request as the server would have received it.
#[derive(Clone)]
pub struct RecordedRequest {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl RecordedRequest {
    fn new(request: http::Request<RequestBody>) -> Self {
        let (parts, body) = request.into_parts();
        Self {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body: body.into_bytes(),
        }
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the absolute URI, including the query.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the headers, including the one with the credential.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the value of a header, if it is present and is text. Returns the first of several values.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body, which may be empty.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

/// Prints the method, the path, the names of the headers and the length of the body. Header values, the query and the body may contain
/// secrets.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("host", &self.uri.host())
            .field("path", &self.uri.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish()
    }
}
