//! The tree that represents a value before it is written to a parameter, a form or a JSON body.

use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

/// A value to be written to a request. It does not implement `Debug`, since it may contain a secret.
#[doc(hidden)]
pub enum Node {
    /// Null, or no value.
    Null,
    /// A number or boolean, as JSON text.
    Literal(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object, with its members in the order in which they were serialized.
    Object(Vec<(String, Node)>),
    /// The content of a file.
    File(Box<File>),
}

/// The content of a file: a value that serializes as bytes, or as a newtype struct named [`FILE`].
#[doc(hidden)]
pub struct File {
    /// The bytes of the file.
    pub content: Vec<u8>,
    /// The name of the file.
    pub name: Option<String>,
    /// The content type of the file.
    pub content_type: Option<String>,
}

/// The name of the newtype struct that represents a file. It contains the content (bytes), the name and the content type.
pub(crate) const FILE: &str = "$file";

impl Node {
    /// Converts the value to JSON text.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, EncodeError> {
        let mut json = Vec::with_capacity(128);
        self.write_json(&mut json)
            .map_err(|_| EncodeError::new(Input::Body, EncodeProblem::NotSerializable))?;
        Ok(json)
    }

    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        match self {
            Self::Null => json.extend_from_slice(b"null"),
            Self::Literal(text) => json.extend_from_slice(text.as_bytes()),
            Self::Text(text) => serde_json::to_writer(json, text)?,
            Self::List(items) => {
                json.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        json.push(b',');
                    }
                    item.write_json(json)?;
                }
                json.push(b']');
            }
            Self::Object(members) => {
                json.push(b'{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        json.push(b',');
                    }
                    serde_json::to_writer(&mut *json, name)?;
                    json.push(b':');
                    value.write_json(json)?;
                }
                json.push(b'}');
            }
            Self::File(file) => serde_json::to_writer(json, &file.content)?,
        }
        Ok(())
    }

    /// Returns the key of this item of a list in the style `deepObject`: its index, or nothing for a scalar.
    ///
    /// OpenAPI defines the style for flat objects only. For other values, this is the common notation of the servers that accept it.
    #[must_use]
    pub fn deep_object_key(&self, index: usize) -> String {
        match self {
            Self::List(_) | Self::Object(_) => index.to_string(),
            _ => String::new(),
        }
    }

    /// Converts the content of the newtype struct to a file.
    pub(crate) fn into_file(self) -> Self {
        let Self::Object(members) = self else {
            return self;
        };
        let mut file = File {
            content: Vec::new(),
            name: None,
            content_type: None,
        };
        for (member, value) in members {
            match (member.as_str(), value) {
                ("content", Self::File(bytes)) => file.content = bytes.content,
                ("name", Self::Text(text)) => file.name = Some(text),
                ("content_type", Self::Text(text)) => file.content_type = Some(text),
                _ => {}
            }
        }
        Self::File(Box::new(file))
    }
}
