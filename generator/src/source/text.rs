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
        let mut cursor = Cursor::new(&self.text);
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
    /// Whether each line ends in a line feed.
    has_line_feeds: bool,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'text> Cursor<'text> {
    fn new(text: &'text str) -> Self {
        let mut after_returns = text.split('\r').skip(1);
        Self {
            text,
            has_line_feeds: after_returns.all(|after| after.starts_with('\n')),
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    /// Moves over whole lines before the mark, which takes less time than to look at their bytes.
    fn skip_lines(&mut self, mark: Mark) {
        while let Some((line, _)) = self.before(mark).split_once('\n') {
            self.offset += line.len() + 1;
            self.line += 1;
            self.column = 1;
        }
    }

    /// The text in which whole lines before the mark are looked for. It never goes beyond the mark: many marks may be on one long line.
    fn before(&self, mark: Mark) -> &'text str {
        let end = match mark {
            Mark::Offset(offset) => offset.min(self.text.len()),
            Mark::Position { line, .. } if self.line < line => self.text.len(),
            Mark::Position { .. } => self.offset,
        };
        let text = self.text.get(self.offset..end);
        text.filter(|_| self.has_line_feeds).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The line and the column of each mark, and how many bytes were looked at to find whole lines.
    fn walk(text: &str, marks: impl Iterator<Item = Mark>) -> (Vec<(usize, usize)>, usize) {
        let mut cursor = Cursor::new(text);
        let mut looked_at = 0;
        let places = marks
            .map(|mark| {
                looked_at += cursor.before(mark).len();
                cursor.skip_lines(mark);
                cursor.advance(mark);
                (cursor.line, cursor.column)
            })
            .collect();
        (places, looked_at)
    }

    #[test]
    fn many_marks_on_one_line_take_one_walk() {
        let text = "äb".repeat(1000);
        let columns = || (1..=2000).map(|column| (1, column));
        let offsets = text.char_indices().map(|(offset, _)| Mark::Offset(offset));
        let (places, looked_at) = walk(&text, offsets);
        assert_eq!(places, columns().collect::<Vec<_>>());
        assert!(looked_at <= text.len(), "{looked_at}");

        let positions = columns().map(|(line, column)| Mark::Position { line, column });
        let (places, looked_at) = walk(&text, positions);
        assert_eq!(places, columns().collect::<Vec<_>>());
        assert_eq!(looked_at, 0);
    }

    #[test]
    fn lines_end_in_a_line_feed_a_carriage_return_or_both() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("ä b{end}").repeat(100);
            let expected: Vec<_> = (1..=100).flat_map(|line| [(line, 1), (line, 3)]).collect();
            let is_wanted = |c: &(usize, char)| matches!(c.1, 'ä' | 'b');
            let wanted = text.char_indices().filter(is_wanted);
            let (places, looked_at) = walk(&text, wanted.map(|(offset, _)| Mark::Offset(offset)));
            assert_eq!(places, expected, "{end:?}");
            assert!(looked_at <= text.len(), "{end:?}: {looked_at}");

            let marks = expected.iter();
            let marks = marks.map(|&(line, column)| Mark::Position { line, column });
            assert_eq!(walk(&text, marks).0, expected, "{end:?}");
        }
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line_among_others() {
        let text = "a\r\nb\rc\nd\r";
        let offsets = text.match_indices(|c: char| c.is_alphabetic());
        let marks = offsets.map(|(offset, _)| Mark::Offset(offset));
        let lines: Vec<_> = (1..=4).map(|line| (line, 1)).collect();
        assert_eq!(walk(text, marks).0, lines);
    }
}
