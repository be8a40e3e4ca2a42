//! Bodies with the content type `application/x-www-form-urlencoded`.

use std::slice;

use bytes::Bytes;
use serde::Serialize;

use crate::runtime::encode::format::{self, Format, Style};
use crate::runtime::encode::node::Node;
use crate::runtime::encode::request::{HttpRequest, append};
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

impl HttpRequest {
    /// Sets the body to a form of the members of an object.
    ///
    /// Scalars are written as they are, objects as JSON, and each item of a list as a pair of its own (OpenAPI's defaults for form bodies).
    /// `None` and null are omitted.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object.
    pub fn form_body<T: Serialize + ?Sized>(
        &mut self,
        content_type: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.form_body_as(content_type, &[], value)
    }

    /// Sets the body to a form, as [`form_body`](Self::form_body) does, in which the members of these names have these formats. In
    /// [`Style::Json`], scalars are JSON too, and the items of a list stay pairs.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`form_body`](Self::form_body), and one if the style of a member has no notation for its value.
    pub fn form_body_as<T: Serialize + ?Sized>(
        &mut self,
        content_type: &str,
        formats: &[(&str, Format)],
        value: &T,
    ) -> Result<(), EncodeError> {
        let Node::Object(members) = self.encode(value, Input::Body)?.node else {
            return Err(EncodeError::new(Input::Body, EncodeProblem::NotAnObject));
        };
        let mut form = String::new();
        for (name, value) in &members {
            let own = formats.iter().find(|(member, _)| *member == name.as_str());
            let pairs = match own {
                Some((_, format)) if format.style != Style::Json => {
                    format::query_text(name, *format, value)
                }
                own => content(name, own.is_some(), value),
            };
            let pairs =
                pairs.map_err(|problem| EncodeError::new(Input::Body, problem).in_member(name))?;
            if let Some(pairs) = pairs {
                append(&mut form, "&", &pairs);
            }
        }
        self.bytes_body(content_type, Bytes::from(form))
    }
}

/// Returns the `name=value` pairs of the items of a list, or of a single value, or `None` if there is nothing to send.
fn content(name: &str, is_json: bool, value: &Node) -> Result<Option<String>, EncodeProblem> {
    let mut pairs = String::new();
    let values = match value {
        Node::List(items) => items,
        value => slice::from_ref(value),
    };
    for value in values {
        let style = match value {
            Node::List(_) | Node::Object(_) => Style::Json,
            _ if is_json => Style::Json,
            _ => Style::Form,
        };
        if let Some(pair) = format::query_text(name, Format::new(style, true), value)? {
            append(&mut pairs, "&", &pair);
        }
    }
    Ok((!pairs.is_empty()).then_some(pairs))
}
