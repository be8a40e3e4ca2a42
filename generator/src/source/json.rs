//! Reads JSON text. Each level is read by `serde_json` into slices of the text, which keeps numbers of any size
//! as they are written and gives the place of everything.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::number::Number;
use super::value::{Data, MAX_DEPTH, Object, Value};
use crate::diagnostic::Origin;

/// Why the text cannot be read, and where.
#[derive(Debug)]
pub(super) enum Failure {
    Syntax { offset: usize, message: String },
    TooDeep { offset: usize },
}

/// A key that its object has already, and the offset of the second one.
#[derive(Debug)]
pub(super) struct Duplicate {
    pub(super) offset: usize,
    pub(super) key: String,
}

/// Reads a text. The origins of its nodes have the number `file`.
pub(super) fn parse(text: &str, file: u32) -> Result<(Value, Vec<Duplicate>), Failure> {
    let mut reader = Reader {
        text,
        file,
        nodes: 0,
        duplicates: Vec::new(),
    };
    let root: &RawValue =
        serde_json::from_str(text).map_err(|error| reader.failure(text, &error))?;
    let value = reader.value(root.get(), 0)?;
    Ok((value, reader.duplicates))
}

struct Reader<'text> {
    text: &'text str,
    file: u32,
    /// How many nodes have been read.
    nodes: u32,
    duplicates: Vec<Duplicate>,
}

impl<'text> Reader<'text> {
    fn value(&mut self, raw: &'text str, depth: usize) -> Result<Value, Failure> {
        if depth > MAX_DEPTH {
            return Err(Failure::TooDeep {
                offset: offset_of(self.text, raw),
            });
        }
        let origin = Origin::new(self.file, self.nodes);
        self.nodes += 1;
        let data = match raw.as_bytes().first() {
            Some(b'{') => Data::Object(self.object(raw, depth)?),
            Some(b'[') => {
                let elements: Elements<'text> = self.read(raw)?;
                let values = elements
                    .0
                    .into_iter()
                    .map(|element| self.value(element.get(), depth + 1));
                Data::Array(values.collect::<Result<_, _>>()?)
            }
            Some(b'"') => Data::String(self.string(raw)?.into_owned()),
            Some(b't') => Data::Bool(true),
            Some(b'f') => Data::Bool(false),
            Some(b'n') => Data::Null,
            _ => Number::parse(raw)
                .map(Data::Number)
                .ok_or_else(|| Failure::Syntax {
                    offset: offset_of(self.text, raw),
                    message: "expected value".to_owned(),
                })?,
        };
        Ok(Value::new(origin, data))
    }

    fn object(&mut self, raw: &'text str, depth: usize) -> Result<Object, Failure> {
        let members: Members<'text> = self.read(raw)?;
        let mut object = Object::with_capacity(members.0.len());
        for (raw_key, raw_value) in members.0 {
            let key = self.string(raw_key.get())?.into_owned();
            let value = self.value(raw_value.get(), depth + 1)?;
            if object.contains_key(&key) {
                let offset = offset_of(self.text, raw_key.get());
                self.duplicates.push(Duplicate { offset, key });
            } else {
                object.insert(key, value);
            }
        }
        Ok(object)
    }

    fn string(&self, raw: &'text str) -> Result<Cow<'text, str>, Failure> {
        unquote(raw).map_err(|error| self.failure(raw, &error))
    }

    fn read<T: Deserialize<'text>>(&self, raw: &'text str) -> Result<T, Failure> {
        serde_json::from_str(raw).map_err(|error| self.failure(raw, &error))
    }

    /// Moves an error of the slice `raw` to its place in the whole text.
    fn failure(&self, raw: &str, error: &serde_json::Error) -> Failure {
        let lines_before: usize = raw
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let inside = (lines_before + error.column().saturating_sub(1)).min(raw.len());
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(text, _)| text);
        Failure::Syntax {
            offset: offset_of(self.text, raw) + inside,
            message: message.to_owned(),
        }
    }
}

/// The content of a string in quotes, borrowed where it has no escapes.
pub(super) fn unquote(raw: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    match raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(content) if !content.contains('\\') => Ok(Cow::Borrowed(content)),
        _ => serde_json::from_str(raw).map(Cow::Owned),
    }
}

/// Where `part`, a slice of `text`, begins in it.
fn offset_of(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}

/// The members of an object as slices of the text, duplicates included.
struct Members<'text>(Vec<(&'text RawValue, &'text RawValue)>);

/// The elements of a list as slices of the text.
struct Elements<'text>(Vec<&'text RawValue>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

impl<'de> Deserialize<'de> for Elements<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ElementsVisitor;
        impl<'de> Visitor<'de> for ElementsVisitor {
            type Value = Elements<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut sequence: A,
            ) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = sequence.next_element()? {
                    elements.push(element);
                }
                Ok(Elements(elements))
            }
        }
        deserializer.deserialize_seq(ElementsVisitor)
    }
}
