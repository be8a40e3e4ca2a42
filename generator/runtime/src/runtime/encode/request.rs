//! The part of a request that the operation determines: everything except the server's address, the credential and the client's headers.
//!
//! This module does no I/O. A request can be sent any number of times. Its `Debug` output contains none of the caller's values.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use serde::Serialize;

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::encode::encoder::{self, Encoded};
use crate::runtime::encode::node::Node;
use crate::runtime::encode::parameter::Expansion;
use crate::runtime::encode::percent;
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

/// A request of an operation, not yet addressed to a server.
#[derive(Clone)]
pub struct HttpRequest {
    info: &'static OperationInfo,
    template: &'static str,
    path: Cow<'static, str>,
    query: String,
    headers: HeaderMap,
    pub(crate) cookies: String,
    body: Option<Bytes>,
    path_values: Vec<(&'static str, String)>,
    secret: bool,
}

impl HttpRequest {
    /// Creates the request of an operation. Its path parameters are still to be set.
    #[must_use]
    pub fn new(info: &'static OperationInfo) -> Self {
        Self::on_path(info, info.path)
    }

    /// Creates a request to this path, for an operation without a path of its own.
    pub(crate) fn on_path(info: &'static OperationInfo, path: &'static str) -> Self {
        let (path_alone, query) = divided(path);
        Self {
            template: path,
            ..Self::to(info, percent::literal_path(path_alone), query)
        }
    }

    /// Creates the request of an operation whose path is known only at run time. The path may end with a query.
    ///
    /// # Errors
    ///
    /// Returns an error if a segment of the path is `.` or `..`.
    pub fn with_path(info: &'static OperationInfo, path: &str) -> Result<Self, EncodeError> {
        let (path, query) = divided(path);
        let path = percent::literal_path(path).into_owned();
        let request = Self::to(info, Cow::Owned(path), query);
        if percent::has_dot_segment(&request.path) {
            return Err(EncodeError::new(Input::Path, EncodeProblem::DotSegment));
        }
        Ok(request)
    }

    fn to(info: &'static OperationInfo, path: Cow<'static, str>, query: &str) -> Self {
        Self {
            info,
            template: "",
            path,
            query: percent::literal_path(query).into_owned(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: None,
            path_values: Vec::new(),
            secret: info.secret,
        }
    }

    /// Replaces `{name}` in the path with a value, in OpenAPI's default format. All characters except letters, digits, `-`, `.`, `_` and
    /// `~` are percent-encoded.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is empty or nested, or if it makes a segment of the path `.` or `..`.
    pub fn path_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.write_path(name, value, |node| Expansion::PATH.text(node))
    }

    pub(crate) fn write_path<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        text: impl FnOnce(&Node) -> Result<Option<String>, EncodeProblem>,
    ) -> Result<(), EncodeError> {
        let input = Input::PathParameter(name);
        let fail = |problem| EncodeError::new(input.clone(), problem);
        let encoded = self.encode(value, input.clone())?;
        let text = text(&encoded.node).map_err(fail)?;
        let text = text
            .filter(|text| !text.is_empty())
            .ok_or_else(|| fail(EncodeProblem::Empty))?;
        let placeholder = format!("{{{name}}}");
        let placeholder = percent::literal_path(&placeholder);
        self.path = Cow::Owned(self.path.replace(&*placeholder, &text));
        if percent::has_dot_segment(&self.path) {
            return Err(fail(EncodeProblem::DotSegment));
        }
        if let Node::Literal(text) | Node::Text(text) = encoded.node {
            self.path_values.push((name, text));
        }
        Ok(())
    }

