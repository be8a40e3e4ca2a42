//! A request as an operation describes it: everything but the server's address, the credential and the headers of the client.
//!
//! Does no I/O and can be sent any number of times. Nothing that a caller passed in shows in its `Debug`.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;

use crate::runtime::api::operation::{Method, OperationInfo};
use crate::runtime::encode::encoder::{self, Encoded};
use crate::runtime::encode::node::Node;
use crate::runtime::encode::parameter::{self, Format};
use crate::runtime::encode::percent;
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

/// A request that knows its operation, but no server yet.
#[derive(Clone)]
pub struct HttpRequest {
    info: &'static OperationInfo,
    template: &'static str,
    path: Cow<'static, str>,
    query: String,
    headers: HeaderMap,
    cookies: String,
    body: Option<Bytes>,
    path_values: Vec<(&'static str, String)>,
    secret: bool,
}

impl HttpRequest {
    /// The request of an operation, its path parameters still to be filled in.
    #[must_use]
    pub fn new(info: &'static OperationInfo) -> Self {
        Self::on_path(info, info.path)
    }

    /// The request of an operation without a path of its own to this one.
    pub(crate) fn on_path(info: &'static OperationInfo, path: &'static str) -> Self {
        let (path_alone, query) = divided(path);
        Self {
            template: path,
            ..Self::to(info, percent::literal_path(path_alone), query)
        }
    }

    /// The request of an operation whose path is known only at run time; a query may follow after `?`.
    ///
    /// # Errors
    ///
    /// When a segment of the path is `.` or `..`.
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

    /// Puts a value in the place of `{name}` in the path, as OpenAPI writes it by default. Everything but letters, digits, `-`, `.`, `_` and
    /// `~` is percent-encoded.
    ///
    /// # Errors
    ///
    /// When the value has no text, is nested, or makes a segment of the path `.` or `..`.
    pub fn path_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.path_parameter_as(name, Format::PATH, value)
    }

