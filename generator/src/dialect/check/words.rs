//! Words of messages.

/// `a parameter` as `the parameter`.
pub(super) fn definite(name: &str) -> String {
    match name.split_once(' ') {
        Some(("a" | "an", noun)) => format!("the {noun}"),
        _ => name.to_owned(),
    }
}

/// The name that `key` was most likely meant to be.
pub(super) fn nearest<'name>(
    key: &str,
    names: impl Iterator<Item = &'name str>,
) -> Option<&'name str> {
    let most = key.chars().count() / 3;
    names
        .map(|name| {
            (
                strsim::osa_distance(&key.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
