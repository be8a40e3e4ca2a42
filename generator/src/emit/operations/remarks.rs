//! What an operation's documentation says beside the document's own words.

use crate::emit::text::{default_text, markdown_row, status_text, type_name};
use crate::model::{Api, Operation, SecurityRequirement};

/// Method and path.
pub(in crate::emit) fn http_line(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// The HTTP line, the parameters and the documented errors.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> Vec<String> {
    let mut paragraphs = vec![format!("`{}`", http_line(operation))];
    paragraphs.extend(optional_parameters(operation));
    paragraphs.push(errors(api, operation));
    if operation.security == SecurityRequirement::Anonymous {
        paragraphs.push("No credential is sent.".to_owned());
    }
    paragraphs
}

fn optional_parameters(operation: &Operation) -> Option<String> {
    let names: Vec<String> = operation
        .optional_parameters()
        .map(|parameter| {
            let default = parameter.default.as_ref().map(default_text);
            let default = default
                .map(|text| format!(" (default {text})"))
                .unwrap_or_default();
            format!(
                "[`{}`]({}::{}){default}",
                parameter.name, operation.type_name, parameter.name
            )
        })
        .collect();
    (!names.is_empty()).then(|| format!("Optional: {}.", names.join(", ")))
}

fn errors(api: &Api, operation: &Operation) -> String {
    let mut lines = vec![
        "# Errors".to_owned(),
        String::new(),
        "Whatever keeps the call from its result; see [`Error`](crate::Error).".to_owned(),
    ];
    if !operation.errors.is_empty() {
        lines.extend([
            String::new(),
            "| status | meaning | body |".into(),
            "|---|---|---|".into(),
        ]);
        lines.extend(operation.errors.iter().map(|error| {
            let body = error.type_ref().map_or_else(String::new, |reference| {
                format!("[`{}`]", type_name(api, reference, "crate::types::"))
            });
            markdown_row(&[&status_text(error.status), &error.docs.line(), &body])
        }));
    }
    lines.join("\n")
}
