//! Writes the model down in a few lines, close to the Rust that it represents, so that a snapshot can be reviewed.

use std::fmt::Write;

use crate::model::{
    Api, BodyInput, Content, ContentKind, CredentialStatusInfo, Docs, FieldPresence, Literal,
    MemberSerialization, Operation, Output, TypeDef, TypeKind, TypeRef, UnionKind,
};

/// The whole model.
pub(super) fn sketch(api: &Api) -> String {
    let mut text = String::new();
    for definition in &api.types {
        type_def(&mut text, api, definition);
    }
    for group in &api.groups {
        let (name, type_name) = (&group.name, &group.type_name);
        let _ = writeln!(text, "group {name}: {type_name}");
        for item in &group.operations {
            operation(&mut text, api, item);
        }
    }
    for credential in &api.credentials {
        let (name, placement) = (&credential.name, &credential.placement);
        let _ = writeln!(text, "credential {name}: {placement:?}");
    }
    if api.credential_status != CredentialStatusInfo::default() {
        let _ = writeln!(text, "{:?}", api.credential_status);
    }
    text
}

fn type_def(text: &mut String, api: &Api, definition: &TypeDef) {
    let usage = match (definition.usage.request, definition.usage.response) {
        (true, true) => "in and out",
        (true, false) => "in",
        (false, true) => "out",
        (false, false) => "unused",
    };
    let secret = if definition.reaches_secret {
        ", secret"
    } else {
        ""
    };
    let deprecated = if definition.deprecated {
        ", deprecated"
    } else {
        ""
    };
    let name = &definition.name;
    let head = format!("({usage}{secret}{deprecated}){}", docs(&definition.docs));
    match &definition.kind {
        TypeKind::Record(record) => {
            let _ = writeln!(text, "struct {name} {head}");
            for field in &record.fields {
                let _ = writeln!(
                    text,
                    "    {}: {} = {:?}{}{}{}",
                    field.name,
                    presence(&type_ref(api, &field.type_ref), &field.presence),
                    field.wire_name,
                    default(field.default.as_ref()),
                    if field.deprecated { ", deprecated" } else { "" },
                    docs(&field.docs),
                );
            }
            if let Some(field) = &record.additional {
                let _ = writeln!(
                    text,
                    "    {}: ..{}",
                    field.name,
                    type_ref(api, &field.type_ref)
                );
            }
        }
        TypeKind::StringEnum(definition) => {
            let variants = definition.variants.iter();
            let variants =
                variants.map(|variant| format!("{} = {:?}", variant.name, variant.value));
            list(
                text,
                &format!("enum {name} {head}"),
                variants,
                definition.catch_all.as_str(),
            );
        }
        TypeKind::IntegerEnum(definition) => {
            let variants = definition.variants.iter();
            let variants = variants.map(|variant| format!("{} = {}", variant.name, variant.value));
            list(
                text,
                &format!("enum {name} {head}"),
                variants,
                definition.catch_all.as_str(),
            );
        }
        TypeKind::Union(union) => {
            let by = match &union.kind {
                UnionKind::Tagged { property } => format!(" by {property:?}"),
                UnionKind::Untagged => String::new(),
            };
            let variants = union.variants.iter().map(|variant| {
                let tags: Vec<String> = variant
                    .tags
                    .iter()
                    .map(|tag| format!(" = {tag:?}"))
                    .collect();
                format!(
                    "{}({}){}",
                    variant.name,
                    type_ref(api, &variant.type_ref),
                    tags.concat()
                )
            });
            list(
                text,
                &format!("union {name}{by} {head}"),
                variants,
                union.catch_all.as_str(),
            );
        }
        TypeKind::Alias(alias) => {
            let _ = writeln!(
                text,
                "type {name} = {} {head}",
                type_ref(api, &alias.target)
            );
        }
    }
}

fn list(text: &mut String, head: &str, items: impl Iterator<Item = String>, last: &str) {
    let _ = writeln!(text, "{head}");
    for item in items {
        let _ = writeln!(text, "    {item}");
    }
    let _ = writeln!(text, "    {last}(..)");
}

