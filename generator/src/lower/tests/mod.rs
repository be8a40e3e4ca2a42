//! One construct at a time, and real documents as a whole.

mod documents;

use crate::diagnostic::{Diagnostics, render};
use crate::dialect;
use crate::model::Api;
use crate::source::Document;

/// Reads and lowers a document.
fn lower_bytes(name: &str, bytes: &[u8]) -> (Api, Document, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut document = Document::parse(name, bytes, &mut diagnostics).expect("the document can be parsed");
    let openapi = dialect::read(&mut document, &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", render(&diagnostics, false)));
    let api = super::lower(&document, &openapi, &mut diagnostics);
    (api, document, diagnostics)
}
