//! Patterns with wildcards.

/// Whether a text matches a pattern in which `*` stands for any characters.
pub(super) fn matches_text(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    matches(&pattern, &text, |part| *part == '*', PartialEq::eq)
}

/// Whether a path matches a pattern in which `**` stands for any segments, or none, and `*` for one segment or a part of one.
pub(super) fn matches_path(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    matches(
        &pattern,
        &path,
        |part| *part == "**",
        |part, segment| matches_text(part, segment),
    )
}

/// Matches without recursion: after a mismatch, the last wildcard takes one element more. The time is at most the product of the lengths.
fn matches<P, T>(
    pattern: &[P],
    text: &[T],
    is_wildcard: impl Fn(&P) -> bool,
    is_same: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut position) = (0, 0);
    // What follows the last wildcard, and where its match begins.
    let mut retry = None;
    while let Some(element) = text.get(position) {
        match pattern.get(at) {
            Some(part) if is_wildcard(part) => {
                at += 1;
                retry = Some((at, position));
            }
            Some(part) if is_same(part, element) => {
                at += 1;
                position += 1;
            }
            _ => {
                let Some((after, begin)) = retry else {
                    return false;
                };
                (at, position) = (after, begin + 1);
                retry = Some((after, position));
            }
        }
    }
    pattern.iter().skip(at).all(is_wildcard)
}
