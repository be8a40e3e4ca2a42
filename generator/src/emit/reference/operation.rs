//! The section of an operation.

use super::table::Page;
use crate::emit::operations::{cancel_safety, lost_secret, success_by_status};
use crate::emit::text::{
    code, default_text, errors_by_status, member_link, status_text, type_link, type_name,
};
use crate::model::{
    Api, Body, BodyInput, Content, ContentKind, Docs, Field, FieldPresence, Group, Identifier,
    Literal, Operation, Output, Parameter, ParameterLocation, SecurityRequirement, TypeRef,
};

pub(super) fn section(page: &mut Page, api: &Api, group: &Group, operation: &Operation) {
    page.heading(2, operation.name.as_str());
    let arguments = arguments(api, operation).join(", ");
    let call = format!("client.{}().{}({arguments})", group.name, operation.name);
    page.paragraph(&format!("> `{call}` → {}", returned(api, operation)));
    if operation.deprecated {
        page.paragraph("**Deprecated**: the API discourages its use.");
    }
    page.docs(&operation.docs);

    const HEAD: [&str; 4] = ["Name", "Type", "Description", "Notes"];
    page.heading(3, "Required parameters");
    page.table(
        HEAD,
        required(api, operation),
        "This operation has no required parameters.",
    );
    page.heading(3, "Optional parameters");
    let setters: Vec<_> = optional(api, operation).collect();
    if !setters.is_empty() {
        page.paragraph(&format!(
            "Set them on the `{}` that the method returns.",
            operation.type_name
        ));
    }
    page.table(HEAD, setters, "This operation has no optional parameters.");

    if operation.replaces_caller() {
        page.heading(3, "Credential replacement");
        page.paragraph(&replacement(operation));
    }

    page.heading(3, "Return type");
    page.paragraph(&return_type(api, operation));
    if let Some(text) = success_by_status(operation) {
        page.paragraph(&text);
    }
    page.heading(3, "Authorization");
    page.paragraph(&authorization(api, operation));
    page.heading(3, "HTTP request headers");
    page.paragraph(&headers(operation));
    page.heading(3, "Errors");
    let rows = errors_by_status(operation).into_iter().map(|error| {
        let body = error
            .type_ref()
            .map(|reference| linked(api, reference))
            .unwrap_or_default();
        [status_text(error.status), error.docs.line(), body]
    });
    page.table(
        ["Status", "Meaning", "Body"],
        rows,
        "No error is documented.",
    );
    if let Some(text) = lost_secret(operation) {
        page.paragraph(&text);
    }
    if let Some(text) = cancel_safety(operation) {
        page.heading(3, "Cancel safety");
        page.paragraph(&text);
    }
    page.paragraph(
        "[[Back to top]](#) [[Back to the operations]](README.md#operations) [[Back to the types]](README.md#types) \
         [[Back to README]](../README.md)",
    );
}

fn replacement(operation: &Operation) -> String {
    format!(
        "The call replaces the credential that it is sent with. `{}` has two methods for this:\n\n\
         - `adopt()` makes the client and its clones use the new credential as soon as the server has responded. The result still \
         holds the secret. Store it before anything else.\n\
         - `verify_outcome()` checks the old credential if the outcome is unknown, and checks it again after the client's \
         replacement cooldown. The error's `replacement_outcome()` then holds the result. The call may take longer by that time.",
        operation.type_name
    )
}

fn linked(api: &Api, reference: &TypeRef) -> String {
    type_link(api, reference, page_of)
}

fn page_of(name: &Identifier) -> String {
    format!("types/{name}.md")
}

fn arguments(api: &Api, operation: &Operation) -> Vec<String> {
    let parameters = operation
        .required_parameters()
        .map(|parameter| parameter.name.to_string());
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .flat_map(|body| match &body.input {
            BodyInput::Argument { name, .. } => vec![name.to_string()],
            BodyInput::Flattened { record } => api
                .constructor_fields(*record)
                .map(|field| field.name.to_string())
                .collect(),
        });
    parameters.chain(body).collect()
}

fn required(api: &Api, operation: &Operation) -> impl Iterator<Item = [String; 4]> {
    let parameters = operation
        .required_parameters()
        .map(|parameter| parameter_row(api, parameter));
    let body = operation
        .body
        .iter()
        .filter(|body| body.required)
        .flat_map(|body| match &body.input {
            BodyInput::Argument { name, type_ref } => vec![body_row(api, body, name, type_ref)],
            BodyInput::Flattened { record } => api
                .constructor_fields(*record)
                .map(|field| field_row(api, field))
                .collect(),
        });
    parameters.chain(body)
}

fn optional(api: &Api, operation: &Operation) -> impl Iterator<Item = [String; 4]> {
    let parameters = operation
        .optional_parameters()
        .map(|parameter| parameter_row(api, parameter));
    let body = operation.body.iter().flat_map(|body| match &body.input {
        BodyInput::Argument { .. } if body.required => Vec::new(),
        BodyInput::Argument { name, type_ref } => vec![body_row(api, body, name, type_ref)],
        BodyInput::Flattened { record } => api
            .setter_fields(*record, body.required)
            .map(|field| field_row(api, field))
            .collect(),
    });
    parameters.chain(body)
}

