//! Makes texts that come from a server fit to be printed: on one line, of bounded length, without the request's credential.

use std::fmt;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::runtime::redact::secret::Secret;

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

/// Stands where a text was cut.
const CUT: char = '…';

/// Shorter needles would cut words out of harmless texts.
const SHORTEST: usize = 4;

/// Knows the forms in which a request carried its credential, and cuts them out of texts.
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
            // The longest first, so that a form that holds another goes as a whole.
            needles.sort_by_key(|needle| std::cmp::Reverse(needle.expose_secret().len()));
        }
    }

    /// The text without the credential, in whatever case it is written, since hosts lose theirs. Where a text was cut (`…`), what is
    /// left of the credential at the cut goes as well.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.needles.iter().fold(text.to_owned(), |text, needle| {
            let needle = needle.expose_secret();
            without_parts_at_cuts(&without(&text, needle), needle)
        })
    }

    /// The same for a text with a URL in it, in which a server may have percent-encoded the credential in one of many ways. Where it
    /// did, the text comes back decoded.
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
    // Neither changes a byte's place.
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

/// The longest part of a needle that is found.
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

/// Folds white space and control characters into single blanks and cuts after `limit` characters.
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

/// Control characters, and the marks that permit a terminal's text around.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
