//! Reads the body of a response, no further than its size and its time allow, and decompresses it on the way.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

#[cfg(feature = "gzip")]
use crate::runtime::call::decompress::{Gunzip, GunzipFailure, Rest};
use crate::runtime::transport::timer::Deadline;
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
    /// It is compressed and cannot be decompressed, for this reason.
    Compression(&'static str),
}

/// Reads a body of at most `limit` bytes, both as it arrives and decompressed. A failure comes with what there is of the body, of which
/// nothing exceeds the limit: what was decompressed or, where that is nothing, what arrived. Of a body that says from the start that
/// it is larger nothing is read. So much as `keep` says is read in any case and comes with the failure, although it exceeds the limit:
/// something may be in it that stands nowhere else.
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
                "the response is in a compression that the client neither asks for nor reads";
            Err((BodyFailure::Compression(reason), read.bytes))
        }
        None if read.bytes.len() > limit => Err((BodyFailure::TooLarge, read.bytes)),
        None => Ok(read.bytes),
    }
}

/// Reads the first `limit` bytes of a body, or as many of them as arrive and can be decompressed.
pub(crate) async fn read_beginning(
    headers: &HeaderMap,
    body: ResponseBody,
    limit: usize,
    deadline: &Deadline,
) -> ReadBody {
    collect(headers, body, limit, deadline).await.0
}

/// As much of a body as there is.
pub(crate) struct ReadBody {
    pub(crate) bytes: Bytes,
    /// Whether the bytes are those of the connection and not the content.
    is_coded: bool,
}

impl ReadBody {
    /// The content; nothing where the bytes are compressed.
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
            // What is there is read although its time is over; nothing at all, again and again, is not.
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

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Identity,
    #[cfg(feature = "gzip")]
    Gzip,
    /// One that nothing here reads, or several on top of each other.
    Other,
}

impl Coding {
    /// Names are compared as RFC 9110 (section 8.4.1) says: in any case, and `x-gzip` is `gzip`.
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

/// Takes in what arrives.
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
                        .map_or(0, |length| length.min(limit)),
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
            Self::Gzip(gunzip) => Ok(gunzip.push(&chunk)?),
        }
    }

    /// Says that nothing more comes.
    fn end(&mut self) -> Result<(), BodyFailure> {
        match self {
            Self::AsIs { .. } => Ok(()),
            #[cfg(feature = "gzip")]
            Self::Gzip(gunzip) => Ok(gunzip.end()?),
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

#[cfg(feature = "gzip")]
impl From<GunzipFailure> for BodyFailure {
    fn from(failure: GunzipFailure) -> Self {
        match failure {
            GunzipFailure::TooLarge => Self::TooLarge,
            GunzipFailure::Damaged => Self::Compression("the response's compression is damaged"),
        }
    }
}

/// Bodies of one chunk, which most are, are not copied.
struct Collected {
    first: Bytes,
    more: BytesMut,
    /// The length that the server declares, at most the limit. Room is made for it once, and only when a second chunk has arrived.
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
        } else {
            self.more.freeze()
        }
    }
}
