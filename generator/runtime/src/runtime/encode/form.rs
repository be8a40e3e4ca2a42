//! Bodies with the content type `application/x-www-form-urlencoded`.

use bytes::Bytes;
use serde::Serialize;

use crate::runtime::encode::format::{self, Format, Style};
use crate::runtime::encode::node::Node;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

impl HttpRequest {
    /// Sets the body to a form of the members of an object.
    ///
    /// Scalars are written as they are, lists as repeated pairs (OpenAPI's default for form bodies), and objects as `name[key]=value`.
    /// `None` and null are omitted.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, or if a list in it contains lists or objects.
    pub fn form_body<T: Serialize + ?Sized>(
        &mut self,
        content_type: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.form_body_as(content_type, &[], value)
    }

    /// Sets the body to a form, as [`form_body`](Self::form_body) does, in which the members of these names have these formats.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`form_body`](Self::form_body).
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
            let style = match value {
                Node::Object(_) => Style::DeepObject,
                _ => Style::Form,
            };
            let own = formats.iter().find(|(member, _)| *member == name.as_str());
            let format = own.map_or(Format::new(style, true), |(_, format)| *format);
            let pairs = format::query_text(name, format, value)
                .map_err(|problem| EncodeError::new(Input::Body, problem).in_member(name))?;
            if let Some(pairs) = pairs {
                if !form.is_empty() {
                    form.push('&');
                }
                form.push_str(&pairs);
            }
        }
        self.bytes_body(content_type, Bytes::from(form))
    }
}
