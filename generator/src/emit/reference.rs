//! The API reference in Markdown: an index, a page for each group, a page for each type.

use super::format::plain;
use super::operations::http_line;
use super::text::{default_text, markdown_row, status_text, type_name};
use super::{Config, File, FileKind};
use crate::model::{
    Api, Body, BodyInput, Content, ContentKind, Field, Group, Operation, Output, Parameter,
    Presence, Record, SecurityRequirement, TypeDef, TypeKind, TypeRef,
};

/// The files below `docs`.
pub(super) fn files(api: &Api, config: &Config) -> Vec<(String, File)> {
    let marked = |text: String| {
        plain(
            format!("<!-- {} -->\n\n{}\n", config.marker(), text.trim_end()),
            FileKind::Generated,
        )
    };
    let mut files = vec![("docs/README.md".to_owned(), marked(index(api)))];
    for group in &api.groups {
        files.push((
            format!("docs/{}.md", group.name.file_stem()),
            marked(group_page(api, group)),
        ));
    }
    for definition in &api.types {
        files.push((
            format!("docs/types/{}.md", definition.name),
            marked(type_page(api, definition)),
        ));
    }
    files
}

fn index(api: &Api) -> String {
    let mut text = format!(
        "# {}\n\nVersion {} of the description.",
        api.title, api.version
    );
    if let Some(url) = &api.default_base_url {
        text.push_str(&format!(
            " All paths are relative to <{url}> unless the client is given another base URL."
        ));
    }
    text.push_str("\n\n## Operations\n\n| Group | Operations |\n|---|---|\n");
    for group in &api.groups {
        let link = format!("[`{}`]({}.md)", group.name, group.name.file_stem());
        text.push_str(&markdown_row(&[&link, &group.operations.len().to_string()]));
        text.push('\n');
    }
    if !api.types.is_empty() {
        text.push_str("\n## Types\n\n| Type | Description |\n|---|---|\n");
        for definition in &api.types {
            let link = format!("[`{0}`](types/{0}.md)", definition.name);
            text.push_str(&markdown_row(&[&link, &definition.docs.line()]));
            text.push('\n');
        }
    }
    text
}

fn group_page(api: &Api, group: &Group) -> String {
    let mut text = format!("# {}\n\n", group.tag);
    paragraph(&mut text, group.docs.description.as_deref());
    text.push_str("| Method | HTTP request | Description |\n|---|---|---|\n");
    for operation in &group.operations {
        let method = format!("[`{0}`](#{0})", operation.name);
        let request = format!("`{}`", http_line(operation));
        text.push_str(&markdown_row(&[&method, &request, &operation.docs.line()]));
        text.push('\n');
    }
    for operation in &group.operations {
        text.push('\n');
        text.push_str(&operation_section(api, group, operation));
    }
    text
}

fn operation_section(api: &Api, group: &Group, operation: &Operation) -> String {
    let mut text = format!("## {}\n\n", operation.name);
    text.push_str(&format!(
        "`client.{}().{}(…)` sends `{}`.\n\n",
        group.name,
        operation.name,
        http_line(operation)
    ));
    paragraph(&mut text, operation.docs.summary.as_deref());
    paragraph(&mut text, operation.docs.description.as_deref());
    text.push_str("### Required parameters\n\n");
    let required: Vec<String> = operation
        .required_parameters()
        .map(|parameter| parameter_row(api, parameter))
        .chain(body_rows(api, operation, true))
        .collect();
    table(&mut text, &required, "This operation needs none.");
    text.push_str("### Optional parameters\n\n");
    let optional: Vec<String> = operation
        .optional_parameters()
        .map(|parameter| parameter_row(api, parameter))
        .chain(body_rows(api, operation, false))
        .collect();
    table(&mut text, &optional, "This operation has none.");
    text.push_str(&format!(
        "### Return type\n\n{}\n\n",
        return_type(api, operation)
    ));
    text.push_str(&format!(
        "### Authorization\n\n{}\n\n",
        authorization(api, operation)
    ));
    text.push_str("### HTTP request headers\n\n");
    let content_type = operation
        .body
        .as_ref()
        .map_or("not sent".to_owned(), |body| {
            format!("`{}`", body.content_type)
        });
    let accept = operation
        .accept
        .as_ref()
        .map_or("not sent".to_owned(), |accept| format!("`{accept}`"));
    text.push_str(&format!(
        "- **Content-Type**: {content_type}\n- **Accept**: {accept}\n\n"
    ));
    if !operation.errors.is_empty() {
        text.push_str("### Errors\n\n| Status | Meaning | Body |\n|---|---|---|\n");
        for error in &operation.errors {
            let body = error
                .type_ref()
                .map(|reference| linked(api, reference, "types/"))
                .unwrap_or_default();
            text.push_str(&markdown_row(&[
                &status_text(error.status),
                &error.docs.line(),
                &body,
            ]));
            text.push('\n');
        }
        text.push('\n');
    }
    if let Some(link) = &operation.docs.link {
        text.push_str(&format!("See <{link}>.\n\n"));
    }
    text.push_str("[Back to the operations](#)");
    text.push('\n');
    text
}

