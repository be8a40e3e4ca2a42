//! A stream that keeps the bytes that are read from it, so that requests are recorded as they were sent. It can be cut off in the
//! middle of a request. Knows bytes and request heads.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::Shared;
use crate::request::RecordedRequest;

/// The bytes of the current request so far.
#[derive(Debug, Default)]
pub(crate) struct Capture {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    head: Vec<u8>,
    /// The head was taken, and the body is being read.
    taken: bool,
    read: usize,
    /// The number of bytes of the request after which the connection is reset.
    cut: Option<usize>,
}

impl Capture {
    /// Takes the head of the current request as it was sent. Returns `None` if hyper had read it before (pipelining).
    pub(crate) fn take_head(&self, connection: u64) -> Option<RecordedRequest> {
        let mut state = self.lock();
        state.taken = true;
        parse_head(&std::mem::take(&mut state.head), connection)
    }

    /// Begins the next request, after the body of the current one was read. Returns whether the current one is cut
    /// off.
    pub(crate) fn finish_request(&self) -> bool {
        let mut state = self.lock();
        let cut = state.cut.is_some();
        *state = State::default();
        cut
    }

    /// Returns whether the current request is cut off.
    pub(crate) fn is_cut(&self) -> bool {
        self.lock().cut.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn parse_head(bytes: &[u8], connection: u64) -> Option<RecordedRequest> {
    // Empty lines before a request are ignored (RFC 9112, section 2.2).
    let start = bytes
        .iter()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let bytes = bytes.get(start..)?;
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut request = httparse::Request::new(&mut headers);
    request.parse(bytes).ok()?;
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    Some(RecordedRequest {
        method: request.method?.to_owned(),
        target: request.path?.to_owned(),
        request_line: String::from_utf8_lossy(line)
            .trim_end_matches('\r')
            .to_owned(),
        headers: request
            .headers
            .iter()
            .map(|header| (header.name.to_owned(), header.value.to_vec()))
            .collect(),
        body: bytes::Bytes::new(),
        complete: false,
        connection,
    })
}

pub(crate) struct CapturedStream {
    stream: TcpStream,
    capture: Arc<Capture>,
    shared: Arc<Shared>,
}

impl CapturedStream {
    pub(crate) fn new(stream: TcpStream, capture: Arc<Capture>, shared: Arc<Shared>) -> Self {
        Self {
            stream,
            capture,
            shared,
        }
    }

    pub(crate) fn into_inner(self) -> TcpStream {
        self.stream
    }

    /// Keeps the bytes that were read. Returns an error if the connection is cut off here.
    fn keep(&self, read: &[u8]) -> io::Result<()> {
        let mut state = self.capture.lock();
        if read.is_empty() {
            return Ok(());
        }
        if state.read == 0 {
            state.cut = self.shared.faults.at_first_byte();
        }
        state.read += read.len();
        if !state.taken {
            state.head.extend_from_slice(read);
        }
        if state.cut.is_some_and(|cut| state.read >= cut) {
            return Err(io::Error::from(io::ErrorKind::ConnectionReset));
        }
        Ok(())
    }
}

impl AsyncRead for CapturedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        Poll::Ready(self.keep(buffer.filled().get(before..).unwrap_or_default()))
    }
}

impl AsyncWrite for CapturedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
