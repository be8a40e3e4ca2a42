//! Parameters in cookies, and in other formats than OpenAPI's default: style and `explode` of OpenAPI 3.0.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Serialize;

use crate::runtime::encode::node::Node;
use crate::runtime::encode::parameter::Expansion;
use crate::runtime::encode::percent::{COMPONENT, component};
use crate::runtime::encode::request::{HttpRequest, append};
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

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
    /// `a b`, in queries, paths and headers.
    SpaceDelimited,
    /// `a|b`, in queries, paths and headers.
    PipeDelimited,
    /// `a` and `b` with a tab between, in queries, paths and headers. This is the `tsv` of Swagger 2.0.
    TabDelimited,
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
    /// OpenAPI's default for cookies.
    pub const COOKIE: Self = Self::new(Style::Form, true);

    /// Creates a format that encodes all reserved characters.
    pub(crate) const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            allow_reserved: false,
        }
    }
}

impl HttpRequest {
    /// Replaces `{name}` in the path with a value, in this format.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`path_parameter`](Self::path_parameter).
    pub fn path_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.write_path(name, value, |node| path_text(name, format, node))
    }

    /// Adds a parameter to the query, in this format.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`query_parameter`](Self::query_parameter).
    pub fn query_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.write_query(name, value, |node| query_text(name, format, node))
    }

    /// Sets a header, in this format.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`header_parameter`](Self::header_parameter).
    pub fn header_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.write_header(name, value, |node| header_text(format, node))
    }

    /// Adds a cookie, in OpenAPI's default format. `None`, null and empty lists add nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is nested.
    pub fn cookie_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.cookie_parameter_as(name, Format::COOKIE, value)
    }

    /// Adds a cookie, in this format.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`cookie_parameter`](Self::cookie_parameter).
    pub fn cookie_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        let input = Input::Cookie(name);
        let encoded = self.encode(value, input.clone())?;
        let pairs = cookie_text(name, format, &encoded.node)
            .map_err(|problem| EncodeError::new(input, problem))?;
        if let Some(pairs) = pairs {
            append(&mut self.cookies, "; ", &pairs);
        }
        Ok(())
    }
}

/// The characters that are encoded in a query even with `allowReserved`.
///
/// These are the characters that are not allowed in a URL, then `#`, `&` and `+`, which would end the query, end the parameter or become a
/// space, and the brackets, which RFC 3986 does not allow in a query.
const RESERVED_ALLOWED: &AsciiSet = &COMPONENT
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

/// Converts a value to a scalar that is its JSON text.
fn as_json(node: &Node) -> Result<Node, EncodeProblem> {
    if let Node::Null = node {
        return Ok(Node::Null);
    }
    let json = node.to_json().map_err(|error| error.problem())?;
    String::from_utf8(json)
        .map(Node::Text)
        .map_err(|_| EncodeProblem::NotSerializable)
}

/// Returns the text that replaces a parameter in the path.
fn path_text(name: &str, format: Format, node: &Node) -> Result<Option<String>, EncodeProblem> {
    let name = component(name);
    let (prefix, separator, named) = match format.style {
        Style::Json => return Expansion::PATH.text(&as_json(node)?),
        Style::Label => (".", ".", None),
        Style::Matrix => (";", ";", Some(&*name)),
        _ => ("", ",", None),
    };
    let expansion = Expansion {
        name: named,
        prefix,
        separator,
        delimiter: delimiter(format.style),
        // Without `=`, an object's members would be read as a list.
        assign_empty: format.style != Style::Matrix,
        explode: format.explode,
        ..Expansion::PATH
    };
    expansion.text(node)
}

/// Returns the delimiter of a style in a URL.
const fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::TabDelimited => "%09",
        _ => ",",
    }
}

/// Returns the `name=value` pairs of a query parameter, joined with `&`, or `None` if there is nothing to send.
pub(crate) fn query_text(
    name: &str,
    format: Format,
    node: &Node,
) -> Result<Option<String>, EncodeProblem> {
    let encoded = if format.allow_reserved {
        RESERVED_ALLOWED
    } else {
        COMPONENT
    };
    let name = component(name);
    let expansion = Expansion {
        encoded: Some(encoded),
        explode: format.explode,
        ..Expansion::query(&name)
    };
    let delimiter = match format.style {
        Style::DeepObject => {
            let mut text = String::new();
            brackets(&mut text, &name, node, encoded)?;
            return Ok((!text.is_empty()).then_some(text));
        }
        Style::Json => return expansion.text(&as_json(node)?),
        style => delimiter(style),
    };
    let expansion = Expansion {
        delimiter,
        ..expansion
    };
    expansion.text(node)
}

/// Writes `name[key]=value` for objects, `name[]=value` for lists of scalars, and `name[0]…` for the other items of lists.
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
            for (index, item) in items.iter().enumerate() {
                let name = format!("{name}%5B{}%5D", item.deep_object_key(index));
                brackets(text, &name, item, encoded)?;
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
fn header_text(format: Format, node: &Node) -> Result<Option<String>, EncodeProblem> {
    if format.style == Style::Json {
        return Expansion::HEADER.text(&as_json(node)?);
    }
    let delimiter = match format.style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "\t",
        _ => ",",
    };
    let expansion = Expansion {
        delimiter,
        explode: format.explode,
        ..Expansion::HEADER
    };
    expansion.text(node)
}

/// Returns the `name=value` pairs of a cookie parameter, or `None` if there is nothing to send.
///
/// With `explode`, each item or member is a cookie of its own, and the cookies are joined with `; ` (RFC 6265, section 4.2.1). The `&` of
/// RFC 6570 would be part of the first cookie's value.
fn cookie_text(name: &str, format: Format, node: &Node) -> Result<Option<String>, EncodeProblem> {
    let name = component(name);
    let expansion = Expansion {
        separator: "; ",
        explode: format.explode,
        ..Expansion::query(&name)
    };
    if format.style == Style::Json {
        return expansion.text(&as_json(node)?);
    }
    expansion.text(node)
}
