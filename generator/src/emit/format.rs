//! From tokens to a file's text.

use proc_macro2::TokenStream;

use super::{Config, EmitError, File, FileKind};
use crate::emit::tokens::doc_text;

/// A Rust file before it is formatted.
pub(super) struct Module {
    /// What the file is about.
    pub(super) about: String,
    /// Its items.
    pub(super) items: Vec<TokenStream>,
}

/// The text of a module, first the line that says where it comes from.
pub(super) fn format(path: &str, module: &Module, config: &Config) -> Result<File, EmitError> {
    let mut text = format!("// {}\n\n", config.marker());
    let about = doc_text(&module.about);
    let about = about.to_string().replace("# [doc", "#! [doc");
    text.push_str(&unparse(path, &about)?);
    for item in &module.items {
        text.push('\n');
        text.push_str(&unparse(path, &item.to_string())?);
    }
    Ok(File {
        text,
        kind: FileKind::Generated,
    })
}

/// Formats one item. Items are formatted one by one so that an empty line can stand between them.
fn unparse(path: &str, tokens: &str) -> Result<String, EmitError> {
    let file = syn::parse_file(tokens).map_err(|error| EmitError {
        path: path.to_owned(),
        message: error.to_string(),
    })?;
    Ok(prettyplease::unparse(&file))
}

/// A file that does not consist of items.
pub(super) fn plain(text: String, kind: FileKind) -> File {
    File { text, kind }
}
