//! Dates and timestamps: jiff's types, with a reader that is as lenient as is possible without guessing.
//!
//! Values are written by jiff, in RFC 3339. They are read in RFC 3339 and ISO 8601, with any offset. A timestamp without an offset is in
//! UTC, and one without a time of day is at the start of its day. Where a date is expected, the date of a timestamp is taken as written.
//!
//! jiff's timestamps end 26 hours before the year 9999 does, so that they can be converted to any offset. A later one, such as
//! `9999-12-31T23:59:59Z` for "never", is read as [`Timestamp::MAX`]. A leap second is read as the second before it, and digits after
//! nanoseconds are dropped.
//!
//! A text that has another form, or that the type does not hold as it is, counts as an unknown value. A union prefers a variant that holds
//! it, such as a string.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::de::{self, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::runtime::decode::json;
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

    /// Reads a text in the form of this type.
    fn parse(text: &str) -> Option<Self>;

    /// Reads a text that means a value of this type in another form.
    fn parse_leniently(text: &str) -> Option<Self>;
}

impl Text for Timestamp {
    const EXPECTED: &'static str = "a timestamp (RFC 3339)";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn parse_leniently(text: &str) -> Option<Self> {
        let (time, offset) = split_offset(text)?;
        let time = parse_time(time)?;
        let is_late = time.year() > 0;
        let last = is_late.then_some(Self::MAX);
        offset.to_timestamp(time).ok().or(last)
    }
}

/// Splits a timestamp into its time and its offset. Without an offset, it is in UTC.
///
/// Ruby and Python print a space before the offset, or `UTC` instead of it.
fn split_offset(text: &str) -> Option<(&str, Offset)> {
    // jiff would ignore a time zone in brackets.
    if text.contains('[') {
        return None;
    }
    let in_utc = text.strip_suffix(" UTC").or(text.strip_suffix(['Z', 'z']));
    let before_utc = in_utc.map(|time| time.strip_suffix(' ').unwrap_or(time));
    let time = before_utc.unwrap_or(text);
    // A sign before the time of day is one of the date.
    let sign = time.rfind(['+', '-']).unwrap_or(0);
    match (time.get(..sign)?.contains(':'), before_utc) {
        (false, _) => return Some((time, Offset::UTC)),
        // Two offsets contradict each other.
        (true, Some(_)) => return None,
        (true, None) => {}
    }
    let (time, offset) = text.split_at_checked(sign)?;
    let digits = offset.get(1..)?.replacen(':', "", 1);
    let (hours, minutes) = digits.split_at_checked(2)?;
    let part = |text: &str, most: i32| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let value = text.parse().ok().filter(|_| is_number)?;
        (0..=most).contains(&value).then_some(value)
    };
    let minutes = if minutes.is_empty() {
        0
    } else {
        part(minutes, 59)?
    };
    let seconds = (part(hours, 23)? * 60 + minutes) * 60;
    let seconds = if offset.starts_with('-') {
        -seconds
    } else {
        seconds
    };
    let offset = Offset::from_seconds(seconds).ok()?;
    Some((time.strip_suffix(' ').unwrap_or(time), offset))
}

/// Returns a date and time without an offset. It may have more digits than nanoseconds, and a day may end at 24:00.
fn parse_time(text: &str) -> Option<DateTime> {
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    if let Some((seconds, fraction)) = text.split_once('.')
        && let Some((nanoseconds, rest)) = fraction.split_at_checked(9)
        && !rest.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return parse_time(&format!("{seconds}.{nanoseconds}"));
    }
    let (date, time) = text.split_at_checked(10)?;
    let end = time.get(1..)?.strip_prefix("24:00")?;
    let is_end = end.bytes().all(|byte| matches!(byte, b':' | b'.' | b'0'));
    // At its beginning, the end of the day is read as jiff reads it.
    format!("{date}T00:00{end}")
        .parse::<DateTime>()
        .ok()
        .filter(|_| is_end)?;
    let date: Date = date.parse().ok()?;
    Some(date.tomorrow().map_or(DateTime::MAX, DateTime::from))
}

impl Text for Date {
    const EXPECTED: &'static str = "a date (RFC 3339)";

    fn parse(text: &str) -> Option<Self> {
        // jiff takes the date of a text with a time of day, too.
        text.parse().ok().filter(|_| !text.contains(':'))
    }

    fn parse_leniently(text: &str) -> Option<Self> {
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        Timestamp::parse(text).or_else(|| Timestamp::parse_leniently(text))?;
        text.get(..10)?.parse().ok()
    }
}

/// A value as it is decoded by [`Codec`].
#[doc(hidden)]
pub struct Decoded<T>(T);

impl<T> Decoded<T> {
    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<'de, T: Lenient> Deserialize<'de> for Decoded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Self)
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        if let Some(value) = T::parse(text) {
            return Ok(value);
        }
        let value = T::parse_leniently(text);
        json::note_unknown(1);
        value.ok_or_else(|| E::invalid_value(Unexpected::Other("another text"), &self))
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
