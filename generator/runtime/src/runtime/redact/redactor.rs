//! Prepares texts from a server for display: on one line, of limited length, and without the request's credential.

use std::fmt;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::runtime::redact::secret::Secret;

/// The replacement for a secret.
const REDACTED: &str = "[redacted]";

/// Marks the place where a text was cut.
const CUT: char = '…';

/// The minimum length of a needle. Shorter ones would remove words from harmless texts.
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

    /// Returns the text without the credential. The comparison ignores case, since host names are converted to lower case. If a text was
    /// cut (`…`), parts of the credential next to the cut are removed too.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.needles.iter().fold(text.to_owned(), |text, needle| {
            let needle = needle.expose_secret();
            without_parts_at_cuts(&without(&text, needle), needle)
        })
    }

    /// Returns a text that contains a URL without the credential. A server may have percent-encoded the credential in many ways. If it did,
    /// the returned text is decoded.
    pub(crate) fn redact_url(&self, text: &str) -> String {
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        let redacted = self.redact(&decoded);
        if redacted == decoded {
            self.redact(text)
        } else {
            redacted
        }
    }
}

fn without(text: &str, needle: &str) -> String {
    // ASCII case conversion preserves byte positions.
    let (folded, needle) = (text.to_ascii_lowercase(), needle.to_ascii_lowercase());
    let mut redacted = String::new();
    let mut rest = 0;
    for (place, _) in folded.match_indices(&needle) {
        redacted.push_str(text.get(rest..place).unwrap_or_default());
        redacted.push_str(REDACTED);
        rest = place + needle.len();
    }
    redacted.push_str(text.get(rest..).unwrap_or_default());
    redacted
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
                && let Some(part) = longest(needle, |length| {
                    let part = needle.get(..length)?;
                    piece.ends_with(part).then_some(part)
                })
            {
                piece.truncate(piece.len() - part.len());
                piece.push_str(REDACTED);
            }
            if index > 0
                && let Some(part) = longest(needle, |length| {
                    let part = needle.get(needle.len() - length..)?;
                    piece.starts_with(part).then_some(part)
                })
            {
                piece.replace_range(..part.len(), REDACTED);
            }
            piece
        })
        .collect();
    pieces.join(&CUT.to_string())
}

/// Returns the longest part of a needle that is found.
fn longest<'needle>(
    needle: &'needle str,
    find: impl Fn(usize) -> Option<&'needle str>,
) -> Option<&'needle str> {
    (SHORTEST..needle.len()).rev().find_map(find)
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
