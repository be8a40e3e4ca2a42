//! Lines as rustfmt breaks them.
//!
//! prettyplease prints every item correctly, but not always in the lines that rustfmt would choose, and emitted code must survive
//! `cargo fmt`. This goes over prettyplease's text once more. It knows the few shapes that are emitted and no others: signatures, calls,
//! struct literals, lists, assignments, match arms. A test runs rustfmt over what is emitted.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The columns of a line.
const MAX_WIDTH: usize = 100;
/// The arguments of a call on one line.
const CALL_WIDTH: usize = 60;
/// The items of a list on one line.
const LIST_WIDTH: usize = 60;
/// The fields of a struct literal on one line.
const LITERAL_WIDTH: usize = 18;
/// Calls of methods one behind the other on one line.
const CHAIN_WIDTH: usize = 60;
/// A step to the right.
const STEP: usize = 4;

/// An item in rustfmt's lines, with an empty line between its methods.
pub(super) fn lay_out(text: &str) -> String {
    let mut output = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(first) = lines.next() {
        let indent = first.len() - first.trim_start().len();
        let mut statement = first.trim_start().to_owned();
        if is_verbatim(&statement) {
            push_line(&mut output, indent, statement);
            continue;
        }
        while let Some(next) = lines.peek()
            && goes_on(&statement, next.trim_start())
        {
            join(&mut statement, next.trim_start());
            lines.next();
        }
        for (indent, line) in break_statement(indent, &statement) {
            push_line(&mut output, indent, line);
        }
    }
    output.into_iter().map(|line| line + "\n").collect()
}

/// Documentation and attributes, which rustfmt leaves alone.
fn is_verbatim(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("//!") || line.starts_with("#[")
}

/// Adds a line, an empty one before it where a method or constant begins behind another.
fn push_line(output: &mut Vec<String>, indent: usize, line: String) {
    const BEGINNINGS: [&str; 7] = [
        "///",
        "#[",
        "pub fn ",
        "pub(crate) fn ",
        "fn ",
        "const ",
        "pub const ",
    ];
    let begins = BEGINNINGS
        .iter()
        .any(|beginning| line.starts_with(beginning));
    let follows_end = output.last().is_some_and(|last: &String| {
        let width = last.len() - last.trim_start().len();
        width == indent
            && (last.ends_with('}') || last.ends_with(';'))
            && !is_verbatim(last.trim_start())
    });
    if begins && follows_end {
        output.push(String::new());
    }
    output.push(format!("{:indent$}{line}", ""));
}

