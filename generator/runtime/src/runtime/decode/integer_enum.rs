//! Open enumerations of integers: `integer_enum!`.
//!
//! A server may send values that the document does not list. Such a value is kept in a variant whose content only this module can create,
//! so that a listed value always has its own variant.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{self, Visitor};

use crate::runtime::decode::json;

/// Implements conversions, `Display`, the order by number and serde's traits for an open enumeration of integers.
///
/// ```ignore
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Level {
///     Guest,
///     Owner,
///     Unknown(crate::runtime::decode::integer_enum::UnknownInteger),
/// }
///
/// crate::integer_enum! {
///     Level { Guest = 10, Owner = 50; Unknown }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($type:ident { $($variant:ident = $value:literal),* $(,)?; $unknown:ident }) => {
        impl $type {
            /// The values that the API's description lists, in its order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value as it is sent to and received from the server.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => value.as_i64(),
                }
            }
        }

        #[cfg(feature = "test-util")]
        impl $crate::runtime::decode::sample::Sample for $type {
            fn within(_: usize) -> ::core::option::Option<Self> {
                Self::KNOWN.first().cloned().or_else(|| ::core::option::Option::Some(Self::from(0)))
            }
        }

        impl $crate::runtime::decode::integer_enum::IntegerEnum for $type {
            fn known(value: i64) -> ::core::option::Option<Self> {
                match value {
                    $($value => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }

            fn unknown(value: $crate::runtime::decode::integer_enum::UnknownInteger) -> Self {
                Self::$unknown(value)
            }
        }

        impl ::core::convert::From<i64> for $type {
            fn from(value: i64) -> Self {
                $crate::runtime::decode::integer_enum::from_integer(value)
            }
        }

        impl ::core::cmp::PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl ::core::cmp::Ord for $type {
            /// Compares the numbers, so that a value that this version of the client does not know has its place.
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&self.as_i64(), &other.as_i64())
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), formatter)
            }
        }

        impl ::serde::Serialize for $type {
            fn serialize<__S>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error>
            where
                __S: ::serde::Serializer,
            {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<__D>(deserializer: __D) -> ::core::result::Result<Self, __D::Error>
            where
                __D: ::serde::Deserializer<'de>,
            {
                $crate::runtime::decode::integer_enum::deserialize_integer(deserializer)
            }
        }
    };
}

/// A value that an integer enumeration does not list. It is created only from a response or by conversion from a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// Returns the value as it is sent to and received from the server.
    #[must_use]
    pub fn as_i64(self) -> i64 {
        self.0
    }
}

/// An open enumeration of integers.
#[doc(hidden)]
pub trait IntegerEnum: Sized {
    /// Returns the variant of a listed value.
    fn known(value: i64) -> Option<Self>;

    /// Returns the variant for all other values.
    fn unknown(value: UnknownInteger) -> Self;
}

/// Returns the variant of an integer.
#[doc(hidden)]
pub fn from_integer<T: IntegerEnum>(value: i64) -> T {
    T::known(value).unwrap_or_else(|| {
        json::note_unknown(1);
        T::unknown(UnknownInteger(value))
    })
}

/// Deserializes an enumeration of integers.
#[doc(hidden)]
pub fn deserialize_integer<'de, T: IntegerEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_i64(IntegerVisitor(PhantomData))
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: IntegerEnum> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        Ok(from_integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        i64::try_from(value)
            .map(from_integer)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }
}