fn parameter_row(api: &Api, parameter: &Parameter) -> [String; 4] {
    let place = match parameter.location {
        ParameterLocation::Path => "in the path",
        ParameterLocation::Query => "in the query",
        ParameterLocation::Header => "in a header",
        ParameterLocation::Cookie => "in a cookie",
    };
    let name = sent_as(&parameter.name, &parameter.wire_name);
    let notes = [
        Some(place.to_owned()),
        name,
        default(api, parameter.default.as_ref()),
        discouraged(parameter.deprecated),
    ];
    row(
        &parameter.name,
        linked(api, &parameter.type_ref),
        &parameter.docs,
        notes,
    )
}

fn body_row(api: &Api, body: &Body, name: &Identifier, reference: &TypeRef) -> [String; 4] {
    row(
        name,
        linked(api, reference),
        &body.docs,
        [Some("the body".to_owned())],
    )
}

fn field_row(api: &Api, field: &Field) -> [String; 4] {
    let nullable = match field.presence {
        FieldPresence::RequiredNullable => Some("may be `None`".to_owned()),
        FieldPresence::OptionalNullable => Some("may be null".to_owned()),
        _ => None,
    };
    let notes = [
        Some("in the body".to_owned()),
        sent_as(&field.name, &field.wire_name),
        nullable,
        default(api, field.default.as_ref()),
        discouraged(field.deprecated),
    ];
    row(
        &field.name,
        member_link(api, &field.type_ref, page_of),
        &field.docs,
        notes,
    )
}

fn row<const N: usize>(
    name: &Identifier,
    type_link: String,
    docs: &Docs,
    notes: [Option<String>; N],
) -> [String; 4] {
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    [
        format!("**{name}**"),
        type_link,
        docs.text(),
        notes.join("; "),
    ]
}

pub(super) fn sent_as(name: &Identifier, wire_name: &str) -> Option<String> {
    (name.file_stem() != wire_name).then(|| format!("sent as {}", code(wire_name)))
}

pub(super) fn default(api: &Api, literal: Option<&Literal>) -> Option<String> {
    literal.map(|literal| format!("defaults to {}", default_text(api, literal)))
}

pub(super) fn discouraged(deprecated: bool) -> Option<String> {
    deprecated.then(|| "deprecated".to_owned())
}

/// Returns the type of a call's result in short.
fn returned(api: &Api, operation: &Operation) -> String {
    match &operation.output {
        Output::Empty => "`()`".to_owned(),
        Output::Content(content) => format!("`{}`", content_name(api, content)),
        Output::Optional(content) => format!("`Option<{}>`", content_name(api, content)),
        Output::Page(item) => format!("`Page<{}>`", type_name(api, item)),
        Output::ByStatus { type_name, .. } => format!("`{type_name}`"),
    }
}

fn content_name(api: &Api, content: &Content) -> String {
    match &content.kind {
        ContentKind::Json(reference) => type_name(api, reference),
        ContentKind::Text => "String".to_owned(),
        ContentKind::Binary => "Bytes".to_owned(),
    }
}

fn return_type(api: &Api, operation: &Operation) -> String {
    match &operation.output {
        Output::Empty => "`()` (the body of the response is ignored)".to_owned(),
        Output::Content(content) => content_link(api, content),
        Output::Optional(content) => format!(
            "{}, or `None` if the response is empty",
            content_link(api, content)
        ),
        Output::Page(item) => format!(
            "Pages of {}. Awaiting the operation returns one `Page`. `read_all` returns all items at once, `into_stream` one by one, and \
             `into_page_stream` returns all pages. In blocking code, `call` returns one `Page`, `read_all` all items, the operation is \
             an iterator over all items, and `into_pages` returns all pages. After `lossy`, each item that can't be decoded is an error \
             of its own.\n\nThe pages are numbered, so an item that leaves the list while it is read moves later ones to pages that \
             were read, and a stream or iterator skips them. Read everything with `read_all` before you change what the list contains.",
            linked(api, item)
        ),
        Output::ByStatus {
            type_name,
            variants,
        } => {
            let variants = variants.iter().map(|variant| {
                let content = variant
                    .content
                    .as_ref()
                    .map(|content| content_link(api, content));
                let content = content.unwrap_or_else(|| "no body".to_owned());
                format!(
                    "- {}: `{type_name}::{}`, {content}",
                    status_text(variant.status),
                    variant.name
                )
            });
            variants.collect::<Vec<_>>().join("\n")
        }
    }
}

fn content_link(api: &Api, content: &Content) -> String {
    match content.type_ref() {
        Some(reference) => linked(api, reference),
        None => format!("`{}`", content_name(api, content)),
    }
}

/// How many constructors of credentials each operation names. Where there are more, it refers to the list of all.
const MAX_WAYS: usize = 8;

fn authorization(api: &Api, operation: &Operation) -> String {
    let mut ways: Vec<String> = api
        .credentials
        .iter()
        .map(|scheme| format!("`Auth::{}`", scheme.name))
        .collect();
    if ways.is_empty() {
        ways.push("`Auth::bearer_token`".to_owned());
    }
    if ways.len() > MAX_WAYS {
        ways = vec!["one of the [constructors of `Auth`](README.md#authorization)".to_owned()];
    }
    match operation.security {
        SecurityRequirement::Anonymous => "No authorization required".to_owned(),
        SecurityRequirement::Required => ways.join(" or "),
        SecurityRequirement::Optional => format!("None, or {}", ways.join(" or ")),
    }
}

fn headers(operation: &Operation) -> String {
    let shown = |value: Option<&String>| {
        value.map_or("Not defined".to_owned(), |value| format!("`{value}`"))
    };
    let content_type = shown(operation.body.as_ref().map(|body| &body.content_type));
    let accept = shown(operation.accept.as_ref());
    format!("- **Content-Type**: {content_type}\n- **Accept**: {accept}")
}