    /// Adds a parameter to the query, in OpenAPI's default format. `None`, null and empty lists add nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is nested deeper than the style can express.
    pub fn query_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.write_query(name, value, |node| {
            Expansion::query(&percent::component(name)).text(node)
        })
    }

    pub(crate) fn write_query<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        pairs: impl FnOnce(&Node) -> Result<Option<String>, EncodeProblem>,
    ) -> Result<(), EncodeError> {
        let input = Input::QueryParameter(name);
        let encoded = self.encode(value, input.clone())?;
        if matches!(encoded.node, Node::Null) {
            return Ok(());
        }
        let pairs = pairs(&encoded.node).map_err(|problem| EncodeError::new(input, problem))?;
        if let Some(pairs) = pairs {
            append(&mut self.query, "&", &pairs);
        }
        Ok(())
    }

    /// Adds a `name=value` pair to the query and percent-encodes both.
    pub fn append_query(&mut self, name: &str, value: &str) {
        let pair = format!("{}={}", percent::component(name), percent::component(value));
        append(&mut self.query, "&", &pair);
    }

    /// Sets a header, in OpenAPI's default format. `None`, null and empty lists set nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is nested or contains bytes that are not allowed in a header, or if the name is not a header name.
    pub fn header_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.write_header(name, value, |node| Expansion::HEADER.text(node))
    }

    pub(crate) fn write_header<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        text: impl FnOnce(&Node) -> Result<Option<String>, EncodeProblem>,
    ) -> Result<(), EncodeError> {
        let input = Input::Header(name);
        let fail = |problem| EncodeError::new(input.clone(), problem);
        let encoded = self.encode(value, input.clone())?;
        if let Some(text) = text(&encoded.node).map_err(fail)? {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| fail(EncodeProblem::HeaderBytes))?;
            let mut value = HeaderValue::from_bytes(text.as_bytes())
                .map_err(|_| fail(EncodeProblem::HeaderBytes))?;
            value.set_sensitive(encoded.secret);
            self.headers.insert(name, value);
        }
        Ok(())
    }

    /// Sets the body to a value in JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if JSON cannot express the value.
    pub fn json_body<T: Serialize + ?Sized>(
        &mut self,
        content_type: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let encoded = self.encode(value, Input::Body)?;
        self.bytes_body(content_type, Bytes::from(encoded.node.to_json()?))
    }

    /// Sets the body to a text in UTF-8.
    ///
    /// # Errors
    ///
    /// Returns an error if the content type contains bytes that are not allowed in a header.
    pub fn text_body(&mut self, content_type: &str, text: String) -> Result<(), EncodeError> {
        self.bytes_body(content_type, Bytes::from(text))
    }

    /// Sets the body to these bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if the content type contains bytes that are not allowed in a header.
    pub fn bytes_body(&mut self, content_type: &str, body: Bytes) -> Result<(), EncodeError> {
        let content_type = HeaderValue::from_str(content_type).map_err(|_| {
            EncodeError::new(Input::Header("content-type"), EncodeProblem::HeaderBytes)
        })?;
        self.headers.insert(CONTENT_TYPE, content_type);
        self.body = Some(body);
        Ok(())
    }

    /// Converts a value to its tree and records whether it contains a secret.
    pub(crate) fn encode<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
        input: Input,
    ) -> Result<Encoded, EncodeError> {
        let encoded = encoder::encode(value, input)?;
        self.secret |= encoded.secret;
        Ok(encoded)
    }

    /// Returns the description of the operation.
    #[must_use]
    pub fn info(&self) -> &'static OperationInfo {
        self.info
    }

    /// Returns the path with `{name}` for parameters. It is empty for a path that is known only at run time.
    pub(crate) fn template(&self) -> &'static str {
        self.template
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &'static Method {
        self.info.method
    }

    /// Returns the path below the base URL, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query without `?`, percent-encoded. It is empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Returns the headers of the operation, including `Content-Type` but not `Cookie`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a mutable reference to the headers.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the value of the `Cookie` header. It is empty if there are no cookies.
    #[must_use]
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    /// Returns the body. `None` is a request without a body, as distinct from one with an empty body.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// Returns the value of a path parameter before encoding, if it is neither a list nor an object.
    #[must_use]
    pub fn path_value(&self, name: &str) -> Option<&str> {
        self.path_values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns whether the request or its response carries a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

pub(crate) fn append(text: &mut String, separator: &str, more: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
    text.push_str(more);
}

/// Splits a path from its query.
fn divided(path: &str) -> (&str, &str) {
    path.split_once('?').unwrap_or((path, ""))
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.query.split('&').filter(|pair| !pair.is_empty());
        formatter
            .debug_struct("HttpRequest")
            .field("operation", &self.info.name)
            .field("method", &self.info.method)
            .field("path", &self.info.path)
            .field("query_parameters", &parameters.count())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_length", &self.body.as_ref().map(Bytes::len))
            .finish_non_exhaustive()
    }
}
