//! Reads and decompresses the body of a response within limits on size and time.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

#[cfg(feature = "gzip")]
use crate::runtime::call::decompress::{Gunzip, Rest};
use crate::runtime::transport::timer::Deadline;
use crate::runtime::transport::{ResponseBody, TransportError};

/// The reason why a body is incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFailure {
    /// The deadline passed.
    Elapsed,
    /// The body is larger than the limit.
    TooLarge,
    /// The exchange failed.
    Transport(TransportError),
    /// The body cannot be decompressed, for this reason.
    Compression(&'static str),
}

/// Reads a body of at most `limit` bytes, both compressed and decompressed.
///
/// A failure contains the part of the body that was read, at most `limit` bytes: the decompressed part or, if there is none, the received
/// bytes. If the declared length exceeds the limit, nothing is read, except for the first `keep` bytes. Those are always read and returned
/// with the failure, even beyond the limit, because they may contain something that exists nowhere else.
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
    let (read, failure) = collect(headers, body, limit.max(keep), deadline).await;
    match failure {
        Some(failure) => Err((failure, read.bytes)),
        None if read.is_coded && !read.bytes.is_empty() => {
            let reason =
                "the response has a content coding that the client neither requests nor supports";
            Err((BodyFailure::Compression(reason), read.bytes))
        }
        None if read.bytes.len() > limit => Err((BodyFailure::TooLarge, read.bytes)),
        None => Ok(read.bytes),
    }
}

/// Reads the first `limit` bytes of a body, or as many as arrive and can be decompressed.
pub(crate) async fn read_beginning(
    headers: &HeaderMap,
    body: ResponseBody,
    limit: usize,
    deadline: &Deadline,
) -> ReadBody {
    collect(headers, body, limit, deadline).await.0
}

/// The part of a body that was read.
pub(crate) struct ReadBody {
    pub(crate) bytes: Bytes,
    /// Whether the bytes are still compressed.
    is_coded: bool,
}

impl ReadBody {
    /// Returns the content, or an empty slice if the bytes are compressed.
    pub(crate) fn content(&self) -> &[u8] {
        if self.is_coded { &[] } else { &self.bytes }
    }
}

async fn collect(
    headers: &HeaderMap,
    mut body: ResponseBody,
    limit: usize,
    deadline: &Deadline,
) -> (ReadBody, Option<BodyFailure>) {
    let mut intake = Intake::new(headers, limit);
    let failure = loop {
        let chunk = deadline.run(poll_fn(|context| Pin::new(&mut body).poll_next(context)));
        match chunk.await {
            Err(_) => break Some(BodyFailure::Elapsed),
            Ok(None) => break intake.end().err(),
            Ok(Some(Err(error))) => break Some(BodyFailure::Transport(error)),
            // Data that has arrived is read even after the deadline. An infinite sequence of empty chunks is not.
            Ok(Some(Ok(chunk))) if chunk.is_empty() && deadline.is_over() => {
                break Some(BodyFailure::Elapsed);
            }
            Ok(Some(Ok(chunk))) => {
                if let Err(failure) = intake.push(chunk) {
                    break Some(failure);
                }
            }
        }
    };
    (intake.finish(), failure)
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

/// The compression of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Identity,
    #[cfg(feature = "gzip")]
    Gzip,
    /// An unsupported compression, or several.
    Other,
}

impl Coding {
    /// Names are case-insensitive, and `x-gzip` equals `gzip` (RFC 9110, section 8.4.1).
    fn of(headers: &HeaderMap) -> Self {
        let mut coding = Self::Identity;
        for value in headers.get_all(CONTENT_ENCODING) {
            let Ok(names) = value.to_str() else {
                return Self::Other;
            };
            for name in names.split(',').map(str::trim) {
                coding = match Self::named(name) {
                    Self::Identity => coding,
                    named if coding == Self::Identity => named,
                    _ => Self::Other,
                };
            }
        }
        coding
    }

    fn named(name: &str) -> Self {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("") || is("identity") {
            return Self::Identity;
        }
        #[cfg(feature = "gzip")]
        if is("gzip") || is("x-gzip") {
            return Self::Gzip;
        }
        Self::Other
    }
}

/// Collects the chunks of a body.
enum Intake {
    AsIs {
        collected: Collected,
        is_coded: bool,
    },
    #[cfg(feature = "gzip")]
    Gzip(Box<Gunzip>),
}

impl Intake {
    fn new(headers: &HeaderMap, limit: usize) -> Self {
        match Coding::of(headers) {
            #[cfg(feature = "gzip")]
            Coding::Gzip => Self::Gzip(Box::new(Gunzip::new(limit))),
            coding @ (Coding::Identity | Coding::Other) => Self::AsIs {
                collected: Collected {
                    first: Bytes::new(),
                    more: BytesMut::new(),
                    expected: declared_length(headers)
                        .and_then(|length| usize::try_from(length).ok())
                        .map_or(0, |length| length.min(limit).min(MAX_RESERVED)),
                    limit,
                },
                is_coded: coding == Coding::Other,
            },
        }
    }

    fn push(&mut self, chunk: Bytes) -> Result<(), BodyFailure> {
        match self {
            Self::AsIs { collected, .. } => {
                collected.push(chunk).map_err(|()| BodyFailure::TooLarge)
            }
            #[cfg(feature = "gzip")]
            Self::Gzip(gunzip) => gunzip.push(&chunk),
        }
    }

    /// Marks the end of the body.
    fn end(&mut self) -> Result<(), BodyFailure> {
        match self {
            Self::AsIs { .. } => Ok(()),
            #[cfg(feature = "gzip")]
            Self::Gzip(gunzip) => gunzip.end(),
        }
    }

    fn finish(self) -> ReadBody {
        let (bytes, is_coded) = match self {
            Self::AsIs {
                collected,
                is_coded,
            } => (collected.finish(), is_coded),
            #[cfg(feature = "gzip")]
            Self::Gzip(gunzip) => match gunzip.rest() {
                Rest::Decoded(bytes) => (bytes, false),
                Rest::Arrived(bytes) => (bytes, true),
            },
        };
        ReadBody { bytes, is_coded }
    }
}

/// The most memory that is reserved for a body before it arrives. A server may declare any length.
const MAX_RESERVED: usize = 1024 * 1024;

/// Bodies of one chunk are the most common and are not copied.
struct Collected {
    first: Bytes,
    more: BytesMut,
    /// The length that the server declared, at most the limit and [`MAX_RESERVED`]. The memory is reserved once, when a second chunk
    /// arrives.
    expected: usize,
    limit: usize,
}

impl Collected {
    fn push(&mut self, chunk: Bytes) -> Result<(), ()> {
        if self.first.is_empty() && self.more.is_empty() && chunk.len() <= self.limit {
            self.first = chunk;
            return Ok(());
        }
        if self.more.is_empty() {
            self.more.reserve(self.expected);
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
        } else if self.more.capacity() / 2 > self.more.len() {
            // Less arrived than was declared. A copy does not keep the reserved memory.
            Bytes::copy_from_slice(&self.more)
        } else {
            self.more.freeze()
        }
    }
}
