//! Which corrections a later description still needs.

use super::compare::{Finding, Names};
use crate::diagnostic::{Origin, Pointer};
use crate::dialect::overlay::{self, Outcome, Review};
use crate::source::{Data, Value};

/// What is to be done about a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionStatus {
    /// The document is still as the correction says that it was published.
    Applies,
    /// The document says itself what the correction makes of it.
    Unnecessary,
    /// The document is another than the correction was written for.
    OutOfDate,
}

/// A correction of an overlay, or an addition that does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The id; the target of an addition.
    pub name: String,
    /// Whether it is an addition, which says nothing of what is published.
    pub is_addition: bool,
    /// What is to be done.
    pub status: CorrectionStatus,
    /// Its targets, as JSONPaths.
    pub targets: Vec<String>,
    /// Its reason.
    pub reason: String,
    /// What was published, and what is there now.
    pub rows: Vec<Row>,
    /// The names in its targets that are others now, with the new ones. With them, it is as its status says.
    pub renamed: Vec<Names>,
    /// The next step of the maintainer.
    pub next: &'static str,
    /// Where it was written in the overlay.
    pub origin: Origin,
}

impl Correction {
    /// Whether only names in its targets keep it from applying.
    pub(super) fn needs_new_name(&self) -> bool {
        self.next == NEW_NAME
    }
}

/// What was published at a place, and what is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The member.
    pub key: String,
    /// The earlier text.
    pub then: String,
    /// The later text.
    pub now: String,
    /// The first place, where there is one.
    pub at: Option<Pointer>,
    /// How many places there are.
    pub places: usize,
}

const ABSENT: &str = "(not there)";
const NO_TARGET: &str = "(no target)";

/// Judges the corrections of an overlay by what became of its actions: in the document, and in the document with its earlier names.
pub(super) fn judge(
    reviews: &[Review],
    with_earlier_names: Option<&[Review]>,
    findings: &[Finding],
    earlier: Option<&Value>,
) -> Vec<Correction> {
    let mut corrections = Vec::new();
    let mut at = 0;
    while let Some(mut parts) = parts(reviews, at) {
        let from = at;
        at += parts.len();
        let has_no_target = |parts: &[Review]| {
            let mut parts = parts.iter();
            parts.any(|part| part.outcome == Outcome::NoMatch)
        };
        let mut renamed = Vec::new();
        if has_no_target(parts)
            && let Some(others) = with_earlier_names.and_then(|reviews| self::parts(reviews, from))
            && !has_no_target(others)
        {
            renamed = names(parts, findings);
            if !renamed.is_empty() {
                parts = others;
            }
        }
        let [first, ..] = parts else { break };
        let (mut status, mut next) = match parts {
            [first, second] => status_of_pair(first, second),
            _ => status(first),
        };
        if !renamed.is_empty() && status == CorrectionStatus::Applies {
            (status, next) = (CorrectionStatus::OutOfDate, NEW_NAME);
        }
        let is_addition = first.correction.is_none();
        if is_addition && status == CorrectionStatus::Applies {
            continue;
        }
        let name = first.correction.as_ref().unwrap_or(&first.target);
        corrections.push(Correction {
            name: name.clone(),
            is_addition,
            status,
            targets: parts.iter().map(|part| part.target.clone()).collect(),
            reason: first.description.clone(),
            rows: rows(parts, earlier),
            renamed,
            next,
            origin: first.place.origin,
        });
    }
    corrections
}

/// What is to be done about a correction of which only the target has another name.
const NEW_NAME: &str = "write the new name in the target; then it applies";

/// Returns the action at an index, with the second half of its correction.
fn parts(reviews: &[Review], at: usize) -> Option<&[Review]> {
    let second = reviews.get(at + 1);
    let count = 1 + usize::from(second.is_some_and(|second| second.is_second_half));
    reviews.get(at..at + count)
}

