//! Selectors as they are written: `tag:Pets`, `path:/pets/**`, `operation:listPets`.

use std::fmt;
use std::str::FromStr;

use super::glob;
use super::operations::Operation;

/// Selects operations by one of their properties.
///
/// - `tag:Pets` selects the operations that have the tag.
/// - `path:/pets/*/food` selects those of the matching paths. `*` stands for one segment or a part of one, `**` for any number of
///   segments, none included: `path:/pets/**` selects `/pets` too. Names in braces are written as they are in the document.
/// - `operation:listPets` selects the operation of that id.
///
/// `*` stands for any characters of a tag or an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    pub(super) kind: Kind,
    pub(super) pattern: String,
}

/// The property that a selector looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Tag,
    Path,
    Operation,
}

impl Kind {
    const ALL: [(&'static str, Self); 3] = [
        ("tag", Self::Tag),
        ("path", Self::Path),
        ("operation", Self::Operation),
    ];
}

impl Selector {
    /// Whether an operation is one of those that are selected.
    pub(super) fn matches(&self, operation: &Operation<'_>) -> bool {
        let pattern = &self.pattern;
        match self.kind {
            Kind::Tag => {
                let mut tags = operation.tags.iter();
                tags.any(|tag| glob::matches_text(pattern, tag))
            }
            Kind::Path => operation
                .path
                .is_some_and(|path| glob::matches_path(pattern, path)),
            Kind::Operation => operation
                .id
                .is_some_and(|id| glob::matches_text(pattern, id)),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Kind::ALL.iter();
        let name = names.find(|(_, kind)| *kind == self.kind);
        let name = name.map_or("", |(name, _)| name);
        write!(formatter, "{name}:{}", self.pattern)
    }
}

/// A text that is no selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSelector {
    text: String,
    expected: &'static str,
}

impl fmt::Display for InvalidSelector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, expected } = self;
        write!(formatter, "expected {expected}, found `{text}`")
    }
}

impl std::error::Error for InvalidSelector {}

impl FromStr for Selector {
    type Err = InvalidSelector;

    fn from_str(text: &str) -> Result<Self, InvalidSelector> {
        let expecting = |expected| InvalidSelector {
            text: text.to_owned(),
            expected,
        };
        let invalid = || expecting("`tag:…`, `path:/…` or `operation:…`");
        let (name, pattern) = text.split_once(':').ok_or_else(invalid)?;
        let mut kinds = Kind::ALL.iter();
        let (_, kind) = kinds
            .find(|(known, _)| *known == name)
            .ok_or_else(invalid)?;
        let is_path = pattern.starts_with('/') || pattern.starts_with("**");
        if pattern.is_empty() || *kind == Kind::Path && !is_path {
            return Err(invalid());
        }
        let is_part = |segment: &str| segment.contains("**") && segment != "**";
        if *kind == Kind::Path && pattern.split('/').any(is_part) {
            return Err(expecting("`**` as a whole segment, `*` for a part of one"));
        }
        Ok(Self {
            kind: *kind,
            pattern: pattern.to_owned(),
        })
    }
}
