//! One broken document for each kind of fault: each gives exactly one diagnostic, at the right line and column, with a remedy.
//! The mark `▸` in a document is before the place that the diagnostic has to point at; it is taken out before the document is read.

mod description;
mod openapi31;
#[path = "../openapiv3_reading/mod.rs"]
mod openapiv3_reading;
mod overlay;
mod paths;
mod references;
mod schemas;
mod swagger2;
mod text;

use generator::diagnostic::{Diagnostic, Diagnostics, render};
use generator::dialect;
use generator::source::Document;
use openapiv3::OpenAPI;

const MARK: char = '▸';

/// A document without its mark, and the line and column where it stood.
fn unmark(text: &str) -> (String, Option<(usize, usize)>) {
    let place = text.split_once(MARK).map(|(before, _)| {
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        (before.matches('\n').count() + 1, column)
    });
    (text.replace(MARK, ""), place)
}

/// What a run gives: the API, if there is one, and the located diagnostics.
struct Outcome {
    api: Option<OpenAPI>,
    diagnostics: Diagnostics,
}

impl Outcome {
    fn codes(&self) -> Vec<&'static str> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.as_str())
            .collect()
    }

    /// The API that is left.
    fn api(&self) -> &OpenAPI {
        self.api.as_ref().expect("something is left to work with")
    }
}

fn run(spec: &str, overlay: Option<&str>) -> Outcome {
    let mut diagnostics = Diagnostics::new();
    let Some(mut document) = Document::parse("spec/api.yaml", spec.as_bytes(), &mut diagnostics)
    else {
        return Outcome {
            api: None,
            diagnostics,
        };
    };
    let overlay = overlay.and_then(|text| {
        Document::parse_file(
            1,
            "spec/api.overlay.yaml",
            text.as_bytes(),
            &mut diagnostics,
        )
    });
    if let Some(overlay) = &overlay {
        dialect::overlay::apply(&mut document, overlay, &mut diagnostics);
    }
    let version = dialect::read(&mut document, &mut diagnostics);
    let api = version.map(|_| openapiv3_reading::read(&document));
    match &overlay {
        Some(overlay) => diagnostics.locate(&[&document, overlay]),
        None => diagnostics.locate(&[&document]),
    }
    Outcome { api, diagnostics }
}

/// Runs a document in which one place is marked, and asserts that exactly one diagnostic points there.
#[track_caller]
fn one_fault(name: &str, code: &str, marked: &str) -> Outcome {
    let (spec, place) = unmark(marked);
    let outcome = run(&spec, None);
    assert_one(name, code, "spec/api.yaml", place, &outcome);
    let repeated = repeated_in_later_versions(code, marked);
    assert!(repeated.is_empty(), "\n{repeated}");
    outcome
}

/// The codes of what OpenAPI 3.1 and JSON Schema 2020-12 allow, all of it or in some places.
const ALLOWED_LATER: &[&str] = &[
    "array-without-items",
    "ignored-beside-reference",
    "json-schema-keyword",
    "missing-member",
    "null-type",
    "type-list",
    "unknown-keyword",
    "unquoted-string",
    "wrong-type",
];

/// Returns what is wrong with the diagnostics of a document of OpenAPI 3.0 in later versions: the fault has one at the same place. What
/// they allow has at most one.
fn repeated_in_later_versions(code: &str, marked: &str) -> String {
    let (spec, place) = unmark(marked);
    let mut wrong = String::new();
    for version in ["3.1.1", "3.2.0"] {
        let later = spec.replacen("openapi: 3.0.3", &format!("openapi: {version}"), 1);
        if later == spec {
            continue;
        }
        let mut diagnostics = Diagnostics::new();
        if let Some(mut document) =
            Document::parse("spec/api.yaml", later.as_bytes(), &mut diagnostics)
        {
            let _ = dialect::read(&mut document, &mut diagnostics);
            diagnostics.locate(&[&document]);
        }
        let found: Vec<Option<(usize, usize)>> = diagnostics
            .iter()
            .map(|one| one.location.as_ref().map(|at| (at.line, at.column)))
            .collect();
        let is_allowed = found.len() < 2 && ALLOWED_LATER.contains(&code);
        if !is_allowed && found != [place] {
            let rendered = render(&diagnostics, false);
            wrong.push_str(&format!("{code} in {version}:\n{marked}\n{rendered}\n"));
        }
    }
    wrong
}

/// As [`one_fault`], with the mark in the overlay.
#[track_caller]
fn one_overlay_fault(name: &str, code: &str, spec: &str, marked: &str) -> Outcome {
    let (overlay, place) = unmark(marked);
    let outcome = run(spec, Some(&overlay));
    assert_one(name, code, "spec/api.overlay.yaml", place, &outcome);
    outcome
}

#[track_caller]
fn assert_one(
    name: &str,
    code: &str,
    file: &str,
    place: Option<(usize, usize)>,
    outcome: &Outcome,
) {
    let rendered = render(&outcome.diagnostics, false);
    let all: Vec<&Diagnostic> = outcome.diagnostics.iter().collect();
    let [diagnostic] = all.as_slice() else {
        panic!("expected one diagnostic, found {}:\n{rendered}", all.len());
    };
    assert_eq!(diagnostic.code.as_str(), code, "\n{rendered}");
    let location = diagnostic.location.as_ref().expect("a location");
    let found = (location.file.as_str(), location.line, location.column);
    let (line, column) = place.expect("the document has a mark");
    assert_eq!(found, (file, line, column), "\n{rendered}");
    assert!(!diagnostic.help.is_empty(), "no remedy:\n{rendered}");
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots", omit_expression => true }, {
        insta::assert_snapshot!(name, rendered);
    });
}

/// A document with the given lines at the end of its only operation, which is at `GET /pets/{id}`.
fn with_operation(lines: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths:\n  /pets/{{id}}:\n    parameters:\n    - {{name: id, in: path, required: true, schema: {{type: string}}}}\n    get:\n{lines}"
    )
}

/// A document with the given lines below `components.schemas`.
fn with_schemas(lines: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{lines}"
    )
}

/// A document in which one place is marked, and the code of its only fault, which is there.
struct Fault {
    code: &'static str,
    document: String,
}

/// Asserts that each document has one diagnostic at its mark, and shows all of them in a snapshot.
#[track_caller]
fn assert_faults(name: &str, faults: &[Fault]) {
    let mut shown = String::new();
    let mut wrong = String::new();
    for fault in faults {
        let (spec, place) = unmark(&fault.document);
        let outcome = run(&spec, None);
        let rendered = render(&outcome.diagnostics, false);
        let found: Vec<_> = outcome
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let location = diagnostic.location.as_ref().expect("a location");
                assert!(!diagnostic.help.is_empty(), "no remedy:\n{rendered}");
                (diagnostic.code.as_str(), (location.line, location.column))
            })
            .collect();
        let expected = (fault.code, place.expect("the document has a mark"));
        if found != [expected] {
            wrong.push_str(&format!(
                "{}: {expected:?}\n{}\n{rendered}\n",
                name, fault.document
            ));
        }
        wrong.push_str(&repeated_in_later_versions(fault.code, &fault.document));
        shown.push_str(&rendered);
        shown.push('\n');
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots", omit_expression => true }, {
        insta::assert_snapshot!(name, shown);
    });
}
