//! Reads JSON text. `serde_json` checks the whole text first; what is known to be valid is then taken apart here, which keeps numbers of
//! any size as they are written and gives the place of everything.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::number::Number;
use super::value::{Data, MAX_DEPTH, MAX_KEY, Object, Value, insert_new};
use crate::diagnostic::Origin;

/// Why the text cannot be read, and where.
#[derive(Debug)]
pub(super) enum Failure {
    Syntax { offset: usize, message: String },
    TooDeep { offset: usize },
}

/// A key whose member is left out, since the object has it already or it is too long.
#[derive(Debug)]
pub(super) struct LostKey {
    pub(super) offset: usize,
    pub(super) key: String,
}

/// Reads a text. The origins of its nodes have the number `file`.
pub(super) fn parse(text: &str, file: u32) -> Result<(Value, Vec<LostKey>), Failure> {
    let mut reader = Reader {
        text,
        offset: 0,
        file,
        nodes: 0,
        lost: Vec::new(),
    };
    let _: &RawValue = serde_json::from_str(text).map_err(|error| reader.failure(text, &error))?;
    let value = reader.value(0)?;
    Ok((value, reader.lost))
}

/// Reads a text that is valid.
struct Reader<'text> {
    text: &'text str,
    /// Where the rest of the text begins.
    offset: usize,
    file: u32,
    /// How many nodes have been read.
    nodes: u32,
    lost: Vec<LostKey>,
}

impl<'text> Reader<'text> {
    fn value(&mut self, depth: usize) -> Result<Value, Failure> {
        let first = self.peek();
        if depth > MAX_DEPTH {
            return Err(Failure::TooDeep {
                offset: self.offset,
            });
        }
        let origin = Origin::new(self.file, self.nodes);
        self.nodes += 1;
        let data = match first {
            Some(b'{') => Data::Object(self.object(depth)?),
            Some(b'[') => {
                self.offset += 1;
                let mut elements = Vec::new();
                while self.peek().is_some_and(|next| next != b']') {
                    elements.push(self.value(depth + 1)?);
                }
                self.offset += 1;
                Data::Array(elements)
            }
            Some(b'"') => Data::String(self.string()?),
            _ => self.scalar()?,
        };
        Ok(Value::new(origin, data))
    }

    fn object(&mut self, depth: usize) -> Result<Object, Failure> {
        self.offset += 1;
        let mut members = Vec::new();
        while self.peek().is_some_and(|next| next != b'}') {
            let offset = self.offset;
            let key = self.string()?;
            members.push((offset, key, self.value(depth + 1)?));
        }
        self.offset += 1;
        let mut object = Object::with_capacity(members.len());
        for (offset, key, value) in members {
            let inserted = match key.len() > MAX_KEY {
                true => Err(key),
                false => insert_new(&mut object, key, value),
            };
            if let Err(key) = inserted {
                self.lost.push(LostKey { offset, key });
            }
        }
        Ok(object)
    }

    fn string(&mut self) -> Result<String, Failure> {
        let raw = self.take(string_length);
        let text = unquote(raw).map_err(|error| self.failure(raw, &error))?;
        Ok(text.into_owned())
    }

    fn scalar(&mut self) -> Result<Data, Failure> {
        let offset = self.offset;
        Ok(match self.take(scalar_length) {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            "null" => Data::Null,
            raw => Data::Number(Number::parse(raw).ok_or_else(|| Failure::Syntax {
                offset,
                message: "expected value".to_owned(),
            })?),
        })
    }

    /// Skips what divides values, and returns the first byte of the next one or of an end.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.offset..)?;
        let divides = |byte: &u8| matches!(byte, b',' | b':' | b' ' | b'\t' | b'\n' | b'\r');
        let length = rest.iter().take_while(|byte| divides(byte)).count();
        self.offset += length;
        rest.get(length).copied()
    }

    /// Takes a token off the rest of the text.
    fn take(&mut self, length: impl FnOnce(&str) -> usize) -> &'text str {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let token = rest.get(..length(rest)).unwrap_or(rest);
        self.offset += token.len().max(1);
        token
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

/// The length of the number, boolean or null that the text begins with.
pub(super) fn scalar_length(text: &str) -> usize {
    let ends = |byte: u8| matches!(byte, b',' | b'}' | b']') || byte <= b' ';
    text.bytes().position(ends).unwrap_or(text.len())
}

/// The length of the string that the text begins with, quotes included.
pub(super) fn string_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}
