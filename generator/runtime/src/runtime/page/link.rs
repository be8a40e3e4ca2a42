//! A parser of the `Link` header (RFC 8288) for pagination: the targets of links and their relations.

/// A link in the value of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link<'value> {
    /// The target as written.
    pub(crate) target: &'value str,
    /// The names of the relations, separated by white space.
    relations: &'value str,
}

impl Link<'_> {
    /// Returns whether the link has a relation with this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.relations
            .split_ascii_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case(name))
    }
}

/// Returns the links in the value of a header, up to the first malformed one.
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

/// Returns the relations in the parameters of a link. Only the first `rel` counts, and it may contain several names.
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

/// Splits a text at the first `separator` outside of quotation marks.
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
