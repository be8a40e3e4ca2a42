//! Distinguishes the HTML that people write in Markdown from words in angle brackets.

/// Elements that documents use to format their texts.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

/// The text without comments and without the tags of known elements; those that begin a line or paragraph leave a break.
pub(super) fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        kept.push_str(before);
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        match element(tag) {
            Some("br") => kept.push('\n'),
            Some("p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre") => {
                kept.push_str("\n\n");
            }
            Some(_) => {}
            None => kept.push_str(tag),
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The known element that a tag opens or closes.
fn element(tag: &str) -> Option<&'static str> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = inner
        .split(|character: char| !character.is_ascii_alphanumeric())
        .next()?;
    let after = inner.get(name.len()..)?.chars().next();
    let is_tag = after.is_none_or(|after| after.is_whitespace() || after == '/');
    ELEMENTS
        .iter()
        .find(|known| is_tag && known.eq_ignore_ascii_case(name))
        .copied()
}
