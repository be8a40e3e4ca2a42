//! JSON objects with known members: `record!` implements serde's traits for a plain struct.
//!
//! The implementations contain no more than JSON needs, so that they compile several times faster than derived ones. Reading is tolerant:
//! unknown members are ignored, the last of duplicate members wins, and null counts as absent where a member may be absent.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};

use crate::runtime::decode::json::{self, JsonError};
use crate::runtime::decode::limits;
use crate::runtime::decode::member::Reader;

/// Implements serde's traits for a struct, with one line for each field.
///
/// The mode selects the traits: `read` (`Deserialize`), `write` (`Serialize`), `both`, or `both_secret`. The last is `both` for a response
/// that holds a secret; its `Serialize` needs the feature `serialize-secrets`.
///
/// ```ignore
/// pub struct Pet {
///     pub id: i64,
///     pub owner: Option<String>,
///     pub nickname: Option<String>,
///     pub weight: Option<Nullable<f64>>,
///     pub active: bool,
///     pub toys: Vec<String>,
///     pub birth: Timestamp,
///     pub extra: BTreeMap<String, Value>,
/// }
///
/// crate::record! {
///     Pet: both {
///         id: "id", required;                     // T: always present
///         owner: "owner", required_nullable;      // Option<T>: None is written as null; absent is read as None
///         nickname: "nickname", optional;         // Option<T>: None is not written; absent and null are read as None
///         weight: "weight", optional_nullable;    // Option<Nullable<T>>: absent, null and a value are distinct
///         active: "active", defaulted(true);      // T: absent and null are read as the expression
///         toys: "toys", omitted_when_empty;       // Vec or BTreeMap: not written when empty; absent and null are read as empty
///         birth: "birth", required as time;       // decoded by the codec of this module of the runtime
///         ..extra;                                // BTreeMap<String, T>: every other member (at most one, last)
///     }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! record {
    // The method of the reader for a value.
    (@value required $reader:expr, $field:ident) => {
        $reader.required(&mut $field)
    };
    (@value optional_nullable $reader:expr, $field:ident) => {
        $reader.optional_nullable(&mut $field)
    };
    (@value $presence:ident $reader:expr, $field:ident) => {
        $reader.optional(&mut $field)
    };
    // The field's value after all members have been read. A function with `?` instead would double the compile time of the record.
    (@take required $field:ident $name:literal) => {
        match $field {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => {
                return ::core::result::Result::Err($crate::runtime::decode::json::missing($name));
            }
        }
    };
    (@take defaulted $field:ident $name:literal $default:expr) => {
        match $field {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => $default,
        }
    };
    (@take omitted_when_empty $field:ident $name:literal) => {
        $field.unwrap_or_default()
    };
    (@take $presence:ident $field:ident $name:literal) => {
        $field
    };
    (@rest $members:ident $name:ident) => {
        $members.ignore()
    };
    (@rest $members:ident $name:ident $rest:ident $($codec:ident)?) => {
        $members$(.with($crate::runtime::decode::$codec::Codec))?.keep($name, &mut $rest)
    };
    // The value of a field in a sample.
    (@sample required $depth:ident) => {
        $crate::runtime::decode::sample::Sample::within($depth)?
    };
    (@sample defaulted $depth:ident $default:expr) => {
        $default
    };
    (@sample omitted_when_empty $depth:ident) => {
        ::core::default::Default::default()
    };
    (@sample $presence:ident $depth:ident) => {
        ::core::option::Option::None
    };
    (@samples $type:ident {
        $($field:ident: $name:literal, $presence:ident $(($default:expr))? $(as $codec:ident)?;)*
        $(..$rest:ident $(as $rest_codec:ident)?;)?
    }) => {
        #[cfg(feature = "test-util")]
        impl $crate::runtime::decode::sample::Sample for $type {
            fn within(depth: usize) -> ::core::option::Option<Self> {
                let depth = depth.checked_sub(1)?;
                // Unused in a struct without required members.
                let _ = depth;
                ::core::option::Option::Some(Self {
                    $($field: $crate::record!(@sample $presence depth $($default)?),)*
                    $($rest: ::core::default::Default::default(),)?
                })
            }
        }
    };
    (@read $type:ident {
        $($field:ident: $name:literal, $presence:ident $(($default:expr))? $(as $codec:ident)?;)*
        $(..$rest:ident $(as $rest_codec:ident)?;)?
    }) => {
        impl $crate::runtime::decode::record::Record for $type {
            fn read<'de, __A>(
                mut members: $crate::runtime::decode::member::Reader<__A>,
            ) -> ::core::result::Result<Self, __A::Error>
            where
                __A: ::serde::de::MapAccess<'de>,
            {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                while let ::core::option::Option::Some(name) = members.name()? {
                    match name.as_str() {
                        $($name => $crate::record!(@value $presence members$(.with($crate::runtime::decode::$codec::Codec))?, $field),)*
                        _ => $crate::record!(@rest members name $($rest $($rest_codec)?)?),
                    }?;
                }
                ::core::result::Result::Ok(Self {
                    $($field: $crate::record!(@take $presence $field $name $($default)?),)*
                    $($rest,)?
                })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<__D>(deserializer: __D) -> ::core::result::Result<Self, __D::Error>
            where
                __D: ::serde::Deserializer<'de>,
            {
                $crate::runtime::decode::record::deserialize(deserializer)
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
                let mut members = $crate::runtime::decode::member::Writer::new(serializer)?;
                // Unused in a struct without fields.
                let _ = &mut members;
                $(members.$presence($name, &self.$field);)*
                $(members.rest(&self.$rest);)?
                members.end()
            }
        }
    };
    ($type:ident: both $fields:tt) => {
        $crate::record!(@samples $type $fields);
        $crate::record!(@read $type $fields);
        $crate::record!(@write $type $fields);
    };
    ($type:ident: both_secret $fields:tt) => {
        $crate::record!(@samples $type $fields);
        $crate::record!(@read $type $fields);
        #[cfg(feature = "serialize-secrets")]
        $crate::record!(@write $type $fields);
    };
    ($type:ident: read $fields:tt) => {
        $crate::record!(@samples $type $fields);
        $crate::record!(@read $type $fields);
    };
    ($type:ident: write $fields:tt) => {
        $crate::record!(@write $type $fields);
    };
}

/// A struct that is read from the members of a JSON object.
#[doc(hidden)]
pub trait Record: Sized {
    /// Reads all members.
    fn read<'de, A: MapAccess<'de>>(members: Reader<A>) -> Result<Self, A::Error>;
}

/// Deserializes a record.
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
        if !limits::may_descend() {
            return Err(json::raise(&JsonError::too_deep()));
        }
        T::read(Reader::new(members))
    }
}
