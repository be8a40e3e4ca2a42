//! JSON objects with known members: `record!` gives a plain struct its serde impls.
//!
//! The impls hold no more than JSON needs, so that a compiler reads them several times faster than derived ones. Reading is tolerant:
//! unknown members are ignored, the last of duplicate members wins, and null is as good as absent where a member may be absent.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize};

use crate::runtime::json;

/// Implements serde's traits for a struct, one line for each field.
///
/// The mode says which: `read` (`Deserialize`), `write` (`Serialize`), `both`, or `both_secret`: as `both`, but `Serialize` only with the
/// feature `serialize-secrets`, for an answer that holds a secret.
///
/// ```ignore
/// pub struct Pet {
///     pub id: i64,
///     pub owner: Option<String>,
///     pub nickname: Option<String>,
///     pub weight: Option<Nullable<f64>>,
///     pub alive: bool,
///     pub toys: Vec<String>,
///     pub born: Timestamp,
///     pub extra: BTreeMap<String, Value>,
/// }
///
/// crate::record! {
///     Pet: both {
///         id: "id", required;                     // T: always there
///         owner: "owner", required_nullable;      // Option<T>: written as null; absent is read as none
///         nickname: "nickname", optional;         // Option<T>: not written; absent and null are read as none
///         weight: "weight", optional_nullable;    // Option<Nullable<T>>: absent, null and a value are told apart
///         alive: "alive", defaulted(true);        // T: absent and null are read as the expression
///         toys: "toys", omitted_when_empty;       // Vec or BTreeMap: not written when empty; absent and null are read as empty
///         born: "born", required as time;         // read by the codec of this module of the runtime
///         ..extra;                                // BTreeMap<String, T>: every other member (at most one, last)
///     }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! record {
    ($type:ident: both $fields:tt) => {
        $crate::record!(@read $type $fields);
        $crate::record!(@write $type $fields);
    };
    ($type:ident: both_secret $fields:tt) => {
        $crate::record!(@read $type $fields);
        #[cfg(feature = "serialize-secrets")]
        $crate::record!(@write $type $fields);
    };
    ($type:ident: read $fields:tt) => {
        $crate::record!(@read $type $fields);
    };
    ($type:ident: write $fields:tt) => {
        $crate::record!(@write $type $fields);
    };
    (@read $type:ident {
        $($field:ident: $name:literal, $presence:ident $(($default:expr))? $(as $codec:ident)?;)*
        $(..$rest:ident $(as $rest_codec:ident)?;)?
    }) => {
        impl $crate::runtime::record::Record for $type {
            fn read<'de, __A>(mut members: __A) -> ::core::result::Result<Self, __A::Error>
            where
                __A: ::serde::de::MapAccess<'de>,
            {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let ::core::option::Option::Some(name) = $crate::runtime::record::name(&mut members)? {
                    match name.as_str() {
                        $($name => {
                            $field = $crate::runtime::presence::$presence::read(
                                &mut members,
                                ($crate::runtime::record::Plain, $($crate::runtime::$codec::Codec,)?),
                            )?;
                        })*
                        _ => $crate::runtime::record::rest(
                            &mut members,
                            name,
                            ($crate::runtime::record::Ignore, $(
                                &mut $rest,
                                ($crate::runtime::record::Plain, $($crate::runtime::$rest_codec::Codec,)?),
                            )?),
                        )?,
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::runtime::presence::$presence::take($field, $name $(, || $default)?)?,)*
                    $($rest,)?
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<__D>(deserializer: __D) -> ::core::result::Result<Self, __D::Error>
            where
                __D: ::serde::Deserializer<'de>,
            {
                $crate::runtime::record::deserialize(deserializer)
            }
        }
    };
    (@write $type:ident {
        $($field:ident: $name:literal, $presence:ident $(($default:expr))? $(as $codec:ident)?;)*
        $(..$rest:ident $(as $rest_codec:ident)?;)?
    }) => {
        impl ::serde::Serialize for $type {
            fn serialize<__S>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error>
            where
                __S: ::serde::Serializer,
            {
                let mut members = ::serde::Serializer::serialize_map(serializer, ::core::option::Option::None)?;
                // A struct without fields changes nothing.
                let _ = &mut members;
                $($crate::runtime::presence::$presence::write(&mut members, $name, &self.$field)?;)*
                $($crate::runtime::record::write_rest(&mut members, &self.$rest)?;)?
                ::serde::ser::SerializeMap::end(members)
            }
        }
    };
}

/// A struct that is read from the members of a JSON object.
#[doc(hidden)]
pub trait Record: Sized {
    /// Reads all members.
    fn read<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error>;
}

/// Reads a record.
#[doc(hidden)]
pub fn deserialize<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(RecordVisitor(PhantomData))
}

