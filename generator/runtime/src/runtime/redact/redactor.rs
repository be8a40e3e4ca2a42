//! Prepares texts from a server for display: on one line, of limited length, and without the request's credential.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::runtime::redact::secret::Secret;

/// The replacement for a secret.
const REDACTED: &str = "[redacted]";

/// Marks the place where a text was cut.
const CUT: char = '…';

/// The minimum length of a needle. Shorter ones would remove words from other texts.
const SHORTEST: usize = 4;

/// Removes a request's credential from texts, in all forms in which it was sent.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    needles: Arc<Vec<Secret>>,
}

impl Redactor {
    /// Adds one form of the credential.
    pub(crate) fn hide(&mut self, needle: &str) {
        if needle.len() >= SHORTEST
            && !self
                .needles
                .iter()
                .any(|known| known.expose_secret() == needle)
        {
            let needles = Arc::make_mut(&mut self.needles);
            needles.push(Secret::from(needle));
            // The longest needle comes first, so that a form that contains another one is removed as a whole.
            needles.sort_by_key(|needle| std::cmp::Reverse(needle.expose_secret().len()));
        }
    }

    /// Returns the text without the credential. Case is ignored, because host names lose theirs, and any of the credential's characters may be
    /// percent-encoded, once or several times. If the text was cut (`…`), a part of the credential at the cut is removed as well.
    pub(crate) fn redact<'text>(&self, text: &'text str) -> Cow<'text, str> {
        let is_cut = text.contains(CUT);
        self.needles
            .iter()
            .fold(Cow::Borrowed(text), |text, needle| {
                let needle = needle.expose_secret();
                let text = without(text, needle);
                if is_cut {
                    Cow::Owned(without_parts_at_cuts(&text, needle))
                } else {
                    text
                }
            })
    }
}

fn without<'text>(text: Cow<'text, str>, needle: &str) -> Cow<'text, str> {
    let Some((mut start, mut end)) = find(&text, needle, 0) else {
        return text;
    };
    let mut redacted = String::new();
    let mut rest = 0;
    loop {
        redacted.push_str(text.get(rest..start).unwrap_or_default());
        redacted.push_str(REDACTED);
        rest = end;
        match find(&text, needle, rest) {
            Some(next) => (start, end) = next,
            None => break,
        }
    }
    redacted.push_str(text.get(rest..).unwrap_or_default());
    Cow::Owned(redacted)
}

/// Returns the range of the needle in the text, from this byte on.
fn find(text: &str, needle: &str, from: usize) -> Option<(usize, usize)> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let first = *needle.first()?;
    // No form of a needle is shorter than itself.
    let last = text.len().checked_sub(needle.len())?;
    (from..=last).find_map(|start| {
        let byte = *text.get(start)?;
        if byte != b'%' && !equals(byte, first) {
            return None;
        }
        let (count, length) = common(text.get(start..)?, needle);
        (count == needle.len()).then_some((start, start + length))
    })
}

/// Returns how many bytes of the needle a text begins with, and their length in the text.
fn common(text: &[u8], needle: &[u8]) -> (usize, usize) {
    let once = common_with(text, needle, false);
    if once.0 == needle.len() || !needle.contains(&b'%') {
        return once;
    }
    once.max(common_with(text, needle, true))
}

/// Does the same. If `nested` is set, a `%` of the needle may be encoded repeatedly in the text.
fn common_with(text: &[u8], needle: &[u8], nested: bool) -> (usize, usize) {
    let mut length = 0;
    for (count, wanted) in needle.iter().enumerate() {
        let rest = text.get(length..);
        match rest.and_then(|rest| encoded(rest, *wanted, nested)) {
            Some(more) => length += more,
            None => return (count, length),
        }
    }
    (needle.len(), length)
}

/// The maximum number of times that a `%` is encoded.
const NESTING: usize = 4;

/// Returns the length of this byte's form at the beginning of a text: the byte itself, `%41`, `%2541` and so on.
fn encoded(text: &[u8], wanted: u8, nested: bool) -> Option<usize> {
    let first = *text.first()?;
    let mut found = equals(first, wanted).then_some(1);
    if first != b'%' {
        return found;
    }
    let mut digits = text.get(1..).unwrap_or_default().chunks_exact(2);
    for level in 1..=NESTING {
        let Some(byte) = digits.next().and_then(hexadecimal) else {
            break;
        };
        if equals(byte, wanted) {
            found = Some(1 + 2 * level);
            if !nested {
                break;
            }
        }
        if byte != b'%' {
            break;
        }
    }
    found
}

/// Returns whether a byte equals the wanted one, ignoring case, or is the `+` of a form for a space.
fn equals(byte: u8, wanted: u8) -> bool {
    byte.eq_ignore_ascii_case(&wanted) || (byte == b'+' && wanted == b' ')
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let mut byte = 0;
    for digit in digits {
        byte = byte << 4 | u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
    }
    Some(byte)
}

fn without_parts_at_cuts(text: &str, needle: &str) -> String {
    let pieces: Vec<&str> = text.split(CUT).collect();
    let last = pieces.len().saturating_sub(1);
    let pieces: Vec<String> = pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| {
            let mut piece = (*piece).to_owned();
            if index < last
                && let Some(start) = beginning_at_end(&piece, needle)
            {
                piece.replace_range(start.., REDACTED);
            }
            if index > 0
                && let Some(end) = end_at_beginning(&piece, needle)
            {
                piece.replace_range(..end, REDACTED);
            }
            piece
        })
        .collect();
    pieces.join(&CUT.to_string())
}

/// Returns the start of the longest beginning of the needle with which a text ends. It may end within a percent-encoded character.
fn beginning_at_end(text: &str, needle: &str) -> Option<usize> {
    (0..text.len()).find(|start| {
        let Some(text) = text.get(*start..).map(str::as_bytes) else {
            return false;
        };
        let (count, length) = common(text, needle.as_bytes());
        count >= SHORTEST && text.get(length..).is_some_and(is_broken)
    })
}

/// Returns whether the rest is empty or the beginning of a percent-encoded character.
fn is_broken(rest: &[u8]) -> bool {
    let mut digits = match rest {
        [] => return true,
        [b'%', digits @ ..] => digits,
        _ => return false,
    };
    while let [b'2', b'5', more @ ..] = digits {
        digits = more;
    }
    digits.len() < 2
}

/// Returns the end of the longest end of the needle with which a text begins.
fn end_at_beginning(text: &str, needle: &str) -> Option<usize> {
    // No form of the end is shorter than itself. A text with many cuts is thus read in linear time.
    let longest = needle.len().min(text.len() + 1);
    let lengths = (SHORTEST..longest).rev();
    lengths.into_iter().find_map(|wanted| {
        let end = needle.as_bytes().get(needle.len() - wanted..)?;
        let (count, length) = common(text.as_bytes(), end);
        (count == wanted && text.is_char_boundary(length)).then_some(length)
    })
}

impl fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Redactor([redacted])")
    }
}

/// Replaces white space and control characters with single spaces, and cuts the text after `limit` characters.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split(|character: char| character.is_whitespace() || is_unprintable(character))
    {
        if word.is_empty() {
            continue;
        }
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        for character in word.chars() {
            if count >= limit {
                line.push(CUT);
                return line;
            }
            line.push(character);
            count += 1;
        }
    }
    line
}

/// Returns whether a character is a control character or changes the direction of displayed text.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
