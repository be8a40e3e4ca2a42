//! Reads the header `Link` (RFC 8288) as far as pagination needs it: the target of the link to the next page.

/// The target of the first link whose relation is `next`, in one header's value.
pub(crate) fn next_link(value: &str) -> Option<&str> {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = split_unquoted(after, ',');
        if is_next(parameters) {
            return Some(target.trim());
        }
        rest = after?;
    }
    None
}

/// Whether the parameters name the relation `next`. Only the first `rel` counts, and it may name several relations.
fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    loop {
        let (parameter, after) = split_unquoted(rest, ';');
        let relations = parameter
            .split_once('=')
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
        if let Some((_, relations)) = relations {
            return relations
                .trim()
                .trim_matches('"')
                .split_ascii_whitespace()
                .any(|relation| relation.eq_ignore_ascii_case("next"));
        }
        match after {
            Some(after) => rest = after,
            None => return false,
        }
    }
}

/// Divides at the first `separator` that is not in a quoted string.
fn split_unquoted(text: &str, separator: char) -> (&str, Option<&str>) {
    let mut quoted = false;
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if character == separator && !quoted => {
                let (before, after) = text.split_at(index);
                return (before, after.strip_prefix(separator));
            }
            _ => {}
        }
    }
    (text, None)
}
