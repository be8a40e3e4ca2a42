//! Words of messages.

/// `a parameter` as `the parameter`.
pub(super) fn definite(name: &str) -> String {
    match name.split_once(' ') {
        Some(("a" | "an", noun)) => format!("the {noun}"),
        _ => name.to_owned(),
    }
}
