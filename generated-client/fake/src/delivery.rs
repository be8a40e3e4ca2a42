//! Deliveries: how the bytes of a response are sent. Knows HTTP/1.1's framing, in order to break it.

use std::time::Duration;

use bytes::Bytes;

use crate::gate::Gate;
use crate::response::{FakeResponse, Payload, reason};
use crate::wire::{Pace, Step, Wire};

/// How a response is delivered. The connection ends after any of these deliveries.
#[derive(Clone, Debug)]
pub struct Delivery {
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Whole,
    Truncated(u64),
    ResetAfter(u64),
    StalledAfter(u64, Gate),
    DrippedBody(Pace),
    Dripped(Pace),
    UntilClose,
    Chunked(usize),
}

impl Delivery {
    pub(crate) const WHOLE: Self = Self { way: Way::Whole };

    /// Closes the connection in an orderly way after this many bytes of a longer body.
    #[must_use]
    pub fn truncated(bytes: u64) -> Self {
        Self {
            way: Way::Truncated(bytes),
        }
    }

    /// Resets the connection after this many bytes of the body. A client may not be able to read them.
    #[must_use]
    pub fn reset_after(bytes: u64) -> Self {
        Self {
            way: Way::ResetAfter(bytes),
        }
    }

    /// Holds the rest of the body back at the gate after this many bytes.
    #[must_use]
    pub fn stalled_after(bytes: u64, gate: &Gate) -> Self {
        Self {
            way: Way::StalledAfter(bytes, gate.clone()),
        }
    }

    /// Sends head and body byte by byte. Each byte passes the gate.
    #[must_use]
    pub fn dripped(gate: &Gate) -> Self {
        Self {
            way: Way::Dripped(Pace::Gate(gate.clone())),
        }
    }

    /// Sends the body byte by byte. Each byte passes the gate.
    #[must_use]
    pub fn dripped_body(gate: &Gate) -> Self {
        Self {
            way: Way::DrippedBody(Pace::Gate(gate.clone())),
        }
    }

    /// Sends the body byte by byte, one in each `interval`. For clients whose time limits can't be given a clock.
    #[must_use]
    pub fn dripped_body_every(interval: Duration) -> Self {
        Self {
            way: Way::DrippedBody(Pace::Every(interval)),
        }
    }

    /// Sends the body without `Content-Length`. It ends where the connection ends.
    #[must_use]
    pub fn until_close() -> Self {
        Self {
            way: Way::UntilClose,
        }
    }

    /// Sends the body in chunks of this many bytes, without its length. A repeated body is sent in chunks of its
    /// unit.
    #[must_use]
    pub fn chunked(size: usize) -> Self {
        Self {
            way: Way::Chunked(size.max(1)),
        }
    }

    /// Returns whether an HTTP library can deliver the response.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.way, Way::Whole)
    }

    /// Returns the bytes of this response in this delivery, on a connection that ends with it.
    pub(crate) fn script(&self, response: &FakeResponse, with_body: bool) -> Wire {
        let body = if with_body {
            response.payload().clone()
        } else {
            Payload::Bytes(Bytes::new())
        };
        let length = format!("Content-Length: {}\r\n", response.payload().len());
        let wire = Wire::new();
        match &self.way {
            Way::Whole => write(wire.bytes(head(response, &length)), &body, u64::MAX),
            Way::Truncated(limit) => write(wire.bytes(head(response, &length)), &body, *limit),
            Way::ResetAfter(limit) => {
                write(wire.bytes(head(response, &length)), &body, *limit).reset()
            }
            Way::StalledAfter(limit, gate) => {
                let rest = match &body {
                    Payload::Bytes(bytes) => bytes.slice(first(bytes, *limit).len()..),
                    Payload::Repeat { .. } => Bytes::new(),
                };
                write(wire.bytes(head(response, &length)), &body, *limit)
                    .pause(gate)
                    .bytes(rest)
            }
            Way::DrippedBody(pace) => {
                let drip = Step::Drip {
                    bytes: flat(&body),
                    pace: pace.clone(),
                };
                wire.bytes(head(response, &length)).step(drip)
            }
            Way::Dripped(pace) => {
                let mut bytes = head(response, &length);
                bytes.extend_from_slice(&flat(&body));
                wire.step(Step::Drip {
                    bytes: bytes.into(),
                    pace: pace.clone(),
                })
            }
            Way::UntilClose => write(wire.bytes(head(response, "")), &body, u64::MAX),
            Way::Chunked(size) => chunks(
                wire.bytes(head(response, "Transfer-Encoding: chunked\r\n")),
                &body,
                *size,
            ),
        }
    }
}

/// Writes a body, or its first bytes.
fn write(wire: Wire, payload: &Payload, limit: u64) -> Wire {
    match payload {
        Payload::Bytes(bytes) => wire.bytes(first(bytes, limit)),
        Payload::Repeat { unit, times } => {
            let length = unit.len() as u64;
            let whole = limit.checked_div(length).unwrap_or(0).min(*times);
            let rest = if whole < *times {
                limit.saturating_sub(whole.saturating_mul(length))
            } else {
                0
            };
            wire.repeat(unit.clone(), whole).bytes(first(unit, rest))
        }
    }
}

fn chunks(wire: Wire, payload: &Payload, size: usize) -> Wire {
    let wire = match payload {
        Payload::Bytes(bytes) => bytes
            .chunks(size)
            .fold(wire, |wire, chunk| wire.bytes(framed(chunk))),
        Payload::Repeat { unit, times } => wire.repeat(framed(unit), *times),
    };
    wire.bytes("0\r\n\r\n")
}

fn framed(chunk: &[u8]) -> Vec<u8> {
    let mut framed = format!("{:x}\r\n", chunk.len()).into_bytes();
    framed.extend_from_slice(chunk);
    framed.extend_from_slice(b"\r\n");
    framed
}

/// Returns the bytes of a body that is sent byte by byte. A repeated body is sent as a single unit, since the whole may be too large.
fn flat(payload: &Payload) -> Bytes {
    match payload {
        Payload::Bytes(bytes) => bytes.clone(),
        Payload::Repeat { unit, .. } => unit.clone(),
    }
}

fn first(bytes: &Bytes, limit: u64) -> Bytes {
    let limit = usize::try_from(limit)
        .unwrap_or(usize::MAX)
        .min(bytes.len());
    bytes.slice(..limit)
}

/// Returns the status line and headers, unchanged, with this framing unless the response has its own.
fn head(response: &FakeResponse, framing: &str) -> Vec<u8> {
    let status = response.status();
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status)).into_bytes();
    for (name, value) in response.headers() {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    if has_body(status)
        && !response.has_header("content-length")
        && !response.has_header("transfer-encoding")
    {
        head.extend_from_slice(framing.as_bytes());
    }
    if !response.has_header("connection") {
        head.extend_from_slice(b"Connection: close\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// Returns whether a response with this status can have a body (RFC 9110, sections 15.2, 15.3.5 and 15.4.5).
fn has_body(status: u16) -> bool {
    status >= 200 && status != 204 && status != 304
}
