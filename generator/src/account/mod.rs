//! The account of a run: each part of the document that a client can reach is either emitted or reported. It knows documents and
//! diagnostics, and nothing of types, names or emitted code.

mod faults;
mod part;
mod reach;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::diagnostic::{Diagnostics, Origin, Place, codes};
use crate::source::Value;

pub use part::Part;
pub use reach::{Item, Reachable, reachable};

use faults::Faults;
use ways::Ways;

/// How many parts of one kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many the document has within reach of an operation.
    pub read: usize,
    /// How many of them have become part of the client.
    pub emitted: usize,
    /// How many of them a diagnostic says are left out.
    pub reported: usize,
}

/// The counts of all kinds of parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    counts: BTreeMap<Part, Counts>,
}

impl Account {
    /// Balances what a document holds against what lowering has read of it. A part that is neither read nor reported gets a note.
    #[must_use]
    pub fn balance(reachable: &Reachable, normal: &Value, diagnostics: &mut Diagnostics) -> Self {
        let mut read = Vec::new();
        normal.each(&mut |node| {
            if node.is_read() {
                read.push(node.origin());
            }
        });
        read.sort_unstable();
        let faults = Faults::new(reachable, diagnostics);
        let mut counts: BTreeMap<Part, Counts> = BTreeMap::new();
        // What was left out with its reason takes what is in it with it. Items come after those that they are in.
        let mut dropped: BTreeSet<Origin> = BTreeSet::new();
        let mut emitted: BTreeSet<Origin> = BTreeSet::new();
        let mut lost: BTreeMap<Part, Vec<&Item>> = BTreeMap::new();
        let mut ways = Ways::new(reachable);
        for item in reachable.items() {
            let entry = counts.entry(item.part).or_default();
            entry.read += 1;
            if read.binary_search(&item.origin).is_ok() {
                entry.emitted += 1;
                emitted.insert(item.origin);
                continue;
            }
            entry.reported += 1;
            let is_lost = |origin| {
                dropped.contains(&origin) || faults.leave_out(origin, emitted.contains(&origin))
            };
            let is_reported = ways.lead_through(item, is_lost) || faults.are_about(item.origin);
            if is_reported {
                dropped.insert(item.origin);
                ways.want(item);
            } else {
                lost.entry(item.part).or_default().push(item);
            }
        }
        for (part, items) in lost {
            report(part, &items, diagnostics);
        }
        Self { counts }
    }

    /// Returns the counts of one kind of part.
    #[must_use]
    pub fn of(&self, part: Part) -> Counts {
        self.counts.get(&part).copied().unwrap_or_default()
    }
}

/// Reports parts that nothing has read.
fn report(part: Part, items: &[&Item], diagnostics: &mut Diagnostics) {
    let Some(first) = items.first() else {
        return;
    };
    let place = Place {
        origin: first.origin,
        below: 0,
        pointer: first.pointer.clone(),
    };
    let message = match items.len() {
        1 => format!("this {} is not part of the client", part.name()),
        count => format!(
            "{count} {} are not part of the client; this is the first",
            part.plural()
        ),
    };
    diagnostics.push(codes::NOT_READ, &place, message, part.remedy());
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for part in Part::ALL {
            let counts = self.of(*part);
            if counts.read > 0 {
                let Counts {
                    read,
                    emitted,
                    reported,
                } = counts;
                let noun = if read == 1 {
                    part.name()
                } else {
                    part.plural()
                };
                write!(
                    formatter,
                    "{separator}{read} {noun} ({emitted} emitted, {reported} reported)"
                )?;
                separator = ", ";
            }
        }
        Ok(())
    }
}
