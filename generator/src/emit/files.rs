//! What emission returns: text by path, nothing written.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The files of a crate, by path relative to the crate, with `/` between its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, File>);

impl Files {
    /// Adds a file, or replaces the one at this path.
    pub fn insert(&mut self, path: impl Into<String>, file: File) {
        self.0.insert(path.into(), file);
    }

    /// Returns the file at this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }

    /// Returns whether there is a file at this path.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Returns the files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.0.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A file of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    head: String,
    body: Cow<'static, str>,
    /// Whose it is once it is written.
    pub kind: FileKind,
}

impl File {
    /// Returns a file whose text consists of two parts. One that the generator has in itself is not copied.
    #[must_use]
    pub fn new(
        head: impl Into<String>,
        body: impl Into<Cow<'static, str>>,
        kind: FileKind,
    ) -> Self {
        Self {
            head: head.into(),
            body: body.into(),
            kind,
        }
    }

    /// Returns what the file holds, with a line feed at the end.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self.head.as_str() {
            "" => Cow::Borrowed(&self.body),
            head => Cow::Owned([head, &self.body].concat()),
        }
    }

    /// Returns the parts of the text, of which the first may be empty, without a copy.
    #[must_use]
    pub fn parts(&self) -> [&str; 2] {
        [&self.head, &self.body]
    }

    /// Returns whether the file holds these bytes.
    #[must_use]
    pub fn holds(&self, bytes: &[u8]) -> bool {
        bytes.strip_prefix(self.head.as_bytes()) == Some(self.body.as_bytes())
    }
}

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Rewritten by each run.
    Generated,
    /// Written when it is missing, then the user's.
    Once,
}