/// Whether the next line belongs to the same signature, statement or declaration.
fn goes_on(statement: &str, next: &str) -> bool {
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

/// The characters outside of text literals, each with its place.
fn code(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut in_text = false;
    let mut escaped = false;
    text.char_indices().filter(move |(_, character)| {
        let was_in_text = in_text;
        match character {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            _ => {}
        }
        !was_in_text && *character != '"'
    })
}

/// Whether the braces that this opens hold items, statements or arms.
fn is_item_with_body(statement: &str) -> bool {
    const WORDS: [&str; 10] = [
        "fn ",
        "pub fn ",
        "pub(crate) fn ",
        "impl",
        "pub struct ",
        "pub enum ",
        "pub mod ",
        "match ",
        "if ",
        "for ",
    ];
    WORDS.iter().any(|word| statement.starts_with(word))
}

/// Whether a `{` behind this text begins a struct literal: it follows a type's name.
fn opens_literal(before: &str) -> bool {
    let name = before
        .trim_end()
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default();
    name.starts_with(|first: char| first.is_uppercase())
}

/// Puts the next line behind the statement, as if nothing had been broken.
fn join(statement: &mut String, next: &str) {
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

/// A line and how far to the right it stands.
type Line = (usize, String);

/// The lines of a signature, statement or declaration.
fn break_statement(indent: usize, statement: &str) -> Vec<Line> {
    if fits(indent, statement) {
        return vec![(indent, statement.to_owned())];
    }
    if statement.starts_with("impl")
        && let Some((left, right)) = statement.split_once(" for ")
    {
        let right = right.trim_end_matches(" {");
        return vec![
            (indent, left.to_owned()),
            (indent + STEP, format!("for {right}")),
            (indent, "{".to_owned()),
        ];
    }
    break_after_sign(indent, statement)
        .or_else(|| break_chain(indent, statement))
        .unwrap_or_else(|| break_group(indent, statement))
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

/// Where a sign stands outside of all groups, before any group.
fn outer_sign(statement: &str, sign: &str) -> Option<usize> {
    if is_item_with_body(statement) {
        return None;
    }
    let at = statement.find(sign)?;
    let is_outside = code(statement)
        .take_while(|(place, _)| *place < at)
        .all(|(_, c)| !"([{<".contains(c));
    is_outside.then_some(at)
}

/// The lines of calls one behind the other, each on a line of its own.
fn break_chain(indent: usize, statement: &str) -> Option<Vec<Line>> {
    if chains_fit(statement)
        || outer_sign(statement, " = ").is_some()
        || outer_sign(statement, ": ").is_some()
    {
        return None;
    }
    let mut lines = Vec::new();
    let mut start = 0;
    for at in outer_dots(statement).chain([statement.len()]) {
        let step = if start == 0 { 0 } else { STEP };
        lines.push((indent + step, statement.get(start..at)?.to_owned()));
        start = at;
    }
    Some(lines)
}

/// The dots outside of all groups.
fn outer_dots(statement: &str) -> impl Iterator<Item = usize> {
    let mut depth: usize = 0;
    code(statement).filter_map(move |(at, character)| {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (character == '.' && depth == 0).then_some(at)
    })
}

/// The lines of a statement whose last group is spread over several.
fn break_group(indent: usize, statement: &str) -> Vec<Line> {
    let Some((head, inner, tail)) =
        last_group(statement, "([{").or_else(|| last_group(statement, "<"))
    else {
        return vec![(indent, statement.to_owned())];
    };
    let items = split_items(inner);
    if let [only] = items.as_slice()
        && head.ends_with('(')
        && only.ends_with('}')
    {
        return hug(indent, head, only, tail);
    }
    let is_signature = head.contains("fn ");
    let mut lines = vec![(indent, head.to_owned())];
    for item in items {
        let item = format!("{item},");
        let next = indent + STEP;
        lines.extend(match fits(next, &item) {
            false if is_signature => break_group(next, &item),
            _ => break_statement(next, &item),
        });
    }
    lines.push((indent, tail.to_owned()));
    lines
}

/// The lines of a call whose only argument is a struct literal: `Some(Name {`.
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

/// The last group of these kinds that is not empty and not inside of another: what stands before its items, its items, what stands
/// behind them.
fn last_group<'a>(statement: &'a str, openers: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let mut open = Vec::new();
    let mut found = None;
    for (at, character) in code(statement) {
        let before = statement.get(..at)?;
        match character {
            '(' | '[' | '{' | '<' if openers.contains(character) => open.push(at),
            '>' if !openers.contains('<') || before.ends_with(['-', '=']) => {}
            ')' | ']' | '}' if openers.contains('<') => {}
            ')' | ']' | '}' | '>' => {
                let start = open.pop()?;
                if open.is_empty() && start + 1 < at {
                    found = Some((start + 1, at));
                }
            }
            _ => {}
        }
    }
    let (start, end) = found?;
    Some((
        statement.get(..start)?,
        statement.get(start..end)?.trim(),
        statement.get(end..)?,
    ))
}

/// The items of a group, separated by commas outside of all groups and generics.
fn split_items(inner: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut depth: usize = 0;
    let mut start = 0;
    for (at, character) in code(inner) {
        let before = inner.get(..at).unwrap_or_default();
        match character {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before.ends_with(['-', '=']) => {}
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                items.extend(inner.get(start..at).map(str::trim));
                start = at + 1;
            }
            _ => {}
        }
    }
    items.extend(
        inner
            .get(start..)
            .map(str::trim)
            .filter(|last| !last.is_empty()),
    );
    items
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

/// Whether no chain of calls is too long. Only the outermost is looked at.
fn chains_fit(line: &str) -> bool {
    let value = [" = ", " => ", ": "]
        .iter()
        .find_map(|sign| line.get(outer_sign(line, sign)? + sign.len()..))
        .unwrap_or(line);
    outer_dots(value).count() < 2
        || value.trim_end_matches([';', ',']).chars().count() <= CHAIN_WIDTH
}

/// Tokens on one line, spaced as people write them.
pub(super) fn one_line(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut glued = true;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&one_line(group.stream()));
                text.push_str(close);
                glued = false;
            }
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let leans_left = matches!(sign, ',' | ';' | ':' | '?' | '!')
                    || text.ends_with(':') && sign == ':';
                if !glued && !leans_left {
                    text.push(' ');
                }
                text.push(sign);
                let ends_path = text.ends_with("::");
                glued = punct.spacing() == Spacing::Joint
                    || ends_path
                    || text.ends_with("..")
                    || matches!(sign, '&' | '-');
            }
            other => {
                if !glued {
                    text.push(' ');
                }
                text.push_str(&other.to_string());
                glued = false;
            }
        }
    }
    text
}
