//! Wire scripts: the bytes that are written on a connection. Knows bytes and gates, but not requests.

use std::time::Duration;

use bytes::Bytes;

use crate::gate::Gate;

/// The bytes that the server writes on the connection after a request, without an HTTP library in between.
///
/// The connection is closed after the last of them, unless it is reset.
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

/// The pace of a dripping response, for each byte.
#[derive(Clone, Debug)]
pub(crate) enum Pace {
    Gate(Gate),
    Every(Duration),
}

impl Wire {
    /// Creates a script that writes nothing and closes the connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes these bytes.
    #[must_use]
    pub fn bytes(self, bytes: impl Into<Bytes>) -> Self {
        self.step(Step::Bytes(bytes.into()))
    }

    /// Writes `unit` this many times. The whole is never held in memory.
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

    /// Writes these bytes one by one. Each byte passes the gate.
    #[must_use]
    pub fn drip(self, bytes: impl Into<Bytes>, gate: &Gate) -> Self {
        self.step(Step::Drip {
            bytes: bytes.into(),
            pace: Pace::Gate(gate.clone()),
        })
    }

    /// Writes these bytes one by one, one in each `interval`. For clients whose time limits can't be given a clock.
    #[must_use]
    pub fn drip_every(self, bytes: impl Into<Bytes>, interval: Duration) -> Self {
        self.step(Step::Drip {
            bytes: bytes.into(),
            pace: Pace::Every(interval),
        })
    }

    /// Resets the connection (TCP RST). Later steps are not performed.
    #[must_use]
    pub fn reset(self) -> Self {
        self.step(Step::Reset)
    }

    pub(crate) fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}
