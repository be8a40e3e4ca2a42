//! How the time divides between the phases, each in one thread.

use std::hint::black_box;
use std::time::Duration;

use generator::Config;
use generator::account::{self, Account};
use generator::diagnostic::Diagnostics;
use generator::source::Document;
use generator::{dialect, emit, lower};

use crate::clock::{milliseconds, thread_time};
use crate::document::Input;

const NAMES: [&str; 6] = [
    "reading",
    "checking",
    "lowering",
    "account",
    "expanding",
    "printing",
];

/// The time of each phase.
#[derive(Clone, Copy)]
pub(crate) struct Phases([Duration; NAMES.len()]);

impl Phases {
    /// Returns the shortest time of each phase in several runs, of which a small document has more.
    pub(crate) fn measure(input: &Input) -> Self {
        let runs = match input.spec.len() {
            0..100_000 => 200,
            100_000..5_000_000 => 10,
            _ => 3,
        };
        let mut shortest = Self([Duration::MAX; NAMES.len()]);
        for _ in 0..runs {
            for (shortest, time) in shortest.0.iter_mut().zip(run(input).0) {
                *shortest = time.min(*shortest);
            }
        }
        shortest
    }

    pub(crate) fn sum(&self) -> Duration {
        self.0.iter().sum()
    }

    /// Returns the cells of a row: the phases and their sum.
    pub(crate) fn cells(&self) -> String {
        let phases = self.0.iter().map(|time| milliseconds(*time));
        phases
            .chain([milliseconds(self.sum())])
            .collect::<Vec<_>>()
            .join(" | ")
    }
}

/// Prints the head of a table of phases.
pub(crate) fn print_head(first: &str, last: &str) {
    println!("\n| {first} | {} | sum |{last}", NAMES.join(" | "));
    let columns = NAMES.len() + 1 + last.matches('|').count();
    println!("|---|{}", "---:|".repeat(columns));
}

/// Prints the phases of each document.
pub(crate) fn print(inputs: &[Input]) {
    print_head("milliseconds of one processor", "");
    for input in inputs {
        println!("| {} | {} |", input.name, Phases::measure(input).cells());
    }
}

fn run(input: &Input) -> Phases {
    let mut diagnostics = Diagnostics::new();
    let config = Config::default();
    let mut times = Vec::with_capacity(NAMES.len());
    let mut start = thread_time();
    let mut lap = || {
        let now = thread_time();
        times.push(now.saturating_sub(start));
        start = now;
    };

    let document = Document::parse(&input.name, black_box(&input.spec), &mut diagnostics);
    let mut document = document.expect("the document can be read");
    if let Some(overlay) = &input.overlay {
        let overlay = Document::parse_file(1, "overlay.yaml", overlay, &mut diagnostics);
        let overlay = overlay.expect("the overlay can be read");
        dialect::overlay::apply(&mut document, &overlay, &mut diagnostics);
    }
    lap();
    let reachable = account::reachable(document.value());
    dialect::read(&mut document, &mut diagnostics).expect("the document has a known version");
    document.value().clear_marks();
    lap();
    let api = lower::lower(&document, &mut diagnostics);
    lap();
    black_box(Account::balance(
        &reachable,
        document.value(),
        &mut diagnostics,
    ));
    diagnostics.locate(&[&document]);
    lap();
    let planned = emit::plan(&api, &config);
    let expanded: Vec<_> = planned.iter().map(emit::PlannedFile::expand).collect();
    lap();
    for file in expanded {
        black_box(file.print(&config));
    }
    lap();
    Phases(times.try_into().expect("each phase has one time"))
}
