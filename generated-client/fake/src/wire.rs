//! Wire scripts: what is written on a connection, byte by byte. Knows bytes and gates; nothing of requests.

use std::time::Duration;

use bytes::Bytes;

use crate::answer::{Answer, Payload, reason};
use crate::gate::Gate;

/// A script of what the server writes on the connection after a request, with no HTTP library in between.
///
/// At its end the connection is closed in good order, unless the script resets it.
///
/// ```
/// use gitlab_pat_fake::{Fault, Gate, Wire};
///
/// let gate = Gate::new();
/// let script = Wire::new().bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[").pause(&gate).bytes("]");
/// let fault = Fault::wire(script);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Wire {
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Bytes(Bytes),
    Repeat { unit: Bytes, times: u64 },
    Pause(Gate),
    Drip { bytes: Bytes, pace: Pace },
    Reset,
}

/// What each byte of a dripping answer waits for.
#[derive(Clone, Debug)]
pub(crate) enum Pace {
    Gate(Gate),
    Every(Duration),
}

impl Wire {
    /// A script that writes nothing and closes the connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes these bytes.
    #[must_use]
    pub fn bytes(self, bytes: impl Into<Bytes>) -> Self {
        self.step(Step::Bytes(bytes.into()))
    }

    /// Writes `unit` so many times, never holding the whole in memory.
    #[must_use]
    pub fn repeat(self, unit: impl Into<Bytes>, times: u64) -> Self {
        self.step(Step::Repeat {
            unit: unit.into(),
            times,
        })
    }

    /// Waits at the gate.
    #[must_use]
    pub fn pause(self, gate: &Gate) -> Self {
        self.step(Step::Pause(gate.clone()))
    }

    /// Writes these bytes one by one, each after it passed the gate.
    #[must_use]
    pub fn drip(self, bytes: impl Into<Bytes>, gate: &Gate) -> Self {
        self.step(Step::Drip {
            bytes: bytes.into(),
            pace: Pace::Gate(gate.clone()),
        })
    }

    /// Writes these bytes one by one, one in each `interval`, for clients whose limits cannot be given a clock.
    #[must_use]
    pub fn drip_every(self, bytes: impl Into<Bytes>, interval: Duration) -> Self {
        self.step(Step::Drip {
            bytes: bytes.into(),
            pace: Pace::Every(interval),
        })
    }

    /// Resets the connection (TCP RST). What stands after it is not written.
    #[must_use]
    pub fn reset(self) -> Self {
        self.step(Step::Reset)
    }

    fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Writes the whole body of an answer, or its first bytes.
    fn payload(self, payload: &Payload, limit: Option<u64>) -> Self {
        match (payload, limit) {
            (Payload::Bytes(bytes), None) => self.bytes(bytes.clone()),
            (Payload::Bytes(bytes), Some(limit)) => self.bytes(first(bytes, limit)),
            (Payload::Repeat { unit, times }, None) => self.repeat(unit.clone(), *times),
            (Payload::Repeat { unit, .. }, Some(limit)) => {
                let whole = limit.checked_div(unit.len() as u64).unwrap_or(0);
                let rest = limit.saturating_sub(whole.saturating_mul(unit.len() as u64));
                self.repeat(unit.clone(), whole).bytes(first(unit, rest))
            }
        }
    }
}

/// How an answer goes out.
#[derive(Clone, Debug)]
pub(crate) enum Delivery {
    Whole,
    /// So many bytes of the body, then the end of the connection.
    Truncated(u64),
    /// So many bytes of the body, then a reset.
    Broken(u64),
    /// So many bytes of the body, then the rest once the gate lets it pass.
    Interrupted(u64, Gate),
    /// The body byte by byte.
    DrippedBody(Pace),
    /// Everything byte by byte.
    Dripped(Pace),
}

impl Delivery {
    /// The bytes of this answer, delivered in this way on a connection that ends with it.
    pub(crate) fn script(&self, answer: &Answer, with_body: bool) -> Wire {
        let head = head(answer);
        let body = if with_body {
            answer.payload().clone()
        } else {
            Payload::Bytes(Bytes::new())
        };
        let wire = Wire::new();
        match self {
            Self::Whole => wire.bytes(head).payload(&body, None),
            Self::Truncated(limit) => wire.bytes(head).payload(&body, Some(*limit)),
            Self::Broken(limit) => wire.bytes(head).payload(&body, Some(*limit)).reset(),
            Self::Interrupted(limit, gate) => {
                let rest = match &body {
                    Payload::Bytes(bytes) => bytes.slice(first(bytes, *limit).len()..),
                    Payload::Repeat { .. } => Bytes::new(),
                };
                wire.bytes(head)
                    .payload(&body, Some(*limit))
                    .pause(gate)
                    .bytes(rest)
            }
            Self::DrippedBody(pace) => wire.bytes(head).step(Step::Drip {
                bytes: flat(&body),
                pace: pace.clone(),
            }),
            Self::Dripped(pace) => {
                let mut bytes = head;
                bytes.extend_from_slice(&flat(&body));
                wire.step(Step::Drip {
                    bytes: bytes.into(),
                    pace: pace.clone(),
                })
            }
        }
    }
}

/// The bytes of a body that drips. A repeated one drips its unit alone, since the whole may be endless.
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

/// The status line and headers, as they are, with the framing headers that the answer does not bring itself.
fn head(answer: &Answer) -> Vec<u8> {
    let status = answer.status();
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status)).into_bytes();
    for (name, value) in answer.headers() {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    if has_body(status)
        && !answer.has_header("content-length")
        && !answer.has_header("transfer-encoding")
    {
        head.extend_from_slice(
            format!("Content-Length: {}\r\n", answer.payload().len()).as_bytes(),
        );
    }
    if !answer.has_header("connection") {
        head.extend_from_slice(b"Connection: close\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// Whether an answer of this status can have a body (RFC 9110, sections 15.2, 15.3.5 and 15.4.5).
fn has_body(status: u16) -> bool {
    status >= 200 && status != 204 && status != 304
}
