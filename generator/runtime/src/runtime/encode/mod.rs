//! Errors in the encoding of a value as part of a request.
//!
//! No message contains a value. An error names the input, the position in it and the problem.

pub(crate) mod encoder;
pub mod form;
pub mod format;
pub mod list;
pub mod multipart;
pub mod node;
pub mod parameter;
pub(crate) mod percent;
pub mod request;

use std::fmt;

/// An error in the input of a request. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    input: Input,
    path: String,
    problem: EncodeProblem,
}

/// The part of a request that a value is for.
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
    /// The part of this name in a multipart body.
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

/// The reason why a value can't be part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeProblem {
    /// A path parameter with an empty value, which would name another resource.
    Empty,
    /// A path segment that is `.` or `..`, percent-encoded or not. URL parsers resolve such segments (RFC 3986, section 5.2.4; WHATWG URL,
    /// "double-dot URL path segment").
    DotSegment,
    /// A list or object inside of a list or object, for which the parameter's style has no notation.
    Nested,
    /// Lists and objects that are nested deeper than JSON readers support.
    TooDeep,
    /// A number that is infinite or NaN.
    NotFinite,
    /// A map with keys other than strings, numbers and booleans.
    Key,
    /// Bytes that are not allowed in a header, such as a line break.
    HeaderBytes,
    /// A value that is not an object with members.
    NotAnObject,
    /// A value whose own `Serialize` implementation failed.
    NotSerializable,
}

impl fmt::Display for EncodeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "is empty",
            Self::DotSegment => "makes a path segment `.` or `..`",
            Self::Nested => "is nested deeper than the parameter's style can express",
            Self::TooDeep => "is nested too deeply",
            Self::NotFinite => "is not a finite number",
            Self::Key => "has a key that is not a string, number or boolean",
            Self::HeaderBytes => "contains bytes that are not allowed in a header",
            Self::NotAnObject => "is not an object with members",
            Self::NotSerializable => "cannot be serialized",
        })
    }
}

impl EncodeError {
    /// Creates the error of an input as a whole.
    #[must_use]
    pub(crate) fn new(input: Input, problem: EncodeProblem) -> Self {
        Self {
            input,
            path: String::new(),
            problem,
        }
    }

    /// Returns the error with the input in which it occurred.
    #[must_use]
    pub(crate) fn of(self, input: Input) -> Self {
        Self { input, ..self }
    }

    /// Returns the error with its path prefixed by a member's name.
    #[must_use]
    pub(crate) fn in_member(self, name: &str) -> Self {
        self.below(&name.escape_debug().to_string())
    }

    /// Returns the error with its path prefixed by an index.
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

    /// Returns the part of the request.
    #[must_use]
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// Returns the path in the input, such as `members[2].name`. The path is empty for the input itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the problem.
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
    /// Drops the message, since it may contain a value.
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self::new(Input::Body, EncodeProblem::NotSerializable)
    }
}
