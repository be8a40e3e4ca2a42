//! A value or null, as distinct from an absent member.

use serde::de::{DeserializeOwned, MapAccess};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::decode::member::{Codec, CodecReader, Reader, Writer};

/// A value or null.
///
/// A member that may also be absent is an `Option<Nullable<T>>`: `None` leaves it unchanged, `Some(Nullable::Null)` clears it, and
/// `Some(Nullable::Value(…))` sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// JSON's null.
    Null,
    /// A value that is not null.
    Value(T),
}

impl<T> Nullable<T> {
    /// Converts to an `Option`: `None` for null.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns a reference to the value, or `None` for null.
    #[must_use]
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns whether this is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(from_option)
    }
}

fn from_option<T>(value: Option<T>) -> Nullable<T> {
    value.map_or(Nullable::Null, Nullable::Value)
}

impl<'de, A: MapAccess<'de>> Reader<A> {
    /// Reads a value or null, and distinguishes null from absent.
    pub fn optional_nullable<T: DeserializeOwned>(
        &mut self,
        field: &mut Option<Nullable<T>>,
    ) -> Result<(), A::Error> {
        let mut value = None;
        self.optional(&mut value)?;
        *field = Some(from_option(value));
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, C> CodecReader<'_, A, C> {
    /// Reads a value or null, and distinguishes null from absent.
    pub fn optional_nullable<T>(self, field: &mut Option<Nullable<T>>) -> Result<(), A::Error>
    where
        C: Codec<T>,
    {
        let mut value = None;
        self.optional(&mut value)?;
        *field = Some(from_option(value));
        Ok(())
    }
}

impl<S: SerializeMap> Writer<S> {
    /// Writes a value or null if it is `Some`.
    pub fn optional_nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }
}
