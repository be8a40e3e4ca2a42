//! Numbers in sentences.

/// Returns a number of things, such as `1 name` and `2 names`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
