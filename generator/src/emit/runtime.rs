//! The runtime's files, copied as they are: only those that the model asks for. A folder is copied as a whole, without the files of
//! its that belong to a feature of the document's which the API does not have.

use std::borrow::Cow;

use super::{Config, File, FileKind};
use crate::model::{Api, RuntimeFeature};

/// A file of the runtime.
struct RuntimeFile {
    folder: &'static str,
    name: &'static str,
    text: &'static str,
}

macro_rules! runtime_files {
    ($($folder:literal: [$($name:literal),* $(,)?]),* $(,)?) => {
        &[$($(RuntimeFile {
            folder: $folder,
            name: $name,
            text: include_str!(concat!("../../runtime/src/runtime/", $folder, "/", $name, ".rs")),
        }),*),*]
    };
}

/// Every file of the runtime, by folder. A test holds the list against the disk.
const FILES: &[RuntimeFile] = runtime_files![
    "api": ["mod", "operation"],
    "call": ["attempt", "base_url", "blocking", "body", "builder", "client", "decompress", "execute", "guard", "http_settings", "mod", "observe", "options", "prepare", "rate_limit", "raw", "redirect", "response", "retry", "retry_after", "trace"],
    "credential": ["auth", "auth_provider", "credentials", "header", "mod"],
    "decode": ["additional", "context", "integer_enum", "json", "json_path", "limits", "member", "mod", "nullable", "record", "sample", "secret_member", "string_enum", "time", "union", "whole_number", "words"],
    "encode": ["encoder", "form", "format", "list", "mod", "multipart", "node", "parameter", "percent", "request"],
    "error": ["body", "class", "display", "kind", "list_end", "mod", "quote"],
    "http_client": ["mod", "timer_tokio", "tls_rustls", "transport_reqwest", "transport_reqwest_error"],
    "page": ["blocking", "evidence", "link", "lossy", "mod", "next", "paginator", "rate_limit", "sample", "stream"],
    "redact": ["mod", "redactor", "secret"],
    "replacement": ["check", "effect", "exchange", "in_flight", "info", "mod", "outcome", "permit", "registry", "response", "revocation", "settings", "single_flight", "state"],
    "transport": ["head", "mod", "scripted_transport", "timer"],
];

/// Names the folders and their visibility.
const ROOT: &str = include_str!("../../runtime/src/runtime/mod.rs");

/// Returns the part of the runtime that a folder, or a file of one, belongs to, where not every client has it.
fn feature_of(module: &str) -> Option<RuntimeFeature> {
    match module {
        "page" | "error/list_end" => Some(RuntimeFeature::Pagination),
        "replacement" => Some(RuntimeFeature::Replacement),
        "call/rate_limit" | "page/rate_limit" => Some(RuntimeFeature::RateLimit),
        "decode/additional" => Some(RuntimeFeature::AdditionalMembers),
        "decode/time" => Some(RuntimeFeature::Time),
        "decode/nullable" => Some(RuntimeFeature::Nullable),
        "decode/string_enum" => Some(RuntimeFeature::StringEnum),
        "decode/integer_enum" => Some(RuntimeFeature::IntegerEnum),
        "decode/secret_member" => Some(RuntimeFeature::NewSecret),
        "decode/union" => Some(RuntimeFeature::Union),
        "encode/list" => Some(RuntimeFeature::List),
        "encode/format" => Some(RuntimeFeature::ParameterFormat),
        "encode/form" => Some(RuntimeFeature::Form),
        "encode/multipart" => Some(RuntimeFeature::Multipart),
        _ => None,
    }
}

fn is_wanted(api: &Api, module: &str) -> bool {
    feature_of(module).is_none_or(|feature| api.needs(feature))
}

impl RuntimeFile {
    fn module(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    fn is_wanted(&self, api: &Api) -> bool {
        is_wanted(api, self.folder) && is_wanted(api, &self.module())
    }
}

/// Returns the files below `src/runtime`.
pub(super) fn files(api: &Api, config: &Config) -> Vec<(String, File)> {
    let head = format!("// {}\n\n", config.marker());
    let marked = |text: Cow<'static, str>| File::new(head.as_str(), text, FileKind::Generated);
    let root = without_unwanted(ROOT, |name| is_wanted(api, name));
    let mut files = vec![("src/runtime/mod.rs".to_owned(), marked(root.into()))];
    files.extend(FILES.iter().filter(|file| file.is_wanted(api)).map(|file| {
        let text = match file.name {
            "mod" => Cow::Owned(without_unwanted(file.text, |name| {
                is_wanted(api, &format!("{}/{name}", file.folder))
            })),
            _ => Cow::Borrowed(file.text),
        };
        (format!("src/runtime/{}.rs", file.module()), marked(text))
    }));
    files
}

/// Returns a `mod.rs` without the modules that are not wanted.
fn without_unwanted(text: &str, is_wanted: impl Fn(&str) -> bool) -> String {
    let mut wanted = String::new();
    let mut attributes = String::new();
    for line in text.lines() {
        if line.starts_with("#[cfg(") {
            attributes.push_str(line);
            attributes.push('\n');
            continue;
        }
        let declared = line
            .strip_prefix("pub mod ")
            .or_else(|| line.strip_prefix("pub(crate) mod "))
            .or_else(|| line.strip_prefix("mod "))
            .and_then(|rest| rest.strip_suffix(';'));
        if declared.is_none_or(&is_wanted) {
            wanted.push_str(&attributes);
            wanted.push_str(line);
            wanted.push('\n');
        }
        attributes.clear();
    }
    wanted
}

#[cfg(test)]
mod tests;
