//! Percent-encoding for the parts of a URL.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except RFC 3986's unreserved ones.
pub(crate) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The characters that are encoded in the literal parts of a path template.
const TEMPLATE: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'|');

/// Encodes a text for use anywhere in a URL.
pub(crate) fn component(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, COMPONENT).into()
}

/// Encodes the characters of a path that are not allowed there. Existing percent-encoding is preserved.
pub(crate) fn literal_path(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, TEMPLATE).into()
}

/// Returns whether a path has a segment that URL parsers resolve.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        let after = after_dot(segment);
        after.is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some(""))
    })
}

/// Returns the text after a leading dot, which may be percent-encoded.
fn after_dot(text: &str) -> Option<&str> {
    let dots = [".", "%2e", "%2E"];
    dots.iter().find_map(|dot| text.strip_prefix(dot))
}
