//! Types, statuses and defaults as people read them in documentation.

use crate::model::{Api, Literal, StatusPattern, TypeRef};

/// A type as it is written in Rust, without the paths of the standard library. Types of the crate stand behind `prefix`.
pub(super) fn type_name(api: &Api, reference: &TypeRef, prefix: &str) -> String {
    let nested = |inner: &TypeRef| type_name(api, inner, prefix);
    match reference {
        TypeRef::Boolean => "bool".to_owned(),
        TypeRef::Integer32 => "i32".to_owned(),
        TypeRef::Integer64 => "i64".to_owned(),
        TypeRef::Float => "f32".to_owned(),
        TypeRef::Double => "f64".to_owned(),
        TypeRef::String => "String".to_owned(),
        TypeRef::Secret => "Secret".to_owned(),
        TypeRef::Date => "jiff::civil::Date".to_owned(),
        TypeRef::Timestamp => "jiff::Timestamp".to_owned(),
        TypeRef::Binary => "bytes::Bytes".to_owned(),
        TypeRef::Any => "serde_json::Value".to_owned(),
        TypeRef::Array(inner) => format!("Vec<{}>", nested(inner)),
        TypeRef::Map(inner) => format!("BTreeMap<String, {}>", nested(inner)),
        TypeRef::Nullable(inner) => format!("Option<{}>", nested(inner)),
        TypeRef::Boxed(inner) => nested(inner),
        TypeRef::Named(id) => api.type_def(*id).map_or_else(
            || "serde_json::Value".to_owned(),
            |definition| format!("{prefix}{}", definition.name),
        ),
    }
}

/// A status as it stands in the document.
pub(super) fn status_text(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Class(class) => format!("{class}XX"),
        StatusPattern::Default => "any other".to_owned(),
    }
}

/// A default as code.
pub(super) fn default_text(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(value) => format!("`{value}`"),
        Literal::Integer(value) => format!("`{value}`"),
        Literal::Double(value) => format!("`{value}`"),
        Literal::String(value) => format!("`{value:?}`"),
        Literal::Variant(_, index) => format!("its value {}", index + 1),
        Literal::EmptyArray => "empty".to_owned(),
    }
}

/// A row of a Markdown table.
pub(super) fn markdown_row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| cell.replace('|', "\\|").replace('\n', " "))
        .collect();
    format!("| {} |", cells.join(" | "))
}
