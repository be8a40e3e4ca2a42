//! Reading JSON: the value, or an error that names the place and never shows a value.
//!
//! serde_json decodes at full speed and reports where it stopped; only then is the document scanned for the path of that place. Its
//! texts are taken apart here, because they quote values ("invalid type: string \"…\"").

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeOwned};

use crate::runtime::decode::{json_path, limits};

/// A document that is not JSON, or not what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    kind: JsonErrorKind,
    path: String,
    expected: String,
    line: usize,
    column: usize,
}

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// It is not JSON.
    Syntax,
    /// It ends in the middle, or is empty.
    Truncated,
    /// It is nested deeper than the reader follows (128 levels, fewer for large records and for unions).
    TooDeep,
    /// A member is missing.
    Missing,
    /// A value is not of the expected type or form.
    Mismatch,
}

impl JsonError {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> JsonErrorKind {
        self.kind
    }

    /// Where, as `groups[0].id`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected in that place, where it is known: `a string`.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        (!self.expected.is_empty()).then_some(self.expected.as_str())
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in bytes; what is wrong ends or begins there.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// The error of a document that there is no stack or no time for.
    #[doc(hidden)]
    #[must_use]
    pub fn too_deep() -> Self {
        Self {
            kind: JsonErrorKind::TooDeep,
            path: String::new(),
            expected: String::new(),
            line: 1,
            column: 0,
        }
    }

    /// The same error, seen from a document that has this one at a path.
    pub(crate) fn below(mut self, outer: &str) -> Self {
        if !outer.is_empty() && !self.path.is_empty() && !self.path.starts_with('[') {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, outer);
        self.path = json_path::shorten(self.path);
        self
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |formatter: &mut fmt::Formatter<'_>| {
            if self.path.is_empty() {
                Ok(())
            } else {
                write!(formatter, " at `{}`", self.path)
            }
        };
        match self.kind {
            JsonErrorKind::Syntax => formatter.write_str("not valid JSON")?,
            JsonErrorKind::Truncated => formatter.write_str("the JSON ends early")?,
            JsonErrorKind::TooDeep => formatter.write_str("the JSON is nested too deep")?,
            JsonErrorKind::Missing => write!(formatter, "`{}` is missing", self.path)?,
            JsonErrorKind::Mismatch if self.expected.is_empty() => {
                formatter.write_str("unexpected value")?;
                place(formatter)?;
            }
            JsonErrorKind::Mismatch => {
                write!(formatter, "expected {}", self.expected)?;
                place(formatter)?;
            }
        }
        write!(formatter, " (line {}, column {})", self.line, self.column)
    }
}

impl std::error::Error for JsonError {}

/// Reads a document.
///
/// A byte order mark is skipped. Where an integer is expected, `1.0` is read as `1`, as JSON Schema has it; text is never read as a
/// number.
///
/// # Errors
///
/// When the bytes are not JSON, or not a `T`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    limits::within(json.len(), || read(json))
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, JsonError> {
    let (read, unknown) = count_unknown(|| serde_json::from_slice(json));
    let error = match read {
        Ok(value) => {
            note_unknown(unknown);
            return Ok(value);
        }
        Err(error) => error,
    };
    if is_unexpected_fraction(&error)
        && let Some(json) = without_zero_fractions(json)
    {
        return serde_json::from_slice(&json).map_err(|error| describe(&json, &error));
    }
    Err(describe(json, &error))
}

fn is_unexpected_fraction(error: &serde_json::Error) -> bool {
    error.is_data() && error.to_string().contains("floating point `")
}

/// The document with `1.0` as `1`, padded with spaces so that every position stays; none where it has no such number.
fn without_zero_fractions(json: &[u8]) -> Option<Vec<u8>> {
    let mut changed = None;
    let mut in_string = false;
    let mut position = 0;
    while let Some(byte) = json.get(position) {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' => position += 1,
            b'.' if !in_string => {
                let digits = json.get(position + 1..).unwrap_or_default();
                let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
                let next = digits.get(zeros).copied().unwrap_or(b' ');
                let is_whole = !next.is_ascii_digit() && next != b'e' && next != b'E';
                if zeros > 0 && is_whole {
                    let changed = changed.get_or_insert_with(|| json.to_vec());
                    if let Some(fraction) = changed.get_mut(position..=position + zeros) {
                        fraction.fill(b' ');
                    }
                }
            }
            _ => {}
        }
        position += 1;
    }
    changed
}

