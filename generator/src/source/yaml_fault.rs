//! Faults of YAML text.

use super::text::Mark;
use super::value::MAX_KEY;

/// A fault of the text, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) mark: Mark,
}

#[derive(Debug)]
pub(super) enum FaultKind {
    Syntax(String),
    Empty,
    TooDeep,
    AliasBomb,
    ComplexKey,
    DuplicateKey(String),
    LongKey,
    SecondDocument,
    BadMerge,
}

impl FaultKind {
    /// What is wrong with a key whose member is left out.
    pub(super) fn of_lost_key(key: String) -> Self {
        match key.len() {
            0..=MAX_KEY => Self::DuplicateKey(key),
            _ => Self::LongKey,
        }
    }
}

impl Fault {
    /// The line and column of the fault.
    pub(super) fn position(&self) -> Option<(usize, usize)> {
        match self.mark {
            Mark::Position { line, column } => Some((line, column)),
            Mark::Offset(_) => None,
        }
    }
}
