//! Prints the results: a line for each version of OpenAPI, and one for each document with a fault.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use super::{Counts, Entry, Generation};

/// Returns a table with a line for each version.
pub(super) fn of_versions(versions: &BTreeMap<&str, Vec<&Entry>>, checked: bool) -> String {
    let mut text = String::from(
        "| OpenAPI | documents | crates | compile | operations read | emitted | with errors | with warnings only | rejected | panics | slowest |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (version, entries) in versions {
        let crates: Vec<&Counts> = entries.iter().filter_map(|entry| entry.counts()).collect();
        let compile = match checked {
            true => entries
                .iter()
                .filter(|entry| entry.counts().is_some() && entry.complaint.is_none())
                .count()
                .to_string(),
            false => "not run".to_owned(),
        };
        let count =
            |is: fn(&Generation) -> bool| entries.iter().filter(|entry| is(&entry.result)).count();
        let slowest = entries
            .iter()
            .map(|entry| entry.took)
            .max()
            .unwrap_or(Duration::ZERO);
        let _ = writeln!(
            text,
            "| {version} | {} | {} | {compile} | {} | {} | {} | {} | {} | {} | {} ms |",
            entries.len(),
            crates.len(),
            crates.iter().map(|counts| counts.read).sum::<usize>(),
            crates.iter().map(|counts| counts.emitted).sum::<usize>(),
            crates.iter().filter(|counts| counts.errors > 0).count(),
            crates
                .iter()
                .filter(|counts| counts.errors == 0 && counts.warnings > 0)
                .count(),
            count(|result| matches!(result, Generation::Rejected(_))),
            count(|result| matches!(result, Generation::Panicked)),
            slowest.as_millis(),
        );
    }
    text
}

/// Returns a line for each document without a crate, or with one that does not compile.
pub(super) fn faults(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let path = entry.path.display();
        match (&entry.result, &entry.complaint) {
            (Generation::Panicked, _) => _ = writeln!(text, "panic: {path}"),
            (Generation::Rejected(diagnostics), _) => {
                let reason = diagnostics
                    .lines()
                    .find(|line| line.starts_with("fatal") || line.starts_with("error"))
                    .unwrap_or_default();
                _ = writeln!(text, "rejected: {path}: {reason}");
            }
            (Generation::Emitted(_), Some(complaint)) => {
                _ = writeln!(text, "compiler: {path}\n{}", complaint.trim_end());
            }
            (Generation::Emitted(_), None) => {}
        }
    }
    text
}

impl Entry {
    /// What the crate holds, if there is one.
    fn counts(&self) -> Option<&Counts> {
        match &self.result {
            Generation::Emitted(counts) => Some(counts),
            Generation::Rejected(_) | Generation::Panicked => None,
        }
    }
}
