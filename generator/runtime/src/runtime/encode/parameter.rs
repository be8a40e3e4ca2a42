//! Parameters as text, in OpenAPI's default formats. The module `format` has the others.
//!
//! The formats are defined by RFC 6570. This module decides three points on which documents and servers differ. The separators of a list are
//! not encoded, while the same characters inside of a value are. An empty list is no parameter at all. A value reaches the server
//! unchanged, so that `+` becomes `%2B` and `%` becomes `%25` whatever the document allows.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::runtime::encode::EncodeProblem;
use crate::runtime::encode::node::Node;
use crate::runtime::encode::percent::COMPONENT;

/// A value without nested lists or objects.
enum Flat<'a> {
    Absent,
    Scalar(&'a str),
    List(Vec<&'a str>),
    Object(Vec<(&'a str, &'a str)>),
}

impl<'a> Flat<'a> {
    fn new(node: &'a Node) -> Result<Self, EncodeProblem> {
        Ok(match node {
            Node::Null => Self::Absent,
            Node::Literal(text) | Node::Text(text) => Self::Scalar(text),
            Node::List(items) => {
                let items = items.iter().filter_map(|item| scalar(item).transpose());
                Self::List(items.collect::<Result<_, _>>()?)
            }
            Node::Object(members) => {
                let members = members.iter().filter_map(|(name, value)| {
                    let value = scalar(value).transpose()?;
                    Some(value.map(|value| (name.as_str(), value)))
                });
                Self::Object(members.collect::<Result<_, _>>()?)
            }
            Node::File(_) => return Err(EncodeProblem::Nested),
        })
    }
}

/// Returns the text of a value that is neither a list nor an object, or `None` for null.
pub(crate) fn scalar(node: &Node) -> Result<Option<&str>, EncodeProblem> {
    match node {
        Node::Null => Ok(None),
        Node::Literal(text) | Node::Text(text) => Ok(Some(text)),
        Node::List(_) | Node::Object(_) | Node::File(_) => Err(EncodeProblem::Nested),
    }
}

/// One notation of RFC 6570.
pub(crate) struct Expansion<'a> {
    /// The parameter's name, if it is written before values.
    pub(crate) name: Option<&'a str>,
    /// The text before the first value.
    pub(crate) prefix: &'static str,
    /// The separator of values if `explode` is set.
    pub(crate) separator: &'static str,
    /// The separator of values if `explode` is not set.
    pub(crate) delimiter: &'static str,
    /// Whether `=` follows a name whose value is empty.
    pub(crate) assign_empty: bool,
    /// The characters to percent-encode. Headers have none.
    pub(crate) encoded: Option<&'static AsciiSet>,
    /// Whether each item or member is written separately.
    pub(crate) explode: bool,
}

impl<'a> Expansion<'a> {
    /// OpenAPI's default for parameters in the path.
    pub(crate) const PATH: Self = Self {
        name: None,
        prefix: "",
        separator: ",",
        delimiter: ",",
        assign_empty: true,
        encoded: Some(COMPONENT),
        explode: false,
    };

    /// OpenAPI's default for headers.
    pub(crate) const HEADER: Self = Self {
        encoded: None,
        ..Self::PATH
    };

    /// OpenAPI's default for parameters in the query. The name is percent-encoded.
    pub(crate) fn query(name: &'a str) -> Self {
        Self {
            name: Some(name),
            separator: "&",
            explode: true,
            ..Self::PATH
        }
    }

    /// Returns the text of a value, or `None` if there is nothing to write.
    pub(crate) fn text(&self, node: &Node) -> Result<Option<String>, EncodeProblem> {
        Ok(self.expand(&Flat::new(node)?))
    }

    fn expand(&self, value: &Flat<'_>) -> Option<String> {
        let mut text = String::from(self.prefix);
        match value {
            Flat::Absent => return None,
            Flat::Scalar(value) => self.pair(&mut text, self.name, value),
            Flat::List(items) if items.is_empty() => return None,
            Flat::Object(members) if members.is_empty() => return None,
            Flat::List(items) if self.explode => {
                for (index, item) in items.iter().enumerate() {
                    self.separate(&mut text, index, self.separator);
                    self.pair(&mut text, self.name, item);
                }
            }
            Flat::Object(members) if self.explode => {
                for (index, (name, value)) in members.iter().enumerate() {
                    self.separate(&mut text, index, self.separator);
                    let name = self.encode(name);
                    self.pair(&mut text, Some(&name), value);
                }
            }
            Flat::List(items) => self.joined(&mut text, items.iter().copied()),
            Flat::Object(members) => {
                let parts = members.iter().flat_map(|(name, value)| [*name, *value]);
                self.joined(&mut text, parts);
            }
        }
        Some(text)
    }

    fn joined<'v>(&self, text: &mut String, values: impl Iterator<Item = &'v str>) {
        if let Some(name) = self.name {
            text.push_str(name);
            text.push('=');
        }
        for (index, value) in values.enumerate() {
            self.separate(text, index, self.delimiter);
            text.push_str(&self.encode(value));
        }
    }

    fn separate(&self, text: &mut String, index: usize, separator: &str) {
        if index > 0 {
            text.push_str(separator);
        }
    }

    fn pair(&self, text: &mut String, name: Option<&str>, value: &str) {
        let value = self.encode(value);
        text.reserve(name.map_or(0, str::len) + 1 + value.len());
        if let Some(name) = name {
            text.push_str(name);
            if self.assign_empty || !value.is_empty() {
                text.push('=');
            }
        }
        text.push_str(&value);
    }

    fn encode<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.encoded {
            Some(set) => utf8_percent_encode(text, set).into(),
            None => Cow::Borrowed(text),
        }
    }
}