struct RecordVisitor<T>(PhantomData<T>);

impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::read(members)
    }
}

/// The name of a member; borrowed from the document unless it has escapes.
#[doc(hidden)]
pub struct Name<'de>(Cow<'de, str>);

impl Name<'_> {
    /// The name.
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

/// The next member's name.
#[doc(hidden)]
pub fn name<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Name<'de>>, A::Error> {
    members.next_key()
}

/// How a value is read: `(Plain,)` by its `Deserialize`, `(Plain, C)` by what another module of the runtime makes of it.
#[doc(hidden)]
pub trait Codec<T>: Copy {
    /// Reads a value.
    fn decode<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error>;
}

/// The first element of every [`Codec`].
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Plain;

impl<T: DeserializeOwned> Codec<T> for (Plain,) {
    fn decode<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// Reads a value that is not null.
pub(crate) struct ValueSeed<T, C>(C, PhantomData<T>);

impl<T, C> ValueSeed<T, C> {
    pub(crate) fn new(codec: C) -> Self {
        Self(codec, PhantomData)
    }
}

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for ValueSeed<T, C> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.0.decode(deserializer)
    }
}

/// Reads a value or null.
pub(crate) struct OptionSeed<T, C>(C, PhantomData<T>);

impl<T, C> OptionSeed<T, C> {
    pub(crate) fn new(codec: C) -> Self {
        Self(codec, PhantomData)
    }
}

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

/// What becomes of a member that no field names: `(Ignore,)` drops it, `(Ignore, map, codec)` keeps it.
#[doc(hidden)]
pub trait Rest {
    /// Reads the member's value.
    fn read<'de, A: MapAccess<'de>>(self, members: &mut A, name: Name<'de>)
    -> Result<(), A::Error>;
}

/// The first element of every [`Rest`].
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Ignore;

impl Rest for (Ignore,) {
    fn read<'de, A: MapAccess<'de>>(
        self,
        members: &mut A,
        _name: Name<'de>,
    ) -> Result<(), A::Error> {
        members.next_value::<IgnoredAny>()?;
        Ok(())
    }
}

impl<T, C: Codec<T>> Rest for (Ignore, &mut BTreeMap<String, T>, C) {
    fn read<'de, A: MapAccess<'de>>(
        self,
        members: &mut A,
        name: Name<'de>,
    ) -> Result<(), A::Error> {
        let value = members.next_value_seed(ValueSeed::new(self.2))?;
        self.1.insert(name.0.into_owned(), value);
        Ok(())
    }
}

/// Reads a member that no field names.
#[doc(hidden)]
pub fn rest<'de, A: MapAccess<'de>>(
    members: &mut A,
    name: Name<'de>,
    rest: impl Rest,
) -> Result<(), A::Error> {
    json::note_unknown(1);
    rest.read(members, name)
}

/// Writes the members that no field names.
#[doc(hidden)]
pub fn write_rest<S: SerializeMap, T: Serialize>(
    members: &mut S,
    rest: &BTreeMap<String, T>,
) -> Result<(), S::Error> {
    rest.iter()
        .try_for_each(|(name, value)| members.serialize_entry(name, value))
}
