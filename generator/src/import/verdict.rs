//! Which corrections a later description still needs.

use crate::diagnostic::{Origin, Pointer};
use crate::dialect::overlay::{Outcome, Review};
use crate::source::{Data, Value};

/// What is to be done about a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
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
    pub verdict: Verdict,
    /// Its targets, as JSONPaths.
    pub targets: Vec<String>,
    /// Its reason.
    pub reason: String,
    /// What was published, and what is there now.
    pub rows: Vec<Row>,
    /// The next step of the maintainer.
    pub next: &'static str,
    /// Where it was written in the overlay.
    pub origin: Origin,
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

/// Judges the corrections of an overlay by what became of its actions.
pub(super) fn judge(reviews: &[Review]) -> Vec<Correction> {
    let mut corrections = Vec::new();
    let mut rest = reviews;
    while let Some((first, others)) = rest.split_first() {
        let second = others.first().filter(|review| review.is_second_half);
        rest = match second {
            Some(_) => others.get(1..).unwrap_or_default(),
            None => others,
        };
        let (verdict, next) = match second {
            Some(second) => verdict_of_pair(first, second),
            None => verdict(first),
        };
        let is_addition = first.correction.is_none();
        if is_addition && verdict == Verdict::Applies {
            continue;
        }
        let parts: Vec<&Review> = std::iter::once(first).chain(second).collect();
        let name = first.correction.as_ref().unwrap_or(&first.target);
        corrections.push(Correction {
            name: name.clone(),
            is_addition,
            verdict,
            targets: parts.iter().map(|part| part.target.clone()).collect(),
            reason: first.description.clone(),
            rows: rows(&parts),
            next,
            origin: first.place.origin,
        });
    }
    corrections
}

const SAID: (Verdict, &str) = (
    Verdict::Unnecessary,
    "the document says so itself now: delete it",
);

fn verdict(review: &Review) -> (Verdict, &'static str) {
    match review.outcome {
        _ if review.is_met => SAID,
        Outcome::Applied => (Verdict::Applies, ""),
        Outcome::NoEffect => SAID,
        Outcome::NoMatch if review.removes && review.has_owner => (
            Verdict::Unnecessary,
            "what it removes is not published any more: delete it",
        ),
        Outcome::NoMatch => (
            Verdict::OutOfDate,
            "its target is gone: point it at what has taken its place, or delete it",
        ),
        Outcome::OutOfDate | Outcome::Unfit => (
            Verdict::OutOfDate,
            "check the reason against the server, then adapt it and its `x-published`, or delete it",
        ),
    }
}

/// Judges a correction that removes a node and puts another in its place.
fn verdict_of_pair(first: &Review, second: &Review) -> (Verdict, &'static str) {
    match (first.outcome, second.outcome) {
        (_, Outcome::NoEffect) => SAID,
        (Outcome::Applied, outcome) if outcome != Outcome::Applied => verdict(second),
        _ => match verdict(first) {
            // The second half puts in what is not published, so it is not for nothing.
            (Verdict::Unnecessary, _) => (
                Verdict::OutOfDate,
                "what it replaces is not published any more: check whether the rest is still needed",
            ),
            verdict => verdict,
        },
    }
}

fn rows(parts: &[&Review]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for part in parts {
        for difference in &part.differences {
            let text = |value: &Option<_>| value.as_ref().map_or(ABSENT.to_owned(), whole);
            let row = Row {
                key: difference.key.clone(),
                then: text(&difference.published),
                now: text(&difference.present),
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
        if part.outcome == Outcome::NoMatch {
            for (key, value) in &part.published {
                rows.extend(value.as_ref().map(|value| Row {
                    key: key.clone(),
                    then: whole(value),
                    now: "(no target)".to_owned(),
                    at: None,
                    places: 1,
                }));
            }
        }
    }
    rows
}

/// Returns a value as JSON.
fn whole(value: &Value) -> String {
    match value.data() {
        Data::Number(number) => number.to_string(),
        _ => value.to_json().to_string(),
    }
}
