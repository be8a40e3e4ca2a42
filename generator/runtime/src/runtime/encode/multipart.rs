//! Bodies with the content type `multipart/form-data` (RFC 7578), built in memory.
//!
//! The boundary depends on the content alone. The same form gives the same bytes, and no content can contain the boundary.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::{self, Write};

use bytes::Bytes;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::runtime::encode::node::{FILE, File, Node};
use crate::runtime::encode::parameter::scalar;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

/// A file in a multipart body.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    content: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Upload {
    /// Creates a file with this content. It has the name of its form member until [`file_name`](Self::file_name) is called.
    #[must_use]
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self {
            content: content.into(),
            file_name: None,
            content_type: None,
        }
    }

    /// Sets the file's name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the content type. The default is `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl From<Bytes> for Upload {
    fn from(content: Bytes) -> Self {
        Self::new(content)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.content.len())
            .finish_non_exhaustive()
    }
}

impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(FILE, &Parts(self))
    }
}

/// The content of the newtype struct.
struct Parts<'a>(&'a Upload);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Upload", 3)?;
        members.serialize_field("content", &Raw(&self.0.content))?;
        members.serialize_field("name", &self.0.file_name)?;
        members.serialize_field("content_type", &self.0.content_type)?;
        members.end()
    }
}

struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// How the values of a member are written in a multipart body. Nothing is percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartFormat {
    /// A list, or an object with its names, is one part: its values, joined with this delimiter.
    Joined(&'static str),
    /// Each member of an object is a part, with the name of that member.
    Exploded,
    /// Each member of an object is a part with the name `name[key]`.
    DeepObject,
    /// Each part is JSON, and has this content type.
    Json(&'static str),
    /// Each part has this content type. An [`Upload`] may have another one.
    ContentType(&'static str),
}

impl HttpRequest {
    /// Sets the body to a multipart form of the members of an object.
    ///
    /// Scalars are sent as text, [`Upload`]s as files, lists as one part for each item, and objects as JSON (OpenAPI's default content
    /// types for parts). `None` and null are omitted.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, or if an upload's content type contains bytes that are not allowed in a header.
    pub fn multipart_body<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.multipart_body_as(&[], value)
    }

    /// Sets the body to a multipart form, as [`multipart_body`](Self::multipart_body) does, in which the members of these names have these
    /// formats.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`multipart_body`](Self::multipart_body), and one if values to be joined are lists, objects or files.
    pub fn multipart_body_as<T: Serialize + ?Sized>(
        &mut self,
        formats: &[(&str, PartFormat)],
        value: &T,
    ) -> Result<(), EncodeError> {
        let Node::Object(members) = self.encode(value, Input::Body)?.node else {
            return Err(EncodeError::new(Input::Body, EncodeProblem::NotAnObject));
        };
        let mut parts = Vec::new();
        for (name, value) in members {
            let format = formats
                .iter()
                .find(|(member, _)| *member == name.as_str())
                .map(|(_, format)| *format);
            add(&mut parts, &name, format, value)?;
        }
        let boundary = boundary(&parts);
        let mut body = Vec::new();
        for part in &parts {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.header).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        self.bytes_body(&content_type, Bytes::from(body))
    }
}

/// Adds the parts of a member.
fn add(
    parts: &mut Vec<Part>,
    name: &str,
    format: Option<PartFormat>,
    value: Node,
) -> Result<(), EncodeError> {
    match (format, value) {
        (Some(PartFormat::Joined(delimiter)), Node::List(items)) => {
            let mut texts = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                texts.extend(text(name, item).map_err(|error| error.in_item(index))?);
            }
            parts.extend(Part::new(name, None, joined(&texts, delimiter))?);
        }
        (Some(PartFormat::Joined(delimiter)), Node::Object(members)) => {
            let mut texts = Vec::with_capacity(members.len() * 2);
            for (member, value) in &members {
                let value = text(name, value).map_err(|error| error.in_member(member))?;
                texts.extend(value.into_iter().flat_map(|value| [member.as_str(), value]));
            }
            parts.extend(Part::new(name, None, joined(&texts, delimiter))?);
        }
        (Some(PartFormat::Exploded), Node::Object(members)) => {
            for (member, value) in members {
                parts.extend(Part::new(&member, None, value)?);
            }
        }
        (Some(PartFormat::DeepObject), Node::Object(members)) => {
            for (member, value) in members {
                add(parts, &format!("{name}[{member}]"), format, value)?;
            }
        }
        (Some(PartFormat::DeepObject), Node::List(items)) => {
            for (index, item) in items.into_iter().enumerate() {
                let name = format!("{name}[{}]", item.deep_object_key(index));
                add(parts, &name, format, item)?;
            }
        }
        (format, Node::List(items)) => {
            for item in items {
                parts.extend(Part::new(name, format, item)?);
            }
        }
        (format, value) => parts.extend(Part::new(name, format, value)?),
    }
    Ok(())
}

