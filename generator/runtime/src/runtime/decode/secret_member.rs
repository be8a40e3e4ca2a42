//! Finds the secret in a response that cannot be decoded as a whole, because another member is invalid or the end is missing.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::runtime::api::operation::{NewSecret, unescaped};
use crate::runtime::redact::secret::Secret;

/// Describes the secret at a JSON pointer.
#[must_use]
pub const fn at(pointer: &'static str) -> NewSecret {
    NewSecret { pointer, find }
}

/// Returns the string at a JSON pointer, as far as the document can be read. Returns `None` for an empty or incomplete string.
pub(crate) fn find(body: &[u8], pointer: &str) -> Option<Secret> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut segments = Vec::new();
    for segment in pointer.strip_prefix('/')?.split('/') {
        segments.push(unescaped(segment));
    }
    let mut found = None;
    let seed = Seed {
        segments: &segments,
        found: &mut found,
    };
    // Text after the secret may be invalid. Text before it must be JSON.
    let _ = seed.deserialize(&mut serde_json::Deserializer::from_slice(body));
    found
}

/// Follows a pointer into a value. The last of several members with the same name counts, as for every other reader here.
struct Seed<'a, 'segment> {
    segments: &'a [Cow<'segment, str>],
    found: &'a mut Option<Secret>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.found = None;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.segments.is_empty() && !text.is_empty() {
            *self.found = Some(Secret::from(text));
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Some((wanted, segments)) = self.segments.split_first() else {
            return ignore_members(members);
        };
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            if name == *wanted {
                let found = &mut *self.found;
                members.next_value_seed(Seed { segments, found })?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

fn ignore_members<'de, A: MapAccess<'de>>(mut members: A) -> Result<(), A::Error> {
    while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}
