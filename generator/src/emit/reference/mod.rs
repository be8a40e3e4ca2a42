//! The API reference in Markdown: an index, a page for each group of operations, a page for each type.

mod group;
mod index;
mod operation;
mod table;
mod types;

use super::Config;
use super::plan::{Content, PlannedFile};
use crate::model::Api;

/// Returns the files below `docs`.
pub(super) fn files<'a>(api: &'a Api, config: &'a Config) -> Vec<PlannedFile<'a>> {
    let mut files = vec![PlannedFile::new("docs/README.md", 1, || {
        Content::Marked(index::page(api, config))
    })];
    files.extend(api.groups.iter().map(|group| {
        let path = format!("docs/{}.md", group.name.file_stem());
        PlannedFile::new(path, group.operations.len(), move || {
            Content::Marked(group::page(api, config, group))
        })
    }));
    files.extend(api.types.iter().map(|definition| {
        let path = format!("docs/types/{}.md", definition.name);
        PlannedFile::new(path, 1, move || {
            Content::Marked(types::page(api, definition))
        })
    }));
    files
}
