//! Bodies with the content type `multipart/form-data` (RFC 7578), built in memory.
//!
//! The boundary depends on the content alone. The same form gives the same bytes, and no content can contain the boundary.

use std::collections::BTreeSet;
use std::fmt;

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
        self.multipart_body_joined(&[], value)
    }

    /// Sets the body to a multipart form, as [`multipart_body`](Self::multipart_body) does, in which the lists of these names are one part
    /// each: their items, joined with this delimiter.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`multipart_body`](Self::multipart_body), and one if such a list contains lists or objects.
    pub fn multipart_body_joined<T: Serialize + ?Sized>(
        &mut self,
        delimiters: &[(&str, &str)],
        value: &T,
    ) -> Result<(), EncodeError> {
        let Node::Object(members) = self.encode(value, Input::Body)?.node else {
            return Err(EncodeError::new(Input::Body, EncodeProblem::NotAnObject));
        };
        let mut parts = Vec::new();
        for (name, value) in members {
            let delimiter = delimiters
                .iter()
                .find(|(member, _)| *member == name.as_str());
            match (value, delimiter) {
                (Node::List(items), Some((_, delimiter))) => {
                    parts.extend(Part::new(&name, joined(&name, &items, delimiter)?)?);
                }
                (Node::List(items), None) => {
                    for item in items {
                        parts.extend(Part::new(&name, item)?);
                    }
                }
                (value, _) => parts.extend(Part::new(&name, value)?),
            }
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

/// Returns the text of a list, or null for an empty one.
fn joined(name: &str, items: &[Node], delimiter: &str) -> Result<Node, EncodeError> {
    let mut texts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let text = scalar(item).map_err(|problem| {
            EncodeError::new(Input::Part(name.to_owned()), problem).in_item(index)
        })?;
        texts.extend(text);
    }
    Ok(match texts.is_empty() {
        true => Node::Null,
        false => Node::Text(texts.join(delimiter)),
    })
}

/// A part of the body.
struct Part {
    header: String,
    content: Vec<u8>,
}

impl Part {
    /// Creates the part of a member. Returns `None` for null.
    fn new(name: &str, value: Node) -> Result<Option<Self>, EncodeError> {
        let disposition = format!(
            "Content-Disposition: form-data; name=\"{}\"",
            quotable(name)
        );
        let (header, content) = match value {
            Node::Null => return Ok(None),
            Node::Literal(text) | Node::Text(text) => {
                (format!("{disposition}\r\n"), text.into_bytes())
            }
            Node::File(file) => {
                let File {
                    content,
                    name: file_name,
                    content_type,
                } = *file;
                let file_name = file_name.as_deref().unwrap_or(name);
                let content_type = content_type
                    .as_deref()
                    .unwrap_or("application/octet-stream");
                if !content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                    let input = Input::Part(name.to_owned());
                    return Err(EncodeError::new(input, EncodeProblem::HeaderBytes));
                }
                let file_name = quotable(file_name);
                let header = format!(
                    "{disposition}; filename=\"{file_name}\"\r\nContent-Type: {content_type}\r\n"
                );
                (header, content)
            }
            value @ (Node::List(_) | Node::Object(_)) => {
                let header = format!("{disposition}\r\nContent-Type: application/json\r\n");
                (header, value.to_json()?)
            }
        };
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