fn operation(text: &mut String, api: &Api, operation: &Operation) {
    let _ = writeln!(
        text,
        "  {}: {} {} {} [{:?}, {:?}{}{}]{}",
        operation.name,
        operation.type_name,
        operation.method.as_str(),
        operation.path,
        operation.security,
        operation.retry,
        match (operation.carries_secret, &operation.new_secret) {
            (true, Some(pointer)) => format!(", secret at {pointer}"),
            (true, None) => ", secret".to_owned(),
            (false, _) => String::new(),
        },
        if operation.deprecated {
            ", deprecated"
        } else {
            ""
        },
        docs(&operation.docs),
    );
    for parameter in &operation.parameters {
        let _ = writeln!(
            text,
            "    {}{}: {} = {:?} in {:?}, {}{}{}{}{}{}",
            parameter.name,
            if parameter.required { "" } else { "?" },
            type_ref(api, &parameter.type_ref),
            parameter.wire_name,
            parameter.location,
            if parameter.json {
                "json".to_owned()
            } else {
                format!("{:?}", parameter.style)
            },
            if parameter.explode { " exploded" } else { "" },
            if parameter.allow_reserved {
                " reserved"
            } else {
                ""
            },
            default(parameter.default.as_ref()),
            if parameter.deprecated {
                ", deprecated"
            } else {
                ""
            },
            docs(&parameter.docs),
        );
    }
    if let Some(body) = &operation.body {
        let input = match &body.input {
            BodyInput::Flattened { record } => {
                format!("..{}", type_ref(api, &TypeRef::Named(*record)))
            }
            BodyInput::Argument {
                name,
                type_ref: reference,
            } => format!("{name}: {}", type_ref(api, reference)),
        };
        let optional = if body.required { "" } else { "?" };
        let _ = writeln!(
            text,
            "    body{optional} {input} as {:?} {}",
            body.media_type, body.content_type
        );
        for member in &body.formats {
            let _ = match &member.serialization {
                MemberSerialization::Style {
                    style,
                    explode,
                    allow_reserved,
                } => writeln!(
                    text,
                    "        {:?} in {style:?}, explode {explode}, reserved {allow_reserved}",
                    member.wire_name
                ),
                MemberSerialization::Json(content_type) => {
                    writeln!(
                        text,
                        "        {:?} as JSON, {content_type}",
                        member.wire_name
                    )
                }
                MemberSerialization::ContentType(content_type) => {
                    writeln!(text, "        {:?} as {content_type}", member.wire_name)
                }
            };
        }
    }
    let _ = writeln!(text, "    -> {}", output(api, &operation.output));
    for success in &operation.successes {
        let _ = writeln!(
            text,
            "    {:?}: {}",
            success.status,
            content(api, success.content.as_ref())
        );
    }
    for error in &operation.errors {
        let _ = writeln!(
            text,
            "    {:?}: {}",
            error.status,
            content(api, error.content.as_ref())
        );
    }
    if let Some(accept) = &operation.accept {
        let _ = writeln!(text, "    accept {accept}");
    }
    if let Some(pagination) = &operation.pagination {
        let _ = writeln!(text, "    {pagination:?}");
    }
    if let Some(effect) = &operation.credential_effect {
        let _ = writeln!(text, "    {effect:?}");
    }
}

fn output(api: &Api, output: &Output) -> String {
    match output {
        Output::Empty => "()".to_owned(),
        Output::Content(kind) => content(api, Some(kind)),
        Output::Optional(kind) => format!("Option<{}>", content(api, Some(kind))),
        Output::Page(item) => format!("Page<{}>", type_ref(api, item)),
        Output::ByStatus {
            type_name,
            variants,
        } => {
            let variants: Vec<String> = variants
                .iter()
                .map(|variant| {
                    let content = content(api, variant.content.as_ref());
                    format!("{:?} {}({content})", variant.status, variant.name)
                })
                .collect();
            format!("{type_name} {{ {} }}", variants.join(", "))
        }
    }
}

fn content(api: &Api, content: Option<&Content>) -> String {
    match content.map(|content| (&content.kind, &content.media_type)) {
        None => "nothing".to_owned(),
        Some((ContentKind::Json(reference), media)) => {
            format!("{} as {media}", type_ref(api, reference))
        }
        Some((ContentKind::Text, media)) => format!("text as {media}"),
        Some((ContentKind::Binary, media)) => format!("bytes as {media}"),
    }
}

fn presence(text: &str, presence: &FieldPresence) -> String {
    match presence {
        FieldPresence::Required => text.to_owned(),
        FieldPresence::RequiredNullable => format!("{text} or null"),
        FieldPresence::Optional => format!("{text}?"),
        FieldPresence::OptionalNullable => format!("{text}? or null"),
        FieldPresence::OmittedWhenEmpty => format!("{text} unless empty"),
        FieldPresence::Defaulted(_) => format!("{text} unless null"),
    }
}

fn default(default: Option<&Literal>) -> String {
    match default {
        Some(value) => format!(" default {value:?}"),
        None => String::new(),
    }
}

fn type_ref(api: &Api, reference: &TypeRef) -> String {
    match reference {
        TypeRef::Array(inner) => format!("Vec<{}>", type_ref(api, inner)),
        TypeRef::Map(inner) => format!("Map<{}>", type_ref(api, inner)),
        TypeRef::Nullable(inner) => format!("Option<{}>", type_ref(api, inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", type_ref(api, inner)),
        TypeRef::Named(id) => api.type_def(*id).map_or_else(
            || format!("{id:?} is nothing"),
            |definition| definition.name.to_string(),
        ),
        plain => format!("{plain:?}"),
    }
}

fn docs(docs: &Docs) -> String {
    let parts = [&docs.summary, &docs.description, &docs.link];
    let parts: Vec<String> = parts
        .iter()
        .filter_map(|part| {
            part.as_ref()
                .map(|text| format!(" // {}", text.replace('\n', " ¶ ")))
        })
        .collect();
    parts.concat()
}
