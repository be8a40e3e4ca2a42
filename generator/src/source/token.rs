//! What a file consists of, in the order of its text, for a walk that builds no tree.

use std::borrow::Cow;

/// A part of a file.
#[derive(Debug)]
pub(super) enum Token<'text> {
    /// A key, or a value that contains no others.
    Scalar(Cow<'text, str>),
    /// The beginning of an object.
    Object,
    /// The beginning of a list.
    List,
    /// The end of an object or list.
    End,
}
