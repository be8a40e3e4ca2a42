//! Prints diagnostics the way rustc does.

use std::fmt::Write as _;

use super::{Diagnostic, Diagnostics, Severity};

/// All diagnostics in their present order, a blank line between two. When `strict`, warnings are labelled errors, since they stop the
/// run like those.
#[must_use]
pub fn render(diagnostics: &Diagnostics, strict: bool) -> String {
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| render_one(diagnostic, strict))
        .collect();
    texts.join("\n")
}

/// One diagnostic, ending in a line break.
#[must_use]
pub fn render_one(diagnostic: &Diagnostic, strict: bool) -> String {
    let label = match diagnostic.severity {
        Severity::Fatal | Severity::Error => "error",
        Severity::Warning if strict => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = format!("{label}[{}]: {}\n", diagnostic.code, diagnostic.message);
    let mut indent = String::new();
    if let Some(location) = &diagnostic.location {
        let number = location.line.to_string();
        indent = " ".repeat(number.len());
        let _ = writeln!(
            text,
            "{indent}--> {}:{}:{}",
            location.file, location.line, location.column
        );
        if let Some(line) = &diagnostic.source_line {
            let (line, marker) = excerpt(line, location.column);
            let _ = writeln!(text, "{indent} |\n{number} | {line}\n{indent} | {marker}^");
        }
    }
    if !diagnostic.pointer.is_root() {
        let _ = writeln!(text, "{indent} = at {}", diagnostic.pointer);
    }
    if !diagnostic.help.is_empty() {
        let _ = writeln!(text, "{indent} = help: {}", diagnostic.help);
    }
    text
}

/// The widest excerpt of a line; a document in one line would otherwise be printed whole.
const WIDTH: usize = 120;

/// The part of the line around the column, and the blanks that put a marker below it.
fn excerpt(line: &str, column: usize) -> (String, String) {
    let offset = column.saturating_sub(1);
    let skipped = if offset > WIDTH * 2 / 3 {
        offset - WIDTH / 3
    } else {
        0
    };
    let length = line.chars().count();
    let mut text: String = if skipped > 0 {
        "…".to_owned()
    } else {
        String::new()
    };
    text.extend(
        line.chars()
            .skip(skipped)
            .take(WIDTH)
            .map(|c| if c.is_control() { ' ' } else { c }),
    );
    if length > skipped + WIDTH {
        text.push('…');
    }
    let blanks = offset.min(length) - skipped.min(length) + usize::from(skipped > 0);
    (text.trim_end().to_owned(), " ".repeat(blanks))
}
