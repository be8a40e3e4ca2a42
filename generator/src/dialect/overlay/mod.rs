//! OpenAPI Overlay 1.0.0: documents that correct other documents. Beside what the specification says, an action may say what was
//! published where it corrects (`x-published`), so that a correction which the publisher has overtaken is found.

mod action;
mod apply;
mod merge;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostics;
use crate::source::Document;

/// Applies the actions of an overlay, in their order. Faults and stale actions are reported with their place in the overlay; an action
/// that cannot be read is skipped, a stale one is applied as far as it goes. What an action adds is located in the overlay from then on.
///
/// `x-published` is compared with the document as it is when the action's turn comes.
pub fn apply(document: &mut Document, overlay: &Document, diagnostics: &mut Diagnostics) {
    let actions = action::read(overlay, diagnostics);
    document.include(overlay);
    apply::run(document, overlay, &actions, diagnostics);
}
