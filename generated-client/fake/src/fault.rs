//! Faults: what goes wrong with one request. Says what happens; `faults` says to which request.

use std::fmt;
use std::sync::Arc;

use crate::delivery::Delivery;
use crate::gate::Gate;
use crate::response::FakeResponse;
use crate::wire::Wire;

/// What happens to one request instead of an ordinary response.
///
/// A fault has four sides, and each constructor fixes them for its case:
///
/// * whether the request is **executed** — [`Fault::executed`] and [`Fault::late`] change that,
/// * what the **client gets** — a response, bytes, a closed or reset connection,
/// * **where it waits** for the test — [`Fault::pause_before`] and [`Fault::pause_after`].
/// * how a response is **delivered**: whole, or as a [`Delivery`] says — [`Fault::delivered`].
///
/// ```
/// use gitlab_pat_fake::{FakeResponse, Fault};
///
/// // The proxy gave up waiting, and the request reaches the server when the test calls `deliver_late()`.
/// let lost = Fault::response(FakeResponse::proxy_error(504)).late();
/// // The server acted, and the connection breaks before the response.
/// let silent = Fault::reset().executed();
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) point: Point,
    pub(crate) execution: Execution,
    pub(crate) before: Option<Gate>,
    pub(crate) after: Option<Gate>,
    pub(crate) outcome: Outcome,
    pub(crate) delivery: Delivery,
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// When a connection is accepted.
    Connect,
    /// When so many bytes of a request have arrived.
    Bytes(usize),
    /// When the headers have arrived, before the body is read.
    Head,
    /// When the whole request has arrived.
    Request,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Execution {
    Never,
    Now,
    Late,
}

/// What the client gets.
#[derive(Clone)]
pub(crate) enum Outcome {
    /// The server's own response.
    Own,
    Changed(Arc<dyn Fn(FakeResponse) -> FakeResponse + Send + Sync>),
    FakeResponse(FakeResponse),
    Wire(Wire),
    Close,
    Reset,
}

impl fmt::Debug for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => formatter.write_str("Own"),
            Self::Changed(_) => formatter.write_str("Changed"),
            Self::FakeResponse(response) => {
                write!(formatter, "FakeResponse({})", response.status())
            }
            Self::Wire(_) => formatter.write_str("Wire"),
            Self::Close => formatter.write_str("Close"),
            Self::Reset => formatter.write_str("Reset"),
        }
    }
}

impl Fault {
    fn new(execution: Execution, outcome: Outcome) -> Self {
        Self {
            point: Point::Request,
            execution,
            before: None,
            after: None,
            outcome,
            delivery: Delivery::WHOLE,
        }
    }

    fn at(point: Point) -> Self {
        Self {
            point,
            ..Self::new(Execution::Never, Outcome::Reset)
        }
    }

    /// Nothing goes wrong: a place in a script that a request passes unharmed.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Execution::Now, Outcome::Own)
    }

    /// The next connection is reset as soon as it is accepted. No matcher applies, as there is no request yet.
    ///
    /// For connections that are never made (`ECONNREFUSED`) see the servers' `refuse_connections`.
    #[must_use]
    pub fn reset_on_connect() -> Self {
        Self::at(Point::Connect)
    }

    /// The connection, new or kept alive, is reset when the next request begins, and nothing of it is looked at. No
    /// matcher applies.
    #[must_use]
    pub fn reset_before_request() -> Self {
        Self::at(Point::Bytes(0))
    }

    /// The connection is reset when so many bytes of the next request have arrived, or all if there are fewer. No
    /// matcher applies.
    #[must_use]
    pub fn reset_after_bytes(count: usize) -> Self {
        Self::at(Point::Bytes(count))
    }

    /// The connection is reset after the headers of the request, before its body is read.
    #[must_use]
    pub fn reset_inside_request() -> Self {
        Self::at(Point::Head)
    }

    /// The connection is reset once the whole request has arrived. Not executed unless [`Fault::executed`].
    #[must_use]
    pub fn reset() -> Self {
        Self::new(Execution::Never, Outcome::Reset)
    }

    /// The connection is closed in good order without a response once the whole request has arrived. Not executed
    /// unless [`Fault::executed`].
    #[must_use]
    pub fn close() -> Self {
        Self::new(Execution::Never, Outcome::Close)
    }

    /// No response comes; once the gate opens the connection is closed. Not executed unless [`Fault::executed`].
    #[must_use]
    pub fn stall(gate: &Gate) -> Self {
        Self::close().pause_after(gate)
    }

    /// This response instead of the server's. Not executed unless [`Fault::executed`].
    #[must_use]
    pub fn response(response: FakeResponse) -> Self {
        Self::new(Execution::Never, Outcome::FakeResponse(response))
    }

    /// These bytes instead of a response, for example garbage. Not executed unless [`Fault::executed`].
    #[must_use]
    pub fn wire(wire: Wire) -> Self {
        Self::new(Execution::Never, Outcome::Wire(wire))
    }

    /// The request is executed, and its response changed on the way back.
    #[must_use]
    pub fn change(change: impl Fn(FakeResponse) -> FakeResponse + Send + Sync + 'static) -> Self {
        Self::new(Execution::Now, Outcome::Changed(Arc::new(change)))
    }

    /// The request is executed, and the response has this `Content-Length`, right or wrong.
    #[must_use]
    pub fn content_length(length: u64) -> Self {
        Self::change(move |response| response.set_header("Content-Length", length.to_string()))
    }

    /// The response, the server's own or another, goes out in this way.
    ///
    /// ```
    /// use gitlab_pat_fake::{FakeResponse, Delivery, Fault};
    ///
    /// let truncated = Fault::none().delivered(Delivery::truncated(10));
    /// let huge = Fault::response(FakeResponse::new(200).repeated_body("[", 1 << 30)).delivered(Delivery::chunked(1 << 16));
    /// ```
    #[must_use]
    pub fn delivered(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// The request is executed first, whatever the client gets.
    #[must_use]
    pub fn executed(mut self) -> Self {
        self.execution = Execution::Now;
        self
    }

    /// The request is kept, and executed when the test calls `deliver_late()`. If the fault had the server's own
    /// response for the client, the connection is closed instead, since there is none yet.
    #[must_use]
    pub fn late(mut self) -> Self {
        self.execution = Execution::Late;
        if matches!(self.outcome, Outcome::Own | Outcome::Changed(_)) {
            self.outcome = Outcome::Close;
        }
        self
    }

    /// The server waits at the gate before it executes the request. It executes it even if the client has hung up
    /// by then.
    #[must_use]
    pub fn pause_before(mut self, gate: &Gate) -> Self {
        self.before = Some(gate.clone());
        self
    }

    /// The server waits at the gate after it executed the request, or did not, and before the client gets anything.
    #[must_use]
    pub fn pause_after(mut self, gate: &Gate) -> Self {
        self.after = Some(gate.clone());
        self
    }
}
