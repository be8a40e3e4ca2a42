mod edits;
mod origins;
mod places;
mod reading;
mod references;
mod repair;
mod writing;

use super::{Document, Value};
use crate::diagnostic::{Diagnostics, Pointer};

fn read(text: &str) -> (Document, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::new();
    let document =
        Document::parse("a.yaml", text.as_bytes(), &mut diagnostics).expect("a document");
    (
        document,
        diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.as_str())
            .collect(),
    )
}

fn document(text: &str) -> Document {
    let (document, codes) = read(text);
    assert_eq!(codes, Vec::<&str>::new(), "{text}");
    document
}

fn json(text: &str) -> String {
    document(text).value().to_json().to_string()
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

fn node<'document>(document: &'document Document, at: &str) -> &'document Value {
    document.get(&pointer(at)).expect("a node")
}
