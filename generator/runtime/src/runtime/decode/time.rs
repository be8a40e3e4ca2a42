//! Dates and timestamps: jiff's types, with a reader that is as lenient as is possible without guessing.
//!
//! Values are written by jiff, in RFC 3339. They are read in RFC 3339 and ISO 8601, with any offset. A timestamp without an offset is in
//! UTC, and one without a time of day is at the start of its day. Where a date is expected, the date of a timestamp is taken as written.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::Deserializer;
use serde::de::{self, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::runtime::decode::member::{self, OptionSeed, ValueSeed};
#[cfg(feature = "test-util")]
use crate::runtime::decode::sample;

/// Decodes dates and timestamps, and lists, maps and options of them.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Codec;

impl<T: Lenient> member::Codec<T> for Codec {
    fn decode<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// A type that is decoded leniently.
#[doc(hidden)]
pub trait Lenient: Sized {
    /// Decodes a value.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

#[cfg(feature = "test-util")]
impl sample::Sample for Timestamp {
    fn within(_: usize) -> Option<Self> {
        Some(Self::UNIX_EPOCH)
    }
}

#[cfg(feature = "test-util")]
impl sample::Sample for Date {
    fn within(_: usize) -> Option<Self> {
        Some(jiff::civil::date(1970, 1, 1))
    }
}

/// A type whose JSON is a string.
trait Text: Sized {
    const EXPECTED: &'static str;

    fn parse(text: &str) -> Option<Self>;
}

impl Text for Timestamp {
    const EXPECTED: &'static str = "a timestamp (RFC 3339)";

    fn parse(text: &str) -> Option<Self> {
        if let Ok(timestamp) = text.parse() {
            return Some(timestamp);
        }
        // Ruby and Python print a space before the offset, or `UTC` instead of it.
        let in_utc = text.strip_suffix(" UTC").unwrap_or(text);
        if let Ok(time) = in_utc.parse::<DateTime>() {
            return Offset::UTC.to_timestamp(time).ok();
        }
        let (time, offset) = text.rsplit_once(' ')?;
        format!("{time}{offset}").parse().ok()
    }
}

impl Text for Date {
    const EXPECTED: &'static str = "a date (RFC 3339)";

    fn parse(text: &str) -> Option<Self> {
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        Timestamp::parse(text)?;
        text.get(..10)?.parse().ok()
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Other("another text"), &self))
    }
}

impl Lenient for Timestamp {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

impl Lenient for Date {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

impl<T: Lenient> Lenient for Option<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionSeed(Codec, PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(ValueSeed(Codec, PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for MapVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = members.next_key()? {
            map.insert(
                name,
                members.next_value_seed(ValueSeed(Codec, PhantomData))?,
            );
        }
        Ok(map)
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}
