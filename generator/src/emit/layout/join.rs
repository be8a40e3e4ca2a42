//! Lines that prettyplease broke, put together again.

use super::scan::{code, is_item_with_body, opens_literal};

/// Whether the next line belongs to the same signature, statement or declaration.
pub(super) fn goes_on(statement: &str, next: &str) -> bool {
    let (depth, literal) = open_groups(statement);
    depth > 0
        || literal
        || next.starts_with('.')
        || next.starts_with("for ") && statement.starts_with("impl")
        || statement.ends_with(" =")
        || statement.ends_with("=>")
}

/// How many parentheses, brackets and generics are open, and whether a struct literal is.
fn open_groups(statement: &str) -> (usize, bool) {
    let mut depth: usize = 0;
    let mut literals: usize = 0;
    let is_item = is_item_with_body(statement);
    for (at, character) in code(statement) {
        let before = statement.get(..at).unwrap_or_default();
        match character {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '>' if !before.ends_with(['-', '=']) => depth = depth.saturating_sub(1),
            '{' if depth > 0 || !is_item && opens_literal(before) => literals += 1,
            '}' => literals = literals.saturating_sub(1),
            _ => {}
        }
    }
    (depth, literals > 0)
}

/// Appends the next line to the statement, as if there were no line break.
pub(super) fn join(statement: &mut String, next: &str) {
    let closes = next.starts_with([')', ']', '>']);
    if closes || next.starts_with('}') {
        let length = statement
            .strip_suffix(',')
            .map_or(statement.len(), str::len);
        statement.truncate(length);
    }
    let glued = closes || next.starts_with(['.', '?']) || statement.ends_with(['(', '[', '<']);
    if !glued {
        statement.push(' ');
    }
    statement.push_str(next);
}
