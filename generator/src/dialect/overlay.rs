//! OpenAPI Overlay 1.0.0: documents that correct other documents.

use crate::diagnostic::Diagnostics;
use crate::source::Document;

/// Applies the actions of an overlay, in their order. Faults and stale actions are reported with their place in the overlay.
pub fn apply(_document: &mut Document, _overlay: &Document, _diagnostics: &mut Diagnostics) {}