/// Returns the text of a value to be joined with others, or `None` for null.
fn text<'a>(name: &str, value: &'a Node) -> Result<Option<&'a str>, EncodeError> {
    scalar(value).map_err(|problem| EncodeError::new(Input::Part(name.to_owned()), problem))
}

/// Joins texts, or returns null if there are none.
fn joined(texts: &[&str], delimiter: &str) -> Node {
    match texts.is_empty() {
        true => Node::Null,
        false => Node::Text(texts.join(delimiter)),
    }
}

/// A part of the body.
struct Part {
    header: String,
    content: Vec<u8>,
}

impl Part {
    /// Creates the part of a value. Returns `None` for null.
    fn new(
        name: &str,
        format: Option<PartFormat>,
        value: Node,
    ) -> Result<Option<Self>, EncodeError> {
        let (is_json, content_type) = match format {
            Some(PartFormat::Json(content_type)) => (true, Some(content_type)),
            Some(PartFormat::ContentType(content_type)) => (false, Some(content_type)),
            _ => (false, None),
        };
        let mut header = format!(
            "Content-Disposition: form-data; name=\"{}\"",
            quotable(name)
        );
        let (content_type, content) = match value {
            Node::Null => return Ok(None),
            Node::File(file) => {
                let File {
                    content,
                    name: file_name,
                    content_type: own,
                } = *file;
                let file_name = quotable(file_name.as_deref().unwrap_or(name));
                let _ = write!(header, "; filename=\"{file_name}\"");
                let content_type = content_type.unwrap_or("application/octet-stream");
                let content_type = own.map_or(Cow::Borrowed(content_type), Cow::Owned);
                (Some(content_type), content)
            }
            value @ (Node::List(_) | Node::Object(_)) => {
                let content_type = content_type.unwrap_or("application/json");
                (Some(Cow::Borrowed(content_type)), value.to_json()?)
            }
            value if is_json => (content_type.map(Cow::Borrowed), value.to_json()?),
            Node::Literal(text) | Node::Text(text) => {
                (content_type.map(Cow::Borrowed), text.into_bytes())
            }
        };
        if let Some(content_type) = content_type {
            if !content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                let input = Input::Part(name.to_owned());
                return Err(EncodeError::new(input, EncodeProblem::HeaderBytes));
            }
            let _ = write!(header, "\r\nContent-Type: {content_type}");
        }
        header.push_str("\r\n");
        Ok(Some(Self { header, content }))
    }
}

/// Escapes a name for use in quotation marks, as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm").
fn quotable(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

const BEFORE: &[u8] = b"form-";
const AFTER: &str = "-boundary";

/// Returns the first `form-N-boundary` whose `form-N` occurs in no part.
fn boundary(parts: &[Part]) -> String {
    let mut taken = BTreeSet::new();
    for part in parts {
        let starts = part
            .content
            .windows(BEFORE.len())
            .enumerate()
            .filter(|(_, window)| *window == BEFORE);
        for (start, _) in starts {
            let digits = part.content.get(start + BEFORE.len()..).unwrap_or_default();
            let number = digits
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .try_fold(0_usize, |number, digit| {
                    number
                        .checked_mul(10)?
                        .checked_add(usize::from(digit - b'0'))
                });
            taken.extend(number);
        }
    }
    let free = (0..=taken.len()).find(|number| !taken.contains(number));
    format!("form-{}{AFTER}", free.unwrap_or(taken.len()))
}
