//! The text of parameters: location, style and `explode` of OpenAPI 3.0 against a value.
//!
//! The notation is that of RFC 6570, which the styles are defined by. Three points where documents and servers differ are decided here:
//! separators of lists stand as they are while the same characters inside a value are percent-encoded; an empty list is no parameter
//! at all; a value reaches the server as it was given, so `+` becomes `%2B` and `%` becomes `%25` whatever the document allows.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::runtime::encode::EncodeProblem;
use crate::runtime::encode::node::Node;
use crate::runtime::encode::percent::{COMPONENT, RESERVED_ALLOWED, component};

/// How a parameter's value is written.
///
/// A style that the parameter's location does not know is read as the location's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`: paths and headers.
    Simple,
    /// `.a.b`: paths.
    Label,
    /// `;name=a;name=b`: paths.
    Matrix,
    /// `name=a&name=b`: queries and cookies.
    Form,
    /// `name=a%20b`: queries.
    SpaceDelimited,
    /// `name=a%7Cb`: queries.
    PipeDelimited,
    /// `name[key]=a`: queries.
    DeepObject,
    /// The value as JSON text (a parameter with `content`): all locations.
    Json,
}

/// The serialization of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// OpenAPI's `style`.
    pub style: Style,
    /// Whether lists and objects are spread.
    pub explode: bool,
    /// Whether reserved characters stay as they are; in queries only.
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

    /// Creates a format that leaves no reserved character as it is.
    pub(crate) const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            allow_reserved: false,
        }
    }
}

/// A value without nesting.
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

/// The text of a value that is neither list nor object; none for null.
fn scalar(node: &Node) -> Result<Option<&str>, EncodeProblem> {
    match node {
        Node::Null => Ok(None),
        Node::Literal(text) | Node::Text(text) => Ok(Some(text)),
        Node::List(_) | Node::Object(_) | Node::File(_) => Err(EncodeProblem::Nested),
    }
}

/// One notation of RFC 6570.
struct Expansion<'a> {
    /// The parameter's name where values are written with it.
    name: Option<&'a str>,
    /// What stands before everything.
    prefix: &'static str,
    /// Stands between what `explode` spreads.
    separator: &'static str,
    /// Stands between values that are not spread.
    delimiter: &'static str,
    /// Whether `=` follows a name whose value is empty.
    assign_empty: bool,
    /// What is percent-encoded; nothing in headers.
    encoded: Option<&'static AsciiSet>,
    /// Whether lists and objects are spread.
    explode: bool,
}

impl Expansion<'_> {
    /// The text, or none where there is nothing to write.
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

/// JSON text as the scalar that a style then writes.
fn as_json(node: &Node) -> Result<Node, EncodeProblem> {
    if let Node::Null = node {
        return Ok(Node::Null);
    }
    let json = node.to_json().map_err(|error| error.problem())?;
    String::from_utf8(json)
        .map(Node::Text)
        .map_err(|_| EncodeProblem::Refused)
}

/// The text that takes a parameter's place in the path. Never empty.
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
        // An object's members without `=` would be read as a list.
        assign_empty: style != Style::Matrix,
        encoded: Some(COMPONENT),
        explode,
    };
    match expansion.expand(&Flat::new(node)?) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(EncodeProblem::Empty),
    }
}

/// The `name=value` pairs of a query parameter, joined with `&`; none where there is nothing to send.
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

/// `name[key]=value`, for objects in objects as well, and `name[]=value` for lists of scalars.
///
/// OpenAPI defines `deepObject` for flat objects only. For the rest this is the notation that the servers which read it share; lists
/// of lists or objects have none.
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

/// The value of a header, not percent-encoded; none where there is nothing to send.
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

/// The `name=value` pairs of a cookie parameter; none where there is nothing to send.
///
/// What `explode` spreads becomes cookies of their own, joined with `; ` as the header wants it (RFC 6265, section 4.2.1); the `&` that
/// RFC 6570 has there would be part of the first cookie's value.
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