fn paragraph(text: &mut String, paragraph: Option<&str>) {
    if let Some(paragraph) = paragraph {
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
}

fn table(text: &mut String, rows: &[String], otherwise: &str) {
    if rows.is_empty() {
        text.push_str(otherwise);
        text.push_str("\n\n");
        return;
    }
    text.push_str("| Name | Type | Description | Notes |\n|---|---|---|---|\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text.push('\n');
}

fn parameter_row(api: &Api, parameter: &Parameter) -> String {
    let default = parameter.default.as_ref().map(default_text);
    row(
        api,
        parameter.name.as_str(),
        &parameter.type_ref,
        &parameter.docs.line(),
        default,
    )
}

fn row(api: &Api, name: &str, reference: &TypeRef, about: &str, default: Option<String>) -> String {
    let notes = default
        .map(|text| format!("default {text}"))
        .unwrap_or_default();
    markdown_row(&[
        &format!("`{name}`"),
        &linked(api, reference, "types/"),
        about,
        &notes,
    ])
}

fn body_rows(api: &Api, operation: &Operation, required: bool) -> Vec<String> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    match &body.input {
        BodyInput::Argument { name, type_ref } => (body.required == required)
            .then(|| row(api, name.as_str(), type_ref, &body.docs.line(), None))
            .into_iter()
            .collect(),
        BodyInput::Flattened { record } => {
            let fields: Vec<&Field> = match (api.record(*record), required) {
                (Some(record), true) => required_members(body, record),
                (Some(_), false) => api.setter_fields(*record, body.required).collect(),
                (None, _) => Vec::new(),
            };
            fields
                .into_iter()
                .map(|field| field_row(api, field, "types/"))
                .collect()
        }
    }
}

fn required_members<'a>(body: &Body, record: &'a Record) -> Vec<&'a Field> {
    if body.required {
        record.constructor_fields().collect()
    } else {
        Vec::new()
    }
}

fn field_row(api: &Api, field: &Field, folder: &str) -> String {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(match field.presence {
        Presence::Required | Presence::OmittedWhenEmpty => None,
        Presence::RequiredNullable => Some("may be null".to_owned()),
        Presence::Optional => Some("may be absent".to_owned()),
        Presence::OptionalNullable => Some("may be absent or null".to_owned()),
        Presence::Defaulted(_) => Some("null and absent are read as the default".to_owned()),
    });
    notes.extend(
        field
            .default
            .as_ref()
            .map(|default| format!("default {}", default_text(default))),
    );
    markdown_row(&[
        &format!("`{}`", field.name),
        &linked(api, &field.type_ref, folder),
        &field.docs.line(),
        &notes.join("; "),
    ])
}

fn linked(api: &Api, reference: &TypeRef, folder: &str) -> String {
    let name = type_name(api, reference, "");
    match reference.named() {
        Some(id) => match api.type_def(id) {
            Some(definition) => format!("[`{name}`]({folder}{}.md)", definition.name),
            None => format!("`{name}`"),
        },
        None => format!("`{name}`"),
    }
}

