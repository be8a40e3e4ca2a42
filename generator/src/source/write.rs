//! Writes a tree as YAML.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::number::Number;
use super::value::{Data, Value};
use super::yaml;

/// Writes a tree as YAML, in its order and with each number as its text. Reading the text gives the same tree; `None` where it does not,
/// which would be a fault of this function.
#[must_use]
pub fn to_yaml(value: &Value) -> Option<String> {
    let mark = mark(value);
    let written = Written { value, mark: &mark };
    let text = serde_yaml::to_string(&written).ok()?.replace(&mark, "");
    let (read, faults) = yaml::parse(&text, 0).ok()?;
    (faults.is_empty() && is_same(&read, value)).then_some(text)
}

/// A node, and the mark around texts that `serde_yaml` would write otherwise: it has no numbers but Rust's, writes a key `<<` as that of
/// a merge, and takes some characters for ends of lines. The marks are taken out of what it has written.
struct Written<'a> {
    value: &'a Value,
    mark: &'a str,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let below = |value| Written {
            value,
            mark: self.mark,
        };
        match self.value.data() {
            Data::Null => serializer.serialize_unit(),
            Data::Bool(value) => serializer.serialize_bool(*value),
            Data::Number(number) => self.number(number, serializer),
            Data::String(text) => serializer.serialize_str(&self.string(text)),
            Data::Array(elements) => {
                let mut sequence = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    sequence.serialize_element(&below(element))?;
                }
                sequence.end()
            }
            Data::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(&*self.string(key), &below(value))?;
                }
                map.end()
            }
        }
    }
}

impl Written<'_> {
    /// Returns a string, as a text of YAML between marks where `serde_yaml` would not write it as one.
    fn string<'text>(&self, text: &'text str) -> Cow<'text, str> {
        let is_break = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
        if text != "<<" && !text.contains(is_break) {
            return Cow::Borrowed(text);
        }
        let escaped: String = text
            .chars()
            .map(|c| match c.is_ascii_alphanumeric() {
                true => c.to_string(),
                false => format!("\\U{:08x}", u32::from(c)),
            })
            .collect();
        Cow::Owned(format!("{0}\"{escaped}\"{0}", self.mark))
    }

    fn number<S: Serializer>(&self, number: &Number, serializer: S) -> Result<S::Ok, S::Error> {
        let text = number.as_str();
        match text.parse::<i64>() {
            Ok(integer) if integer.to_string() == text => serializer.serialize_i64(integer),
            _ => serializer.serialize_str(&format!("{0}{text}{0}", self.mark)),
        }
    }
}

/// Returns a text that is plain in YAML and is in no string and no key of a tree.
fn mark(value: &Value) -> String {
    let mut texts: Vec<&str> = Vec::new();
    value.each(&mut |node| match node.data() {
        Data::String(text) => texts.push(text),
        Data::Object(members) => texts.extend(members.keys().map(String::as_str)),
        _ => {}
    });
    texts.retain(|text| text.contains("number"));
    let mut marks = (0_usize..).map(|count| format!("number{count}x"));
    let unused = marks.find(|mark| !texts.iter().any(|text| text.contains(mark.as_str())));
    unused.unwrap_or_default()
}

/// Whether two trees are the same to the order of members and the texts of numbers.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left.data(), right.data()) {
        (Data::Number(left), Data::Number(right)) => left.as_str() == right.as_str(),
        (Data::Array(left), Data::Array(right)) => {
            let mut pairs = left.iter().zip(right);
            left.len() == right.len() && pairs.all(|(left, right)| is_same(left, right))
        }
        (Data::Object(left), Data::Object(right)) => {
            let mut pairs = left.iter().zip(right);
            left.len() == right.len()
                && pairs.all(|((left_key, left), (right_key, right))| {
                    left_key == right_key && is_same(left, right)
                })
        }
        (left, right) => left == right,
    }
}
