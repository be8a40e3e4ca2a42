//! Values in sentences.

use crate::source::{Data, Value};

/// How many characters of a value a sentence has.
const LENGTH: usize = 60;

/// How many characters are before the first difference of two values that are alike.
const CONTEXT: usize = 20;

/// Returns a value as JSON that is no longer than a line bears.
pub(super) fn short(value: &Value) -> String {
    cut(&text(value), 0)
}

/// Returns two values as [`short`] does, so that they differ.
pub(super) fn short_pair(one: &Value, other: &Value) -> (String, String) {
    let (one, other) = (text(one), text(other));
    let pairs = one.chars().zip(other.chars());
    let same = pairs.take_while(|(one, other)| one == other).count();
    let start = match same + CONTEXT > LENGTH {
        true => same.saturating_sub(CONTEXT),
        false => 0,
    };
    (cut(&one, start), cut(&other, start))
}

fn text(value: &Value) -> String {
    match value.data() {
        Data::Number(number) => number.to_string(),
        _ => value.to_json().to_string(),
    }
}

/// Returns a part of a text, with marks where something is left out.
fn cut(text: &str, start: usize) -> String {
    let mut rest = text.chars().skip(start);
    let part: String = rest.by_ref().take(LENGTH).collect();
    let before = if start == 0 { "" } else { "…" };
    let after = if rest.next().is_none() { "" } else { "…" };
    format!("`{before}{part}{after}`")
}
