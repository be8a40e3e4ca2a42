//! The tree that a document is read into.

use indexmap::IndexMap;

use super::Number;
use crate::diagnostic::Pointer;

/// The members of an object, in the document's order.
pub type Object = IndexMap<String, Value>;

/// A node of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number of any size.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object. The order of members does not count for equality.
    Object(Object),
}

impl Value {
    /// The member `key`, when this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The node that the pointer leads to from here.
    #[must_use]
    pub fn pointer(&self, pointer: &Pointer) -> Option<&Self> {
        pointer
            .segments()
            .try_fold(self, |node, segment| node.child(&segment))
    }

    /// The member or element that one segment of a pointer names.
    #[must_use]
    pub fn child(&self, segment: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(segment),
            Self::Array(elements) => elements.get(array_index(segment)?),
            _ => None,
        }
    }

    pub(super) fn pointer_mut(&mut self, pointer: &Pointer) -> Option<&mut Self> {
        pointer
            .segments()
            .try_fold(self, |node, segment| match node {
                Self::Object(members) => members.get_mut(&*segment),
                Self::Array(elements) => elements.get_mut(array_index(&segment)?),
                _ => None,
            })
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(value) => Some(value),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What it is, with an article, for messages: `a string`, `an object`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// How many objects and lists are nested in one another here: 0 for a string, 1 for an empty list.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::Array(elements) => 1 + elements.iter().map(Self::depth).max().unwrap_or(0),
            Self::Object(members) => 1 + members.values().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The same value for `serde_json`. Integers beyond 64 bits become doubles, infinite numbers `null`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(number) => match (number.is_integer(), number.as_i64(), number.as_u64()) {
                (true, Some(value), _) => value.into(),
                (true, None, Some(value)) => value.into(),
                _ => number.as_f64().into(),
            },
            Self::String(value) => value.as_str().into(),
            Self::Array(elements) => elements.iter().map(Self::to_json).collect(),
            Self::Object(members) => members
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
        }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// Reads a segment as an array index the way RFC 6901 has it: no sign, no leading zero.
pub(super) fn array_index(segment: &str) -> Option<usize> {
    let is_canonical = segment == "0" || !segment.starts_with(['0', '+']);
    is_canonical.then(|| segment.parse().ok()).flatten()
}