fn return_type(api: &Api, operation: &Operation) -> String {
    match &operation.output {
        Output::Empty => "`()`: the body of the answer is ignored.".to_owned(),
        Output::Content(content) => content_type(api, content),
        Output::Optional(content) => format!(
            "{}, or none where the answer is empty",
            content_type(api, content)
        ),
        Output::Page(item) => format!(
            "`Page<{}>` of {}; `into_stream` gives all items",
            type_name(api, item, ""),
            linked(api, item, "types/")
        ),
        Output::ByStatus {
            type_name,
            variants,
        } => {
            let variants: Vec<String> = variants
                .iter()
                .map(|variant| {
                    let content = variant
                        .content
                        .as_ref()
                        .map(|content| content_type(api, content));
                    format!(
                        "- `{}::{}` ({}): {}",
                        type_name,
                        variant.name,
                        status_text(variant.status),
                        content.unwrap_or_else(|| "no body".to_owned())
                    )
                })
                .collect();
            variants.join("\n")
        }
    }
}

fn content_type(api: &Api, content: &Content) -> String {
    match &content.kind {
        ContentKind::Json(reference) => linked(api, reference, "types/"),
        ContentKind::Text => "`String`".to_owned(),
        ContentKind::Binary => "`bytes::Bytes`".to_owned(),
    }
}

fn authorization(api: &Api, operation: &Operation) -> String {
    let ways: Vec<String> = api
        .credentials
        .iter()
        .map(|scheme| format!("`Auth::{}`", scheme.name))
        .collect();
    match operation.security {
        SecurityRequirement::Anonymous => "No credential is sent.".to_owned(),
        _ if ways.is_empty() => "The document describes no credential.".to_owned(),
        SecurityRequirement::Required => format!("One of {}.", ways.join(", ")),
        SecurityRequirement::Optional => format!("None, or one of {}.", ways.join(", ")),
    }
}

fn type_page(api: &Api, definition: &TypeDef) -> String {
    let mut text = format!("# {}\n\n", definition.name);
    paragraph(&mut text, definition.docs.summary.as_deref());
    paragraph(&mut text, definition.docs.description.as_deref());
    match &definition.kind {
        TypeKind::Record(record) => {
            let rows: Vec<String> = record
                .fields
                .iter()
                .map(|field| field_row(api, field, ""))
                .collect();
            table(&mut text, &rows, "An object without known members.");
        }
        TypeKind::StringEnum(enumeration) => {
            let values = enumeration.variants.iter().map(|variant| {
                (
                    &variant.name,
                    format!("{:?}", variant.value),
                    variant.docs.line(),
                )
            });
            variants(&mut text, values);
        }
        TypeKind::IntegerEnum(enumeration) => {
            let values = enumeration.variants.iter().map(|variant| {
                (
                    &variant.name,
                    variant.value.to_string(),
                    variant.docs.line(),
                )
            });
            variants(&mut text, values);
        }
        TypeKind::Union(union) => {
            text.push_str("| Variant | Type |\n|---|---|\n");
            for variant in &union.variants {
                text.push_str(&markdown_row(&[
                    &format!("`{}`", variant.name),
                    &linked(api, &variant.type_ref, ""),
                ]));
                text.push('\n');
            }
            text.push('\n');
        }
        TypeKind::Alias(alias) => text.push_str(&format!(
            "Another name for {}.\n\n",
            linked(api, &alias.target, "")
        )),
    }
    text.push_str("[Back to the index](../README.md)");
    text
}

fn variants<'a>(
    text: &mut String,
    values: impl Iterator<Item = (&'a crate::model::Identifier, String, String)>,
) {
    text.push_str("| Variant | Value | Description |\n|---|---|---|\n");
    for (name, value, about) in values {
        text.push_str(&markdown_row(&[
            &format!("`{name}`"),
            &format!("`{value}`"),
            &about,
        ]));
        text.push('\n');
    }
    text.push_str("\nOther values are kept, too: the list may grow.\n\n");
}
