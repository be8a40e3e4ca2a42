//! The rows of the tables, and functions that run them.

use std::fmt::Write as _;
use std::time::Duration;

use gitlab_pat_fake::{FakeResponse, Fault};

use super::operations::{Kind, of};
use super::retries;
use super::sees::Sees;
use super::world::{Observed, World};

/// How often a fault is injected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    /// Every request.
    Always,
    /// The first requests, as many as this.
    First(usize),
}

pub(super) use Times::{Always, First};

/// A kind of fault.
#[derive(Clone)]
pub(super) enum Trouble {
    /// A fault of a request or its connection.
    Fault(Fault),
    /// The server's port is closed.
    PortClosed,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<FakeResponse> for Trouble {
    fn from(response: FakeResponse) -> Self {
        Self::Fault(Fault::response(response))
    }
}

/// A fault, how often it is injected, the kinds of operations, what the caller sees, and after how many attempts.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) trouble: Trouble,
    pub(super) times: Times,
    kinds: &'static [Kind],
    sees: Sees,
    attempts: usize,
    pauses: Vec<Duration>,
}

/// The rows of one fault.
pub(super) struct Rows {
    name: String,
    trouble: Trouble,
    /// Whether the server records the requests with the fault. It does if their heads arrive.
    recorded: bool,
    read_timeout: Option<Duration>,
    rows: Vec<Row>,
}

/// Creates the rows of a fault.
pub(super) fn fault(name: impl Into<String>, trouble: impl Into<Trouble>) -> Rows {
    Rows {
        name: name.into(),
        trouble: trouble.into(),
        recorded: true,
        read_timeout: None,
        rows: Vec::new(),
    }
}

impl Rows {
    /// Declares that the server does not record the requests, because they never arrive as such.
    pub(super) fn unrecorded(mut self) -> Self {
        self.recorded = false;
        self
    }

    /// Sets the time that the client waits for a silent server.
    pub(super) fn read_timeout(mut self, milliseconds: u64) -> Self {
        self.read_timeout = Some(Duration::from_millis(milliseconds));
        self
    }

    /// Adds a row. Its pauses are those of the client.
    pub(super) fn row(
        mut self,
        times: Times,
        kinds: &'static [Kind],
        sees: Sees,
        attempts: usize,
    ) -> Self {
        self.rows.push(Row {
            trouble: self.trouble.clone(),
            times,
            kinds,
            sees,
            attempts,
            pauses: retries::pauses(attempts.saturating_sub(1)),
        });
        self
    }

    /// Sets the last row's pauses in seconds, which the server requests.
    pub(super) fn pauses(mut self, seconds: &[u64]) -> Self {
        if let Some(row) = self.rows.last_mut() {
            assert_eq!(seconds.len() + 1, row.attempts, "a pause before each retry");
            row.pauses = seconds.iter().copied().map(Duration::from_secs).collect();
        }
        self
    }

    fn run(&self, failures: &mut String) {
        assert!(!self.rows.is_empty(), "{} has no rows", self.name);
        for row in &self.rows {
            self.compare(row, true, row.attempts, &row.pauses, failures);
            // A fault in every request has the same result for a client without retries.
            if row.times == Always {
                self.compare(row, false, 1, &[], failures);
            }
        }
    }

    fn compare(
        &self,
        row: &Row,
        retries: bool,
        attempts: usize,
        pauses: &[Duration],
        failures: &mut String,
    ) {
        let injected = match row.times {
            Always => attempts,
            First(count) => count,
        };
        let expected = Observed {
            sees: row.sees,
            requests: if self.recorded {
                attempts
            } else {
                attempts - injected
            },
            // Whether an empty pause counts is up to the client.
            pauses: pauses.iter().copied().filter(|p| !p.is_zero()).collect(),
            wrong: Vec::new(),
        };
        let world = |kind| World {
            row,
            kind,
            retries,
            read_timeout: self.read_timeout,
        };
        std::thread::scope(|scope| {
            let mut runs = Vec::new();
            for (kind, exchange) in of(row.kinds) {
                let world = world(kind);
                runs.push(scope.spawn(move || (exchange.name, "async", world.observe(&exchange))));
                #[cfg(feature = "blocking")]
                runs.push(
                    scope.spawn(move || {
                        (exchange.name, "blocking", world.observe_blocking(&exchange))
                    }),
                );
            }
            for run in runs {
                let (operation, client, observed) = run.join().expect("an observation");
                if observed != expected {
                    let fault = format!("{}, {:?}, retries: {retries}", self.name, row.times);
                    let _ = writeln!(
                        failures,
                        "{fault}: {operation} ({client})\n  expected {expected:?}\n  observed {observed:?}"
                    );
                }
            }
        });
    }
}

/// Runs every row of these faults, and prints all that differ.
#[track_caller]
pub(super) fn check(faults: impl IntoIterator<Item = Rows>) {
    let mut failures = String::new();
    for rows in faults {
        rows.run(&mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
}
