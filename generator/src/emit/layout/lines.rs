//! A signature, statement or declaration in rustfmt's lines.

use super::scan::{
    code, last_group, opens_literal, outer_dots, outer_sign, split_items, value_start,
};

/// The columns of a line.
pub(in crate::emit) const MAX_WIDTH: usize = 100;
/// The arguments of a call on one line.
const CALL_WIDTH: usize = 60;
/// The items of a list on one line.
const LIST_WIDTH: usize = 60;
/// An item that shares its line with others where a list is spread.
const SHORT_WIDTH: usize = 10;
/// The fields of a struct literal on one line.
const LITERAL_WIDTH: usize = 18;
/// Consecutive calls of methods on one line.
const CHAIN_WIDTH: usize = 60;
/// A step to the right.
const STEP: usize = 4;

/// A line and its indentation.
pub(super) type Line = (usize, String);

/// The lines of a signature, statement or declaration. What no rule breaks stays one line, however long.
pub(super) fn break_statement(indent: usize, statement: &str) -> Vec<Line> {
    if fits(indent, statement) || is_variant(statement) && indent + statement.len() <= MAX_WIDTH {
        return vec![(indent, statement.to_owned())];
    }
    break_after_sign(indent, statement)
        .or_else(|| break_chain(indent, statement))
        .unwrap_or_else(|| break_group(indent, statement))
}

/// Whether this is the definition of a variant, `Name(Type),`.
fn is_variant(statement: &str) -> bool {
    let name = statement
        .strip_suffix("),")
        .and_then(|start| start.split_once('('))
        .map_or("", |(name, _)| name);
    name.starts_with(|first: char| first.is_uppercase())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The lines of `name = value` or `name: value` where the value fits on a line of its own.
fn break_after_sign(indent: usize, statement: &str) -> Option<Vec<Line>> {
    let (at, sign) = [" = ", ": "]
        .iter()
        .find_map(|sign| Some((outer_sign(statement, sign)?, sign)))?;
    let (left, right) = (statement.get(..at)?, statement.get(at + sign.len()..)?);
    let next = indent + STEP;
    fits(next, right).then(|| {
        vec![
            (indent, format!("{left}{}", sign.trim_end())),
            (next, right.to_owned()),
        ]
    })
}

/// The lines of consecutive calls, each on a line of its own.
fn break_chain(indent: usize, statement: &str) -> Option<Vec<Line>> {
    let value = value_start(statement);
    let dots: Vec<usize> = outer_dots(statement.get(value..)?)
        .map(|at| value + at)
        .collect();
    if dots.len() < 2 {
        return None;
    }
    let mut lines = Vec::new();
    let mut start = 0;
    for at in dots.into_iter().chain([statement.len()]) {
        let step = if start == 0 { 0 } else { STEP };
        lines.push((indent + step, statement.get(start..at)?.to_owned()));
        start = at;
    }
    Some(lines)
}

/// The lines of a statement whose last group is spread over several.
fn break_group(indent: usize, statement: &str) -> Vec<Line> {
    let Some((head, inner, tail)) = last_group(statement) else {
        return vec![(indent, statement.to_owned())];
    };
    let items = split_items(inner);
    if let [only] = items.as_slice()
        && head.ends_with(['(', '['])
        && only.ends_with('}')
    {
        return hug(indent, head, only, tail);
    }
    let is_signature = head.contains("fn ");
    let mut lines = vec![(indent, head.to_owned())];
    if !is_signature && !head.ends_with('{') && items.iter().all(|item| item.len() <= SHORT_WIDTH) {
        lines.extend(pack(indent + STEP, &items));
    } else {
        let items = items.iter().map(|item| format!("{item},"));
        lines.extend(items.flat_map(|item| break_item(indent + STEP, &item, is_signature)));
    }
    lines.push((indent, tail.to_owned()));
    lines
}

/// As many short items on a line as fit.
fn pack(indent: usize, items: &[&str]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some((_, line)) if indent + line.len() + item.len() + 2 <= MAX_WIDTH => {
                line.push_str(&format!(" {item},"));
            }
            _ => lines.push((indent, format!("{item},"))),
        }
    }
    lines
}

/// The lines of an item of a group.
fn break_item(indent: usize, item: &str, is_parameter: bool) -> Vec<Line> {
    if is_parameter || fits(indent, item) {
        return vec![(indent, item.to_owned())];
    }
    break_chain(indent, item).unwrap_or_else(|| break_group(indent, item))
}

/// The lines of a call or list whose only item is a struct literal: `Some(Name {`.
fn hug(indent: usize, head: &str, only: &str, tail: &str) -> Vec<Line> {
    let mut lines = break_group(indent, only);
    if let Some((_, first)) = lines.first_mut() {
        *first = format!("{head}{first}");
    }
    if let Some((_, last)) = lines.last_mut() {
        last.push_str(tail);
    }
    lines
}

/// Whether rustfmt leaves this on one line.
fn fits(indent: usize, line: &str) -> bool {
    indent + line.chars().count() <= MAX_WIDTH && (line.contains("fn ") || groups_fit(line))
}

fn groups_fit(line: &str) -> bool {
    let mut open = Vec::new();
    for (at, character) in code(line) {
        match character {
            '(' | '[' | '{' => open.push((at, character)),
            ')' | ']' | '}' => {
                let Some((start, opener)) = open.pop() else {
                    continue;
                };
                let width = line
                    .get(start + 1..at)
                    .map_or(0, |inner| inner.trim().chars().count());
                let before = line.get(..start).unwrap_or_default();
                let limit = match opener {
                    '{' if opens_literal(before) => LITERAL_WIDTH,
                    '{' => MAX_WIDTH,
                    '[' => LIST_WIDTH,
                    _ => CALL_WIDTH,
                };
                if width > limit {
                    return false;
                }
            }
            _ => {}
        }
    }
    chains_fit(line)
}

/// Whether a value goes to a field of a field whose names are so long that rustfmt breaks between them.
pub(super) fn has_long_place(statement: &str) -> bool {
    let place = outer_sign(statement, " = ")
        .and_then(|at| statement.get(..at))
        .unwrap_or_default();
    outer_dots(place).count() > 1 && place.len() > CHAIN_WIDTH
}

/// Whether no chain of calls is too long. Only the outermost is looked at.
fn chains_fit(line: &str) -> bool {
    let value = line.get(value_start(line)..).unwrap_or(line);
    outer_dots(value).count() < 2
        || value.trim_end_matches([';', ',']).chars().count() <= CHAIN_WIDTH
}
