//! Reads the body of an answer, no further than its size and its time allow.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use crate::runtime::timer::Deadline;
use crate::runtime::transport::{ResponseBody, TransportError};

/// Why a body is not there as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFailure {
    /// The deadline came first.
    Elapsed,
    /// It is larger than the limit.
    TooLarge,
    /// The exchange failed.
    Transport(TransportError),
}

/// Reads a body of at most `limit` bytes. A failure comes with what arrived, of which nothing exceeds the limit; of a body that says
/// from the start that it is larger nothing is read. So much as `keep` says is read in any case and comes with the failure, although it
/// exceeds the limit: something may be in it that stands nowhere else.
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: ResponseBody,
    limit: usize,
    keep: usize,
    deadline: &Deadline,
) -> Result<Bytes, (BodyFailure, Bytes)> {
    let is_too_large = declared_length(headers).is_some_and(|length| length > limit as u64);
    if is_too_large && keep == 0 {
        return Err((BodyFailure::TooLarge, Bytes::new()));
    }
    match collect(body, limit.max(keep), deadline).await {
        Ok(body) if body.len() > limit => Err((BodyFailure::TooLarge, body)),
        result => result,
    }
}

/// Reads the first `limit` bytes of a body, or as many of them as arrive.
pub(crate) async fn read_beginning(body: ResponseBody, limit: usize, deadline: &Deadline) -> Bytes {
    match collect(body, limit, deadline).await {
        Ok(body) => body,
        Err((_, beginning)) => beginning,
    }
}

async fn collect(
    mut body: ResponseBody,
    limit: usize,
    deadline: &Deadline,
) -> Result<Bytes, (BodyFailure, Bytes)> {
    let mut collected = Collected {
        first: Bytes::new(),
        more: BytesMut::new(),
        limit,
    };
    loop {
        let chunk = deadline.run(poll_fn(|context| Pin::new(&mut body).poll_next(context)));
        let failure = match chunk.await {
            Err(_) => BodyFailure::Elapsed,
            Ok(None) => return Ok(collected.finish()),
            Ok(Some(Err(error))) => BodyFailure::Transport(error),
            Ok(Some(Ok(chunk))) => match collected.push(chunk) {
                Ok(()) => continue,
                Err(()) => BodyFailure::TooLarge,
            },
        };
        return Err((failure, collected.finish()));
    }
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// Bodies of one chunk, which most are, are not copied.
struct Collected {
    first: Bytes,
    more: BytesMut,
    limit: usize,
}

impl Collected {
    fn push(&mut self, chunk: Bytes) -> Result<(), ()> {
        if self.first.is_empty() && self.more.is_empty() && chunk.len() <= self.limit {
            self.first = chunk;
            return Ok(());
        }
        if self.more.is_empty() {
            self.more.extend_from_slice(&self.first);
            self.first = Bytes::new();
        }
        let room = self.limit.saturating_sub(self.more.len());
        self.more
            .extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if chunk.len() > room { Err(()) } else { Ok(()) }
    }

    fn finish(self) -> Bytes {
        if self.more.is_empty() {
            self.first
        } else {
            self.more.freeze()
        }
    }
}
