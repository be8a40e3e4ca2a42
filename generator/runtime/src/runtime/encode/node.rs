//! The tree that every value of a request becomes before it is written: parameters, forms and JSON bodies alike.

use crate::runtime::encode::{EncodeError, EncodeProblem, Input};

/// A value on its way into a request. Has no `Debug`: it may hold a secret.
#[doc(hidden)]
pub enum Node {
    /// Null, or nothing at all.
    Null,
    /// A number or boolean: text that is already JSON.
    Literal(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object, its members in the order in which they were written.
    Object(Vec<(String, Node)>),
    /// The content of a file.
    File(Box<File>),
}

/// The content of a file: whatever serializes as bytes, or as a newtype struct of the name [`FILE`].
#[doc(hidden)]
pub struct File {
    /// What is in it.
    pub content: Vec<u8>,
    /// What it is called.
    pub name: Option<String>,
    /// What it is.
    pub content_type: Option<String>,
}

/// The name of a newtype struct around a file: a struct of its content (bytes), name and content type.
pub(crate) const FILE: &str = "$file";

impl Node {
    /// The value as JSON text.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, EncodeError> {
        let mut json = Vec::with_capacity(128);
        self.write_json(&mut json)
            .map_err(|_| EncodeError::new(Input::Body, EncodeProblem::Refused))?;
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

    /// The members of a struct around a file, put together.
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
