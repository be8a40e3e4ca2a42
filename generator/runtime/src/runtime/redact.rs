//! Makes texts that come from a server fit to be printed: on one line, of bounded length, without the request's credential.

use std::fmt;

use percent_encoding::percent_decode_str;

use crate::runtime::secret::Secret;

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

/// Shorter needles would cut words out of harmless texts.
const SHORTEST: usize = 4;

/// Knows the forms in which a request carried its credential, and cuts them out of texts.
#[derive(Clone, Default)]
pub(crate) struct Scrubber {
    needles: Vec<Secret>,
}

impl Scrubber {
    /// Adds one form of the credential.
    pub(crate) fn hide(&mut self, needle: &str) {
        if needle.len() >= SHORTEST
            && !self
                .needles
                .iter()
                .any(|known| known.expose_secret() == needle)
        {
            self.needles.push(Secret::from(needle));
            // The longest first, so that a form that holds another goes as a whole.
            self.needles
                .sort_by_key(|needle| std::cmp::Reverse(needle.expose_secret().len()));
        }
    }

    /// The text without the credential.
    pub(crate) fn scrub(&self, text: &str) -> String {
        self.needles.iter().fold(text.to_owned(), |text, needle| {
            text.replace(needle.expose_secret(), REDACTED)
        })
    }

    /// The same for a text with a URL in it, in which a server may have percent-encoded the credential in one of many ways. Where it
    /// did, the text comes back decoded.
    pub(crate) fn scrub_url(&self, text: &str) -> String {
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        let scrubbed = self.scrub(&decoded);
        if scrubbed == decoded {
            self.scrub(text)
        } else {
            scrubbed
        }
    }
}

impl fmt::Debug for Scrubber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Scrubber([redacted])")
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
                line.push('…');
                return line;
            }
            line.push(character);
            count += 1;
        }
    }
    line
}

/// Control characters, and the marks that turn a terminal's text around.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
