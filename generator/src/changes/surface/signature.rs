//! Types as users read them. A type of the crate begins with `types::`, which distinguishes it from a standard one.

use crate::model::{Api, Content, ContentKind, Field, FieldPresence, Output, TypeRef};

/// Returns the type of a value.
pub(super) fn value(api: &Api, reference: &TypeRef) -> String {
    let nested = |inner: &TypeRef| value(api, inner);
    match reference {
        TypeRef::Boolean => "bool".to_owned(),
        TypeRef::Integer32 => "i32".to_owned(),
        TypeRef::Integer64 => "i64".to_owned(),
        TypeRef::Unsigned64 => "u64".to_owned(),
        TypeRef::Double => "f64".to_owned(),
        TypeRef::String => "String".to_owned(),
        TypeRef::Secret => "Secret".to_owned(),
        TypeRef::Date => "Date".to_owned(),
        TypeRef::Timestamp => "Timestamp".to_owned(),
        TypeRef::Binary => "Bytes".to_owned(),
        TypeRef::Any => "Value".to_owned(),
        TypeRef::Array(inner) => format!("Vec<{}>", nested(inner)),
        TypeRef::Map(inner) => format!("BTreeMap<String, {}>", nested(inner)),
        TypeRef::Nullable(inner) => format!("Option<{}>", nested(inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", nested(inner)),
        TypeRef::Named(id) => match api.type_def(*id) {
            Some(definition) => format!("types::{}", definition.name),
            None => "Value".to_owned(),
        },
    }
}

/// Returns the type of a member. Bytes in it are a file of a form.
fn member(api: &Api, reference: &TypeRef) -> String {
    match reference {
        TypeRef::Binary => "Upload".to_owned(),
        TypeRef::Array(inner) if inner.is_binary() => "Vec<Upload>".to_owned(),
        other => value(api, other),
    }
}

/// Returns the type of a struct's field.
pub(super) fn field(api: &Api, field: &Field) -> String {
    let value = member(api, &field.type_ref);
    match field.presence {
        FieldPresence::Required | FieldPresence::Defaulted(_) | FieldPresence::OmittedWhenEmpty => {
            value
        }
        FieldPresence::RequiredNullable | FieldPresence::Optional => format!("Option<{value}>"),
        FieldPresence::OptionalNullable => format!("Option<Nullable<{value}>>"),
    }
}

/// Returns the type of the field for members that no other field names.
pub(super) fn additional(api: &Api, field: &Field) -> String {
    format!("BTreeMap<String, {}>", member(api, &field.type_ref))
}

/// Returns what callers pass for a member.
pub(super) fn member_input(api: &Api, field: &Field) -> String {
    let value = member(api, &field.type_ref);
    match field.presence {
        FieldPresence::RequiredNullable => format!("Option<{value}>"),
        FieldPresence::OptionalNullable => format!("Nullable<{value}>"),
        _ => value,
    }
}

/// Returns what a call returns. The enum of responses that differ by status has the path of its module.
pub(super) fn output(api: &Api, module: &str, output: &Output) -> String {
    match output {
        Output::Empty => "()".to_owned(),
        Output::Content(content) => self::content(api, content),
        Output::Optional(content) => format!("Option<{}>", self::content(api, content)),
        Output::Page(item) => format!("Page<{}>", value(api, item)),
        Output::ByStatus { type_name, .. } => format!("operations::{module}::{type_name}"),
    }
}

/// Returns the type of a body.
pub(super) fn content(api: &Api, content: &Content) -> String {
    match &content.kind {
        ContentKind::Json(reference) => value(api, reference),
        ContentKind::Text => "String".to_owned(),
        ContentKind::Binary => "Bytes".to_owned(),
    }
}
