//! Values of one of several types: `tagged_union!` and `untagged_union!`.
//!
//! A union is first read into a JSON tree. Its variant is then decoded from the tree's text by the same reader as every other type, so that
//! each type is compiled for one reader only and errors have paths.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, DeserializeOwned, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::runtime::decode::json::{self, JsonError, JsonErrorKind};
use crate::runtime::decode::limits;

/// The depth at which a union falls back to its variant for unknown JSON.
#[cfg(feature = "test-util")]
const LAST_RESORT: usize = 8;

/// Implements serde's traits for a union with a member that names the variant. The modes are those of `record!`.
///
/// An unlisted or absent value of that member selects the last variant, or the one after `else` if that can be decoded. The variant's
/// content writes the member.
///
/// ```ignore
/// pub enum Pet {
///     Cat(Cat),
///     Dog(Box<Dog>),
///     Unknown(crate::runtime::decode::union::UnknownValue),
/// }
///
/// crate::tagged_union! {
///     Pet: both by "petType" { Cat = "cat" | "kitten", Dog = "dog"; Unknown }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    (@rest $value:ident) => {
        ::core::result::Result::Ok(::core::option::Option::None)
    };
    (@rest $value:ident $default:ident) => {
        $crate::runtime::decode::union::default_variant($value, Self::$default)
    };
    ($type:ident: $mode:ident by $property:literal $(else $default:ident)? {
        $($variant:ident = $($tag:literal)|+),* $(,)?; $unknown:ident
    }) => {
        $crate::untagged_union!(@$mode $type [$($variant)* $unknown] {
            fn known(
                value: &::serde_json::Value,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::runtime::decode::json::JsonError> {
                match $crate::runtime::decode::union::tag(value, $property) {
                    $(::core::option::Option::Some($($tag)|+) => {
                        $crate::runtime::decode::union::variant(value, Self::$variant)
                    })*
                    _ => $crate::tagged_union!(@rest value $($default)?),
                }
            }

            fn unknown(value: $crate::runtime::decode::union::UnknownValue) -> Self {
                Self::$unknown(value)
            }
        });
    };
}

/// Implements serde's traits for a union whose variants are tried in turn. The modes are those of `record!`.
///
/// The variant that knows the most of the value is selected, and the first of them if there are several. A value that fits no variant
/// selects the last one. `as` names the module of the codec that decodes a variant, as in `record!`.
///
/// ```ignore
/// pub enum Reference {
///     Name(String),
///     Branch(Branch),
///     Time(Timestamp),
///     Unknown(crate::runtime::decode::union::UnknownValue),
/// }
///
/// crate::untagged_union! {
///     Reference: both { Name, Branch, Time as time; Unknown }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! untagged_union {
    (@variant $variant:ident) => {
        Self::$variant
    };
    (@variant $variant:ident $codec:ident) => {
        |value: $crate::runtime::decode::$codec::Decoded<_>| Self::$variant(value.into_inner())
    };
    ($type:ident: $mode:ident { $($variant:ident $(as $codec:ident)?),* $(,)?; $unknown:ident }) => {
        $crate::untagged_union!(@$mode $type [$($variant)* $unknown] {
            fn known(
                value: &::serde_json::Value,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::runtime::decode::json::JsonError> {
                $crate::runtime::decode::union::Best::new(value)
                    $(.attempt($crate::untagged_union!(@variant $variant $($codec)?)))*
                    .into_variant()
            }

            fn unknown(value: $crate::runtime::decode::union::UnknownValue) -> Self {
                Self::$unknown(value)
            }
        });
    };
    (@both $type:ident $variants:tt $union:tt) => {
        $crate::untagged_union!(@read $type $variants $union);
        $crate::untagged_union!(@write $type $variants $union);
    };
    (@both_secret $type:ident $variants:tt $union:tt) => {
        $crate::untagged_union!(@read $type $variants $union);
        #[cfg(feature = "serialize-secrets")]
        $crate::untagged_union!(@write $type $variants $union);
    };
    (@read $type:ident $variants:tt { $($union:tt)* }) => {
        $crate::untagged_union!(@samples $type $variants);

        impl $crate::runtime::decode::union::Union for $type {
            $($union)*
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<__D>(deserializer: __D) -> ::core::result::Result<Self, __D::Error>
            where
                __D: ::serde::Deserializer<'de>,
            {
                $crate::runtime::decode::union::deserialize(deserializer)
            }
        }
    };
    (@samples $type:ident [$($variant:ident)*]) => {
        #[cfg(feature = "test-util")]
        impl $crate::runtime::decode::sample::Sample for $type {
            fn within(depth: usize) -> ::core::option::Option<Self> {
                $crate::runtime::decode::sample::least_of(depth, &[$(
                    |depth| $crate::runtime::decode::sample::Sample::within(depth).map(Self::$variant)
                ),*])
            }
        }
    };
    (@write $type:ident [$($variant:ident)*] $union:tt) => {
        impl ::serde::Serialize for $type {
            fn serialize<__S>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error>
            where
                __S: ::serde::Serializer,
            {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, serializer),)*
                }
            }
        }
    };
}

