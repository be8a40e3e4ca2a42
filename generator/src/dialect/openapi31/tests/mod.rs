//! Documents in pairs: one in the words of OpenAPI 3.1 or 3.2, and the normal form that it has to become.

mod identifiers;
mod objects;
mod schemas;

use super::{inline_path_items, normalize, resolve_identifiers};
use crate::diagnostic::{Diagnostics, Pointer};
use crate::openapi::Version;
use crate::source::{Document, Value};

fn parse(text: &str) -> Document {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("api.yaml", text.as_bytes(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{text}");
    document.expect("a document")
}

/// A document after the pass, and what was reported: code, pointer, message.
fn pass(version: Version, text: &str) -> (Document, Vec<String>) {
    let mut document = parse(text);
    let mut diagnostics = Diagnostics::new();
    resolve_identifiers(&mut document, &mut diagnostics);
    if version.has_json_schema() {
        inline_path_items(&mut document, &mut diagnostics);
    }
    normalize(&mut document, version, &mut diagnostics);
    let reports = diagnostics
        .iter()
        .map(|item| format!("{} {}", item.code, item.pointer))
        .collect();
    (document, reports)
}

fn at(document: &Document, pointer: &str) -> Option<Value> {
    document
        .get(&Pointer::parse(pointer).expect("a pointer"))
        .cloned()
}

/// The schemas of a document of OpenAPI 3.1 in the normal form.
fn schemas(version: Version, schemas: &str) -> (Option<Value>, Vec<String>) {
    let text = format!("openapi: 3.1.0\npaths: {{}}\ncomponents: {{schemas: {schemas}}}");
    let (document, reports) = pass(version, &text);
    (at(&document, "/components/schemas"), reports)
}

/// Holds each pair: schema, normal form, and what was reported of it.
fn hold(pairs: &[(&str, &str, &[&str])]) {
    for (schema, normal, reported) in pairs {
        let (found, reports) = schemas(Version::OpenApi31, &format!("{{A: {schema}}}"));
        let expected = parse(&format!("{{A: {normal}}}"));
        let found = found.map(|found| found.to_json());
        assert_eq!(found, Some(expected.value().to_json()), "{schema}");
        assert_eq!(&reports, reported, "{schema}");
    }
}
