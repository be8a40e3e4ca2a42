//! Turns an OpenAPI document into a Rust client crate.
//!
//! A pure library: bytes in, [`Files`] and [`Diagnostics`] out. It touches no disk, no network, no clock and no
//! environment.
//!
//! ```
//! use generator::{Config, Source, generate};
//!
//! let document = br#"{
//!     "openapi": "3.0.3",
//!     "info": {"title": "Things", "version": "1"},
//!     "paths": {"/things": {"get": {"responses": {"204": {"description": "Done"}}}}}
//! }"#;
//! let generated = generate(Source { name: "things.json", bytes: document }, &[], &Config::default());
//!
//! let files = generated.files.expect("the document has no fault");
//! assert!(files.contains("src/lib.rs"));
//! assert_eq!(generated.summary.operations_emitted, 1);
//! ```

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::unreachable
    )
)]

pub mod account;
pub mod changes;
pub mod diagnostic;
pub mod dialect;
pub mod emit;
mod generated;
pub mod import;
pub mod lower;
pub mod model;
pub mod openapi;
pub mod parallel;
mod report;
pub mod selection;
pub mod source;

use std::iter;

pub use emit::{Config, File, FileKind, Files};
pub use generated::{Generated, Source, Summary};
pub use report::is_report;

use diagnostic::Diagnostics;
use selection::Selection;
use source::{Document, Load};

/// Generates a crate from an OpenAPI document and the overlays that correct it, applied in their order.
///
/// Without [`Config::strict`] what can't be expressed costs the smallest unit that it is in, and a diagnostic says so. There are no
/// files when nothing is left to work with or, with it, when there is any error or warning.
///
/// Only one file is read; [`generate_with_files`] reads those that it refers to as well.
#[must_use]
pub fn generate(spec: Source<'_>, overlays: &[Source<'_>], config: &Config) -> Generated {
    read(spec, None, overlays, &config.selection).finish(Some(config))
}

/// Generates a crate as [`generate`] does, from an entry document that may refer to other files by relative paths. The overlays apply to
/// the whole.
#[must_use]
pub fn generate_with_files(
    spec: Source<'_>,
    files: &dyn Load,
    overlays: &[Source<'_>],
    config: &Config,
) -> Generated {
    read(spec, Some(files), overlays, &config.selection).finish(Some(config))
}

/// Reads a document and its overlays into the model, which is what everything is emitted from.
#[must_use]
pub fn read_model(spec: Source<'_>, overlays: &[Source<'_>]) -> Generated {
    read(spec, None, overlays, &Selection::default()).finish(None)
}

/// Reads the chosen part of a document as [`read_model`] does, from an entry document that may refer to other files by relative paths.
#[must_use]
pub fn read_model_with_files(
    spec: Source<'_>,
    files: &dyn Load,
    overlays: &[Source<'_>],
    selection: &Selection,
) -> Generated {
    read(spec, Some(files), overlays, selection).finish(None)
}

fn read(
    spec: Source<'_>,
    files: Option<&dyn Load>,
    overlays: &[Source<'_>],
    selection: &Selection,
) -> generated::Run {
    let others = u32::try_from(overlays.len() + 1).unwrap_or(u32::MAX / 2);
    let sources: Vec<_> = iter::once(&spec).chain(overlays).zip(0..).collect();
    let documents = parallel::map(&sources, |(source, file)| {
        let mut diagnostics = Diagnostics::new();
        let document = Document::parse_file(*file, source.name, source.bytes, &mut diagnostics);
        (document, diagnostics)
    });
    let mut diagnostics = Diagnostics::new();
    let mut documents = documents.into_iter().map(|(document, found)| {
        diagnostics.append(found);
        document
    });
    let mut document = documents.next().flatten();
    let overlays: Vec<Document> = documents.flatten().collect();
    let mut published = Summary::default();
    let mut api = None;
    let mut reachable = account::Reachable::default();
    if let Some(document) = &mut document
        && !diagnostics.has_fatal()
    {
        if let Some(files) = files {
            dialect::bundle::bundle(document, files, others, &mut diagnostics);
        }
        for overlay in &overlays {
            dialect::overlay::apply(document, overlay, &mut diagnostics);
        }
        if selection.apply_or_report(document, &mut diagnostics) {
            published = Summary::of_document(document);
            reachable = account::reachable(document.value());
            if dialect::read(document, &mut diagnostics).is_some() {
                document.value().clear_marks();
                api = Some(lower::lower(document, &mut diagnostics));
            }
        }
    }
    generated::Run {
        document,
        overlays,
        diagnostics,
        api,
        published,
        reachable,
    }
}
