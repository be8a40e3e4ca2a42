//! The report: for a terminal, for a changelog, and as JSON.

mod sentence;

use serde_json::{Value, json};

use super::{Change, Changes, Kind, Verdict, What};
use sentence::sentence;

/// A part of the report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Breaking,
    Added,
    Deprecated,
    Other,
    Http,
    Documentation,
}

const SECTIONS: [Section; 6] = [
    Section::Breaking,
    Section::Added,
    Section::Deprecated,
    Section::Other,
    Section::Http,
    Section::Documentation,
];

impl Section {
    fn of(change: &Change) -> Self {
        match (change.what, change.verdict) {
            (What::Http(_), _) => Self::Http,
            (What::Documented, _) => Self::Documentation,
            _ if change.kind == Kind::Error => Self::Http,
            (_, Verdict::Major) => Self::Breaking,
            (What::Added, _) => Self::Added,
            (What::Deprecated, _) => Self::Deprecated,
            _ => Self::Other,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking changes",
            Self::Added => "Added",
            Self::Deprecated => "Deprecated",
            Self::Other => "Other changes",
            Self::Http => "HTTP",
            Self::Documentation => "Documentation",
        }
    }
}

fn in_section(changes: &Changes, section: Section) -> Vec<&Change> {
    let list = changes.list.iter();
    list.filter(|change| Section::of(change) == section)
        .collect()
}

/// The verdict and the number of changes in each section.
pub(super) fn summary(changes: &Changes) -> String {
    let verdict = changes.verdict();
    if changes.list.is_empty() {
        return format!("{verdict} (nothing changes for users)");
    }
    let counts: Vec<String> = SECTIONS
        .iter()
        .filter_map(|section| {
            let count = in_section(changes, *section).len();
            let noun = match section {
                Section::Breaking => "breaking",
                Section::Added => "added",
                Section::Deprecated => "deprecated",
                Section::Other => "other",
                Section::Http => "HTTP",
                Section::Documentation => "documentation",
            };
            (count > 0).then(|| format!("{count} {noun}"))
        })
        .collect();
    format!("{verdict} ({})", counts.join(", "))
}

pub(super) fn text(changes: &Changes, version: Option<&str>) -> String {
    let next = version
        .filter(|_| changes.verdict() > Verdict::None)
        .and_then(|version| {
            Some(format!(
                ", {version} -> {}",
                changes.verdict().next(version)?
            ))
        })
        .unwrap_or_default();
    let mut text = format!("{}{next}\n", summary(changes));
    for section in SECTIONS {
        let list = in_section(changes, section);
        if list.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", section.title()));
        if section == Section::Documentation {
            // Their places are in the JSON.
            text.push_str(&format!(
                "  documented anew: {} (--format json lists them)\n",
                list.len()
            ));
            continue;
        }
        for change in list {
            text.push_str(&format!("  {}\n", plain(change)));
            if let Some(location) = &change.location {
                text.push_str(&format!("    --> {}:{}\n", location.file, location.line));
            }
        }
    }
    text
}

/// The sentence without the marks of code.
fn plain(change: &Change) -> String {
    sentence(change).replace('`', "")
}

/// The headings of a changelog, in their order.
const HEADINGS: [&str; 5] = ["Changed", "Added", "Deprecated", "Removed", "HTTP"];

pub(super) fn markdown(changes: &Changes) -> String {
    let mut text = String::new();
    for heading in HEADINGS {
        let entries: Vec<String> = changes
            .list
            .iter()
            .filter(|change| heading_of(change) == Some(heading))
            .map(entry)
            .collect();
        if !entries.is_empty() {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}### {heading}\n\n{}", entries.concat()));
        }
    }
    text
}

fn heading_of(change: &Change) -> Option<&'static str> {
    match change.what {
        What::Documented => None,
        // No signature has them.
        What::Http(_) => Some("HTTP"),
        _ if change.kind == Kind::Error => Some("HTTP"),
        What::Removed => Some("Removed"),
        What::Added if change.verdict < Verdict::Major => Some("Added"),
        What::Deprecated => Some("Deprecated"),
        _ => Some("Changed"),
    }
}

fn entry(change: &Change) -> String {
    let breaking = match change.verdict {
        Verdict::Major => "**Breaking**: ",
        _ => "",
    };
    format!("- {breaking}{}\n", sentence(change))
}

pub(super) fn json(changes: &Changes) -> String {
    let list: Vec<Value> = changes.list.iter().map(object).collect();
    let report = json!({
        "verdict": changes.verdict().as_str(),
        "changes": list,
    });
    format!("{report:#}\n")
}

fn object(change: &Change) -> Value {
    let location = change.location.as_ref();
    let (what, aspect) = match change.what {
        What::Added => ("added", None),
        What::Removed => ("removed", None),
        What::Renamed => ("renamed", None),
        What::Retyped => ("retyped", None),
        What::Required => ("required", None),
        What::Optional => ("optional", None),
        What::Nullable => ("nullable", None),
        What::NotNullable => ("not-nullable", None),
        What::Reordered => ("reordered", None),
        What::Resorted => ("resorted", None),
        What::Deprecated => ("deprecated", None),
        What::Undeprecated => ("undeprecated", None),
        What::Http(aspect) => ("http", Some(aspect)),
        What::Documented => ("documented", None),
    };
    json!({
        "what": what,
        "kind": change.kind.as_str(),
        "path": change.path,
        "also": change.also,
        "before": change.before,
        "after": change.after,
        "aspect": aspect,
        "verdict": change.verdict.as_str(),
        "text": plain(change),
        "file": location.map(|location| &location.file),
        "line": location.map(|location| location.line),
        "column": location.map(|location| location.column),
        "pointer": change.pointer.as_str(),
    })
}
