//! The text of a file, and the places in it.

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
}

/// A place as the reader of a format tells it. Those of one text are all of one kind, and in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Bytes from the beginning.
    Offset(usize),
    /// A line and a column in characters, both from 1.
    Position { line: usize, column: usize },
}

impl SourceText {
    /// Marks as places, with their lines, in one walk through the text.
    pub(super) fn places(&self, marks: &[Option<Mark>]) -> Vec<Option<(Location, SourceLine)>> {
        let mut ordered: Vec<(Mark, usize)> = marks
            .iter()
            .enumerate()
            .filter_map(|(number, mark)| Some(((*mark)?, number)))
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
            cursor.advance(mark);
            // A parser may place what is missing behind the end of the text.
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
    /// Moves to the mark, or to the end of its line or of the text when it lies beyond.
    fn advance(&mut self, mark: Mark) {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let mut characters = rest.chars().peekable();
        while let Some(character) = characters.next() {
            let is_break = match character {
                '\r' => characters.peek() != Some(&'\n'),
                other => other == '\n',
            };
            let is_there = match mark {
                Mark::Offset(offset) => self.offset >= offset,
                Mark::Position { line, column } => {
                    self.line > line || self.line == line && (self.column >= column || is_break)
                }
            };
            if is_there {
                return;
            }
            self.offset += character.len_utf8();
            self.column += 1;
            if is_break {
                self.line += 1;
                self.column = 1;
            }
        }
    }
}
