//! The model becomes the files of a crate: one file for each kind of artefact, small functions that expand one thing each.
//!
//! Asks the model and decides nothing; knows neither OpenAPI's document types nor YAML.

mod client;
mod config;
mod example;
mod files;
mod format;
mod imports;
mod layout;
mod library;
pub mod manifest;
mod operations;
mod readme;
mod reference;
mod runtime;
mod text;
mod tokens;
mod types;

use std::fmt;

use crate::model::Api;

pub use config::Config;
pub use files::{File, FileKind, Files};

/// A file that is no Rust: a fault of the generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmitError {
    /// The file.
    pub path: String,
    /// The parser's message.
    pub message: String,
}

impl fmt::Display for EmitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the emitted file {} does not parse: {}",
            self.path, self.message
        )
    }
}

impl std::error::Error for EmitError {}

/// The files of the crate.
///
/// # Errors
///
/// When an emitted file is no Rust.
pub fn emit(api: &Api, config: &Config) -> Result<Files, EmitError> {
    let mut files = Files::default();
    let mut modules = vec![
        ("src/lib.rs".to_owned(), library::module(api, config)),
        ("src/client.rs".to_owned(), client::module(api, config)),
    ];
    modules.extend(types::modules(api));
    modules.extend(operations::modules(api, config));
    for (path, module) in modules {
        let file = format::format(&path, module, config)?;
        files.insert(path, file);
    }
    for (path, file) in runtime::files(api, config) {
        files.insert(path, file);
    }
    for (path, file) in reference::files(api, config) {
        files.insert(path, file);
    }
    files.insert("Cargo.toml", once(manifest::text(api, config)));
    files.insert("README.md", once(readme::text(api, config)));
    Ok(files)
}

/// A file that is the user's once it is written.
fn once(text: String) -> File {
    File {
        text,
        kind: FileKind::Once,
    }
}

#[cfg(test)]
mod tests;
