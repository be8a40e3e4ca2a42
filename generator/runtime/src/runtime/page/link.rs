//! Reads the header `Link` (RFC 8288) as far as pagination needs it: the targets of links and their relations.

/// A link of a header's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link<'value> {
    /// The target, as it is written.
    pub(crate) target: &'value str,
    /// The names of its relations, separated by white space.
    relations: &'value str,
}

impl Link<'_> {
    /// Returns whether the link has a relation of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.relations
            .split_ascii_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case(name))
    }
}

/// Returns the links in one header's value. Ends at the first that cannot be read.
pub(crate) fn links(value: &str) -> impl Iterator<Item = Link<'_>> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let (_, after) = rest?.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = split_unquoted(after, ',');
        rest = after;
        Some(Link {
            target: target.trim(),
            relations: relations(parameters),
        })
    })
}

/// Returns the relations in a link's parameters. Only the first `rel` counts, and it may name several.
fn relations(parameters: &str) -> &str {
    let mut rest = Some(parameters);
    while let Some(parameters) = rest {
        let (parameter, after) = split_unquoted(parameters, ';');
        let relations = parameter
            .split_once('=')
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
        if let Some((_, relations)) = relations {
            return relations.trim().trim_matches('"');
        }
        rest = after;
    }
    ""
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
