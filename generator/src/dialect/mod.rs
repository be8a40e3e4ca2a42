//! Passes over the value tree that turn what was read into an OpenAPI 3.0 document that cannot fail to be read by `openapiv3`.

pub mod check;
mod json_path;
pub mod overlay;
mod version;

use openapiv3::OpenAPI;

use crate::diagnostic::{Diagnostics, Pointer, Severity, codes};
use crate::source::{Document, from_value};

/// Makes sure of the version, cuts out what does not fit, and reads the rest. `None` means that nothing is left to work with, and that
/// a fatal diagnostic says why.
#[must_use]
pub fn read(document: &mut Document, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    if !version::check(document, diagnostics) {
        return None;
    }
    check::check(document, diagnostics);
    match from_value(document.value()) {
        Ok(api) => Some(api),
        Err(error) => {
            diagnostics.push(
                Severity::Fatal,
                codes::INTERNAL,
                &Pointer::root(),
                format!("the checked document could not be read: {error}"),
                "this is a fault of the generator; please report it with the document",
            );
            None
        }
    }
}
