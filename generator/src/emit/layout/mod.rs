//! Lines as rustfmt breaks them.
//!
//! prettyplease prints every item correctly, but not always in the lines that rustfmt would choose, and emitted code must survive
//! `cargo fmt`. This goes over prettyplease's text once more. It knows the few shapes that are emitted and no others: signatures, calls,
//! struct literals, lists, assignments, match arms. Items with a name that is too long for any line are marked to be left alone. A test
//! runs rustfmt over what is emitted.

mod join;
mod lines;
mod scan;
mod tokens;

use join::{goes_on, join};
use lines::{break_statement, has_long_place};

pub(super) use lines::MAX_WIDTH;
pub(super) use tokens::one_line;

/// Keeps rustfmt away from an item.
pub(super) const SKIP: &str = "#[rustfmt::skip]";

/// An item in rustfmt's lines, with an empty line between its methods.
pub(super) fn lay_out(text: &str) -> String {
    let mut output = Output::default();
    let mut lines = text.lines().peekable();
    while let Some(first) = lines.next() {
        let indent = first.len() - first.trim_start().len();
        let mut statement = first.trim_start().to_owned();
        if is_verbatim(&statement) {
            output.push(indent, &statement);
            continue;
        }
        while let Some(next) = lines.peek()
            && goes_on(&statement, next.trim_start())
        {
            join(&mut statement, next.trim_start());
            lines.next();
        }
        output.push_statement(indent, &statement);
    }
    output.lines.into_iter().map(|line| line + "\n").collect()
}

/// Documentation and attributes, which rustfmt leaves alone.
fn is_verbatim(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("#[")
}

/// The lines so far.
#[derive(Default)]
struct Output {
    lines: Vec<String>,
    /// Where the item begins that the next line belongs to.
    item: usize,
}

/// How the first line of an item or method begins.
const BEGINNINGS: [&str; 9] = [
    "pub fn ",
    "pub(crate) fn ",
    "fn ",
    "impl",
    "pub struct ",
    "pub enum ",
    "pub type ",
    "const ",
    "static ",
];

impl Output {
    fn push_statement(&mut self, indent: usize, statement: &str) {
        let broken = break_statement(indent, statement);
        // A text can't be broken, and rustfmt leaves what holds it as it is.
        let is_too_long = |(indent, line): &(usize, String)| {
            indent + line.chars().count() > MAX_WIDTH && !line.contains('"')
        };
        let is_exotic = broken.iter().any(is_too_long) || has_long_place(statement);
        for (indent, line) in broken {
            self.push(indent, &line);
        }
        if is_exotic {
            self.skip_item();
        }
    }

    /// Adds a line, after an empty one where a method or constant follows another.
    fn push(&mut self, indent: usize, line: &str) {
        let begins_item = BEGINNINGS
            .iter()
            .any(|beginning| line.starts_with(beginning));
        let follows_end = self.lines.last().is_some_and(|last| {
            last.len() - last.trim_start().len() == indent
                && last.ends_with(['}', ';'])
                && !is_verbatim(last.trim_start())
        });
        if follows_end && (begins_item || is_verbatim(line)) {
            self.lines.push(String::new());
        }
        if begins_item {
            self.item = self.lines.len();
        }
        self.lines.push(format!("{:indent$}{line}", ""));
    }

    /// Marks the item that the last line belongs to.
    fn skip_item(&mut self) {
        let Some(first) = self.lines.get(self.item) else {
            return;
        };
        let indent = first.len() - first.trim_start().len();
        let mark = format!("{:indent$}{SKIP}", "");
        let is_marked = self
            .item
            .checked_sub(1)
            .and_then(|before| self.lines.get(before))
            == Some(&mark);
        if !is_marked {
            self.lines.insert(self.item, mark);
            self.item += 1;
        }
    }
}
