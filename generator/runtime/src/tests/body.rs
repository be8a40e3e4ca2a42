//! The memory for a body depends on the bytes that arrive, not on the length that a server declares.

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use crate::runtime::call::body::{BodyFailure, read_body};
use crate::runtime::transport::timer::{SharedTimer, Sleep, Timer};
use crate::runtime::transport::{ResponseBody, TransportError};

/// A timer on which nothing waits.
struct NoTimer;

impl Timer for NoTimer {
    fn sleep(&self, _duration: Duration) -> Sleep {
        Box::pin(std::future::pending())
    }
}

struct Chunks(VecDeque<Bytes>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

/// Reads a body that arrives in these chunks, with this `Content-Length`.
fn read(
    declared: u64,
    chunks: &[&[u8]],
    limit: usize,
    keep: usize,
) -> Result<Bytes, (BodyFailure, Bytes)> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_LENGTH, declared.into());
    let chunks = chunks.iter().copied().map(Bytes::copy_from_slice).collect();
    let body = ResponseBody::from_stream(Chunks(chunks));
    let deadline = SharedTimer::new(NoTimer).deadline(None);
    let reading = pin!(read_body(&headers, body, limit, keep, &deadline));
    match reading.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(read) => read,
        Poll::Pending => unreachable!("all chunks are there"),
    }
}

fn capacity(bytes: Bytes) -> usize {
    bytes
        .try_into_mut()
        .expect("the buffer is not shared")
        .capacity()
}

#[test]
fn an_enormous_declared_length_allocates_little() {
    for declared in [9_223_372_036_854_775_800, u64::MAX, 1 << 40] {
        let body = read(declared, &[b"ab", b"cd"], usize::MAX, 0).unwrap();
        assert_eq!(body, "abcd");
        let (failure, kept) = read(declared, &[b"ab", b"cd"], 3, usize::MAX).unwrap_err();
        assert_eq!((failure, kept), (BodyFailure::TooLarge, "abcd".into()));
    }
}

#[test]
fn a_body_that_is_shorter_than_declared_takes_little_memory() {
    let body = read(1 << 30, &[b"ab", b"cd"], usize::MAX, 0).unwrap();
    assert!(capacity(body) < 64);
}

#[test]
fn memory_is_allocated_once_for_a_declared_length() {
    let half = vec![b'x'; 300_001];
    let body = read(600_002, &[&half, &half], usize::MAX, 0).unwrap();
    assert_eq!(capacity(body), 600_002);
}

#[test]
fn a_body_beyond_the_first_allocation_arrives_whole() {
    let part = vec![b'x'; 1_000_000];
    let body = read(3_000_000, &[&part, &part, &part], usize::MAX, 0).unwrap();
    assert_eq!(body.len(), 3_000_000);
    assert!(capacity(body) < 6_000_001);
}
