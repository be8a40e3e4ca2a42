//! What goes wrong when a value is made part of a request.
//!
//! No text of this module holds a value: an error names the input, the place in it and the problem.

pub(crate) mod encoder;
pub mod form;
pub mod list;
pub mod multipart;
pub mod node;
pub mod parameter;
mod percent;
pub mod request;

use std::fmt;

/// A request could not be built from its inputs. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    input: Input,
    path: String,
    problem: EncodeProblem,
}

/// The part of a request that a value was meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// The path as a whole.
    Path,
    /// The path parameter of this name.
    PathParameter(&'static str),
    /// The query parameter of this name.
    QueryParameter(&'static str),
    /// The header of this name.
    Header(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// The body.
    Body,
    /// The part of this name in a body of several parts.
    Part(String),
}

impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => formatter.write_str("path"),
            Self::PathParameter(name) => write!(formatter, "path parameter `{name}`"),
            Self::QueryParameter(name) => write!(formatter, "query parameter `{name}`"),
            Self::Header(name) => write!(formatter, "header `{name}`"),
            Self::Cookie(name) => write!(formatter, "cookie `{name}`"),
            Self::Body => formatter.write_str("body"),
            Self::Part(name) => write!(formatter, "part `{}`", name.escape_debug()),
        }
    }
}

/// Why a value cannot stand in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeProblem {
    /// A path parameter without a text would name another resource.
    Empty,
    /// `.` or `..` as a whole path segment: every form of it, percent-encoded or not, is resolved by URL parsers (RFC 3986, section
    /// 5.2.4; WHATWG URL, "double-dot URL path segment").
    DotSegment,
    /// A list or object inside a list or object, which the parameter's style has no notation for.
    Nested,
    /// Lists and objects nested deeper than any JSON reader follows.
    TooDeep,
    /// An infinite number, or one that is none.
    NotFinite,
    /// A map whose keys are neither texts, numbers nor booleans.
    Key,
    /// Bytes that no header may carry, as a line break.
    HeaderBytes,
    /// The value must be an object with members.
    NotAnObject,
    /// The value's own `Serialize` refused.
    Refused,
}

impl fmt::Display for EncodeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "is empty",
            Self::DotSegment => "makes a path segment `.` or `..`",
            Self::Nested => "is nested deeper than the parameter's style can express",
            Self::TooDeep => "is nested too deep",
            Self::NotFinite => "is not a finite number",
            Self::Key => "has a key that is not a text, a number or a boolean",
            Self::HeaderBytes => "has bytes that no header may carry",
            Self::NotAnObject => "is not an object with members",
            Self::Refused => "cannot be serialized",
        })
    }
}

impl EncodeError {
    /// The error of an input as a whole.
    #[must_use]
    pub(crate) fn new(input: Input, problem: EncodeProblem) -> Self {
        Self {
            input,
            path: String::new(),
            problem,
        }
    }

    /// The same problem, found while this input was encoded.
    #[must_use]
    pub(crate) fn of(self, input: Input) -> Self {
        Self { input, ..self }
    }

    /// The same problem, seen from an object that has the value as this member.
    #[must_use]
    pub(crate) fn in_member(self, name: &str) -> Self {
        self.below(&name.escape_debug().to_string())
    }

    /// The same problem, seen from a list that has the value at this index.
    #[must_use]
    pub(crate) fn in_item(self, index: usize) -> Self {
        self.below(&format!("[{index}]"))
    }

    fn below(mut self, segment: &str) -> Self {
        if !self.path.is_empty() && !self.path.starts_with('[') {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, segment);
        self
    }

    /// The part of the request.
    #[must_use]
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// The place in the input, as `members[2].name`; empty for the input itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> EncodeProblem {
        self.problem
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.input)?;
        if !self.path.is_empty() {
            write!(formatter, " at `{}`", self.path)?;
        }
        write!(formatter, " {}", self.problem)
    }
}

impl std::error::Error for EncodeError {}

impl serde::ser::Error for EncodeError {
    /// Drops the message: it may hold a value.
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self::new(Input::Body, EncodeProblem::Refused)
    }
}
