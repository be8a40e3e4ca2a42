//! Types, statuses and defaults as people read them in documentation.

use crate::model::{
    Api, ErrorResponse, Field, Identifier, Literal, Operation, StatusPattern, TypeDef, TypeRef,
};

/// Returns a type as it is written in Rust where everything is in scope.
pub(super) fn type_name(api: &Api, reference: &TypeRef) -> String {
    Notation {
        api,
        paths: Paths::Short,
    }
    .write(reference)
}

/// Returns a type as it is written outside of the crate.
pub(super) fn type_path(api: &Api, reference: &TypeRef, krate: &str) -> String {
    Notation {
        api,
        paths: Paths::Full(krate),
    }
    .write(reference)
}

/// Returns a type in Markdown, linked where it is one of the crate, or holds one.
pub(super) fn type_link(
    api: &Api,
    reference: &TypeRef,
    target: impl Fn(&Identifier) -> String,
) -> String {
    let name = type_name(api, reference);
    match reference.named().and_then(|id| api.type_def(id)) {
        Some(definition) => format!("[`{name}`]({})", target(&definition.name)),
        None => format!("`{name}`"),
    }
}

/// Returns the type of a member in Markdown. Bytes in it are a file of a form.
pub(super) fn member_link(
    api: &Api,
    reference: &TypeRef,
    target: impl Fn(&Identifier) -> String,
) -> String {
    match reference {
        TypeRef::Binary => "`Upload`".to_owned(),
        TypeRef::Array(item) if item.is_binary() => "`Vec<Upload>`".to_owned(),
        other => type_link(api, other, target),
    }
}

/// Returns a type in rustdoc, linked where it is one of the crate, or holds one.
pub(super) fn type_doc_link(api: &Api, reference: &TypeRef) -> String {
    let target = |name: &Identifier| format!("crate::types::{name}");
    match reference {
        // Rustdoc finds a target redundant that the words in front of it lead to anyway.
        TypeRef::Named(id) => match api.type_def(*id) {
            Some(definition) => format!("[`types::{0}`](crate::types::{0})", definition.name),
            None => type_link(api, reference, target),
        },
        _ => type_link(api, reference, target),
    }
}

/// How much of a path is written.
#[derive(Clone, Copy)]
enum Paths<'a> {
    Short,
    Full(&'a str),
}

struct Notation<'a> {
    api: &'a Api,
    paths: Paths<'a>,
}

impl Notation<'_> {
    fn write(&self, reference: &TypeRef) -> String {
        match reference {
            TypeRef::Boolean => "bool".to_owned(),
            TypeRef::Integer32 => "i32".to_owned(),
            TypeRef::Integer64 => "i64".to_owned(),
            TypeRef::Unsigned64 => "u64".to_owned(),
            TypeRef::Double => "f64".to_owned(),
            TypeRef::String => "String".to_owned(),
            TypeRef::Secret => self.own("", "Secret"),
            TypeRef::Date => self.foreign("jiff::civil::", "Date"),
            TypeRef::Timestamp => self.foreign("jiff::", "Timestamp"),
            TypeRef::Binary => self.foreign("bytes::", "Bytes"),
            TypeRef::Any => self.foreign("serde_json::", "Value"),
            TypeRef::Array(inner) => format!("Vec<{}>", self.write(inner)),
            TypeRef::Map(inner) => {
                format!(
                    "{}<String, {}>",
                    self.foreign("std::collections::", "BTreeMap"),
                    self.write(inner)
                )
            }
            TypeRef::Nullable(inner) => format!("Option<{}>", self.write(inner)),
            TypeRef::Boxed(inner) => format!("Box<{}>", self.write(inner)),
            TypeRef::Named(id) => match self.api.type_def(*id) {
                Some(definition) => self.own("types::", definition.name.as_str()),
                None => self.foreign("serde_json::", "Value"),
            },
        }
    }

    fn foreign(&self, path: &str, name: &str) -> String {
        match self.paths {
            Paths::Short => name.to_owned(),
            Paths::Full(_) => format!("{path}{name}"),
        }
    }

    fn own(&self, path: &str, name: &str) -> String {
        match self.paths {
            Paths::Short => name.to_owned(),
            Paths::Full(krate) => format!("{krate}::{path}{name}"),
        }
    }
}

