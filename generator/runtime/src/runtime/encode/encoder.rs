//! The serializer of requests: converts any value to a [`Node`].
//!
//! One serializer for parameters, forms and JSON bodies keeps the client's code small, marks secrets, preserves the order of members, and
//! rejects what JSON cannot express. (serde_json writes an infinite number as null.)

use std::cell::Cell;

use serde::de::IgnoredAny;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::runtime::encode::node::{FILE, File, Node};
use crate::runtime::encode::{EncodeError, EncodeProblem, Input};
use crate::runtime::redact::secret;

/// The maximum nesting depth of lists and objects, which is the limit of serde_json's reader and of most servers.
const MAX_DEPTH: usize = 128;

/// The tree of a value, and whether it contains a secret.
pub(crate) struct Encoded {
    pub(crate) node: Node,
    pub(crate) secret: bool,
}

/// Converts a value to its tree.
pub(crate) fn encode<T: Serialize + ?Sized>(
    value: &T,
    input: Input,
) -> Result<Encoded, EncodeError> {
    let secret = Cell::new(false);
    let encoder = Encoder {
        secret: &secret,
        depth: 0,
    };
    let node = value.serialize(encoder).map_err(|error| error.of(input))?;
    Ok(Encoded {
        node,
        secret: secret.get(),
    })
}

/// The serializer that creates a [`Node`].
#[derive(Clone, Copy)]
struct Encoder<'a> {
    secret: &'a Cell<bool>,
    depth: usize,
}