/// JSON that fits no variant of a union. It is created only from a response. `Debug` does not print it, since it may contain anything.
#[derive(Clone, PartialEq)]
pub struct UnknownValue(Value);

impl UnknownValue {
    /// Returns a reference to the JSON.
    #[must_use]
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// Returns the JSON.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }
}

/// A union uses it only if no other variant can be created.
#[cfg(feature = "test-util")]
impl crate::runtime::decode::sample::Sample for UnknownValue {
    fn within(depth: usize) -> Option<Self> {
        (depth >= LAST_RESORT).then_some(Self(Value::Null))
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Value::Null => "UnknownValue(null)",
            Value::Bool(_) => "UnknownValue(boolean)",
            Value::Number(_) => "UnknownValue(number)",
            Value::String(_) => "UnknownValue(string)",
            Value::Array(_) => "UnknownValue(array)",
            Value::Object(_) => "UnknownValue(object)",
        })
    }
}

impl Serialize for UnknownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A type that is decoded from a JSON tree.
#[doc(hidden)]
pub trait Union: Sized {
    /// Finds and decodes the variant. Returns `None` if no variant is known for the value.
    fn known(value: &Value) -> Result<Option<Self>, JsonError>;

    /// Returns the variant for all other JSON.
    fn unknown(value: UnknownValue) -> Self;
}

/// Returns the value of the member that names the variant.
#[doc(hidden)]
#[must_use]
pub fn tag<'a>(value: &'a Value, property: &str) -> Option<&'a str> {
    value.get(property)?.as_str()
}

/// Decodes the content of a variant.
#[doc(hidden)]
pub fn variant<T, V: DeserializeOwned>(
    value: &Value,
    variant: impl FnOnce(V) -> T,
) -> Result<Option<T>, JsonError> {
    json::decode(value.to_string().as_bytes()).map(|content| Some(variant(content)))
}

/// Decodes the content of the variant for unlisted values. Returns `None` for JSON that does not fit it.
#[doc(hidden)]
pub fn default_variant<T, V: DeserializeOwned>(
    value: &Value,
    default: impl FnOnce(V) -> T,
) -> Result<Option<T>, JsonError> {
    match variant(value, default) {
        Err(error) if error.kind() != JsonErrorKind::TooDeep => Ok(None),
        result => result,
    }
}

/// The variant found so far that knows the most of a value.
#[doc(hidden)]
pub struct Best<T> {
    json: String,
    found: Option<(T, usize)>,
    error: Option<JsonError>,
}

impl<T> Best<T> {
    /// Creates a search without a result.
    #[must_use]
    pub fn new(value: &Value) -> Self {
        Self {
            json: value.to_string(),
            found: None,
            error: None,
        }
    }

    /// Tries the next variant.
    #[must_use]
    pub fn attempt<V: DeserializeOwned>(mut self, variant: impl FnOnce(V) -> T) -> Self {
        let least = match self.found {
            Some((_, 0)) => return self,
            Some((_, unknown)) => unknown,
            None => usize::MAX,
        };
        if self.error.is_some() {
            return self;
        }
        let (read, unknown) = json::count_unknown(|| {
            if limits::may_read_again(self.json.len()) {
                json::decode(self.json.as_bytes())
            } else {
                Err(JsonError::too_deep())
            }
        });
        match read {
            Ok(content) if unknown < least => self.found = Some((variant(content), unknown)),
            Err(error) if error.kind() == JsonErrorKind::TooDeep => self.error = Some(error),
            Ok(_) | Err(_) => {}
        }
        self
    }

    /// Returns the best variant, if one fitted.
    ///
    /// # Errors
    ///
    /// Returns an error if the search would have taken too much stack or time.
    pub fn into_variant(self) -> Result<Option<T>, JsonError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        Ok(self.found.map(|(variant, unknown)| {
            json::note_unknown(unknown);
            variant
        }))
    }
}

/// Deserializes a union.
#[doc(hidden)]
pub fn deserialize<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(UnionVisitor(PhantomData))
}

/// Reads the tree and creates the union inside the visitor, where serde_json knows the position of an error.
struct UnionVisitor<T>(PhantomData<T>);

impl<T: Union> UnionVisitor<T> {
    fn finish<E: de::Error>(value: Value) -> Result<T, E> {
        if !limits::may_descend() {
            return Err(json::raise(&JsonError::too_deep()));
        }
        if json::lacks_digits(&value) {
            return Err(json::raise(&JsonError::too_deep()));
        }
        match T::known(&value) {
            Ok(Some(union)) => Ok(union),
            Ok(None) => {
                json::note_unknown(1);
                Ok(T::unknown(UnknownValue(value)))
            }
            Err(error) => Err(json::raise(&error)),
        }
    }
}

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        Self::finish(Value::from(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        Self::finish(Value::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        Self::finish(Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        Self::finish(Value::from(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        Self::finish(Value::from(value))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<T, E> {
        Self::finish(Value::from(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Self::finish(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<T, E> {
        Self::finish(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        Self::finish(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(members))?;
        Self::finish(value)
    }
}
