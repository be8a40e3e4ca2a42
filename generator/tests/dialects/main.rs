//! The same API written in Swagger 2.0 and in OpenAPI 3.0, 3.1 and 3.2 gives the same model, and what is wrong with it is shown where its
//! author wrote it.

mod constructs;
mod library;
mod places;

use generator::diagnostic::{Diagnostic, Severity};
use generator::model::Api;
use generator::{Generated, Source, read_model};

/// The versions of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    V2,
    V30,
    V31,
    V32,
}

impl Dialect {
    const ALL: [Self; 4] = [Self::V2, Self::V30, Self::V31, Self::V32];

    /// The first line of a document.
    fn declaration(self) -> &'static str {
        match self {
            Self::V2 => "swagger: '2.0'\n",
            Self::V30 => "openapi: 3.0.4\n",
            Self::V31 => "openapi: 3.1.1\n",
            Self::V32 => "openapi: 3.2.0\n",
        }
    }

    /// What a document begins with.
    fn head(self) -> String {
        let server = match self {
            Self::V2 => {
                "host: api.test\nbasePath: /v1\nschemes: [https]\nconsumes: [application/json]\nproduces: [application/json]\n"
            }
            _ => "servers: [{url: 'https://api.test/v1'}]\n",
        };
        format!(
            "{}info: {{title: Things, version: '1'}}\n{server}",
            self.declaration()
        )
    }
}

/// Whether documents of a dialect are read.
fn is_read(dialect: Dialect) -> bool {
    let read = read(&format!("{}paths: {{}}\n", dialect.head()));
    !read.diagnostics.has_fatal()
}

/// Reads a document.
fn read(text: &str) -> Generated {
    read_model(
        Source {
            name: "api.yaml",
            bytes: text.as_bytes(),
        },
        &[],
    )
}

/// The model that a document without faults gives, as text without places.
#[track_caller]
fn model(text: &str) -> String {
    let read = read(text);
    let faults: Vec<&Diagnostic> = read
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity != Severity::Note)
        .collect();
    assert!(
        faults.is_empty(),
        "{}\n{text}",
        read.render_diagnostics(false)
    );
    without_places(&read.api.expect("a model"))
}

/// The text of a model, in which the places of nodes are left out.
fn without_places(api: &Api) -> String {
    let text = format!("{api:#?}");
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("pointer: \""))
        .collect();
    lines.join("\n")
}

/// Asserts that two models are equal, and shows where they differ.
#[track_caller]
fn assert_equal(name: &str, dialect: Dialect, found: &str, expected: &str) {
    if found == expected {
        return;
    }
    let differing = found
        .lines()
        .zip(expected.lines())
        .position(|(found, expected)| found != expected)
        .unwrap_or_default();
    let around = |text: &str| {
        let lines: Vec<&str> = text
            .lines()
            .skip(differing.saturating_sub(12))
            .take(24)
            .collect();
        lines.join("\n")
    };
    panic!(
        "{name}: {dialect:?} gives another model\n{}\n--- than 3.0\n{}",
        around(found),
        around(expected)
    );
}
