//! Integers that are written with a fraction or an exponent: `1.0`, `1e3`, `-0`.
//!
//! They are integers in JSON Schema, and doubles to serde_json. A document that could not be read is written again with plain digits, so
//! that the others cost nothing. Negative zeros stay at first, since a double has their sign.

use std::ops::RangeInclusive;

use serde_json::Value;

use crate::runtime::decode::json_path;

/// The number of digits of the largest integer of 64 bits. Longer integers stay as they are written.
const MAX_DIGITS: usize = 20;

/// A document whose whole numbers are written as digits.
pub(crate) struct Rewritten {
    pub(crate) json: Vec<u8>,
    /// Where each number that became longer ends, and by how many bytes.
    growth: Vec<(usize, usize)>,
}

impl Rewritten {
    /// Returns the column in the original document, where each line has the same numbers.
    pub(crate) fn original_column(&self, line: usize, column: usize) -> usize {
        let start = json_path::offset(&self.json, line, 0);
        let on_line = start..=start.saturating_add(column);
        let before = self.growth.iter().filter(|(end, _)| on_line.contains(end));
        column.saturating_sub(before.map(|(_, growth)| growth).sum())
    }
}

/// What becomes of `-0`, `-0.0` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NegativeZeros {
    /// They stay.
    Kept,
    /// They become `0`.
    Rewritten,
}

/// Writes the whole numbers of a document as digits, padded with spaces to preserve positions. Returns `None` if all are written so.
pub(crate) fn rewrite(json: &[u8], zeros: NegativeZeros) -> Option<Rewritten> {
    let mut rewritten: Option<Rewritten> = None;
    let mut copied = 0;
    let mut in_string = false;
    let mut position = 0;
    while let Some(byte) = json.get(position) {
        let start = position;
        position += 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' => position += 1,
            b'-' | b'0'..=b'9' if !in_string => {
                let rest = json.get(position..).unwrap_or_default();
                position += rest.iter().take_while(|byte| is_of_number(**byte)).count();
                let number = json.get(start..position).unwrap_or_default();
                let Some(digits) = digits(number) else {
                    continue;
                };
                if zeros == NegativeZeros::Kept && number.starts_with(b"-") && digits == "0" {
                    continue;
                }
                let rewritten = rewritten.get_or_insert_with(|| Rewritten {
                    json: Vec::with_capacity(json.len()),
                    growth: Vec::new(),
                });
                let text = &mut rewritten.json;
                text.extend_from_slice(json.get(copied..start).unwrap_or_default());
                text.extend_from_slice(digits.as_bytes());
                copied = position;
                match number.len().checked_sub(digits.len()) {
                    Some(padding) => text.resize(text.len() + padding, b' '),
                    None => rewritten
                        .growth
                        .push((text.len(), digits.len() - number.len())),
                }
            }
            _ => {}
        }
    }
    let mut rewritten = rewritten?;
    let rest = json.get(copied..).unwrap_or_default();
    rewritten.json.extend_from_slice(rest);
    Some(rewritten)
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

/// Returns the digits of a whole number, with its sign. Returns `None` if it is written so, and for all other text.
fn digits(number: &[u8]) -> Option<String> {
    let number = std::str::from_utf8(number).ok()?;
    let unsigned = number.strip_prefix('-').unwrap_or(number);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (mantissa, ""),
    };
    let is_rewritten = mantissa.contains('.') || exponent.is_some() || number == "-0";
    // A number that is no JSON must not become one.
    if !is_rewritten || !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let exponent = exponent_of(exponent.unwrap_or("0"))?;
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    let shift = exponent.saturating_sub(i64::try_from(fraction.len()).ok()?);
    let shifted = usize::try_from(shift.unsigned_abs()).ok()?;
    let significant = if shift < 0 {
        let (kept, cut) = significant.split_at_checked(significant.len().checked_sub(shifted)?)?;
        cut.bytes()
            .all(|digit| digit == b'0')
            .then_some(kept)?
            .to_owned()
    } else if shifted < MAX_DIGITS {
        significant.to_owned() + &"0".repeat(shifted)
    } else {
        return None;
    };
    let sign = if number.len() > unsigned.len() {
        "-"
    } else {
        ""
    };
    (significant.len() <= MAX_DIGITS).then(|| format!("{sign}{significant}"))
}

/// Returns an exponent. One beyond 64 bits is that of no integer but zero.
fn exponent_of(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let otherwise = if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    is_digits(unsigned).then(|| text.parse().unwrap_or(otherwise))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The doubles that may be whole numbers of 64 bits without their last digits: from 2^53 to what the largest is as a double.
const INEXACT: RangeInclusive<f64> = 9_007_199_254_740_992.0..=18_446_744_073_709_551_616.0;

/// Returns whether a whole number of a tree may have lost its last digits, because it is written with a fraction or an exponent.
pub(crate) fn may_lack_digits(value: &Value) -> bool {
    match value {
        Value::Number(number) if number.is_f64() => number
            .as_f64()
            .is_some_and(|number| INEXACT.contains(&number.abs())),
        Value::Array(items) => items.iter().any(may_lack_digits),
        Value::Object(members) => members.values().any(may_lack_digits),
        _ => false,
    }
}
