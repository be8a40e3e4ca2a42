//! JSON decoding. An error names the path of the faulty value and never contains the value.
//!
//! serde_json decodes at full speed and reports the position of an error. The document is scanned for the path only then. serde_json's
//! messages are never passed on, because they quote values ("invalid type: string \"…\""), and nothing is decided by their wording.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeOwned};
use serde_json::Value;

use crate::runtime::decode::context::{self, WholeNumbers};
use crate::runtime::decode::whole_number::{self, NegativeZeros};
use crate::runtime::decode::{json_path, limits, words};

/// A document that is not JSON, or not of the expected type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    kind: JsonErrorKind,
    path: String,
    expected: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The kind of a decoding error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The document is not JSON.
    Syntax,
    /// The document is empty or incomplete.
    Truncated,
    /// The document is nested too deeply: more than 128 levels, or fewer for large records and unions.
    TooDeep,
    /// A required member is missing.
    Missing,
    /// A value has an unexpected type or format.
    Mismatch,
}

impl JsonError {
    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> JsonErrorKind {
        self.kind
    }

    /// Returns the path of the faulty value, such as `groups[0].id`. The path is empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what was expected at the path, such as `a string`, if it is known.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        (!self.expected.is_empty()).then_some(self.expected.as_str())
    }

    /// Returns the line of the error, counted from 1; 0 if it is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column of the error in bytes. The faulty text begins or ends there.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// Creates the error for a document that would take too much stack or time to decode.
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

    /// Returns the same error without its line and column, which are those of a part of the document.
    pub(crate) fn without_position(mut self) -> Self {
        (self.line, self.column) = (0, 0);
        self
    }

    /// Returns the error with its path prefixed by the path of the enclosing value.
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
            JsonErrorKind::TooDeep => formatter.write_str("the JSON is nested too deeply")?,
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
        if self.line == 0 {
            return Ok(());
        }
        write!(formatter, " (line {}, column {})", self.line, self.column)
    }
}

impl std::error::Error for JsonError {}

