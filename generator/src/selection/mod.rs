//! Chooses operations of a document, and cuts out the part of the document that they need.
//!
//! A selection works on the tree as its author wrote it, in any version. Nodes keep their origins, so diagnostics about the part have the
//! places of the whole. What is left out is not looked at again.

mod glob;
mod nearest;
mod operations;
mod part;
mod reach;
mod selector;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::source::{Document, Value};

use operations::Operation;
pub use selector::{InvalidSelector, Selector};

/// The operations that are wanted: those that an `include` matches, or all where there is none, without those that an `exclude` matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Selects operations; with none, all are selected.
    pub include: Vec<Selector>,
    /// Leaves operations out of those.
    pub exclude: Vec<Selector>,
}

/// A selector that matches no operation of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The selector.
    pub selector: Selector,
    /// The selector that matches and resembles it most, if there is any of its kind.
    pub nearest: Option<Selector>,
}

impl Selection {
    /// Returns whether every operation is wanted, with everything else in the document.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Adds the selectors of another selection. What it includes is no longer excluded by the same selector.
    pub fn add(&mut self, other: &Self) {
        self.exclude.retain(|known| !other.include.contains(known));
        for (own, others) in [
            (&mut self.include, &other.include),
            (&mut self.exclude, &other.exclude),
        ] {
            for selector in others {
                if !own.contains(selector) {
                    own.push(selector.clone());
                }
            }
        }
    }

    /// Returns whether a selector is in one of the lists.
    pub(crate) fn contains(&self, selector: &Selector) -> bool {
        self.include.contains(selector) || self.exclude.contains(selector)
    }

    /// Returns the selectors of `include` that match operations of which each is excluded.
    pub(crate) fn overruled(&self, document: &Value) -> Vec<&Selector> {
        let operations = operations::all(document);
        let is_overruled = |selector: &&Selector| {
            let matched = operations.iter().filter(|found| selector.matches(found));
            let mut matched = matched.peekable();
            matched.peek().is_some() && !matched.any(|found| self.chooses(found))
        };
        self.include.iter().filter(is_overruled).collect()
    }

    /// Returns the selectors that match no operation, in their order.
    #[must_use]
    pub fn unmatched(&self, document: &Value) -> Vec<Unmatched> {
        let operations = operations::all(document);
        let selectors = self.include.iter().chain(&self.exclude);
        selectors
            .filter(|selector| !operations.iter().any(|found| selector.matches(found)))
            .map(|selector| Unmatched {
                selector: selector.clone(),
                nearest: nearest::nearest(selector, &operations),
            })
            .collect()
    }

    /// Reduces a document to the chosen operations and what they refer to, in its order. Returns how many operations are chosen.
    pub fn apply(&self, document: &mut Document) -> usize {
        let operations = operations::all(document.value());
        let chosen: Vec<&Operation<'_>> = operations
            .iter()
            .filter(|operation| self.chooses(operation))
            .collect();
        let count = chosen.len();
        if !self.is_everything() {
            let part = part::part(document.value(), &chosen);
            document.set(&Pointer::root(), part);
        }
        count
    }

    fn chooses(&self, operation: &Operation<'_>) -> bool {
        let is_one = |selectors: &[Selector]| {
            let mut selectors = selectors.iter();
            selectors.any(|selector| selector.matches(operation))
        };
        (self.include.is_empty() || is_one(&self.include)) && !is_one(&self.exclude)
    }

    /// Reduces a document as [`Selection::apply`] does. A selector that matches nothing is a fatal error, and so is a selection that
    /// leaves nothing. Returns whether there is none.
    pub fn apply_or_report(&self, document: &mut Document, diagnostics: &mut Diagnostics) -> bool {
        if self.is_everything() {
            return true;
        }
        let place = document.place(&Pointer::root().key("paths"));
        let mut report = |message: &str, help: &str| {
            diagnostics.push(codes::SELECTION_NO_MATCH, &place, message, help);
        };
        let unmatched = self.unmatched(document.value());
        for one in &unmatched {
            report(&one.to_string(), &one.remedy());
        }
        if !unmatched.is_empty() {
            return false;
        }
        let is_any = self.apply(document) > 0;
        if !is_any {
            report(
                "the selection leaves no operation",
                "exclude less, or include more",
            );
        }
        is_any
    }
}

impl Unmatched {
    /// Returns what to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match &self.nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "select by another property: `tag:`, `path:` or `operation:`".to_owned(),
        }
    }
}

impl fmt::Display for Unmatched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no operation matches `{}`", self.selector)
    }
}
