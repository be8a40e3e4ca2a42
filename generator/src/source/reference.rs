//! Where `$ref`s lead.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::value::Value;
use crate::diagnostic::Pointer;

/// How many `$ref`s may follow one another.
const MAX_HOPS: usize = 64;

/// What the text of a reference says, without regard to whether it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<'text> {
    /// A node of the same document.
    Local(Pointer),
    /// A node of another file.
    File {
        /// The path of the file, as written but for percent-encoding.
        path: Cow<'text, str>,
        /// The node in that file, or `None` when the text after `#` is no pointer.
        fragment: Option<Pointer>,
    },
    /// A URL.
    Url,
    /// Nothing, or a name such as `#name`.
    Unreadable,
}

impl<'text> Target<'text> {
    /// Reads the text of a reference.
    #[must_use]
    pub fn parse(text: &'text str) -> Self {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let fragment = Pointer::parse(&decoded(fragment));
        if path.is_empty() {
            return match fragment {
                Some(pointer) if text.starts_with('#') => Self::Local(pointer),
                _ => Self::Unreadable,
            };
        }
        if is_url(path) {
            return Self::Url;
        }
        Self::File {
            path: decoded(path),
            fragment,
        }
    }
}

impl Target<'_> {
    /// Returns the node of the same document that it is, if it is one.
    #[must_use]
    pub fn local(self) -> Option<Pointer> {
        match self {
            Self::Local(pointer) => Some(pointer),
            Self::File { .. } | Self::Url | Self::Unreadable => None,
        }
    }
}

/// A part of a reference without percent-encoding, which few have.
fn decoded(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte == b'%') {
        percent_decode_str(text).decode_utf8_lossy()
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a reference begins with a scheme or an authority. One letter before a colon is a drive.
fn is_url(path: &str) -> bool {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    path.starts_with("//")
        || scheme.is_some_and(|scheme| {
            scheme.len() > 1
                && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        })
}

/// Returns the nodes that a node's chain of `$ref`s leads to within the document, in their order. A chain that is longer than any real one
/// is cut off.
pub fn hops<'tree>(
    root: &'tree Value,
    node: &'tree Value,
) -> impl Iterator<Item = (Pointer, &'tree Value)> {
    let next = |node: &'tree Value| {
        let pointer = reference_target(node.get("$ref")?.as_str()?)?;
        let target = root.pointer(&pointer)?;
        Some((pointer, target))
    };
    std::iter::successors(next(node), move |(_, node)| next(node)).take(MAX_HOPS)
}

/// Where a node's chain of `$ref`s ends.
#[derive(Debug)]
pub enum Resolved<'tree> {
    /// At the node itself, which has no `$ref`.
    Itself(&'tree Value),
    /// At another node.
    Node(Pointer, &'tree Value),
    /// Nowhere.
    Nothing,
}

impl<'tree> Resolved<'tree> {
    /// Returns the node at the end, which is the node itself where it has no `$ref`.
    #[must_use]
    pub fn node(self) -> Option<&'tree Value> {
        match self {
            Self::Itself(node) | Self::Node(_, node) => Some(node),
            Self::Nothing => None,
        }
    }

    /// Returns the node that a `$ref` leads to in the end, with its pointer.
    #[must_use]
    pub fn target(self) -> Option<(Pointer, &'tree Value)> {
        match self {
            Self::Node(pointer, node) => Some((pointer, node)),
            Self::Itself(_) | Self::Nothing => None,
        }
    }
}

/// Follows the `$ref`s of a node to their end within the document.
#[must_use]
pub fn follow<'tree>(root: &'tree Value, node: &'tree Value) -> Resolved<'tree> {
    let is_reference = |node: &Value| {
        node.get("$ref")
            .is_some_and(|target| target.as_str().is_some())
    };
    match hops(root, node).last() {
        Some((_, end)) if is_reference(end) => Resolved::Nothing,
        Some((pointer, end)) => Resolved::Node(pointer, end),
        None if is_reference(node) => Resolved::Nothing,
        None => Resolved::Itself(node),
    }
}

/// Follows the `$ref`s of the node at a pointer to their end within the document. Returns the pointer and the value of the node that they
/// lead to, which is the node itself when it has none, or `None` when they lead nowhere, which can't happen in a checked document.
#[must_use]
pub fn resolve<'tree>(root: &'tree Value, pointer: &Pointer) -> Option<(Pointer, &'tree Value)> {
    let node = root.pointer(pointer)?;
    match follow(root, node) {
        Resolved::Itself(node) => Some((pointer.clone(), node)),
        Resolved::Node(pointer, node) => Some((pointer, node)),
        Resolved::Nothing => None,
    }
}

/// Returns the node of the same document that the text of a `$ref` names, or `None` when it names none.
#[must_use]
pub fn reference_target(reference: &str) -> Option<Pointer> {
    Target::parse(reference).local()
}