/// Begins the message of an error that another reader of JSON passes on.
const MARK: char = '\u{1}';
const MISSING: &str = "missing";
const TOO_DEEP: &str = "too deep";

/// The error of a part that was read on its own, to be raised where the part stands in the whole.
#[doc(hidden)]
pub fn pass_on<E: de::Error>(error: &JsonError) -> E {
    let problem = match error.kind {
        JsonErrorKind::Missing => MISSING,
        JsonErrorKind::TooDeep => TOO_DEEP,
        JsonErrorKind::Syntax | JsonErrorKind::Truncated | JsonErrorKind::Mismatch => {
            &error.expected
        }
    };
    E::custom(format_args!("{MARK}{}{MARK}{problem}", error.path))
}

fn describe(json: &[u8], error: &serde_json::Error) -> JsonError {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&position).unwrap_or(&text);
    let found = |kind, path: &str, expected: &str| JsonError {
        kind,
        path: path.to_owned(),
        expected: expected.to_owned(),
        line: error.line(),
        column: error.column(),
    };
    let described = match error.classify() {
        serde_json::error::Category::Eof => found(JsonErrorKind::Truncated, "", ""),
        serde_json::error::Category::Data => data(text, found),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            if text == "recursion limit exceeded" {
                return found(JsonErrorKind::TooDeep, "", "");
            }
            found(JsonErrorKind::Syntax, "", "")
        }
    };
    described.below(&json_path::at(json, error.line(), error.column()))
}

/// Takes apart the message of a document that is JSON, but not what was expected.
///
/// Kept are the names that the program knows; whatever stems from the document goes. A message of a form that serde does not write
/// itself goes as a whole.
fn data(text: &str, found: impl Fn(JsonErrorKind, &str, &str) -> JsonError) -> JsonError {
    if let Some((path, problem)) = text
        .strip_prefix(MARK)
        .and_then(|text| text.split_once(MARK))
    {
        return match problem {
            MISSING => found(JsonErrorKind::Missing, path, ""),
            TOO_DEEP => found(JsonErrorKind::TooDeep, path, ""),
            expected => found(JsonErrorKind::Mismatch, path, expected),
        };
    }
    if let Some(name) = text
        .strip_prefix("missing field `")
        .and_then(|text| text.strip_suffix('`'))
    {
        return found(JsonErrorKind::Missing, &json_path::member(name), "");
    }
    let known = ["invalid type: ", "invalid value: ", "invalid length "];
    let expected = known
        .iter()
        .any(|form| text.starts_with(form))
        .then(|| text.rsplit_once(", expected "))
        .flatten()
        .map_or("", |(_, expected)| in_words(expected));
    found(JsonErrorKind::Mismatch, "", expected)
}

/// What serde names by a Rust type, as people who know JSON call it.
fn in_words(expected: &str) -> &str {
    match expected {
        "i64" => "an integer of 64 bits",
        "i32" => "an integer of 32 bits",
        "f64" | "f32" => "a number",
        "a sequence" => "an array",
        "a map" => "an object",
        other => other,
    }
}

thread_local! {
    static UNKNOWN: Cell<usize> = const { Cell::new(0) };
}

/// Notes that something was read which the document's author knows and this program does not: a member, a value of an enumeration.
#[doc(hidden)]
pub fn note_unknown(count: usize) {
    UNKNOWN.set(UNKNOWN.get().saturating_add(count));
}

/// Reads, and counts how often something unknown was met on the way.
#[doc(hidden)]
pub fn count_unknown<T>(read: impl FnOnce() -> T) -> (T, usize) {
    let before = UNKNOWN.replace(0);
    let value = read();
    (value, UNKNOWN.replace(before))
}
