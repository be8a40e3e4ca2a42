//! Whether a member of a record may be absent or null: one module for each case, named as in `record!`.
//!
//! Each has `read` (the value that stands in the document; none for what counts as absent), `take` (the field, once all members were read)
//! and `write`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::{self, MapAccess};
use serde::ser::SerializeMap;

use crate::runtime::record::{Codec, OptionSeed, ValueSeed};

/// A member that is always there and never null.
#[doc(hidden)]
pub mod required {
    use super::{Codec, MapAccess, Serialize, SerializeMap, ValueSeed, de};

    /// Reads the member.
    pub fn read<'de, T, A: MapAccess<'de>, C: Codec<T>>(
        members: &mut A,
        codec: C,
    ) -> Result<Option<T>, A::Error> {
        members.next_value_seed(ValueSeed::new(codec)).map(Some)
    }

    /// The field, once all members were read.
    pub fn take<T, E: de::Error>(read: Option<T>, name: &'static str) -> Result<T, E> {
        read.ok_or_else(|| E::missing_field(name))
    }

    /// Writes the member.
    pub fn write<S: SerializeMap, T: Serialize>(
        members: &mut S,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        members.serialize_entry(name, value)
    }
}

/// A member that is always there, and may be null.
#[doc(hidden)]
pub mod required_nullable {
    pub use super::optional::{read, take};
    pub use super::required::write;
}

/// A member that may be absent.
#[doc(hidden)]
pub mod optional {
    use super::{Codec, MapAccess, OptionSeed, Serialize, SerializeMap};

    /// Reads the member.
    pub fn read<'de, T, A: MapAccess<'de>, C: Codec<T>>(
        members: &mut A,
        codec: C,
    ) -> Result<Option<T>, A::Error> {
        members.next_value_seed(OptionSeed::new(codec))
    }

    /// The field, once all members were read. Never fails.
    pub fn take<T, E>(read: Option<T>, _name: &'static str) -> Result<Option<T>, E> {
        Ok(read)
    }

    /// Writes the member if there is a value.
    pub fn write<S: SerializeMap, T: Serialize>(
        members: &mut S,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        match value {
            Some(value) => members.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

/// A type that tells null from a value.
#[doc(hidden)]
pub trait ThreeState: Sized {
    /// The type of the value.
    type Value;

    /// Null for none.
    fn from_option(value: Option<Self::Value>) -> Self;
}

/// A member of which absent, null and a value are told apart.
#[doc(hidden)]
pub mod optional_nullable {
    pub use super::optional::{take, write};
    use super::{Codec, MapAccess, OptionSeed, ThreeState};

    /// Reads the member.
    pub fn read<'de, N: ThreeState, A: MapAccess<'de>, C: Codec<N::Value>>(
        members: &mut A,
        codec: C,
    ) -> Result<Option<N>, A::Error> {
        let value = members.next_value_seed(OptionSeed::new(codec))?;
        Ok(Some(N::from_option(value)))
    }
}

/// A member with a default for when it is absent or null.
#[doc(hidden)]
pub mod defaulted {
    pub use super::optional::read;
    pub use super::required::write;

    /// The field, once all members were read. Never fails.
    pub fn take<T, E>(
        read: Option<T>,
        _name: &'static str,
        default: impl FnOnce() -> T,
    ) -> Result<T, E> {
        Ok(read.unwrap_or_else(default))
    }
}

/// A list or map of which an empty one is not written.
#[doc(hidden)]
pub mod omitted_when_empty {
    pub use super::optional::read;
    use super::{Emptiness, Serialize, SerializeMap};

    /// The field, once all members were read: empty for absent and null. Never fails.
    pub fn take<T: Default, E>(read: Option<T>, _name: &'static str) -> Result<T, E> {
        Ok(read.unwrap_or_default())
    }

    /// Writes the member if there is something in it.
    pub fn write<S: SerializeMap, T: Serialize + Emptiness>(
        members: &mut S,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        if value.is_empty() {
            return Ok(());
        }
        members.serialize_entry(name, value)
    }
}

/// A list or map.
#[doc(hidden)]
pub trait Emptiness {
    /// Whether nothing is in it.
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
