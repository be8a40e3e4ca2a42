//! Which parts of a document the diagnostics of a run are about.

use std::collections::BTreeSet;

use super::reach::{Item, Reachable};
use crate::diagnostic::{Code, Diagnostics, Origin, codes};

/// The codes of faults at a part that stays, of which some or all that it holds is left out.
const LEAVE_OUT: &[Code] = &[
    codes::ALL_OF_CONFLICT,
    codes::IGNORED_BESIDE_REFERENCE,
    codes::TOO_DEEP,
    codes::TOO_LARGE,
];

/// The diagnostics, by the parts that they are about.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// The nodes with a fault.
    faulty: BTreeSet<Origin>,
    /// Those of them whose fault says that something in them is left out.
    emptied: BTreeSet<Origin>,
    /// The innermost parts that nodes with a fault are in.
    about: BTreeSet<Origin>,
}

impl Faults {
    pub(super) fn new(reachable: &Reachable, diagnostics: &Diagnostics) -> Self {
        let mut faults = Self::default();
        for fault in diagnostics {
            faults.faulty.insert(fault.origin);
            if LEAVE_OUT.contains(&fault.code) {
                faults.emptied.insert(fault.origin);
            }
        }
        let mut items: Vec<&Item> = reachable.items().iter().collect();
        items.sort_unstable_by_key(|item| (item.origin, item.last));
        let mut items = items.into_iter().peekable();
        // The parts that the present node is in, each in the one before it.
        let mut open: Vec<&Item> = Vec::new();
        for fault in &faults.faulty {
            while let Some(item) = items.next_if(|item| item.origin <= *fault) {
                open.push(item);
            }
            while open.pop_if(|item| item.last < *fault).is_some() {}
            faults.about.extend(open.last().map(|item| item.origin));
        }
        faults
    }

    /// Returns whether a diagnostic says that what a node holds is left out. A fault of a node that stays says no more than what is wrong
    /// with the node itself, unless it is one of those that empty it.
    pub(super) fn leave_out(&self, origin: Origin, is_emitted: bool) -> bool {
        let faulty = match is_emitted {
            true => &self.emptied,
            false => &self.faulty,
        };
        faulty.contains(&origin)
    }

    /// Returns whether a diagnostic is about a part, and not only about another one in it.
    pub(super) fn are_about(&self, part: Origin) -> bool {
        self.about.contains(&part)
    }
}