/// Decodes a document.
///
/// A byte order mark is skipped. Where an integer is expected, `1.0` and `1e3` are integers, as in JSON Schema. A string is never read as a
/// number.
///
/// # Errors
///
/// Returns an error if the bytes are not JSON or not a `T`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    limits::within(json.len(), || read(json))
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, JsonError> {
    let (read, wants_digits) = with_whole_numbers(WholeNumbers::AsReceived, || read_strictly(json));
    let mut error = match read {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let mut last = (!wants_digits).then_some(Cow::Borrowed(json));
    for zeros in [NegativeZeros::Kept, NegativeZeros::Rewritten] {
        if !error.may_be_an_integer && last.is_some() {
            break;
        }
        let rewritten = whole_number::rewrite(json, zeros);
        let text = rewritten.as_ref().map_or(json, |rewritten| &rewritten.json);
        if last.as_deref() == Some(text) {
            continue;
        }
        if !limits::may_read_again(text.len()) {
            break;
        }
        let (read, _) = with_whole_numbers(WholeNumbers::Digits, || read_strictly(text));
        error = match read {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if let Some(rewritten) = &rewritten {
            let described = &mut error.described;
            described.column = rewritten.original_column(described.line, described.column);
        }
        last = Some(rewritten.map_or(Cow::Borrowed(json), |rewritten| Cow::Owned(rewritten.json)));
    }
    Err(error.described)
}

/// Runs `read` for a document whose whole numbers are written in this way, or as in the enclosing document if that has digits. Returns
/// whether a type needs them as digits.
fn with_whole_numbers<T>(written: WholeNumbers, read: impl FnOnce() -> T) -> (T, bool) {
    let before = context::with(|context| {
        let whole_numbers = &context.whole_numbers;
        match whole_numbers.get() {
            WholeNumbers::Digits => WholeNumbers::Digits,
            _ => whole_numbers.replace(written),
        }
    });
    let value = read();
    let after = context::with(|context| context.whole_numbers.replace(before));
    (value, after == WholeNumbers::Wanted)
}

/// Returns whether a tree may have lost digits of a whole number that the document has. If the type then raises an error, the document is
/// read again, with its whole numbers as digits.
#[doc(hidden)]
#[must_use]
pub fn lacks_digits(value: &Value) -> bool {
    context::with(|context| {
        let is_possible = context.limits.get().is_some()
            && context.whole_numbers.get() != WholeNumbers::Digits
            && whole_number::may_lack_digits(value);
        if is_possible {
            context.whole_numbers.set(WholeNumbers::Wanted);
        }
        is_possible
    })
}

/// An error of a document whose numbers were read as they are written.
struct StrictError {
    described: JsonError,
    /// Whether the cause may be an integer that is written with a fraction or an exponent. It is never that of a part that was decoded
    /// separately.
    may_be_an_integer: bool,
}

fn read_strictly<T: DeserializeOwned>(json: &[u8]) -> Result<T, StrictError> {
    let (read, unknown) = count_unknown(|| serde_json::from_slice(json));
    match read {
        Ok(value) => {
            note_unknown(unknown);
            Ok(value)
        }
        Err(error) => Err(describe(json, &error)),
    }
}

/// Raises an error of a type of this runtime, or of a part that was decoded separately, at its position in the whole document.
#[doc(hidden)]
pub fn raise<E: de::Error>(error: &JsonError) -> E {
    match context::with(|context| context.raise(error)) {
        Some(mark) => E::custom(mark),
        None => E::custom(error.clone().without_position()),
    }
}

/// Raises the error for a required member that is missing.
#[doc(hidden)]
pub fn missing<E: de::Error>(name: &str) -> E {
    raise(&JsonError {
        kind: JsonErrorKind::Missing,
        path: json_path::member(name),
        expected: String::new(),
        line: 0,
        column: 0,
    })
}

fn describe(json: &[u8], error: &serde_json::Error) -> StrictError {
    let (line, column) = (error.line(), error.column());
    let found = |kind, path, expected| JsonError {
        kind,
        path,
        expected,
        line,
        column,
    };
    let of_document = |kind| found(kind, String::new(), String::new());
    let mut may_be_an_integer = false;
    let described = match error.classify() {
        serde_json::error::Category::Eof => of_document(JsonErrorKind::Truncated),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            if json_path::is_at_limit(json, line, column) {
                of_document(JsonErrorKind::TooDeep)
            } else if json_path::is_after_infinite_number(json, line, column) {
                let expected = "a number of 64 bits".to_owned();
                found(JsonErrorKind::Mismatch, String::new(), expected)
            } else {
                of_document(JsonErrorKind::Syntax)
            }
        }
        serde_json::error::Category::Data => {
            let text = error.to_string();
            if let Some(raised) = context::with(|context| context.raised(&text)) {
                found(raised.kind, raised.path, raised.expected)
            } else {
                may_be_an_integer = true;
                match words::missing(&text) {
                    Some(name) => found(
                        JsonErrorKind::Missing,
                        json_path::member(name),
                        String::new(),
                    ),
                    None => found(
                        JsonErrorKind::Mismatch,
                        String::new(),
                        words::expected(&text),
                    ),
                }
            }
        }
    };
    StrictError {
        described: described.below(&json_path::at(json, line, column)),
        may_be_an_integer,
    }
}

/// Counts values that the document lists and this program does not know: members and values of enumerations.
#[doc(hidden)]
pub fn note_unknown(count: usize) {
    context::with(|context| {
        let unknown = &context.unknown;
        unknown.set(unknown.get().saturating_add(count));
    });
}

/// Runs `read` and returns how many unknown values it met.
#[doc(hidden)]
pub fn count_unknown<T>(read: impl FnOnce() -> T) -> (T, usize) {
    let before = context::with(|context| context.unknown.replace(0));
    let value = read();
    (
        value,
        context::with(|context| context.unknown.replace(before)),
    )
}