impl<'a> Encoder<'a> {
    fn inner(self) -> Result<Self, EncodeError> {
        if self.depth == MAX_DEPTH {
            return Err(EncodeError::new(Input::Body, EncodeProblem::TooDeep));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    fn list(self, variant: Option<&'static str>) -> Result<ListEncoder<'a>, EncodeError> {
        Ok(ListEncoder {
            encoder: self.inner()?,
            variant,
            items: Vec::new(),
        })
    }

    fn object(self, form: ObjectForm) -> Result<ObjectEncoder<'a>, EncodeError> {
        Ok(ObjectEncoder {
            encoder: self.inner()?,
            form,
            key: String::new(),
            members: Vec::new(),
        })
    }
}

/// Formats a number as JavaScript prints it (ECMA-262, Number::toString). A whole number has no fraction, so that an id with the schema
/// type `number` keeps the server's form.
macro_rules! number {
    ($value:expr) => {{
        let value = $value;
        let magnitude = value.abs();
        if !value.is_finite() {
            Err(EncodeError::new(Input::Body, EncodeProblem::NotFinite))
        } else if magnitude == 0.0 || (1e-6..1e21).contains(&magnitude) {
            Ok(Node::Literal(value.to_string()))
        } else {
            Ok(Node::Literal(format!("{value:e}")))
        }
    }};
}

macro_rules! literals {
    ($($method:ident($type:ty)),*) => {
        $(fn $method(self, value: $type) -> Result<Node, EncodeError> {
            Ok(Node::Literal(value.to_string()))
        })*
    };
}

impl<'a> Serializer for Encoder<'a> {
    type Ok = Node;
    type Error = EncodeError;
    type SerializeSeq = ListEncoder<'a>;
    type SerializeTuple = ListEncoder<'a>;
    type SerializeTupleStruct = ListEncoder<'a>;
    type SerializeTupleVariant = ListEncoder<'a>;
    type SerializeMap = ObjectEncoder<'a>;
    type SerializeStruct = ObjectEncoder<'a>;
    type SerializeStructVariant = ObjectEncoder<'a>;

    literals! {
        serialize_bool(bool), serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128)
    }

    fn serialize_f32(self, value: f32) -> Result<Node, EncodeError> {
        number!(value)
    }

    fn serialize_f64(self, value: f64) -> Result<Node, EncodeError> {
        number!(value)
    }

    fn serialize_char(self, value: char) -> Result<Node, EncodeError> {
        Ok(Node::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Node, EncodeError> {
        Ok(Node::Text(value.to_owned()))
    }

    /// Becomes a list of numbers in JSON, as in serde_json, and a file in a multipart body.
    fn serialize_bytes(self, value: &[u8]) -> Result<Node, EncodeError> {
        Ok(Node::File(Box::new(File {
            content: value.to_vec(),
            name: None,
            content_type: None,
        })))
    }

    fn serialize_none(self) -> Result<Node, EncodeError> {
        Ok(Node::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, EncodeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, EncodeError> {
        Ok(Node::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Node, EncodeError> {
        Ok(Node::Null)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Node, EncodeError> {
        Ok(Node::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Node, EncodeError> {
        match name {
            secret::SECRET => {
                self.secret.set(true);
                secret::reveal(|| value.serialize(self))
            }
            FILE => value.serialize(self).map(Node::into_file),
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, EncodeError> {
        let node = value
            .serialize(self.inner()?)
            .map_err(|error| error.in_member(variant))?;
        Ok(Node::Object(vec![(variant.to_owned(), node)]))
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<ListEncoder<'a>, EncodeError> {
        self.list(None)
    }

    fn serialize_tuple(self, _length: usize) -> Result<ListEncoder<'a>, EncodeError> {
        self.list(None)
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<ListEncoder<'a>, EncodeError> {
        self.list(None)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<ListEncoder<'a>, EncodeError> {
        self.list(Some(variant))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<ObjectEncoder<'a>, EncodeError> {
        self.object(ObjectForm::Plain)
    }

    /// serde_json serializes a number of any precision, and raw JSON, as a struct with the JSON text in a field of the struct's own name.
    fn serialize_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<ObjectEncoder<'a>, EncodeError> {
        self.object(if length == 1 && name.starts_with('$') {
            ObjectForm::Json(name)
        } else {
            ObjectForm::Plain
        })
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<ObjectEncoder<'a>, EncodeError> {
        self.object(ObjectForm::Variant(variant))
    }
}

/// Collects the items of a list.
struct ListEncoder<'a> {
    encoder: Encoder<'a>,
    variant: Option<&'static str>,
    items: Vec<Node>,
}

impl ListEncoder<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let index = self.items.len();
        let item = value
            .serialize(self.encoder)
            .map_err(|error| error.in_item(index))?;
        self.items.push(item);
        Ok(())
    }

    fn finish(self) -> Node {
        let list = Node::List(self.items);
        match self.variant {
            None => list,
            Some(variant) => Node::Object(vec![(variant.to_owned(), list)]),
        }
    }
}

macro_rules! list_encoder {
    ($($trait:ident::$method:ident),*) => {
        $(impl $trait for ListEncoder<'_> {
            type Ok = Node;
            type Error = EncodeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
                self.push(value)
            }

            fn end(self) -> Result<Node, EncodeError> {
                Ok(self.finish())
            }
        })*
    };
}

list_encoder! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
}

/// The form of a finished object.
enum ObjectForm {
    /// The object itself.
    Plain,
    /// The content of a variant of an enum.
    Variant(&'static str),
    /// A struct of this name, which no type of Rust can have. It is JSON text if its only field has the same name and contains JSON.
    Json(&'static str),
}

/// Collects the members of an object.
struct ObjectEncoder<'a> {
    encoder: Encoder<'a>,
    form: ObjectForm,
    key: String,
    members: Vec<(String, Node)>,
}

impl ObjectEncoder<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), EncodeError> {
        let node = value
            .serialize(self.encoder)
            .map_err(|error| error.in_member(&name))?;
        self.members.push((name, node));
        Ok(())
    }

    fn finish(self) -> Node {
        match self.form {
            ObjectForm::Plain => Node::Object(self.members),
            ObjectForm::Variant(variant) => {
                Node::Object(vec![(variant.to_owned(), Node::Object(self.members))])
            }
            ObjectForm::Json(name) => match self.members.as_slice() {
                [(member, Node::Text(json))] if member == name && is_json(json) => {
                    Node::Literal(json.clone())
                }
                _ => Node::Object(self.members),
            },
        }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

impl SerializeMap for ObjectEncoder<'_> {
    type Ok = Node;
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        self.key = match key.serialize(self.encoder)? {
            Node::Text(text) | Node::Literal(text) => text,
            Node::Null | Node::List(_) | Node::Object(_) | Node::File(_) => {
                return Err(EncodeError::new(Input::Body, EncodeProblem::Key));
            }
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let name = std::mem::take(&mut self.key);
        self.push(name, value)
    }

    fn end(self) -> Result<Node, EncodeError> {
        Ok(self.finish())
    }
}

macro_rules! object_encoder {
    ($($trait:ident),*) => {
        $(impl $trait for ObjectEncoder<'_> {
            type Ok = Node;
            type Error = EncodeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), EncodeError> {
                self.push(name.to_owned(), value)
            }

            fn end(self) -> Result<Node, EncodeError> {
                Ok(self.finish())
            }
        })*
    };
}

object_encoder!(SerializeStruct, SerializeStructVariant);
