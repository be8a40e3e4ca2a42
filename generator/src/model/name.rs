//! Names and texts that are already fit for Rust.

use std::fmt;

/// A valid Rust identifier, unique in its scope, keywords already avoided.
///
/// Only `lower::names` makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier(String);

impl Identifier {
    /// Wraps text that `lower::names` has made a valid identifier.
    pub(crate) fn new_unchecked(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The identifier as it is in Rust source.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as a file's name: without the mark of a raw identifier.
    #[must_use]
    pub fn file_stem(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// Whether it is a name of examples, of which clippy warns where a variable or an argument has it.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        ["foo", "baz", "quux"].contains(&self.as_str())
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Documentation of an item: Markdown that rustdoc accepts without a warning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line without a line break.
    pub summary: Option<String>,
    /// Further paragraphs.
    pub description: Option<String>,
    /// The vendor's page about the item.
    pub link: Option<String>,
}

impl Docs {
    /// Adds a paragraph.
    #[must_use]
    pub fn with_remark(mut self, remark: &str) -> Self {
        match &mut self.description {
            Some(description) => {
                description.push_str("\n\n");
                description.push_str(remark);
            }
            None if self.summary.is_none() => self.summary = Some(remark.to_owned()),
            None => self.description = Some(remark.to_owned()),
        }
        self
    }

    /// One line: the summary, or the first line of the description.
    #[must_use]
    pub fn line(&self) -> String {
        let text = self
            .summary
            .as_deref()
            .or(self.description.as_deref())
            .unwrap_or_default();
        text.lines().next().unwrap_or_default().to_owned()
    }

    /// Returns the first sentence of the first line, or the whole line where no end of a sentence is plain.
    #[must_use]
    pub fn first_sentence(&self) -> String {
        let line = self.line();
        let mut ends = line.match_indices(". ").map(|(at, _)| at);
        match ends.find(|at| ends_sentence(&line[..*at], &line[at + 2..])) {
            Some(end) => line[..=end].to_owned(),
            None => line,
        }
    }

    /// All words about the item on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let words = self
            .summary
            .iter()
            .chain(&self.description)
            .flat_map(|text| text.split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether there are no words about the item; there may be a link.
    #[must_use]
    pub fn has_no_text(&self) -> bool {
        self.summary.is_none() && self.description.is_none()
    }

    /// Whether nothing is documented.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.summary.is_none() && self.description.is_none() && self.link.is_none()
    }
}

/// Returns whether a full stop between two texts ends a sentence: it is outside of code, links and parentheses, follows a word that is no
/// abbreviation, and a sentence begins after it.
fn ends_sentence(before: &str, after: &str) -> bool {
    let count = |mark: char| before.matches(mark).count();
    let last = before.rsplit([' ', '(']).next().unwrap_or_default();
    let is_word = last.ends_with(|c: char| c.is_lowercase() || matches!(c, ')' | '`' | '*'))
        && last.len() > 1
        && !last.contains('.')
        && !matches!(
            &*last.to_lowercase(),
            "etc" | "vs" | "cf" | "approx" | "incl" | "max" | "min"
        );
    let is_outside = count('`').is_multiple_of(2)
        && count('(') == count(')')
        && count('[') == count(']')
        && count('*').is_multiple_of(2);
    let begins = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '`' | '[' | '*'));
    is_word && is_outside && begins
}

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn the_first_sentence_ends_where_the_next_begins() {
        for (line, expected) in [
            ("The day. It ends at noon.", "The day."),
            ("The `a.b. C` of it. Rest.", "The `a.b. C` of it."),
            (
                "A name (e.g. Ann. Or Bob). Rest.",
                "A name (e.g. Ann. Or Bob).",
            ),
            ("A [page. Two](x). Rest.", "A [page. Two](x)."),
            (
                "Approx. Ten, i.e. Five, etc. Nine",
                "Approx. Ten, i.e. Five, etc. Nine",
            ),
            ("Version 1. 2 is later.", "Version 1. 2 is later."),
            ("One sentence", "One sentence"),
            ("", ""),
        ] {
            let docs = Docs {
                description: Some(format!("{line}\nmore")),
                ..Docs::default()
            };
            assert_eq!(docs.first_sentence(), expected);
        }
    }
}
