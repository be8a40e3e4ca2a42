//! Texts and URLs as Markdown that means nothing but them.

use std::borrow::Cow;

/// A text as a code span, whatever backticks it holds.
pub(in crate::lower) fn code(text: &str) -> String {
    let mut text = clean(text);
    if text.contains('\n') {
        text = Cow::Owned(text.replace('\n', " "));
    }
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let touches = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let space = if touches { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, character: char) -> usize {
    text.split(|other| other != character)
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// The text without control characters and without those that change the direction of what follows, which rustc refuses; tabs are spaces.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\n' => cleaned.push('\n'),
            '\r' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push_str("    "),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {}
            '\u{feff}' | '\u{061c}' => {}
            other if other.is_control() => {}
            other => cleaned.push(other),
        }
    }
    Cow::Owned(cleaned)
}

/// A plain text, with URLs as links unless it is in a link already.
pub(super) fn text(text: &str, in_link: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while !in_link && let Some(start) = url_start(rest) {
        let (before, from_url) = rest.split_at(start);
        let (url, after) = from_url.split_at(url_length(from_url));
        escape_into(&mut escaped, before);
        escaped.push('<');
        escaped.push_str(url);
        escaped.push('>');
        rest = after;
    }
    escape_into(&mut escaped, rest);
    escaped
}

fn url_start(text: &str) -> Option<usize> {
    // Most texts have none, and are searched for a single character in less time.
    if !text.contains(':') {
        return None;
    }
    ["https://", "http://"]
        .iter()
        .filter_map(|scheme| {
            let start = text.find(scheme)?;
            let after = text.get(start + scheme.len()..)?;
            after
                .starts_with(|first: char| first.is_ascii_alphanumeric())
                .then_some(start)
        })
        .min()
}

/// Where a URL ends: at what cannot be in one, without the punctuation of the sentence around it.
fn url_length(text: &str) -> usize {
    let end = text
        .find(|character: char| {
            character.is_whitespace()
                || matches!(character, '<' | '>' | '"' | '`' | '\\' | '|' | '\'')
        })
        .unwrap_or(text.len());
    let url = text.get(..end).unwrap_or_default();
    let mut trimmed = url;
    loop {
        let shorter = trimmed.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        let shorter = match shorter.strip_suffix([')', ']']) {
            Some(inner) if !inner.contains(['(', '[']) => inner,
            _ => shorter,
        };
        if shorter.len() == trimmed.len() {
            return trimmed.len();
        }
        trimmed = shorter;
    }
}

fn escape_into(escaped: &mut String, text: &str) {
    if !text.bytes().any(|byte| b"\\`*[]~|_<&".contains(&byte)) {
        escaped.push_str(text);
        return;
    }
    let mut before: Option<char> = escaped.chars().next_back();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        let is_word = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
        let needs_backslash = match character {
            '\\' | '`' | '*' | '[' | ']' | '~' | '|' => true,
            '_' => !(is_word(before) && is_word(after)),
            '<' => after.is_none_or(|after| !after.is_whitespace() && after != '='),
            '&' => after.is_some_and(|after| after.is_ascii_alphabetic() || after == '#'),
            _ => false,
        };
        if needs_backslash {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
}

/// Escapes what would begin a block at the beginning of a line.
pub(super) fn line_starts(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line_start).collect();
    lines.join("\n")
}

fn line_start(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at(digits);
    let begins_block = if digits > 0 {
        rest.strip_prefix(['.', ')'])
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    } else {
        rest.starts_with(['#', '-', '+', '=', '>', ':'])
    };
    if begins_block {
        format!("{number}\\{rest}")
    } else {
        line.to_owned()
    }
}

/// Whether a URL leads somewhere from every page.
pub(super) fn is_absolute(url: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme) && url.len() > scheme.len())
}

/// A URL as it can be between parentheses or angle brackets.
pub(super) fn url(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    for character in clean(url).chars() {
        match character {
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            other if other.is_whitespace() => escaped.push_str("%20"),
            other => escaped.push(other),
        }
    }
    escaped
}