/// Returns the names in the targets that are others now.
fn names(parts: &[Review], findings: &[Finding]) -> Vec<Names> {
    let mut found: Vec<Names> = Vec::new();
    for names in findings.iter().filter_map(|finding| finding.names.as_ref()) {
        let is_named = |part: &Review| overlay::names(&part.target).contains(&names.old);
        if parts.iter().any(is_named) && !found.contains(names) {
            found.push(names.clone());
        }
    }
    found
}

const ALREADY_PUBLISHED: (CorrectionStatus, &str) = (
    CorrectionStatus::Unnecessary,
    "the document says so itself now: delete it",
);

fn status(review: &Review) -> (CorrectionStatus, &'static str) {
    match review.outcome {
        _ if review.is_met => ALREADY_PUBLISHED,
        Outcome::Applied => (CorrectionStatus::Applies, ""),
        Outcome::NoEffect => ALREADY_PUBLISHED,
        Outcome::NoMatch if review.removes && review.has_owner => (
            CorrectionStatus::Unnecessary,
            "what it removes is not published any more: delete it",
        ),
        Outcome::NoMatch => (
            CorrectionStatus::OutOfDate,
            "its target is gone: point it at what has taken its place, or delete it",
        ),
        Outcome::OutOfDate | Outcome::Unfit => (
            CorrectionStatus::OutOfDate,
            "check the reason against the server, then adapt it and its `x-published`, or delete it",
        ),
    }
}

/// Judges a correction that removes a node and puts another in its place.
fn status_of_pair(first: &Review, second: &Review) -> (CorrectionStatus, &'static str) {
    match (first.outcome, second.outcome) {
        (_, Outcome::NoEffect) => ALREADY_PUBLISHED,
        (Outcome::Applied, outcome) if outcome != Outcome::Applied => status(second),
        _ => match status(first) {
            // The second half puts in what is not published, so it is not for nothing.
            (CorrectionStatus::Unnecessary, _) => (
                CorrectionStatus::OutOfDate,
                "what it replaces is not published any more: check whether the rest is still needed",
            ),
            status => status,
        },
    }
}

fn rows(parts: &[Review], earlier: Option<&Value>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let text = |value: Option<&Value>| value.map_or(ABSENT.to_owned(), whole);
    for part in parts {
        for difference in &part.differences {
            let row = Row {
                key: difference.key.clone(),
                then: text(difference.published.as_ref()),
                now: text(difference.present.as_ref()),
                at: Some(difference.target.clone()),
                places: 1,
            };
            let mut known = rows.iter_mut();
            let same = known.find(|known| {
                (&known.key, &known.then, &known.now) == (&row.key, &row.then, &row.now)
            });
            match same {
                Some(known) => known.places += 1,
                None => rows.push(row),
            }
        }
        if part.outcome != Outcome::NoMatch {
            continue;
        }
        let lost = |key: &str, then: String| Row {
            key: key.to_owned(),
            then,
            now: NO_TARGET.to_owned(),
            at: None,
            places: 1,
        };
        for (key, value) in &part.published {
            rows.push(lost(key, text(value.as_ref())));
        }
        // An addition says nothing of what is published.
        if part.correction.is_some() && parts.iter().all(|part| part.published.is_empty()) {
            let then = earlier.map_or(UNKNOWN.to_owned(), |earlier| {
                let targets = overlay::targets(earlier, &part.target);
                let before = targets.first().and_then(|first| earlier.pointer(first));
                before.map_or(ABSENT.to_owned(), beginning)
            });
            rows.push(lost("target", then));
        }
    }
    rows
}

/// What is known of a target without `x-published` where there is no earlier description.
const UNKNOWN: &str = "(not recorded)";

/// Returns the beginning of a value as JSON.
fn beginning(value: &Value) -> String {
    const LENGTH: usize = 120;
    let text = whole(value);
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Returns a value as JSON.
fn whole(value: &Value) -> String {
    match value.data() {
        Data::Number(number) => number.to_string(),
        _ => value.to_json().to_string(),
    }
}
