//! The report of an import, for the maintainer.

use std::collections::BTreeSet;

use super::compare::{Change, Finding, compare};
use super::correction::{Correction, CorrectionStatus, judge};
use super::names;
use crate::diagnostic::{Diagnostics, Locate, Origin, Pointer};
use crate::dialect::overlay::{self, Outcome, Review};
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
        let reviews = review(document, material.overlays);
        // A correction of something that has another name may still be right about it.
        let renamed = names::earlier(document, &findings)
            .map(|document| review(&document, material.overlays));
        let before = earlier.map(Document::value);
        let mut corrections = Vec::new();
        for (index, (overlay, reviews)) in material.overlays.iter().zip(&reviews).enumerate() {
            let renamed = renamed.as_ref().and_then(|renamed| renamed.get(index));
            let judged = judge(reviews, renamed.map(Vec::as_slice), &findings, before);
            corrections.extend(placed(judged, overlay, |one| one.origin));
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
            corrections: spoken_of(&finding.value.pointer, reviews.iter().flatten()),
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
        let applies = |one: &Placed<Correction>| one.value.status == CorrectionStatus::Applies;
        self.unmatched.is_empty()
            && self.gone.is_empty()
            && self.new.is_empty()
            && self.corrections.iter().all(applies)
    }

    pub(super) fn count(&self, status: CorrectionStatus) -> usize {
        let corrections = self.corrections.iter();
        corrections
            .filter(|one| one.value.status == status && !one.value.is_addition)
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

/// Applies overlays to a copy of the document. Returns what became of the actions of each.
fn review(document: &Document, overlays: &[Document]) -> Vec<Vec<Review>> {
    let mut corrected = document.clone();
    let overlays = overlays.iter();
    overlays
        .map(|overlay| overlay::review(&mut corrected, overlay, &mut Diagnostics::new()))
        .collect()
}

/// Returns the corrections that apply and are about a node of the document: it is what they say was published, or is in it.
fn spoken_of<'a>(pointer: &Pointer, reviews: impl Iterator<Item = &'a Review>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for review in reviews.filter(|review| review.outcome == Outcome::Applied) {
        let is_about = |target: &Pointer| {
            let rest = pointer.strip_prefix(target);
            let key = rest.as_ref().and_then(|rest| rest.segments().next());
            key.is_some_and(|key| review.published.iter().any(|(known, _)| *known == key))
        };
        if review.targets.iter().any(is_about) {
            names.extend(review.correction.clone());
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
