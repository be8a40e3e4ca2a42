//! The report of an import, for the maintainer.

use std::collections::BTreeSet;

use super::compare::{Change, Finding, compare};
use super::verdict::{Correction, Verdict, judge};
use crate::diagnostic::{Diagnostics, Locate, Origin, Pointer};
use crate::dialect::overlay::{self, Review};
use crate::selection::Unmatched;
use crate::source::{Document, Value};

/// What has changed since the earlier import, and what is to be done.
#[derive(Debug)]
pub struct Report {
    /// The title and version of the description, and of the earlier one.
    pub title: String,
    /// How many operations are imported.
    pub operations: usize,
    /// The selectors of the selection that match no operation.
    pub unmatched: Vec<Unmatched>,
    /// What the description lacks that the earlier one had.
    pub gone: Vec<Entry>,
    /// What became of each correction.
    pub corrections: Vec<Placed<Correction>>,
    /// What the description has that the earlier one had not, and what has changed.
    pub new: Vec<Entry>,
    /// Whether there is an earlier description.
    pub has_earlier: bool,
}

/// A finding, and the corrections that speak of it.
#[derive(Debug)]
pub struct Entry {
    /// The finding.
    pub finding: Placed<Finding>,
    /// The ids of the corrections.
    pub corrections: Vec<String>,
}

/// Something, and the file and line where it was written.
#[derive(Debug)]
pub struct Placed<T> {
    /// What it is.
    pub value: T,
    /// Its file and line.
    pub place: Option<String>,
}

/// What a report is made of.
pub(super) struct Material<'a> {
    pub(super) document: &'a Document,
    pub(super) earlier: Option<&'a Document>,
    pub(super) overlays: &'a [Document],
    pub(super) unmatched: &'a [Unmatched],
    pub(super) chosen: usize,
}

impl Report {
    pub(super) fn of(material: &Material<'_>) -> Self {
        let Material {
            document, earlier, ..
        } = material;
        let findings = match earlier {
            Some(earlier) => compare(earlier.value(), document.value()),
            None => Vec::new(),
        };
        let mut corrected = (*document).clone();
        let mut reviews = Vec::new();
        let mut corrections = Vec::new();
        for overlay in material.overlays {
            let mut stale = Diagnostics::new();
            let of_overlay = overlay::review(&mut corrected, overlay, &mut stale);
            corrections.extend(placed(judge(&of_overlay), overlay, |one| one.origin));
            reviews.extend(of_overlay);
        }
        let (gone, rest): (Vec<_>, Vec<_>) = findings
            .into_iter()
            .partition(|found| matches!(found.change, Change::Gone | Change::Renamed));
        // What is gone was written in the earlier description, what is renamed in the later one.
        let (renamed, lost): (Vec<_>, Vec<_>) = gone
            .into_iter()
            .partition(|found| found.change == Change::Renamed);
        let mut gone = Vec::new();
        if let Some(earlier) = earlier {
            gone = placed(lost, *earlier, |found| found.origin);
        }
        gone.extend(placed(renamed, *document, |found| found.origin));
        let entry = |finding: Placed<Finding>| Entry {
            corrections: spoken_of(&finding.value.pointer, &reviews),
            finding,
        };
        let new = placed(rest, *document, |found| found.origin);
        Self {
            title: title(document.value(), earlier.map(Document::value)),
            operations: material.chosen,
            unmatched: material.unmatched.to_vec(),
            gone: gone
                .into_iter()
                .map(|finding| Entry {
                    finding,
                    corrections: Vec::new(),
                })
                .collect(),
            corrections,
            new: new.into_iter().map(entry).collect(),
            has_earlier: earlier.is_some(),
        }
    }

    /// Returns whether nothing is to be done.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let applies = |one: &Placed<Correction>| one.value.verdict == Verdict::Applies;
        self.unmatched.is_empty()
            && self.gone.is_empty()
            && self.new.is_empty()
            && self.corrections.iter().all(applies)
    }

    pub(super) fn count(&self, verdict: Verdict) -> usize {
        let corrections = self.corrections.iter();
        corrections
            .filter(|one| one.value.verdict == verdict && !one.value.is_addition)
            .count()
    }
}

fn placed<T>(
    values: Vec<T>,
    document: &dyn Locate,
    origin: impl Fn(&T) -> Origin,
) -> Vec<Placed<T>> {
    let origins: Vec<Origin> = values.iter().map(origin).collect();
    let places = document.locate_all(&origins);
    let pairs = values.into_iter().zip(places);
    pairs
        .map(|(value, written)| Placed {
            value,
            place: written
                .map(|written| format!("{}:{}", written.location.file, written.location.line)),
        })
        .collect()
}

/// Returns the corrections that are about a node of the document.
fn spoken_of(pointer: &Pointer, reviews: &[Review]) -> Vec<String> {
    let mut names = BTreeSet::new();
    for review in reviews {
        let Some(correction) = &review.correction else {
            continue;
        };
        let is_about = |target: &Pointer| {
            let Some(rest) = pointer.strip_prefix(target) else {
                return false;
            };
            let first = rest.segments().next();
            first.is_none_or(|first| review.published.iter().any(|(key, _)| *key == first))
        };
        if review.targets.iter().any(is_about) {
            names.insert(correction.clone());
        }
    }
    names.into_iter().collect()
}

fn title(document: &Value, earlier: Option<&Value>) -> String {
    let text = |value: &Value, key: &str| {
        let value = value.get("info").and_then(|info| info.get(key));
        let number = value.and_then(Value::as_number);
        let text = value.and_then(Value::as_str);
        text.or(number.map(|number| number.as_str()))
            .unwrap_or("?")
            .to_owned()
    };
    let version = text(document, "version");
    let name = text(document, "title");
    match earlier.map(|earlier| text(earlier, "version")) {
        Some(before) if before != version => format!("{name} {version} (it was {before})"),
        _ => format!("{name} {version}"),
    }
}
