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
            let blanks = " ".repeat(line.marker);
            let _ = writeln!(
                text,
                "{indent} |\n{number} | {}\n{indent} | {blanks}^",
                line.text
            );
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
