//! Passes over the value tree: corrections, the check, and the words of other versions brought to those of OpenAPI 3.0.

pub mod bundle;
pub mod check;
mod coercion;
mod copies;
mod inheritance;
mod json_path;
mod make;
mod openapi31;
pub mod overlay;
mod path_parameters;
mod swagger2;
mod version;

pub use version::Version;

use crate::diagnostic::Diagnostics;
use crate::source::Document;

/// Brings a document of Swagger 2.0 to the words of OpenAPI 3.0, with its faults, and leaves others as they are. Returns the declared
/// version, or `None` when it can't be read; a fatal diagnostic says why.
#[must_use]
pub fn convert(document: &mut Document, diagnostics: &mut Diagnostics) -> Option<Version> {
    let version = version::check(document, diagnostics)?;
    if version == Version::Swagger2 {
        swagger2::normalize(document);
    }
    Some(version)
}

/// Makes sure of the version, cuts out what does not fit, and brings the rest to the words that the views read. Returns the declared
/// version, or `None` when nothing is left to work with; a fatal diagnostic says why.
#[must_use]
pub fn read(document: &mut Document, diagnostics: &mut Diagnostics) -> Option<Version> {
    let version = version::check(document, diagnostics)?;
    if version == Version::Swagger2 {
        swagger2::limit_media_types(document, diagnostics);
    }
    if version.has_json_schema() {
        openapi31::resolve_identifiers(document, diagnostics);
    }
    check::check(document, version, diagnostics);
    coercion::coerce(document, version);
    if version == Version::Swagger2 {
        swagger2::normalize(document);
    }
    openapi31::inline_path_items(document, diagnostics);
    path_parameters::complete(document);
    // Swagger 2.0 has been brought to the words of 3.0.
    openapi31::normalize(document, version.max(Version::OpenApi30), diagnostics);
    inheritance::unite(document, diagnostics);
    Some(version)
}
