//! Percent-encoding: what may be in which part of a URL.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
pub(crate) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What `allowReserved` leaves to be encoded in a query: beside what no URL may hold, `#`, `&` and `+`, which would end the query, end
/// the parameter or become a space, and the brackets, which RFC 3986 does not allow in a query.
pub(crate) const RESERVED_ALLOWED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What the literal parts of a path template may not hold as they are.
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

/// Text as it may stand anywhere in a URL.
pub(crate) fn component(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, COMPONENT).into()
}

/// A path with what no path may hold percent-encoded; what is encoded already stays.
pub(crate) fn literal_path(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, TEMPLATE).into()
}

/// Whether a URL parser would resolve a segment away.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        let after = after_dot(segment);
        after.is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some(""))
    })
}

/// What follows a dot at the beginning, which may be percent-encoded.
fn after_dot(text: &str) -> Option<&str> {
    let dots = [".", "%2e", "%2E"];
    dots.iter().find_map(|dot| text.strip_prefix(dot))
}
