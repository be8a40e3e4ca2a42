//! Open enumerations of strings: `string_enum!`.
//!
//! A server may send values that the document does not list. Such a value is kept in a variant whose content only this module can create,
//! so that a listed value always has its own variant.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{self, Visitor};

use crate::runtime::decode::json;

/// Implements conversions, `Display` and serde's traits for an open enumeration of strings.
///
/// ```ignore
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// #[non_exhaustive]
/// pub enum State {
///     Active,
///     Inactive,
///     Unknown(crate::runtime::decode::string_enum::UnknownString),
/// }
///
/// crate::string_enum! {
///     State { Active = "active", Inactive = "inactive"; Unknown }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($type:ident { $($variant:ident = $value:literal),* $(,)?; $unknown:ident }) => {
        impl $type {
            /// The values that the API's description lists, in its order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value as it is sent to and received from the server.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unknown(value) => value.as_str(),
                }
            }
        }

        #[cfg(feature = "test-util")]
        impl $crate::runtime::decode::sample::Sample for $type {
            fn within(_: usize) -> ::core::option::Option<Self> {
                Self::KNOWN.first().cloned().or_else(|| ::core::option::Option::Some(Self::from("")))
            }
        }

        impl $crate::runtime::decode::string_enum::StringEnum for $type {
            fn known(text: &str) -> ::core::option::Option<Self> {
                match text {
                    $($value => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }

            fn unknown(text: $crate::runtime::decode::string_enum::UnknownString) -> Self {
                Self::$unknown(text)
            }
        }

        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                $crate::runtime::decode::string_enum::from_text(text)
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                $crate::runtime::decode::string_enum::from_text(&text)
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok($crate::runtime::decode::string_enum::from_text(text))
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $type {
            fn serialize<__S>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error>
            where
                __S: ::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<__D>(deserializer: __D) -> ::core::result::Result<Self, __D::Error>
            where
                __D: ::serde::Deserializer<'de>,
            {
                $crate::runtime::decode::string_enum::deserialize_text(deserializer)
            }
        }
    };
}

/// A value that a string enumeration does not list. It is created only from a response or by conversion from a string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownString(Box<str>);

impl UnknownString {
    /// Returns the value as it is sent to and received from the server.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An open enumeration of strings.
#[doc(hidden)]
pub trait StringEnum: Sized {
    /// Returns the variant of a listed value.
    fn known(text: &str) -> Option<Self>;

    /// Returns the variant for all other values.
    fn unknown(text: UnknownString) -> Self;
}

/// Returns the variant of a string.
#[doc(hidden)]
pub fn from_text<T: StringEnum>(text: &str) -> T {
    T::known(text).unwrap_or_else(|| {
        json::note_unknown(1);
        T::unknown(UnknownString(text.into()))
    })
}

/// Deserializes an enumeration of strings.
#[doc(hidden)]
pub fn deserialize_text<'de, T: StringEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: StringEnum> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(from_text(text))
    }
}
