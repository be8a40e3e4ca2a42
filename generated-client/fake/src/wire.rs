//! Wire scripts: what is written on a connection, byte by byte. Knows bytes and gates; nothing of requests.

use std::time::Duration;

use bytes::Bytes;

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

/// What each byte of a dripping response waits for.
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

    pub(crate) fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}
