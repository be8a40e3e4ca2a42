//! What a misspelt name was most likely meant to be.

/// Returns the name that resembles the given one most, or `None` where more than a third of its characters differ from each.
pub(crate) fn nearest<'name>(
    given: &str,
    names: impl Iterator<Item = &'name str>,
) -> Option<&'name str> {
    let most = given.chars().count() / 3;
    let given = given.to_lowercase();
    names
        .map(|name| (strsim::osa_distance(&given, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
