//! The report of a run as JSON, for editors and continuous integration.

use serde_json::{Map, Value, json};

use crate::Generated;
use crate::account::Part;
use crate::diagnostic::{Diagnostic, Severity};

/// Returns the counts and every diagnostic, in the order of their places.
pub(crate) fn report(generated: &Generated) -> String {
    let parts: Map<String, Value> = Part::ALL
        .iter()
        .map(|part| {
            let counts = generated.account.of(*part);
            let counts = json!({
                "read": counts.read,
                "emitted": counts.emitted,
                "reported": counts.reported,
            });
            (part.plural().replace(' ', "_"), counts)
        })
        .collect();
    let counts = generated.diagnostics.counts();
    let diagnostics: Vec<Value> = generated.diagnostics.iter().map(diagnostic).collect();
    let report = json!({
        "generated": generated.files.is_some(),
        "parts": parts,
        "severities": {
            "fatal": counts.fatal,
            "error": counts.errors,
            "warning": counts.warnings,
            "note": counts.notes,
        },
        "diagnostics": diagnostics,
    });
    format!("{report:#}\n")
}

/// Returns whether a file holds what [`Generated::report`] returns. One that is empty is taken for one that was not written yet.
#[must_use]
pub fn is_report(text: &[u8]) -> bool {
    let members = serde_json::from_slice::<Map<String, Value>>(text);
    let has_all =
        |members: Map<String, Value>| MEMBERS.iter().all(|name| members.contains_key(*name));
    text.is_empty() || members.is_ok_and(has_all)
}

/// The members of each report.
const MEMBERS: [&str; 4] = ["generated", "parts", "severities", "diagnostics"];

fn diagnostic(diagnostic: &Diagnostic) -> Value {
    let location = diagnostic.location.as_ref();
    json!({
        "code": diagnostic.code.as_str(),
        "severity": severity(diagnostic.severity),
        "file": location.map(|location| &location.file),
        "line": location.map(|location| location.line),
        "column": location.map(|location| location.column),
        "pointer": diagnostic.pointer.to_string(),
        "message": diagnostic.message,
        "remedy": diagnostic.help,
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Fatal => "fatal",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
