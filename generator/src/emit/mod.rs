//! The model becomes the files of a crate: one file for each kind of artefact, small functions that expand one thing each.
//!
//! Asks the model and decides nothing; knows neither OpenAPI's document types nor YAML.

mod client;
mod config;
mod example;
mod files;
mod format;
mod imports;
mod library;
pub mod manifest;
mod operations;
mod plan;
mod print;
mod readme;
mod reference;
mod runtime;
mod text;
mod tokens;
mod types;

use std::cmp::Reverse;

use crate::model::{Api, Literal};
use crate::parallel;
use plan::Content;

pub use config::Config;
pub use files::{File, FileKind, Files};
pub use plan::{ExpandedFile, PlannedFile};

/// Returns the files of the crate.
///
/// They are made in parallel. The number of threads does not affect the result.
#[must_use]
pub fn emit(api: &Api, config: &Config) -> Files {
    emit_beside(|| (), api, config).1
}

/// Returns the files of the crate as [`emit`] does, and what another piece of work returns. It is done by the same threads, before them.
pub(crate) fn emit_beside<A: Send>(
    beside: impl FnOnce() -> A + Send,
    api: &Api,
    config: &Config,
) -> (Option<A>, Files) {
    let planned = plan(api, config);
    let print = |file: &PlannedFile<'_>| file.expand().print(config);
    let (done, made) = parallel::map_beside(beside, &planned, print);
    let mut files = Files::default();
    for (planned, file) in planned.iter().zip(made) {
        files.insert(planned.path(), file);
    }
    for (path, file) in runtime::files(api, config) {
        files.insert(path, file);
    }
    (done, files)
}

/// Returns the files that are made from the model, the largest first. The runtime's are not among them.
#[must_use]
pub fn plan<'a>(api: &'a Api, config: &'a Config) -> Vec<PlannedFile<'a>> {
    let mut files = vec![
        PlannedFile::module("src/lib.rs", 1, || library::module(api, config)),
        PlannedFile::module("src/client.rs", 1, || client::module(api, config)),
        PlannedFile::new("Cargo.toml", 1, || {
            Content::Once(manifest::text(api, config))
        }),
        PlannedFile::new("README.md", 1, || Content::Once(readme::text(api, config))),
    ];
    files.extend(types::files(api));
    files.extend(operations::files(api, config));
    files.extend(reference::files(api, config));
    files.sort_by_key(|file| Reverse(file.weight()));
    files
}

/// Returns the paths of the names that the crate's root and its modules export, as users write them.
#[must_use]
pub fn exports(api: &Api) -> Vec<String> {
    library::exports(api)
}

/// Returns a default as the document has it, in Markdown.
#[must_use]
pub fn default_text(api: &Api, literal: &Literal) -> String {
    text::default_text(api, literal)
}

#[cfg(test)]
mod tests;
