//! What is wrong with an input, where, and what to do about it. It knows nothing of the rest of the pipeline: places are origins,
//! which a [`Locate`] turns into lines.

pub mod codes;
mod collector;
mod counted;
mod nearest;
mod place;
mod pointer;
mod render;
#[cfg(test)]
mod tests;

use std::fmt;

pub use collector::{Counts, Diagnostics};
pub(crate) use counted::counted;
pub(crate) use nearest::nearest;
pub use place::{Locate, NodeLocation, Origin, Place};
pub use pointer::Pointer;
pub use render::{render, render_one};

/// How much a fault costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is left to work with. Always stops a run.
    Fatal,
    /// The document is invalid, or a unit of it is lost. Stops a strict run.
    Error,
    /// Something the document says cannot be expressed and was skipped, or an overlay action is stale. Stops a strict run.
    Warning,
    /// Worth knowing; never stops a run.
    Note,
}

/// The stable name of a kind of fault, in kebab case, and what such a fault usually costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
}

/// A code, and what one fault of it costs.
#[derive(Debug, Clone, Copy)]
pub struct Rated {
    /// What kind of fault it is.
    pub code: Code,
    /// What it costs.
    pub severity: Severity,
}

impl Code {
    /// Creates a code with the given kebab-case name, of faults that are errors.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            severity: Severity::Error,
        }
    }

    /// Returns the code with another usual severity.
    #[must_use]
    pub const fn usually(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Returns the code with the severity of one fault that differs from the usual.
    #[must_use]
    pub const fn rated(self, severity: Severity) -> Rated {
        Rated {
            code: self,
            severity,
        }
    }

    /// Returns the name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.name
    }
}

impl From<Code> for Rated {
    fn from(code: Code) -> Self {
        code.rated(code.severity)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// A place in a text file. Line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The name under which the file was read.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The line that a place is on; of a long one, the part around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// The text, without control characters.
    pub text: String,
    /// How many characters of the text are before the place.
    pub marker: usize,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it costs.
    pub severity: Severity,
    /// What kind of fault it is.
    pub code: Code,
    /// The origin of the node that is at fault, or of its nearest ancestor when it doesn't exist.
    pub origin: Origin,
    /// How many segments of the pointer lead below the node of that origin.
    pub below: usize,
    /// The node that is at fault: as its author wrote it, once [`Diagnostics::locate`] has looked it up, and until then as the document
    /// stood when the fault was found.
    pub pointer: Pointer,
    /// Where the node was written, once [`Diagnostics::locate`] has looked it up.
    pub location: Option<Location>,
    /// The text of that line.
    pub source_line: Option<SourceLine>,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl SourceLine {
    /// The number of characters before and after the place that are shown. A document in one line would otherwise be shown whole.
    const BEFORE: usize = 60;
    const AFTER: usize = 70;

    /// The line that `offset` bytes into the text is on.
    #[must_use]
    pub fn around(text: &str, offset: usize) -> Self {
        let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
        let is_break = |character: &char| matches!(character, '\n' | '\r');
        let mut shown: Vec<char> = before
            .chars()
            .rev()
            .take_while(|c| !is_break(c))
            .take(Self::BEFORE + 1)
            .collect();
        if let Some(first) = shown.get_mut(Self::BEFORE) {
            *first = '…';
        }
        shown.reverse();
        let marker = shown.len();
        shown.extend(
            after
                .chars()
                .take_while(|c| !is_break(c))
                .take(Self::AFTER + 1),
        );
        if let Some(last) = shown.get_mut(marker + Self::AFTER) {
            *last = '…';
        }
        let text = shown
            .into_iter()
            .map(|c| if c.is_control() { ' ' } else { c });
        Self {
            text: text.collect::<String>().trim_end().to_owned(),
            marker,
        }
    }
}
