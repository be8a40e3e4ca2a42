//! One construct at a time: a small document, and what the model says of it.

mod alternatives;
mod bodies;
mod combinations;
mod enumerations;
mod extensions;
mod files;
mod forms;
mod merge;
mod naming;
mod parameters;
mod records;
mod recursion;
mod responses;
mod restrictions;
mod robustness;
mod scalars;
mod security;
mod sketch;

use std::fmt::Write;

use super::context::Context;
use crate::diagnostic::{Diagnostics, Severity};
use crate::dialect;
use crate::model::Api;
use crate::source::Document;

/// Reads and lowers a document. What every document begins with may be left out.
fn lower(text: &str) -> (Api, Diagnostics) {
    let mut whole = String::new();
    let _ = writeln!(whole, "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}");
    if !text
        .lines()
        .any(|line| line.trim_start().starts_with("paths:"))
    {
        let _ = writeln!(whole, "paths: {{}}");
    }
    let margin = text.lines().filter(|line| !line.trim().is_empty());
    let margin = margin
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    for line in text.lines() {
        let _ = writeln!(whole, "{}", line.get(margin..).unwrap_or_default());
    }
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("api.yaml", whole.as_bytes(), &mut diagnostics);
    let mut document = document.expect("the document can be parsed");
    let _ = dialect::read(&mut document, &mut diagnostics).expect("the document can be read");
    let api = super::lower(&document, &mut diagnostics);
    (api, diagnostics)
}

/// Runs something that needs a context, over an empty document.
pub(super) fn with_context<T>(run: impl FnOnce(&mut Context<'_>) -> T) -> (T, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let document = Document::parse("api.yaml", b"{}", &mut diagnostics);
    let document = document.expect("the document can be parsed");
    let result = run(&mut Context::new(&document, &mut diagnostics));
    (result, diagnostics)
}

/// The model of a document and what was said about it.
fn model(text: &str) -> String {
    let (api, diagnostics) = lower(text);
    let mut model = sketch::sketch(&api);
    for item in &diagnostics {
        let severity = match item.severity {
            Severity::Fatal => "fatal",
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let _ = writeln!(
            model,
            "{severity} {} at {}: {}",
            item.code, item.pointer, item.message
        );
    }
    model
}

/// The model of schemas by name.
fn schemas(text: &str) -> String {
    model(&below(&["components:", "  schemas:"], text))
}

/// The model of one operation: `GET /things`, unless the text says otherwise.
fn get(text: &str) -> String {
    model(&below(
        &[
            "paths:",
            "  /things:",
            "    get:",
            "      operationId: listThings",
        ],
        text,
    ))
}

/// A text deeper below the last of some lines.
fn below(lines: &[&str], text: &str) -> String {
    let mut whole = lines.join("\n");
    let last = lines.last().map_or("", |line| line);
    let indent = last.len() - last.trim_start().len();
    let indent = if last.ends_with(':') {
        indent + 2
    } else {
        indent
    };
    let margin = text.lines().filter(|line| !line.trim().is_empty());
    let margin = margin
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    for line in text.lines() {
        let line = line.get(margin..).unwrap_or_default();
        let _ = write!(whole, "\n{}{line}", " ".repeat(indent));
    }
    whole
}
