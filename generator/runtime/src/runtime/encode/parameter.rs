//! Parameters as text, by location, style and `explode` of OpenAPI 3.0.
//!
//! The styles are defined by RFC 6570. This module decides three points on which documents and servers differ. The separators of a list are
//! not encoded, while the same characters inside of a value are. An empty list is no parameter at all. A value reaches the server
//! unchanged, so that `+` becomes `%2B` and `%` becomes `%25` whatever the document allows.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::runtime::encode::EncodeProblem;
use crate::runtime::encode::node::Node;
use crate::runtime::encode::percent::{COMPONENT, RESERVED_ALLOWED, component};

/// The style in which a parameter's value is written.
///
/// A style that is not defined for the parameter's location is treated as the location's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`, in paths and headers.
    Simple,
    /// `.a.b`, in paths.
    Label,
    /// `;name=a;name=b`, in paths.
    Matrix,
    /// `name=a&name=b`, in queries and cookies.
    Form,
    /// `name=a%20b`, in queries.
    SpaceDelimited,
    /// `name=a%7Cb`, in queries.
    PipeDelimited,
    /// `name[key]=a`, in queries.
    DeepObject,
    /// JSON text, in all locations (a parameter with `content`).
    Json,
}

/// The serialization of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// OpenAPI's `style`.
    pub style: Style,
    /// OpenAPI's `explode`: whether each item or member is written separately.
    pub explode: bool,
    /// OpenAPI's `allowReserved`: whether reserved characters are left unencoded. It applies to queries only.
    pub allow_reserved: bool,
}

impl Format {
    /// OpenAPI's default for parameters in the path.
    pub const PATH: Self = Self::new(Style::Simple, false);
    /// OpenAPI's default for parameters in the query.
    pub const QUERY: Self = Self::new(Style::Form, true);
    /// OpenAPI's default for headers.
    pub const HEADER: Self = Self::PATH;
    /// OpenAPI's default for cookies.
    pub const COOKIE: Self = Self::QUERY;

    /// Creates a format that encodes all reserved characters.
    pub(crate) const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            allow_reserved: false,
        }
    }
}

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
fn scalar(node: &Node) -> Result<Option<&str>, EncodeProblem> {
    match node {
        Node::Null => Ok(None),
        Node::Literal(text) | Node::Text(text) => Ok(Some(text)),
        Node::List(_) | Node::Object(_) | Node::File(_) => Err(EncodeProblem::Nested),
    }
}

/// One notation of RFC 6570.
struct Expansion<'a> {
    /// The parameter's name, if it is written before values.
    name: Option<&'a str>,
    /// The text before the first value.
    prefix: &'static str,
    /// The separator of values if `explode` is set.
    separator: &'static str,
    /// The separator of values if `explode` is not set.
    delimiter: &'static str,
    /// Whether `=` follows a name whose value is empty.
    assign_empty: bool,
    /// The characters to percent-encode. Headers have none.
    encoded: Option<&'static AsciiSet>,
    /// Whether each item or member is written separately.
    explode: bool,
}

impl Expansion<'_> {
    /// Returns the text, or `None` if there is nothing to write.
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

/// Converts a value to a scalar that is its JSON text.
fn as_json(node: &Node) -> Result<Node, EncodeProblem> {
    if let Node::Null = node {
        return Ok(Node::Null);
    }
    let json = node.to_json().map_err(|error| error.problem())?;
    String::from_utf8(json)
        .map(Node::Text)
        .map_err(|_| EncodeProblem::Refused)
}

/// Returns the text that replaces a parameter in the path. It is never empty.
pub(crate) fn path_text(
    name: &str,
    style: Style,
    explode: bool,
    node: &Node,
) -> Result<String, EncodeProblem> {
    if style == Style::Json {
        return path_text(name, Style::Simple, false, &as_json(node)?);
    }
    let name = component(name);
    let (prefix, separator, named) = match style {
        Style::Label => (".", ".", None),
        Style::Matrix => (";", ";", Some(&*name)),
        _ => ("", ",", None),
    };
    let expansion = Expansion {
        name: named,
        prefix,
        separator,
        delimiter: ",",
        // Without `=`, an object's members would be read as a list.
        assign_empty: style != Style::Matrix,
        encoded: Some(COMPONENT),
        explode,
    };
    match expansion.expand(&Flat::new(node)?) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(EncodeProblem::Empty),
    }
}

