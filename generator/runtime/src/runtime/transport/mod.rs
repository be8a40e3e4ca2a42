//! The interface to the network: one request, one response.
//!
//! The client handles redirects, retries, credentials, limits and deadlines. A transport performs a single exchange.

pub mod head;
#[cfg(feature = "test-util")]
pub mod scripted_transport;
pub mod timer;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use url::Url;

/// A future of the response to one request.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<ResponseBody>, TransportError>> + Send>>;

/// A connection to servers: sends a request and returns the response.
///
/// An implementation sends each request once and unchanged. It does not follow redirects, retry, add credentials or decode content
/// encodings. The URI is absolute. Dropping the future or the body cancels the exchange.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and returns the response as soon as its status and headers have arrived.
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture;
}

/// Closures implement `Transport`, for example to call a test server.
impl<F, R> Transport for F
where
    F: Fn(http::Request<RequestBody>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<http::Response<ResponseBody>, TransportError>> + Send + 'static,
{
    fn send(&self, request: http::Request<RequestBody>) -> TransportFuture {
        Box::pin(self(request))
    }
}

/// The extension of a request whose response is lost if the client stops to wait for it, and whose call has a deadline. Only that ends the
/// wait.
#[derive(Clone, Copy)]
pub(crate) struct WaitsForDeadline;

/// A transport that also receives the URL of a request, so that it need not parse the URI.
pub(crate) trait UrlTransport: Send + Sync + 'static {
    fn send(&self, url: Url, request: http::Request<RequestBody>) -> TransportFuture;
}

/// A transport that the user provided.
struct Given<T>(T);

impl<T: Transport> UrlTransport for Given<T> {
    fn send(&self, _: Url, request: http::Request<RequestBody>) -> TransportFuture {
        self.0.send(request)
    }
}

/// The transport of a client, shared by its clones.
#[derive(Clone)]
pub(crate) struct SharedTransport(Arc<dyn UrlTransport>);

impl SharedTransport {
    pub(crate) fn given(transport: impl Transport) -> Self {
        Self::new(Given(transport))
    }

    pub(crate) fn new(transport: impl UrlTransport) -> Self {
        Self(Arc::new(transport))
    }

    pub(crate) fn send(&self, url: Url, request: http::Request<RequestBody>) -> TransportFuture {
        self.0.send(url, request)
    }
}

impl fmt::Debug for SharedTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Transport")
    }
}

/// The body of a request. It may be empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RequestBody {
    bytes: Bytes,
}

impl RequestBody {
    /// Returns the number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether the body is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Returns the bytes of the body.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self { bytes }
    }
}

/// Prints the length only, since the content may contain a secret.
impl fmt::Debug for RequestBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RequestBody({} bytes)", self.bytes.len())
    }
}

/// The body of a response: a stream of chunks.
pub struct ResponseBody {
    chunks: Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>,
}

impl ResponseBody {
    /// Creates a body that arrives in these chunks.
    pub fn from_stream(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self {
            chunks: Box::pin(chunks),
        }
    }

    /// Creates a body without content.
    #[must_use]
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::from_stream(Whole(Some(bytes).filter(|bytes| !bytes.is_empty())))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&'static str> for ResponseBody {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.chunks.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ResponseBody")
    }
}

struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// The failure of an exchange.
///
/// It contains no text of the HTTP library, because such texts quote URLs, which can contain secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransportError {
    kind: TransportErrorKind,
    reason: Option<&'static str>,
    /// Whether the connection to a proxy failed, rather than to the server.
    is_at_proxy: bool,
}

/// The stage at which an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The server's name could not be resolved.
    Dns,
    /// No connection could be made: the server rejected it or was unreachable, or a proxy rejected it.
    Connect,
    /// The connection could not be made in time.
    ConnectTimeout,
    /// The TLS handshake failed.
    Tls,
    /// No data arrived in time after the connection was made.
    ReadTimeout,
    /// The connection ended before the response was complete.
    ConnectionLost,
    /// The data that arrived is not an HTTP response.
    InvalidResponse,
    /// Another failure, after which the request may have reached the server.
    Other,
}

impl TransportErrorKind {
    /// Returns whether the request certainly was not sent.
    #[must_use]
    pub fn is_not_sent(self) -> bool {
        matches!(
            self,
            Self::Dns | Self::Connect | Self::ConnectTimeout | Self::Tls
        )
    }

    /// Describes the failure of the connection to a proxy.
    fn as_proxy_str(self) -> &'static str {
        match self {
            Self::Dns => "the proxy's name could not be resolved",
            Self::Connect => "no connection to the proxy",
            Self::ConnectTimeout => "connecting to the proxy took too long",
            Self::Tls => "the TLS handshake with the proxy failed",
            _ => self.as_str(),
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "the server's name could not be resolved",
            Self::Connect => "no connection to the server",
            Self::ConnectTimeout => "connecting to the server took too long",
            Self::Tls => "the TLS handshake with the server failed",
            Self::ReadTimeout => "the server sent nothing for too long",
            Self::ConnectionLost => "the connection was lost before the response was complete",
            Self::InvalidResponse => "the server's response is not valid HTTP",
            Self::Other => "the exchange failed",
        }
    }
}

impl TransportError {
    /// Creates the error of an exchange that failed at this stage.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            reason: None,
            is_at_proxy: false,
        }
    }

    /// Marks the failure as one of the proxy rather than of the server.
    #[cfg(feature = "reqwest")]
    pub(crate) fn at_proxy(mut self) -> Self {
        self.is_at_proxy = true;
        self
    }

    /// Adds a reason to the message. Messages are displayed and logged, so the reason must not contain data of the request.
    #[must_use]
    pub fn with_reason(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Returns the stage at which the exchange failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_at_proxy {
            self.kind.as_proxy_str()
        } else {
            self.kind.as_str()
        })?;
        match self.reason {
            Some(reason) => write!(formatter, ": {reason}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TransportError {}
