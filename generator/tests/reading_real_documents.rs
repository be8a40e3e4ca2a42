//! Real documents of OpenAPI 3.0, where they are at hand: each is read, and what is wrong with it is what is known to be wrong with it.

mod openapiv3_reading;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use generator::diagnostic::Diagnostics;
use generator::dialect;
use generator::source::Document;

/// The folder beside the workspace that holds the documents; they belong to their vendors and are not part of this project.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs")
}

/// What reading a document gave.
struct Reading {
    operations: usize,
    schemas: usize,
    /// How many diagnostics there are of each severity and code.
    counts: BTreeMap<String, usize>,
}

/// Reads a document, or says that it is not there.
fn read(name: &str) -> Option<Reading> {
    let Ok(bytes) = std::fs::read(folder().join(name)) else {
        println!("skipped: {name} is not in {}", folder().display());
        return None;
    };
    let mut diagnostics = Diagnostics::new();
    let mut document = Document::parse(name, &bytes, &mut diagnostics).expect("a document");
    let version = dialect::read(&mut document, &mut diagnostics);
    let api = version.map(|_| openapiv3_reading::read(&document));
    diagnostics.locate(&[&document]);
    let mut counts = BTreeMap::new();
    for diagnostic in &diagnostics {
        assert!(diagnostic.location.is_some(), "{diagnostic:?}");
        *counts
            .entry(format!("{:?} {}", diagnostic.severity, diagnostic.code))
            .or_default() += 1;
    }
    let api = api.unwrap_or_default();
    let schemas = api
        .components
        .as_ref()
        .map_or(0, |components| components.schemas.len());
    Some(Reading {
        operations: api.operations().count(),
        schemas,
        counts,
    })
}

#[track_caller]
fn assert_reading(name: &str, operations: usize, schemas: usize, expected: &[(&str, usize)]) {
    let Some(reading) = read(name) else { return };
    let counts: Vec<(&str, usize)> = reading
        .counts
        .iter()
        .map(|(code, count)| (code.as_str(), *count))
        .collect();
    assert_eq!(counts, expected, "{name}");
    assert_eq!(
        (reading.operations, reading.schemas),
        (operations, schemas),
        "{name}"
    );
}

#[test]
fn petstore() {
    assert_reading("petstore.yaml", 19, 6, &[]);
}

#[test]
fn a_large_yaml_document() {
    assert_reading(
        "gitlab-openapi3.yaml",
        1106,
        665,
        &[
            ("Error undeclared-path-parameter", 3),
            ("Error unknown-type", 4),
        ],
    );
}

#[test]
fn a_large_json_document() {
    assert_reading(
        "github.json",
        767,
        299,
        &[
            ("Note keyword-not-applicable", 4),
            ("Warning array-without-items", 8),
            ("Warning keyword-not-applicable", 1),
        ],
    );
}

#[test]
fn a_document_with_allof_everywhere() {
    assert_reading("box.json", 296, 305, &[("Note keyword-not-applicable", 8)]);
}

#[test]
fn a_large_document_of_swagger_2() {
    assert_reading(
        "gitlab-swagger2.yaml",
        1106,
        665,
        &[
            ("Error unknown-type", 4),
            ("Note unknown-type", 39),
            ("Warning array-without-items", 7),
        ],
    );
}

#[test]
fn large_documents_of_openapi_31() {
    assert_reading("discord.json", 242, 539, &[("Error empty-list", 2)]);
    assert_reading("figma.yaml", 47, 223, &[("Note callbacks-ignored", 1)]);
}
