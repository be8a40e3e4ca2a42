//! The documentation of an operation beyond the document's own words.

use proc_macro2::TokenStream;

use crate::emit::text::{errors_by_status, markdown_row, status_text, type_doc_link};
use crate::emit::tokens::docs_after;
use crate::model::{
    Api, Body, BodyInput, Content, ContentKind, CredentialEffectKind, Docs, ErrorResponse, Group,
    Identifier, Operation, Output, SecurityRequirement,
};

/// Returns the method and the path.
pub(in crate::emit) fn http_line(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// Expands the documentation of the builder. The details are in that of the method that makes it.
pub(super) fn of_builder(group: &Group, operation: &Operation) -> TokenStream {
    let summary = Docs {
        summary: operation.docs.summary.clone(),
        ..Docs::default()
    };
    let created_by = format!(
        "The operation `{}`, created by [`{1}::{2}`].",
        http_line(operation),
        group.type_name,
        operation.name
    );
    docs_after(&created_by, &summary, &[])
}

/// Returns the paragraphs on the request line, the inputs and the documented errors.
pub(super) fn of_method(api: &Api, operation: &Operation) -> Vec<String> {
    let mut paragraphs = vec![format!(
        "`{}` → {}",
        http_line(operation),
        result(api, operation)
    )];
    paragraphs.extend(list("Arguments:", required_inputs(api, operation)));
    paragraphs.extend(list(
        &format!("Optional parameters, set on [`{}`]:", operation.type_name),
        optional_inputs(api, operation),
    ));
    if operation.pagination.is_some() {
        paragraphs.push(changes_while_reading(operation));
    }
    if operation.replaces_caller() {
        paragraphs.push(replacement(operation));
    }
    if operation.security == SecurityRequirement::Anonymous {
        paragraphs.push("The request has no credential.".to_owned());
    }
    paragraphs.extend(success_by_status(operation));
    paragraphs.push(errors(api, operation));
    paragraphs.extend(lost_secret(operation));
    if let Some(text) = cancel_safety(operation) {
        paragraphs.push(format!("# Cancel safety\n\n{text}"));
    }
    paragraphs
}

/// Returns what a call that ends a credential takes for a success.
pub(in crate::emit) fn success_by_status(operation: &Operation) -> Option<String> {
    if !operation.output.is_empty() || !operation.has_effect(CredentialEffectKind::Revoke) {
        return None;
    }
    let documented: Vec<String> = operation
        .successes
        .iter()
        .map(|response| status_text(response.status))
        .collect();
    let documented = match documented.as_slice() {
        [] => String::new(),
        statuses => format!(" The API documents {}.", statuses.join(" and ")),
    };
    Some(format!(
        "Any 2xx is a success, whatever its body, even if a proxy or a login page sent it.{documented} `send()` returns the status with \
         the result."
    ))
}

/// Returns what becomes of a new secret if the call fails.
pub(in crate::emit) fn lost_secret(operation: &Operation) -> Option<String> {
    operation.new_secret.as_ref()?;
    let outcome = if operation.has_effect(CredentialEffectKind::Replace) {
        "`Error::replacement_outcome` returns whether the credential was replaced."
    } else {
        "`Error::is_outcome_unknown` returns whether the server may have executed the request."
    };
    Some(format!(
        "The server returns the new secret only once. If the call fails, `Error::new_secret` returns the secret if it arrived and could be \
         read, and `Error::body` the part of the response that arrived: store both. {outcome}"
    ))
}

/// Returns what happens if the future of a call that makes or ends a credential is dropped.
pub(in crate::emit) fn cancel_safety(operation: &Operation) -> Option<String> {
    if !operation.changes_credential() {
        return None;
    }
    let (effect, error) = if operation.new_secret.is_some() {
        (
            ", and the new secret is lost",
            " that says whether the request may have been executed",
        )
    } else {
        (", and the caller does not learn of it", "")
    };
    Some(format!(
        "The call is not cancel safe. If its future is dropped before it completes, for example by `tokio::time::timeout` or `select!`, \
         the server may execute the request all the same{effect}. `RequestOptions::timeout` limits the time instead: the call then \
         returns an error{error}. With the feature `tracing`, dropping the future in flight logs a warning."
    ))
}

/// Returns the type of the result.
fn result(api: &Api, operation: &Operation) -> String {
    let content = |content: &Content| match &content.kind {
        ContentKind::Json(reference) => type_doc_link(api, reference),
        ContentKind::Text => "`String`".to_owned(),
        ContentKind::Binary => "`Bytes`".to_owned(),
    };
    match &operation.output {
        Output::Empty => "`()`".to_owned(),
        Output::Content(result) => content(result),
        Output::Optional(result) => format!("{} or `None`", content(result)),
        Output::Page(item) => format!("[page](crate::Page) of {}", type_doc_link(api, item)),
        Output::ByStatus { type_name, .. } => format!("[`{type_name}`]"),
    }
}

/// Returns the paragraph on changes to a list while it is read.
fn changes_while_reading(operation: &Operation) -> String {
    format!(
        "The pages are numbered, so an item that leaves the list while it is read moves later ones to pages that were read, and a stream or \
         iterator skips them. Read everything with [`read_all`]({}::read_all) before you change what the list contains.",
        operation.type_name
    )
}

/// Returns the paragraph on how a caller continues with the new credential.
fn replacement(operation: &Operation) -> String {
    let name = &operation.type_name;
    format!(
        "The call replaces the credential that it is sent with. [`adopt`]({name}::adopt) makes the client use the new one. \
         [`verify_outcome`]({name}::verify_outcome) checks the old one if the response is lost."
    )
}

fn list(title: &str, items: Vec<String>) -> Option<String> {
    (!items.is_empty()).then(|| format!("{title}\n\n{}", items.join("\n")))
}

fn required_inputs(api: &Api, operation: &Operation) -> Vec<String> {
    let parameters = operation
        .required_parameters()
        .map(|parameter| list_item(&format!("`{}`", parameter.name), &parameter.docs.line()));
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .flat_map(|body| match &body.input {
            BodyInput::Argument { name, .. } => {
                vec![list_item(&format!("`{name}`"), &body.docs.line())]
            }
            BodyInput::Flattened { record } => api
                .constructor_fields(*record)
                .map(|field| list_item(&format!("`{}`", field.name), &field.docs.line()))
                .collect(),
        });
    parameters.chain(body).collect()
}

/// Lists the setters, each with the first sentence of its documentation. The setter has the rest.
fn optional_inputs(api: &Api, operation: &Operation) -> Vec<String> {
    let item = |name: &Identifier, docs: &Docs| {
        let setter = format!("[`{name}`]({}::{name})", operation.type_name);
        list_item(&setter, &docs.first_sentence())
    };
    let parameters = operation
        .optional_parameters()
        .map(|parameter| item(&parameter.name, &parameter.docs));
    let body = operation
        .body
        .iter()
        .flat_map(|body: &Body| match &body.input {
            BodyInput::Argument { .. } if body.required => Vec::new(),
            BodyInput::Argument { name, .. } => vec![item(name, &body.docs)],
            BodyInput::Flattened { record } => api
                .setter_fields(*record, body.required)
                .map(|field| item(&field.name, &field.docs))
                .collect(),
        });
    parameters.chain(body).collect()
}

fn list_item(name: &str, line: &str) -> String {
    if line.is_empty() {
        format!("- {name}")
    } else {
        format!("- {name}: {line}")
    }
}

fn errors(api: &Api, operation: &Operation) -> String {
    let mut lines = vec![
        "# Errors".to_owned(),
        String::new(),
        "Returns a [`crate::Error`] if the request fails or the response can't be decoded."
            .to_owned(),
    ];
    if !operation.errors.is_empty() {
        lines.extend([
            String::new(),
            "| status | meaning | body |".into(),
            "|---|---|---|".into(),
        ]);
        let errors = errors_by_status(operation);
        lines.extend(errors.into_iter().map(|error| error_row(api, error)));
    }
    lines.join("\n")
}

fn error_row(api: &Api, error: &ErrorResponse) -> String {
    let body = error
        .type_ref()
        .map(|reference| type_doc_link(api, reference));
    markdown_row(&[
        status_text(error.status),
        error.docs.line(),
        body.unwrap_or_default(),
    ])
}
