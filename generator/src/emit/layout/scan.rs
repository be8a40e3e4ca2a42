//! The positions of the groups, signs and dots of a line.

/// The characters outside of text literals, each with its place.
pub(super) fn code(text: &str) -> impl Iterator<Item = (usize, char)> {
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
pub(super) fn is_item_with_body(statement: &str) -> bool {
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

/// Whether a `{` after this text begins a struct literal: it follows a type's name.
pub(super) fn opens_literal(before: &str) -> bool {
    let name = before
        .trim_end()
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default();
    name.starts_with(|first: char| first.is_uppercase())
}

/// The position of a sign outside of all groups and before any group.
pub(super) fn outer_sign(statement: &str, sign: &str) -> Option<usize> {
    if is_item_with_body(statement) {
        return None;
    }
    let at = statement.find(sign)?;
    let is_outside = code(statement)
        .take_while(|(place, _)| *place < at)
        .all(|(_, c)| !"([{<".contains(c));
    is_outside.then_some(at)
}

/// Where the value begins in `name = value`, `pattern => value` or `name: value`.
pub(super) fn value_start(statement: &str) -> usize {
    [" = ", " => ", ": "]
        .iter()
        .find_map(|sign| Some(outer_sign(statement, sign)? + sign.len()))
        .unwrap_or_default()
}

/// The dots outside of all groups.
pub(super) fn outer_dots(statement: &str) -> impl Iterator<Item = usize> {
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

/// The last group that is not empty and not inside of another: the text before its items, its items, the text after them.
pub(super) fn last_group(statement: &str) -> Option<(&str, &str, &str)> {
    let mut open = Vec::new();
    let mut found = None;
    for (at, character) in code(statement) {
        match character {
            '(' | '[' | '{' => open.push(at),
            ')' | ']' | '}' => {
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
pub(super) fn split_items(inner: &str) -> Vec<&str> {
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
