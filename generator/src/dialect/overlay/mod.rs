//! OpenAPI Overlay 1.0.0: documents that correct other documents. Beside what the specification says, an action may say what was
//! published where it corrects (`x-published`), so that a correction which the publisher has overtaken is found.

mod action;
mod apply;
mod merge;
mod review;
#[cfg(test)]
mod tests;

use super::json_path::JsonPath;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::source::{Document, Value};

pub use review::{Difference, Outcome, Review};

/// Applies the actions of an overlay, in their order. Faults and stale actions are reported with their place in the overlay; an action
/// that cannot be read is skipped, a stale one is applied as far as it goes. What an action adds is located in the overlay from then on.
///
/// `x-published` is compared with the document as it is when the action's turn comes.
pub fn apply(document: &mut Document, overlay: &Document, diagnostics: &mut Diagnostics) {
    run(document, overlay, diagnostics, None);
}

/// Returns the nodes of a document that the target of an action selects.
#[must_use]
pub fn targets(document: &Value, target: &str) -> Vec<Pointer> {
    JsonPath::parse(target).map_or_else(|_| Vec::new(), |path| path.select(document))
}

/// Returns the names in the target of an action: those of members, and the strings that its filters compare with.
#[must_use]
pub fn names(target: &str) -> Vec<String> {
    JsonPath::parse(target).map_or_else(|_| Vec::new(), |path| path.names())
}

/// Applies an overlay as [`apply`] does, and returns what became of each action that can be read.
pub fn review(
    document: &mut Document,
    overlay: &Document,
    diagnostics: &mut Diagnostics,
) -> Vec<Review> {
    let mut reviews = Vec::new();
    run(document, overlay, diagnostics, Some(&mut reviews));
    reviews
}

fn run(
    document: &mut Document,
    overlay: &Document,
    diagnostics: &mut Diagnostics,
    reviews: Option<&mut Vec<Review>>,
) {
    let actions = action::read(overlay, diagnostics);
    document.include(overlay);
    apply::run(document, overlay, &actions, diagnostics, reviews);
}
