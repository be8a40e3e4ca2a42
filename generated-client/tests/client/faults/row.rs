//! The rows of the tables, and what runs them.

use std::fmt::Write as _;
use std::time::Duration;

use gitlab_pat_fake::{FakeResponse, Fault};

use super::operations::{Kind, of};
use super::retries;
use super::sees::Sees;
use super::world::{Observed, World};

/// How often a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strikes {
    /// Every request.
    Always,
    /// So many requests; then all is well.
    First(usize),
}

pub(super) use Strikes::{Always, First};

/// What goes wrong.
#[derive(Clone)]
pub(super) enum Trouble {
    /// With a request or with its connection.
    Fault(Fault),
    /// Nobody listens.
    NobodyListens,
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

/// A fault, how often it strikes and whom; what the caller sees, and after how many attempts.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) trouble: Trouble,
    pub(super) strikes: Strikes,
    kinds: &'static [Kind],
    sees: Sees,
    attempts: usize,
    pauses: Vec<Duration>,
}

/// The rows of one fault.
pub(super) struct Rows {
    name: String,
    trouble: Trouble,
    /// Whether the server records the requests that the fault strikes: it does once their heads have arrived.
    recorded: bool,
    read_timeout: Option<Duration>,
    rows: Vec<Row>,
}

/// Begins the rows of a fault.
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
    /// The server does not record what is struck: the request never arrives as one.
    pub(super) fn unrecorded(mut self) -> Self {
        self.recorded = false;
        self
    }

    /// The client waits no longer than this for a server that says nothing.
    pub(super) fn read_timeout(mut self, milliseconds: u64) -> Self {
        self.read_timeout = Some(Duration::from_millis(milliseconds));
        self
    }

    /// A row. Its pauses are the client's own.
    pub(super) fn row(
        mut self,
        strikes: Strikes,
        kinds: &'static [Kind],
        sees: Sees,
        attempts: usize,
    ) -> Self {
        self.rows.push(Row {
            trouble: self.trouble.clone(),
            strikes,
            kinds,
            sees,
            attempts,
            pauses: retries::pauses(attempts.saturating_sub(1)),
        });
        self
    }

    /// The last row's pauses, in seconds: those that the server asks for.
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
            // What always strikes looks the same to a client that tries once.
            if row.strikes == Always {
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
        let struck = match row.strikes {
            Always => attempts,
            First(count) => count,
        };
        let expected = Observed {
            sees: row.sees,
            requests: if self.recorded {
                attempts
            } else {
                attempts - struck
            },
            // Whether a pause of no length is one is the client's business.
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
                    let fault = format!("{}, {:?}, retries: {retries}", self.name, row.strikes);
                    let _ = writeln!(
                        failures,
                        "{fault}: {operation} ({client})\n  expected {expected:?}\n  observed {observed:?}"
                    );
                }
            }
        });
    }
}

/// Runs every row of these faults, and shows all that differ.
#[track_caller]
pub(super) fn check(faults: impl IntoIterator<Item = Rows>) {
    let mut failures = String::new();
    for rows in faults {
        rows.run(&mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
}
