//! The API reference in Markdown: an index, a page for each group of operations, a page for each type.

mod group;
mod index;
mod operation;
mod table;
mod types;

use super::format::plain;
use super::{Config, File, FileKind};
use crate::model::Api;

/// The files below `docs`.
pub(super) fn files(api: &Api, config: &Config) -> Vec<(String, File)> {
    let marked = |text: String| {
        let text = format!("<!-- {} -->\n\n{}\n", config.marker(), text.trim_end());
        plain(text, FileKind::Generated)
    };
    let mut files = vec![(
        "docs/README.md".to_owned(),
        marked(index::page(api, config)),
    )];
    for group in &api.groups {
        files.push((
            format!("docs/{}.md", group.name.file_stem()),
            marked(group::page(api, config, group)),
        ));
    }
    for definition in &api.types {
        files.push((
            format!("docs/types/{}.md", definition.name),
            marked(types::page(api, definition)),
        ));
    }
    files
}
