//! The path of a position in a JSON document, for error messages.
//!
//! A path contains names of members and indices, never values.

/// The maximum length of a displayed path, in bytes. Its names come from the server.
const MAX_LENGTH: usize = 200;

/// The depth of nesting at which serde_json ends, as it documents.
const MAX_DEPTH: usize = 128;

/// An array or object that encloses the position.
enum Level {
    /// The index of the current item.
    List(usize),
    /// The range of the current member's name in the document, once it has been read.
    Object(Option<(usize, usize)>),
}

/// Returns the path, of any length, of the value that begins at a position or ends just before it. Lines count from 1, columns in bytes.
///
/// The document may be malformed from that position on.
pub(crate) fn at(json: &[u8], line: usize, column: usize) -> String {
    render(json, &levels(json, offset(json, line, column)))
}

/// Returns whether the array or object that begins just before a position is the first that is nested too deeply for serde_json.
pub(crate) fn is_at_limit(json: &[u8], line: usize, column: usize) -> bool {
    let end = offset(json, line, column);
    let begins = matches!(json.get(..end).and_then(<[u8]>::last), Some(b'[' | b'{'));
    begins && levels(json, end).len() >= MAX_DEPTH
}

/// Returns whether a number that no double holds, such as `1e400`, is just before a position. serde_json does not read it.
pub(crate) fn is_after_infinite_number(json: &[u8], line: usize, column: usize) -> bool {
    let before = json.get(..offset(json, line, column)).unwrap_or_default();
    let is_of_number = |byte: &&u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    let length = before.iter().rev().take_while(is_of_number).count();
    let number = before.get(before.len() - length..).unwrap_or_default();
    let number = std::str::from_utf8(number).ok();
    number.is_some_and(|number| number.parse().is_ok_and(f64::is_infinite))
}

fn levels(json: &[u8], end: usize) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let mut position = 0;
    while position < end {
        match json.get(position) {
            Some(b'{') => levels.push(Level::Object(None)),
            Some(b'[') => levels.push(Level::List(0)),
            Some(b'}' | b']') => {
                levels.pop();
            }
            Some(b',') => match levels.last_mut() {
                Some(Level::List(index)) => *index += 1,
                Some(Level::Object(name)) => *name = None,
                None => {}
            },
            Some(b'"') => {
                let start = position + 1;
                position = string_end(json, start);
                if let Some(Level::Object(name @ None)) = levels.last_mut() {
                    *name = Some((start, position));
                }
            }
            _ => {}
        }
        position += 1;
    }
    levels
}

/// Returns the index of a position, or the length of the document for a position outside of it.
pub(crate) fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 => return 0,
        1 => 0,
        _ => json
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(line - 2)
            .map_or(json.len(), |(index, _)| index + 1),
    };
    start.saturating_add(column).min(json.len())
}

/// Returns the index of the quotation mark that ends a string.
fn string_end(json: &[u8], start: usize) -> usize {
    let mut position = start;
    while let Some(byte) = json.get(position) {
        match byte {
            b'"' => break,
            b'\\' => position += 2,
            _ => position += 1,
        }
    }
    position
}

fn render(json: &[u8], levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::List(index) => path.push_str(&format!("[{index}]")),
            Level::Object(Some((start, end))) => {
                let name = json.get(*start..*end).unwrap_or_default();
                let member = member(&String::from_utf8_lossy(name));
                if !path.is_empty() && !member.starts_with('[') {
                    path.push('.');
                }
                path.push_str(&member);
            }
            Level::Object(None) => {}
        }
    }
    path
}

/// Returns a member's name as a segment of a path: `name`, or `["a name"]` if it contains characters that have a meaning in paths.
pub(crate) fn member(name: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "_-$@".contains(character);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("[\"{}\"]", name.escape_debug())
    }
}

/// Returns the path, cut in the middle if it is too long.
pub(crate) fn shorten(path: String) -> String {
    if path.len() <= MAX_LENGTH {
        return path;
    }
    let half = MAX_LENGTH / 2;
    let head: String = path.chars().take(half).collect();
    let tail: Vec<char> = path.chars().rev().take(half).collect();
    let tail: String = tail.into_iter().rev().collect();
    format!("{head}…{tail}")
}
