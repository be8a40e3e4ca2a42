//! Responses in hyper's types. A response that hyper would not send unchanged is sent without it.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};
use hyper::body::{Body, Frame, SizeHint};

use super::play::chunk_of;
use crate::response::{FakeResponse, Payload};

/// Headers that hyper writes itself. A response that has them is sent without hyper.
const FRAMING: [&str; 3] = ["content-length", "transfer-encoding", "connection"];

/// Returns the response for hyper, or `None` if only raw bytes can represent it.
pub(crate) fn ordinary(response: &FakeResponse) -> Option<Response<ReplyBody>> {
    if FRAMING.iter().any(|name| response.has_header(name)) || response.status() < 200 {
        return None;
    }
    let mut reply = Response::new(ReplyBody::new(response.payload()));
    *reply.status_mut() = StatusCode::from_u16(response.status()).ok()?;
    for (name, value) in response.headers() {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        reply
            .headers_mut()
            .append(name, HeaderValue::from_bytes(value).ok()?);
    }
    Some(reply)
}

/// A body of known length.
pub(crate) struct ReplyBody {
    chunk: Bytes,
    chunks: u64,
    rest: Bytes,
}

impl ReplyBody {
    fn new(payload: &Payload) -> Self {
        match payload {
            Payload::Bytes(bytes) => Self {
                chunk: Bytes::new(),
                chunks: 0,
                rest: bytes.clone(),
            },
            Payload::Repeat { unit, times } => {
                let (chunk, units) = chunk_of(unit);
                let chunks = times.checked_div(units).unwrap_or(0);
                let left = times.saturating_sub(chunks.saturating_mul(units));
                let rest = chunk.slice(
                    ..usize::try_from(left)
                        .unwrap_or(0)
                        .saturating_mul(unit.len())
                        .min(chunk.len()),
                );
                Self {
                    chunk,
                    chunks,
                    rest,
                }
            }
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let data = if self.chunks > 0 {
            self.chunks -= 1;
            self.chunk.clone()
        } else if self.rest.is_empty() {
            return Poll::Ready(None);
        } else {
            std::mem::take(&mut self.rest)
        };
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks == 0 && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let chunks = self.chunks.saturating_mul(self.chunk.len() as u64);
        SizeHint::with_exact(chunks.saturating_add(self.rest.len() as u64))
    }
}
