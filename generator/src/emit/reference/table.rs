//! Pieces of Markdown that every page uses.

use crate::emit::text::markdown_row;
use crate::model::Docs;

/// A page under construction.
pub(super) struct Page(String);

impl Page {
    /// Creates a page with this title.
    pub(super) fn new(title: &str) -> Self {
        Self(format!("# {title}\n\n"))
    }

    /// Adds a heading of the given level.
    pub(super) fn heading(&mut self, level: usize, title: &str) {
        self.paragraph(&format!("{} {title}", "#".repeat(level)));
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.0.push_str(text.trim_end());
            self.0.push_str("\n\n");
        }
    }

    /// Adds the document's own words.
    pub(super) fn docs(&mut self, docs: &Docs) {
        self.paragraph(docs.summary.as_deref().unwrap_or_default());
        self.paragraph(docs.description.as_deref().unwrap_or_default());
        if let Some(link) = &docs.link {
            self.paragraph(&format!("See <{link}>."));
        }
    }

    /// Adds a table, or a sentence if it has no rows.
    pub(super) fn table<const N: usize>(
        &mut self,
        head: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
        otherwise: &str,
    ) {
        let rows: Vec<String> = rows.into_iter().map(|row| markdown_row(&row)).collect();
        if rows.is_empty() {
            self.paragraph(otherwise);
            return;
        }
        let head = markdown_row(&head);
        let rule = markdown_row(&["---"; N]);
        self.paragraph(&format!("{head}\n{rule}\n{}", rows.join("\n")));
    }

    /// Returns the text of the page.
    pub(super) fn finish(self) -> String {
        self.0
    }
}
