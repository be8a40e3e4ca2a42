//! JSON pointers (RFC 6901), the addresses of nodes in a document.

use std::borrow::Cow;
use std::fmt;

/// A JSON pointer. It is kept in its escaped form, so that printing and comparing it cost nothing and extending it copies one string.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document; its text is empty.
    #[must_use]
    pub fn root() -> Self {
        Self(String::new())
    }

    /// Reads the text of a pointer (`/paths/~1x`), or `None` when it is neither empty nor begins with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The pointer to the member `key` of this node.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut pointer = Self(String::with_capacity(self.0.len() + key.len() + 1));
        pointer.0.push_str(&self.0);
        pointer.push(key);
        pointer
    }

    /// The pointer to the element `index` of this node.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// Moves this pointer to the member `key`.
    pub fn push(&mut self, key: &str) {
        self.0.push('/');
        if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            self.0.push_str(key);
            return;
        }
        for character in key.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// Moves this pointer to the element `index`.
    pub fn push_index(&mut self, index: usize) {
        self.push(&index.to_string());
    }

    /// Moves this pointer to its parent; the root stays where it is.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or(0));
    }

    /// This pointer followed by the segments of `other`.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self(format!("{}{}", self.0, other.0))
    }

    /// The parent, or `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let slash = self.0.rfind('/')?;
        Some(Self(self.0.get(..slash)?.to_owned()))
    }

    /// The last segment, unescaped, or `None` for the root.
    #[must_use]
    pub fn last(&self) -> Option<Cow<'_, str>> {
        self.0
            .rsplit_once('/')
            .map(|(_, segment)| unescape(segment))
    }

    /// Whether this is the pointer to the whole document.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The segments from the root on, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns the last `count` segments as a pointer of their own.
    #[must_use]
    pub fn tail(&self, count: usize) -> Self {
        let slash = count.checked_sub(1).and_then(|count| {
            let mut slashes = self.0.rmatch_indices('/');
            slashes.nth(count)
        });
        let rest = slash.and_then(|(slash, _)| self.0.get(slash..));
        Self(rest.unwrap_or_default().to_owned())
    }

    /// What follows `ancestor` in this pointer: the root when they are equal, `None` when `ancestor` is no ancestor.
    #[must_use]
    pub fn strip_prefix(&self, ancestor: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&ancestor.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// Whether this is `ancestor` or is below it.
    #[must_use]
    pub fn starts_with(&self, ancestor: &Self) -> bool {
        self.0
            .strip_prefix(&ancestor.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The escaped text; empty for the root.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Writes the text in quotes.
impl fmt::Debug for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

fn unescape(segment: &str) -> Cow<'_, str> {
    if !segment.contains('~') {
        return Cow::Borrowed(segment);
    }
    let mut text = String::with_capacity(segment.len());
    let mut parts = segment.split('~');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (character, length) = match part.as_bytes() {
            [b'0', ..] => ('~', 1),
            [b'1', ..] => ('/', 1),
            _ => ('~', 0),
        };
        text.push(character);
        text.push_str(part.get(length..).unwrap_or_default());
    }
    Cow::Owned(text)
}
