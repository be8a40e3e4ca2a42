//! The files of a crate before they are made. None needs another, so they can be made in any order.

use super::format::{self, Module};
use super::{Config, File, FileKind};

/// A file that is yet to be made.
pub struct PlannedFile<'a> {
    path: String,
    /// How much there is to do, compared with other files.
    weight: usize,
    expand: Box<dyn Fn() -> Content + Send + Sync + 'a>,
}

/// What a file holds before it is printed.
pub struct ExpandedFile(pub(super) Content);

/// The items of a Rust file, or a text.
pub(super) enum Content {
    Module(Module),
    Marked(String),
    Once(String),
}

impl<'a> PlannedFile<'a> {
    pub(super) fn new(
        path: impl Into<String>,
        weight: usize,
        expand: impl Fn() -> Content + Send + Sync + 'a,
    ) -> Self {
        Self {
            path: path.into(),
            weight,
            expand: Box::new(expand),
        }
    }

    pub(super) fn module(
        path: impl Into<String>,
        weight: usize,
        expand: impl Fn() -> Module + Send + Sync + 'a,
    ) -> Self {
        Self::new(path, weight, move || Content::Module(expand()))
    }

    /// Returns the file's path in the crate.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Makes what the file holds.
    #[must_use]
    pub fn expand(&self) -> ExpandedFile {
        ExpandedFile((self.expand)())
    }
}

impl ExpandedFile {
    /// Prints the file.
    #[must_use]
    pub fn print(self, config: &Config) -> File {
        match self.0 {
            Content::Module(module) => format::format(module, config),
            Content::Marked(mut text) => {
                text.truncate(text.trim_end().len());
                text.push('\n');
                let head = format!("<!-- {} -->\n\n", config.marker());
                File::new(head, text, FileKind::Generated)
            }
            Content::Once(text) => File::new("", text, FileKind::Once),
        }
    }
}