/// Returns the `name=value` pairs of a query parameter, joined with `&`, or `None` if there is nothing to send.
pub(crate) fn query_text(
    name: &str,
    format: Format,
    node: &Node,
) -> Result<Option<String>, EncodeProblem> {
    let Format {
        style,
        explode,
        allow_reserved,
    } = format;
    let encoded = if allow_reserved {
        RESERVED_ALLOWED
    } else {
        COMPONENT
    };
    let name = component(name);
    let (delimiter, explode) = match style {
        Style::DeepObject => {
            let mut text = String::new();
            brackets(&mut text, &name, node, encoded)?;
            return Ok((!text.is_empty()).then_some(text));
        }
        Style::SpaceDelimited => ("%20", explode),
        Style::PipeDelimited => ("%7C", explode),
        _ => (",", explode),
    };
    let json;
    let node = if style == Style::Json {
        json = as_json(node)?;
        &json
    } else {
        node
    };
    let expansion = Expansion {
        name: Some(&name),
        prefix: "",
        separator: "&",
        delimiter,
        assign_empty: true,
        encoded: Some(encoded),
        explode,
    };
    Ok(expansion.expand(&Flat::new(node)?))
}

/// Writes `name[key]=value` for objects, nested ones included, and `name[]=value` for lists of scalars.
///
/// OpenAPI defines `deepObject` for flat objects only. For other values, this is the common notation of the servers that accept the style.
/// It has no form for lists of lists or objects.
fn brackets(
    text: &mut String,
    name: &str,
    node: &Node,
    encoded: &'static AsciiSet,
) -> Result<(), EncodeProblem> {
    match node {
        Node::Null => {}
        Node::Literal(value) | Node::Text(value) => {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            text.extend(utf8_percent_encode(value, encoded));
        }
        Node::List(items) => {
            for item in items {
                scalar(item)?;
                brackets(text, &format!("{name}%5B%5D"), item, encoded)?;
            }
        }
        Node::Object(members) => {
            for (member, value) in members {
                let name = format!("{name}%5B{}%5D", component(member));
                brackets(text, &name, value, encoded)?;
            }
        }
        Node::File(_) => return Err(EncodeProblem::Nested),
    }
    Ok(())
}

/// Returns the value of a header, without percent-encoding, or `None` if there is nothing to send.
pub(crate) fn header_text(
    style: Style,
    explode: bool,
    node: &Node,
) -> Result<Option<String>, EncodeProblem> {
    if style == Style::Json {
        return header_text(Style::Simple, false, &as_json(node)?);
    }
    let expansion = Expansion {
        name: None,
        prefix: "",
        separator: ",",
        delimiter: ",",
        assign_empty: true,
        encoded: None,
        explode,
    };
    Ok(expansion.expand(&Flat::new(node)?))
}

/// Returns the `name=value` pairs of a cookie parameter, or `None` if there is nothing to send.
///
/// With `explode`, each item or member is a cookie of its own, and the cookies are joined with `; ` (RFC 6265, section 4.2.1). The `&` of
/// RFC 6570 would be part of the first cookie's value.
pub(crate) fn cookie_text(
    name: &str,
    style: Style,
    explode: bool,
    node: &Node,
) -> Result<Option<String>, EncodeProblem> {
    if style == Style::Json {
        return cookie_text(name, Style::Form, false, &as_json(node)?);
    }
    let name = component(name);
    let expansion = Expansion {
        name: Some(&name),
        prefix: "",
        separator: "; ",
        delimiter: ",",
        assign_empty: true,
        encoded: Some(COMPONENT),
        explode,
    };
    Ok(expansion.expand(&Flat::new(node)?))
}
