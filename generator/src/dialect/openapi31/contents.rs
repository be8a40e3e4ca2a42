//! Strings that hold something else: bytes, or text of a media type.

use super::Pass;
use super::schema::Schema;
use crate::diagnostic::{Severity, codes};
use crate::dialect::make;
use crate::source::Value;

pub(super) fn contents(pass: &mut Pass<'_>, schema: &mut Schema<'_>) {
    // The documentation names a schema with a name, or a plain type.
    let is_named = |content: &Value| {
        let members = content.as_object();
        members.is_none_or(|members| {
            ["$ref", "type", "enum"]
                .iter()
                .any(|key| members.contains_key(*key))
        })
    };
    if let Some(content) = schema
        .get("contentSchema")
        .filter(|content| !is_named(content))
    {
        let message = "what a string holds is not decoded, so it is read as a string";
        let help = "move the schema into `components.schemas` and refer to it; then the documentation names the type to decode";
        pass.report(
            codes::JSON_SCHEMA_KEYWORD.rated(Severity::Note),
            content,
            &schema.pointer.key("contentSchema"),
            message,
            help,
        );
    }
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let media_type = schema.get("contentMediaType").and_then(Value::as_str);
    let format = match encoding.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => "byte",
        Some("base64url") => "base64url",
        None | Some("7bit" | "8bit" | "binary") => match media_type {
            Some(media_type) if !is_text(media_type) => "binary",
            None if encoding == Some("binary") => "binary",
            _ => return,
        },
        // Any other encoding is for the documentation.
        Some(_) => return,
    };
    let is_string = schema.get("type").is_none_or(|kind| {
        let mut kinds = kind.as_array().unwrap_or(std::slice::from_ref(kind)).iter();
        kinds.any(|kind| kind.as_str() == Some("string"))
    });
    if !is_string
        || ["$ref", "allOf", "oneOf", "anyOf", "enum"]
            .iter()
            .any(|key| schema.has(key))
    {
        return;
    }
    let origin = schema.origin;
    schema.take("contentEncoding");
    schema
        .members
        .entry("type".to_owned())
        .or_insert_with(|| make::text(origin, "string"));
    schema
        .members
        .entry("format".to_owned())
        .or_insert_with(|| make::text(origin, format));
}

/// Whether values of a media type can be written as strings without any encoding.
fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let Some((kind, subtype)) = essence.split_once('/') else {
        return true;
    };
    let is_text_subtype = [
        "json",
        "xml",
        "yaml",
        "jwt",
        "x-www-form-urlencoded",
        "javascript",
    ]
    .iter()
    .any(|name| {
        subtype == *name
            || subtype
                .strip_suffix(name)
                .is_some_and(|rest| rest.ends_with(['+', '-']))
    });
    kind == "text" || is_text_subtype
}