/// Returns a value of the document as code in Markdown.
pub(super) fn code(value: &str) -> String {
    let is_plain = |c: char| !c.is_control() && c != '`';
    if value.is_empty() {
        "the empty text".to_owned()
    } else if value.chars().all(is_plain) {
        format!("`{value}`")
    } else {
        let shown = value.chars().map(|c| {
            if c.is_control() {
                c.escape_default().to_string()
            } else {
                c.to_string()
            }
        });
        format!("`` {} ``", shown.collect::<String>())
    }
}

/// Returns a text of the document that is no Markdown, as Markdown on one line.
pub(super) fn prose(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut escaped = String::new();
    for character in words.join(" ").chars() {
        if "\\`*_[]<>#|~$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Returns a text with a capital at its beginning.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Returns a status as the document has it.
pub(super) fn status_text(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Class(class) => format!("{class}XX"),
        StatusPattern::Default => "any other".to_owned(),
    }
}

/// Returns the documented errors, in the order of their statuses.
pub(super) fn errors_by_status(operation: &Operation) -> Vec<&ErrorResponse> {
    let mut errors: Vec<_> = operation.errors.iter().collect();
    errors.sort_by_key(|error| error.status);
    errors
}

/// Returns a default as the document has it.
pub(super) fn default_text(api: &Api, literal: &Literal) -> String {
    match literal {
        Literal::Boolean(value) => format!("`{value}`"),
        Literal::Integer(value) => format!("`{value}`"),
        Literal::Double(value) => format!("`{value}`"),
        Literal::String(value) => code(value),
        Literal::Variant(id, index) => match api
            .type_def(*id)
            .and_then(|definition| definition.variant_text(*index))
        {
            Some(value) => code(&value),
            None => "a value of its own".to_owned(),
        },
        Literal::EmptyArray => "an empty list".to_owned(),
        Literal::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| default_text(api, item)).collect();
            items.join(", ")
        }
    }
}

/// Returns what the documentation of a type adds to the document's words.
pub(super) fn type_remarks(definition: &TypeDef) -> Vec<String> {
    let discouraged = definition
        .deprecated
        .then(|| "**Deprecated**: the API discourages its use.".to_owned());
    discouraged.into_iter().collect()
}

/// Returns what the documentation of a field adds to the document's words. Where there are none, the sentence in their place has the name.
pub(super) fn member_remarks(api: &Api, field: &Field) -> Vec<String> {
    let is_named = field.wire_name == field.name.file_stem() || field.docs.has_no_text();
    let name = (!is_named).then(|| format!("{} in JSON.", capitalized(&code(&field.wire_name))));
    name.into_iter()
        .chain(default_remark(api, field.default.as_ref()))
        .collect()
}

/// Returns the sentence about a default, if there is one.
pub(super) fn default_remark(api: &Api, default: Option<&Literal>) -> Vec<String> {
    let remark = default.map(|default| format!("Default: {}.", default_text(api, default)));
    remark.into_iter().collect()
}

/// Returns a row of a Markdown table.
pub(super) fn markdown_row<T: AsRef<str>>(cells: &[T]) -> String {
    let length: usize = cells.iter().map(|cell| cell.as_ref().len() + 3).sum();
    let mut row = String::with_capacity(length + 1);
    row.push('|');
    for cell in cells {
        let cell = cell.as_ref();
        row.push(' ');
        if cell.bytes().any(|byte| matches!(byte, b'|' | b'\n')) {
            row.push_str(&cell.replace('|', "\\|").replace('\n', " "));
        } else {
            row.push_str(cell);
        }
        row.push_str(" |");
    }
    row
}
