//! References of URIs (RFC 3986), as far as identifiers of schemas need them.

/// A URI without its fragment, and the fragment.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The URI, without a fragment, that a reference names in a document of a base URI, which may be empty.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (reference, _) = split(reference);
    let (base, _) = split(base);
    if reference.is_empty() {
        return base.to_owned();
    }
    if scheme(reference).is_some() {
        return reference.to_owned();
    }
    let scheme = scheme(base).map_or("", |scheme| scheme);
    let hierarchy = base.get(scheme.len()..).unwrap_or_default();
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    let authority = match hierarchy.strip_prefix("//") {
        Some(rest) => 2 + rest.find(['/', '?']).unwrap_or(rest.len()),
        None => 0,
    };
    let (authority, path) = hierarchy.split_at(authority);
    let path = path.split('?').next().unwrap_or_default();
    let whole = match reference.strip_prefix('?') {
        Some(_) => format!("{path}{reference}"),
        None if reference.starts_with('/') => reference.to_owned(),
        None if path.is_empty() && !authority.is_empty() => format!("/{reference}"),
        None => {
            let folder = path
                .rfind('/')
                .map_or("", |slash| path.get(..=slash).unwrap_or_default());
            format!("{folder}{reference}")
        }
    };
    format!("{scheme}{authority}{}", without_dots(&whole))
}

/// The scheme with its colon.
fn scheme(uri: &str) -> Option<&str> {
    let colon = uri.find(':')?;
    let name = uri.get(..colon)?;
    let is_scheme = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then(|| uri.get(..=colon))?
}

/// A path without segments that lead to itself or to its parent.
fn without_dots(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(usize::from(is_absolute)).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
        if is_last && matches!(segment, "." | "..") {
            kept.push("");
        }
    }
    format!("{}{}", if is_absolute { "/" } else { "" }, kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_are_resolved_against_the_base() {
        for (base, reference, uri) in [
            (
                "https://a.example/x/y.json",
                "z.json",
                "https://a.example/x/z.json",
            ),
            (
                "https://a.example/x/y.json",
                "../z.json#f",
                "https://a.example/z.json",
            ),
            ("https://a.example/x/y.json", "/z", "https://a.example/z"),
            (
                "https://a.example/x/y.json",
                "//b.example/z",
                "https://b.example/z",
            ),
            (
                "https://a.example/x/y.json",
                "#f",
                "https://a.example/x/y.json",
            ),
            ("https://a.example/x/y.json", "urn:b", "urn:b"),
            ("https://a.example", "z", "https://a.example/z"),
            ("", "z.json", "z.json"),
            ("", "./a/../z.json", "z.json"),
            ("x/y.json", "z", "x/z"),
            ("", "", ""),
        ] {
            assert_eq!(resolve(base, reference), uri, "{reference} in {base}");
        }
    }
}
