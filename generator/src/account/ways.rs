//! Which of the ways that lead to the parts of a document lead through something.

use super::reach::{Item, Reachable, Step};
use crate::diagnostic::Origin;

/// The ways, and what is known of them. Ways can be as long as the document and share their beginnings, so that each step is looked at once.
#[derive(Debug)]
pub(super) struct Ways<'a> {
    reachable: &'a Reachable,
    /// Whether the way up to a step leads through something that is looked for.
    known: Vec<Option<bool>>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(reachable: &'a Reachable) -> Self {
        Self {
            reachable,
            known: vec![None; reachable.steps().len()],
        }
    }

    /// Returns whether the way to an item leads through something that is looked for.
    pub(super) fn lead_through(&mut self, item: &Item, is_wanted: impl Fn(Origin) -> bool) -> bool {
        let mut unknown = Vec::new();
        let mut step = item.way();
        let mut leads = false;
        while let Some(index) = step
            && let Some((origin, before)) = self.reachable.steps().get(index)
        {
            if let Some(known) = self.known.get(index).copied().flatten() {
                leads = known;
                break;
            }
            unknown.push((index, *origin));
            step = *before;
        }
        for (index, origin) in unknown.into_iter().rev() {
            leads |= is_wanted(origin);
            self.set(Some(index), leads);
        }
        leads
    }

    /// Remembers that an item is looked for, so that what it leads to is found.
    pub(super) fn want(&mut self, item: &Item) {
        self.set(item.way(), true);
    }

    fn set(&mut self, step: Step, leads: bool) {
        if let Some(known) = step.and_then(|step| self.known.get_mut(step)) {
            *known = Some(leads);
        }
    }
}
