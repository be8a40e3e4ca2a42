//! The runtime's files, copied as they are: only those that the model asks for.

use super::format::plain;
use super::{Config, File, FileKind};
use crate::model::{Api, RuntimeFeature};

/// A file of the runtime.
struct RuntimeFile {
    name: &'static str,
    text: &'static str,
}

macro_rules! runtime_files {
    ($($name:literal),* $(,)?) => {
        &[$(RuntimeFile {
            name: $name,
            text: include_str!(concat!("../../runtime/src/runtime/", $name, ".rs")),
        }),*]
    };
}

/// Every file of the runtime. A test holds the list against the folder.
const FILES: &[RuntimeFile] = runtime_files![
    "attempt",
    "auth",
    "auth_provider",
    "base_url",
    "blocking",
    "body",
    "builder",
    "call",
    "client",
    "credential_check",
    "credential_effect",
    "credential_state",
    "credentials",
    "decompress",
    "encode",
    "encoder",
    "enumeration",
    "error",
    "error_body",
    "error_display",
    "error_kind",
    "execute",
    "flight",
    "form",
    "header",
    "json",
    "json_path",
    "registry",
    "limits",
    "link",
    "list",
    "member",
    "multipart",
    "node",
    "nullable",
    "observe",
    "operation",
    "options",
    "page",
    "page_blocking",
    "page_stream",
    "parameter",
    "prepare",
    "raw",
    "record",
    "redact",
    "redirect",
    "replacement",
    "replacement_response",
    "request",
    "response",
    "retry",
    "retry_after",
    "scripted_transport",
    "secret",
    "shared_call",
    "time",
    "timer",
    "timer_tokio",
    "tls_rustls",
    "trace",
    "transport",
    "transport_reqwest",
    "transport_reqwest_error",
    "union",
];

/// Names the files and their visibility.
const MODULE: &str = include_str!("../../runtime/src/runtime/mod.rs");

/// The part of the runtime that a file belongs to, where not every client has it.
fn feature_of(name: &str) -> Option<RuntimeFeature> {
    match name {
        "page" | "page_stream" | "page_blocking" | "link" => Some(RuntimeFeature::Pagination),
        "list" => Some(RuntimeFeature::List),
        "time" => Some(RuntimeFeature::Time),
        "nullable" => Some(RuntimeFeature::Nullable),
        "enumeration" => Some(RuntimeFeature::Enumeration),
        "union" => Some(RuntimeFeature::Union),
        "form" => Some(RuntimeFeature::Form),
        "multipart" => Some(RuntimeFeature::Multipart),
        _ => None,
    }
}

fn is_wanted(api: &Api, name: &str) -> bool {
    feature_of(name).is_none_or(|feature| api.needs(feature))
}

/// The files below `src/runtime`.
pub(super) fn files(api: &Api, config: &Config) -> Vec<(String, File)> {
    let marked = |text: &str| {
        plain(
            format!("// {}\n\n{text}", config.marker()),
            FileKind::Generated,
        )
    };
    let mut files: Vec<(String, File)> = FILES
        .iter()
        .filter(|file| is_wanted(api, file.name))
        .map(|file| (format!("src/runtime/{}.rs", file.name), marked(file.text)))
        .collect();
    files.push(("src/runtime/mod.rs".to_owned(), marked(&module(api))));
    files
}

/// The runtime's own list of modules without those that are not wanted.
fn module(api: &Api) -> String {
    let mut text = String::new();
    let mut attributes = String::new();
    for line in MODULE.lines() {
        if line.starts_with("#[") {
            attributes.push_str(line);
            attributes.push('\n');
            continue;
        }
        let declared = line
            .strip_prefix("pub mod ")
            .or_else(|| line.strip_prefix("pub(crate) mod "))
            .or_else(|| line.strip_prefix("mod "))
            .and_then(|rest| rest.strip_suffix(';'));
        if declared.is_none_or(|name| is_wanted(api, name)) {
            text.push_str(&attributes);
            text.push_str(line);
            text.push('\n');
        }
        attributes.clear();
    }
    text
}

#[cfg(test)]
mod tests;
