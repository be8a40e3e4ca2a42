//! The text of a file, and the places in it.

use std::collections::BTreeMap;

use crate::diagnostic::{Location, SourceLine};

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
    /// What is read instead of the text, where that is not quite YAML.
    pub(super) repaired: Option<Repaired>,
}

/// A text with the changes that make it YAML 1.2.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) text: String,
    /// How many spaces were put at the beginning of lines, which count from 1.
    pub(super) indents: BTreeMap<usize, usize>,
    /// The lines that were changed, each with what was wrong.
    pub(super) changes: Vec<(usize, Change)>,
}

/// What was wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Indent(usize),
    Tabs,
}

/// A place as the reader of a format gives it. Those of one text are all of one kind, and in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Bytes from the beginning.
    Offset(usize),
    /// A line and a column in characters, both from 1.
    Position { line: usize, column: usize },
}

impl SourceText {
    /// The text that was read.
    pub(super) fn read_text(&self) -> &str {
        self.repaired
            .as_ref()
            .map_or(&self.text, |repaired| &repaired.text)
    }

    /// The place in the author's text of one in the text that was read.
    fn written(&self, mark: Mark) -> Mark {
        match (mark, &self.repaired) {
            (Mark::Position { line, column }, Some(repaired)) => {
                let moved = repaired.indents.get(&line).copied().unwrap_or(0);
                Mark::Position {
                    line,
                    column: column.saturating_sub(moved).max(1),
                }
            }
            _ => mark,
        }
    }

    /// Marks in the text that was read as places in the author's, with their lines, in one walk.
    pub(super) fn places(&self, marks: &[Option<Mark>]) -> Vec<Option<(Location, SourceLine)>> {
        let mut ordered: Vec<(Mark, usize)> = marks
            .iter()
            .enumerate()
            .filter_map(|(number, mark)| Some((self.written((*mark)?), number)))
            .collect();
        ordered.sort_unstable();
        let mut cursor = Cursor {
            text: &self.text,
            offset: 0,
            line: 1,
            column: 1,
        };
        let mut places = vec![None; marks.len()];
        for (mark, number) in ordered {
            cursor.skip_lines(mark);
            cursor.advance(mark);
            // A parser may place what is missing after the end of the text.
            let (line, column) = match mark {
                Mark::Offset(_) => (cursor.line, cursor.column),
                Mark::Position { line, column } => (line, column),
            };
            let location = Location {
                file: self.name.clone(),
                line,
                column,
            };
            if let Some(place) = places.get_mut(number) {
                *place = Some((location, SourceLine::around(&self.text, cursor.offset)));
            }
        }
        places
    }
}

/// A place in the text that only moves forward.
struct Cursor<'text> {
    text: &'text str,
    offset: usize,
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    /// Moves over whole lines before the mark, which takes less time than to look at their bytes. Stops before a carriage return that ends
    /// a line alone.
    fn skip_lines(&mut self, mark: Mark) {
        let rest = |offset: usize| self.text.get(offset..)?.split_once('\n');
        while let Some((line, _)) = rest(self.offset) {
            let next = self.offset + line.len() + 1;
            let is_before = match mark {
                Mark::Offset(offset) => next <= offset,
                Mark::Position { line, .. } => self.line < line,
            };
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !is_before || line.contains('\r') {
                return;
            }
            self.offset = next;
            self.line += 1;
            self.column = 1;
        }
    }

    /// Moves to the mark, or to the end of its line or of the text when it lies beyond.
    fn advance(&mut self, mark: Mark) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.offset) {
            let is_break = match byte {
                b'\r' => bytes.get(self.offset + 1) != Some(&b'\n'),
                other => *other == b'\n',
            };
            // The bytes within a character belong to its first.
            let is_first = byte & 0xC0 != 0x80;
            let is_there = match mark {
                Mark::Offset(offset) => self.offset >= offset,
                Mark::Position { line, column } => {
                    self.line > line || self.line == line && (self.column >= column || is_break)
                }
            };
            if is_there && is_first {
                return;
            }
            self.offset += 1;
            self.column += usize::from(is_first);
            if is_break {
                self.line += 1;
                self.column = 1;
            }
        }
    }
}
