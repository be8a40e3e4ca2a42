//! A parser of the `Link` header (RFC 8288) for pagination: the targets of links and their relations.

/// A link in the value of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link<'value> {
    /// The target as written.
    pub(crate) target: &'value str,
    /// The names of the relations, separated by white space.
    relations: &'value str,
}

/// The error of a header's value whose rest can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

impl Link<'_> {
    /// Returns whether the link has a relation with this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.relations
            .split_ascii_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case(name))
    }
}

/// Returns the links in one header's value. Ends with an error at the first link that can't be read, because its end is unknown.
pub(crate) fn links(value: &str) -> impl Iterator<Item = Result<Link<'_>, Unreadable>> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        // A list may have empty elements (RFC 9110, section 5.6.1).
        let text = rest
            .take()?
            .trim_start_matches(|character: char| character == ',' || character.is_whitespace());
        if text.is_empty() {
            return None;
        }
        let link = read(text);
        if let Ok((_, after)) = link {
            rest = after;
        }
        Some(link.map(|(link, _)| link))
    })
}

/// Reads the link at the beginning of a text. Returns it with the text after it.
fn read(text: &str) -> Result<(Link<'_>, Option<&str>), Unreadable> {
    let (target, after) = text
        .strip_prefix('<')
        .and_then(|text| text.split_once('>'))
        .ok_or(Unreadable)?;
    let (parameters, after) = split_unquoted(after, ',')?;
    let link = Link {
        target: target.trim(),
        relations: relations(parameters)?,
    };
    Ok((link, after))
}

/// Returns the relations in a link's parameters. Only the first `rel` counts, and it may name several.
fn relations(parameters: &str) -> Result<&str, Unreadable> {
    let mut rest = Some(parameters);
    while let Some(parameters) = rest {
        let (parameter, after) = split_unquoted(parameters, ';')?;
        let relations = parameter
            .split_once('=')
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
        if let Some((_, relations)) = relations {
            return Ok(relations.trim().trim_matches('"'));
        }
        rest = after;
    }
    Ok("")
}

/// Splits the text at the first `separator` that is not in a quoted string.
fn split_unquoted(text: &str, separator: char) -> Result<(&str, Option<&str>), Unreadable> {
    let mut quoted = false;
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if character == separator && !quoted => {
                let (before, after) = text.split_at(index);
                return Ok((before, after.strip_prefix(separator)));
            }
            _ => {}
        }
    }
    if quoted {
        Err(Unreadable)
    } else {
        Ok((text, None))
    }
}
