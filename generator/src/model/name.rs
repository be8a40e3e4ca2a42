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
