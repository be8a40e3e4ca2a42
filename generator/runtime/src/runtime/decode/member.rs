//! Reading and writing of the members of a record's JSON object.
//!
//! [`Writer`] has one method for each presence of `record!`, with the same name. [`Reader`] has one for each way to read a value; the macro
//! selects it, and decides what a field becomes if its member is absent.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::decode::json;

/// Reads the members of an object.
#[doc(hidden)]
pub struct Reader<A>(pub(crate) A);

impl<'de, A: MapAccess<'de>> Reader<A> {
    pub(crate) fn new(members: A) -> Self {
        Self(members)
    }

    /// Returns the next member's name. One of the other methods then reads its value.
    pub fn name(&mut self) -> Result<Option<Name<'de>>, A::Error> {
        self.0.next_key()
    }

    /// Returns the reader for a value that is decoded by a [`Codec`].
    pub fn with<C>(&mut self, codec: C) -> CodecReader<'_, A, C> {
        CodecReader(self, codec)
    }

    /// Reads a value that is not null.
    pub fn required<T: DeserializeOwned>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        *field = Some(self.0.next_value()?);
        Ok(())
    }

    /// Reads a value or null.
    pub fn optional<T: DeserializeOwned>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        *field = self.0.next_value()?;
        Ok(())
    }

    /// Skips the value of a member that no field names.
    pub fn ignore(&mut self) -> Result<(), A::Error> {
        json::note_unknown(1);
        self.0.next_value::<IgnoredAny>()?;
        Ok(())
    }
}

/// Decodes a value in place of its `Deserialize` implementation.
#[doc(hidden)]
pub trait Codec<T>: Copy {
    /// Decodes a value.
    fn decode<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error>;
}

/// A [`Reader`] for values that are decoded by a [`Codec`].
#[doc(hidden)]
pub struct CodecReader<'a, A, C>(pub(crate) &'a mut Reader<A>, pub(crate) C);

impl<'de, A: MapAccess<'de>, C> CodecReader<'_, A, C> {
    /// Reads a value that is not null.
    pub fn required<T>(self, field: &mut Option<T>) -> Result<(), A::Error>
    where
        C: Codec<T>,
    {
        *field = Some(self.0.0.next_value_seed(ValueSeed(self.1, PhantomData))?);
        Ok(())
    }

    /// Reads a value or null.
    pub fn optional<T>(self, field: &mut Option<T>) -> Result<(), A::Error>
    where
        C: Codec<T>,
    {
        *field = self.0.0.next_value_seed(OptionSeed(self.1, PhantomData))?;
        Ok(())
    }
}

/// Reads a value that is not null.
pub(crate) struct ValueSeed<T, C>(pub(crate) C, pub(crate) PhantomData<T>);

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for ValueSeed<T, C> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.0.decode(deserializer)
    }
}

/// Reads a value or null.
pub(crate) struct OptionSeed<T, C>(pub(crate) C, pub(crate) PhantomData<T>);

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for OptionSeed<T, C> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T, C: Codec<T>> Visitor<'de> for OptionSeed<T, C> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        self.0.decode(deserializer).map(Some)
    }
}

/// Writes the members of an object. An error is kept until the end, so that a record need not check after each member.
#[doc(hidden)]
pub struct Writer<S: SerializeMap>(Result<S, S::Error>);

impl<S: SerializeMap> Writer<S> {
    /// Begins an object.
    pub fn new<T>(serializer: T) -> Result<Self, T::Error>
    where
        T: Serializer<SerializeMap = S, Ok = S::Ok, Error = S::Error>,
    {
        serializer
            .serialize_map(None)
            .map(|members| Self(Ok(members)))
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }

    /// Writes a value.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(members) = &mut self.0
            && let Err(error) = members.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a value if it is `Some`.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes a value, or null.
    pub fn required_nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.required(name, value);
    }

    /// Writes a value.
    pub fn defaulted<T: Serialize>(&mut self, name: &str, value: &T) {
        self.required(name, value);
    }

    /// Writes a list or map if it is not empty.
    pub fn omitted_when_empty<T: Serialize + Emptiness>(&mut self, name: &str, value: &T) {
        if !value.is_empty() {
            self.required(name, value);
        }
    }
}

/// A list or map.
#[doc(hidden)]
pub trait Emptiness {
    /// Returns whether it is empty.
    fn is_empty(&self) -> bool;
}

impl<T> Emptiness for Vec<T> {
    fn is_empty(&self) -> bool {
        Vec::is_empty(self)
    }
}

impl<T> Emptiness for BTreeMap<String, T> {
    fn is_empty(&self) -> bool {
        BTreeMap::is_empty(self)
    }
}

/// The name of a member, borrowed from the document unless it contains escapes.
#[doc(hidden)]
pub struct Name<'de>(pub(crate) Cow<'de, str>);

impl Name<'_> {
    /// Returns the name.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }

    fn visit_string<E: de::Error>(self, name: String) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name)))
    }
}