    /// Puts a value in the place of `{name}` in the path, in this format.
    ///
    /// # Errors
    ///
    /// As [`path_parameter`](Self::path_parameter).
    pub fn path_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        let input = Input::PathParameter(name);
        let encoded = self.encode(value, input.clone())?;
        let text = parameter::path_text(name, format.style, format.explode, &encoded.node)
            .map_err(|problem| EncodeError::new(input.clone(), problem))?;
        let placeholder = format!("{{{name}}}");
        let placeholder = percent::literal_path(&placeholder);
        self.path = Cow::Owned(self.path.replace(&*placeholder, &text));
        if percent::has_dot_segment(&self.path) {
            return Err(EncodeError::new(input, EncodeProblem::DotSegment));
        }
        if let Node::Literal(text) | Node::Text(text) = encoded.node {
            self.path_values.push((name, text));
        }
        Ok(())
    }

    /// Adds a parameter to the query, as OpenAPI writes it by default. Nothing is added for none, null and empty lists.
    ///
    /// # Errors
    ///
    /// When the value is nested deeper than the style can express.
    pub fn query_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.query_parameter_as(name, Format::QUERY, value)
    }

    /// Adds a parameter to the query, in this format.
    ///
    /// # Errors
    ///
    /// As [`query_parameter`](Self::query_parameter).
    pub fn query_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        let input = Input::QueryParameter(name);
        let encoded = self.encode(value, input.clone())?;
        if matches!(encoded.node, Node::Null) {
            return Ok(());
        }
        let pairs = parameter::query_text(name, format, &encoded.node)
            .map_err(|problem| EncodeError::new(input, problem))?;
        if let Some(pairs) = pairs {
            append(&mut self.query, "&", &pairs);
        }
        Ok(())
    }

    /// Adds a `name=value` pair to the query, percent-encoded.
    pub fn append_query(&mut self, name: &str, value: &str) {
        let pair = format!("{}={}", percent::component(name), percent::component(value));
        append(&mut self.query, "&", &pair);
    }

    /// Sets a header, as OpenAPI writes it by default. Nothing is set for none, null and empty lists.
    ///
    /// # Errors
    ///
    /// When the value is nested or has bytes that no header may carry, or the name is none.
    pub fn header_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.header_parameter_as(name, Format::HEADER, value)
    }

    /// Sets a header, in this format.
    ///
    /// # Errors
    ///
    /// As [`header_parameter`](Self::header_parameter).
    pub fn header_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        let input = Input::Header(name);
        let fail = |problem| EncodeError::new(input.clone(), problem);
        let encoded = self.encode(value, input.clone())?;
        let text =
            parameter::header_text(format.style, format.explode, &encoded.node).map_err(fail)?;
        if let Some(text) = text {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| fail(EncodeProblem::HeaderBytes))?;
            let mut value = HeaderValue::from_bytes(text.as_bytes())
                .map_err(|_| fail(EncodeProblem::HeaderBytes))?;
            value.set_sensitive(encoded.secret);
            self.headers.insert(name, value);
        }
        Ok(())
    }

    /// Adds a cookie, as OpenAPI writes it by default. Nothing is added for none, null and empty lists.
    ///
    /// # Errors
    ///
    /// When the value is nested.
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
    /// As [`cookie_parameter`](Self::cookie_parameter).
    pub fn cookie_parameter_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: Format,
        value: &T,
    ) -> Result<(), EncodeError> {
        let input = Input::Cookie(name);
        let encoded = self.encode(value, input.clone())?;
        let pairs = parameter::cookie_text(name, format.style, format.explode, &encoded.node)
            .map_err(|problem| EncodeError::new(input, problem))?;
        if let Some(pairs) = pairs {
            append(&mut self.cookies, "; ", &pairs);
        }
        Ok(())
    }

    /// Sends a value as JSON.
    ///
    /// # Errors
    ///
    /// When JSON cannot express the value.
    pub fn json_body<T: Serialize + ?Sized>(
        &mut self,
        content_type: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let encoded = self.encode(value, Input::Body)?;
        self.bytes_body(content_type, Bytes::from(encoded.node.to_json()?))
    }

    /// Sends a text, in UTF-8.
    ///
    /// # Errors
    ///
    /// When the content type has bytes that no header may carry.
    pub fn text_body(&mut self, content_type: &str, text: String) -> Result<(), EncodeError> {
        self.bytes_body(content_type, Bytes::from(text))
    }

    /// Sends bytes.
    ///
    /// # Errors
    ///
    /// When the content type has bytes that no header may carry.
    pub fn bytes_body(&mut self, content_type: &str, body: Bytes) -> Result<(), EncodeError> {
        let content_type = HeaderValue::from_str(content_type).map_err(|_| {
            EncodeError::new(Input::Header("content-type"), EncodeProblem::HeaderBytes)
        })?;
        self.headers.insert(CONTENT_TYPE, content_type);
        self.body = Some(body);
        Ok(())
    }

    /// The tree of a value; remembers whether a secret was in it.
    pub(crate) fn encode<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
        input: Input,
    ) -> Result<Encoded, EncodeError> {
        let encoded = encoder::encode(value, input)?;
        self.secret |= encoded.secret;
        Ok(encoded)
    }

    /// The operation.
    #[must_use]
    pub fn info(&self) -> &'static OperationInfo {
        self.info
    }

    /// The path with `{name}` for parameters; empty for a path that is known only at run time.
    pub(crate) fn template(&self) -> &'static str {
        self.template
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.info.method
    }

    /// The path below the base URL, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query without `?`, percent-encoded; empty where there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The headers of the operation, `Content-Type` included, `Cookie` not.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// The cookies as the `Cookie` header wants them; empty where there are none.
    #[must_use]
    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    /// The body; none for a request without one, which is not the same as an empty one.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// The value of a path parameter as it was given, where it is neither a list nor an object.
    #[must_use]
    pub fn path_value(&self, name: &str) -> Option<&str> {
        self.path_values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the request or its response carries a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

fn append(text: &mut String, separator: &str, more: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
    text.push_str(more);
}

/// A path, and the query after it.
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
