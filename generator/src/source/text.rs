//! The text of a file, and the places in it.

use crate::diagnostic::{Location, Pointer};

use super::{json, yaml_places};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Yaml,
}

/// A file that was read into a document.
#[derive(Debug)]
pub(super) struct SourceText {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) format: Format,
}

/// A line and a column in characters, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Position {
    /// The place of the byte at `offset`.
    pub(super) fn of_offset(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before
                .get(line_start..)
                .map_or(0, |line| line.chars().count())
                + 1,
        }
    }
}

impl SourceText {
    /// The location and the text of the line that a position is on.
    pub(super) fn place(&self, position: Position) -> (Location, String) {
        let location = Location {
            file: self.name.clone(),
            line: position.line,
            column: position.column,
        };
        let line = self
            .text
            .lines()
            .nth(position.line.saturating_sub(1))
            .unwrap_or_default();
        (location, line.to_owned())
    }

    /// The places of nodes: that of the key for the member of an object, that of the value otherwise.
    pub(super) fn positions(&self, pointers: &[Pointer]) -> Vec<Option<Position>> {
        let mut tree = Wanted::default();
        for (number, pointer) in pointers.iter().enumerate() {
            tree.add(pointer, number);
        }
        let mut found = vec![None; pointers.len()];
        match self.format {
            Format::Json => json::locate(&self.text, &tree, &mut found),
            Format::Yaml => yaml_places::locate(&self.text, &tree, &mut found),
        }
        found
    }
}

/// The pointers that are looked for, as a tree of their segments.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    numbers: Vec<usize>,
    children: std::collections::BTreeMap<String, Wanted>,
}

impl Wanted {
    fn add(&mut self, pointer: &Pointer, number: usize) {
        let mut node = self;
        for segment in pointer.segments() {
            node = node.children.entry(segment.into_owned()).or_default();
        }
        node.numbers.push(number);
    }

    pub(super) fn child(&self, segment: &str) -> Option<&Self> {
        self.children.get(segment)
    }

    pub(super) fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    /// Gives this place to the node and, for now, to all nodes below it.
    pub(super) fn found(&self, position: Position, found: &mut [Option<Position>]) {
        let mut stack = vec![self];
        while let Some(node) = stack.pop() {
            for number in &node.numbers {
                if let Some(slot) = found.get_mut(*number) {
                    *slot = Some(position);
                }
            }
            stack.extend(node.children.values());
        }
    }
}
