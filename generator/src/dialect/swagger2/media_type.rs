//! `consumes` and `produces`.

use crate::dialect::make::text;
use crate::source::{Origin, Value};

/// Whether media types are those of requests or of responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

impl Direction {
    const fn keyword(self) -> &'static str {
        match self {
            Self::Request => "consumes",
            Self::Response => "produces",
        }
    }
}

/// The media types of bodies, in the document's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MediaTypes {
    /// The texts, with the places of the author's.
    pub(super) names: Vec<Value>,
    /// Whether the operation itself declares them.
    pub(super) are_own: bool,
}

impl MediaTypes {
    /// Returns those of an operation: its own, or else those of the document.
    pub(super) fn of(root: &Value, operation: Option<&Value>, direction: Direction) -> Self {
        let own = operation.and_then(|operation| operation.get(direction.keyword()));
        let declared = own.or_else(|| root.get(direction.keyword()));
        let names = match declared {
            Some(value) if value.as_str().is_some() => vec![value.clone()],
            Some(value) => value
                .as_array()
                .unwrap_or_default()
                .iter()
                .filter(|name| name.as_str().is_some())
                .cloned()
                .collect(),
            None => Vec::new(),
        };
        Self {
            names,
            are_own: own.is_some(),
        }
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(Value::as_str)
    }

    /// Returns whether others are the same, wherever they are declared.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

/// Returns the media types of a body that has a schema.
pub(super) fn of_body(declared: &MediaTypes, origin: Origin) -> Vec<Value> {
    if declared.names.is_empty() {
        return vec![text(origin, "application/json")];
    }
    declared.names.clone()
}

/// Returns the media types of a response that is a file. What the document declares for all operations is rarely meant for files, so
/// JSON and XML are taken from the operation alone.
pub(super) fn of_file(declared: &MediaTypes, origin: Origin) -> Vec<Value> {
    let names: Vec<Value> = declared
        .names
        .iter()
        .filter(|name| declared.are_own || !is_structured(name.as_str().unwrap_or_default()))
        .cloned()
        .collect();
    if names.is_empty() {
        return vec![text(origin, "*/*")];
    }
    names
}

/// Returns the media types of a form.
pub(super) fn of_form(declared: &MediaTypes, has_file: bool, origin: Origin) -> Vec<Value> {
    let names: Vec<Value> = declared
        .names
        .iter()
        .filter(
            |name| match essence(name.as_str().unwrap_or_default()).as_str() {
                "multipart/form-data" => true,
                "application/x-www-form-urlencoded" => !has_file,
                _ => false,
            },
        )
        .cloned()
        .collect();
    match (names.is_empty(), has_file) {
        (false, _) => names,
        (true, true) => vec![text(origin, "multipart/form-data")],
        (true, false) => vec![text(origin, "application/x-www-form-urlencoded")],
    }
}

fn is_structured(name: &str) -> bool {
    let essence = essence(name);
    ["/json", "+json", "/xml", "+xml"]
        .iter()
        .any(|ending| essence.ends_with(ending))
}

/// Returns a media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
