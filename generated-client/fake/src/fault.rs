//! Faults: what happens to one request. The rules that choose the request are in `faults`.

use std::fmt;
use std::sync::Arc;

use crate::delivery::Delivery;
use crate::gate::Gate;
use crate::response::FakeResponse;
use crate::wire::Wire;

/// What happens to one request instead of an ordinary response.
///
/// A fault has four sides. Each constructor sets them for its case:
///
/// * Whether the request is **executed**. [`Fault::executed`] and [`Fault::late`] change that.
/// * What the **client gets**: a response, bytes, a closed connection or a reset one.
/// * Where the server **waits** for the test: [`Fault::pause_before`] and [`Fault::pause_after`].
/// * How a response is **delivered**: [`Fault::delivered`].
///
/// ```
/// use gitlab_pat_fake::{FakeResponse, Fault};
///
/// // The proxy stopped waiting, and the request reaches the server when the test calls `deliver_late()`.
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

/// When a fault is injected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// When a connection is accepted.
    Connect,
    /// When this many bytes of a request have arrived.
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

    /// Creates a fault that changes nothing. In a script it lets a request pass.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Execution::Now, Outcome::Own)
    }

    /// Resets the next connection as soon as it is accepted. No matcher applies, since there is no request yet.
    ///
    /// To refuse connections (`ECONNREFUSED`), use
    /// [`FakeGitLab::refuse_connections`](crate::FakeGitLab::refuse_connections).
    #[must_use]
    pub fn reset_on_connect() -> Self {
        Self::at(Point::Connect)
    }

    /// Resets the connection, new or kept alive, when the next request begins. The request is not read. No matcher
    /// applies.
    #[must_use]
    pub fn reset_before_request() -> Self {
        Self::at(Point::Bytes(0))
    }

    /// Resets the connection when this many bytes of the next request have arrived, or all of them if there are
    /// fewer. No matcher applies.
    #[must_use]
    pub fn reset_after_bytes(count: usize) -> Self {
        Self::at(Point::Bytes(count))
    }

    /// Resets the connection after the headers of the request, before its body is read.
    #[must_use]
    pub fn reset_inside_request() -> Self {
        Self::at(Point::Head)
    }

    /// Resets the connection once the whole request has arrived. The request is not executed unless
    /// [`Fault::executed`] is set.
    #[must_use]
    pub fn reset() -> Self {
        Self::new(Execution::Never, Outcome::Reset)
    }

    /// Closes the connection without a response once the whole request has arrived. The request is not executed
    /// unless [`Fault::executed`] is set.
    #[must_use]
    pub fn close() -> Self {
        Self::new(Execution::Never, Outcome::Close)
    }

    /// Sends no response, and closes the connection when the gate opens. The request is not executed unless
    /// [`Fault::executed`] is set.
    #[must_use]
    pub fn stall(gate: &Gate) -> Self {
        Self::close().pause_after(gate)
    }

    /// Sends this response instead of the server's. The request is not executed unless [`Fault::executed`] is set.
    #[must_use]
    pub fn response(response: FakeResponse) -> Self {
        Self::new(Execution::Never, Outcome::FakeResponse(response))
    }

    /// Sends these bytes instead of a response, for example garbage. The request is not executed unless
    /// [`Fault::executed`] is set.
    #[must_use]
    pub fn wire(wire: Wire) -> Self {
        Self::new(Execution::Never, Outcome::Wire(wire))
    }

    /// Executes the request and changes its response on the way back.
    #[must_use]
    pub fn change(change: impl Fn(FakeResponse) -> FakeResponse + Send + Sync + 'static) -> Self {
        Self::new(Execution::Now, Outcome::Changed(Arc::new(change)))
    }

    /// Executes the request and sends the response with this `Content-Length`, right or wrong.
    #[must_use]
    pub fn content_length(length: u64) -> Self {
        Self::change(move |response| response.set_header("Content-Length", length.to_string()))
    }

    /// Delivers the response, the server's own or another, in this way.
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

    /// Executes the request before the client gets anything.
    #[must_use]
    pub fn executed(mut self) -> Self {
        self.execution = Execution::Now;
        self
    }

    /// Holds the request back until the test calls `deliver_late()`.
    ///
    /// If the client would get the server's own response, the connection is closed instead, since there is no
    /// response yet.
    #[must_use]
    pub fn late(mut self) -> Self {
        self.execution = Execution::Late;
        if matches!(self.outcome, Outcome::Own | Outcome::Changed(_)) {
            self.outcome = Outcome::Close;
        }
        self
    }

    /// Waits at the gate before the request is executed. It is executed even if the client has disconnected by then.
    #[must_use]
    pub fn pause_before(mut self, gate: &Gate) -> Self {
        self.before = Some(gate.clone());
        self
    }

    /// Waits at the gate after the execution, if there is one, and before the client gets anything.
    #[must_use]
    pub fn pause_after(mut self, gate: &Gate) -> Self {
        self.after = Some(gate.clone());
        self
    }
}
