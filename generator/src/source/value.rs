//! The tree that a document is read into.

use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::mem;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::number::Number;
use crate::diagnostic::{Origin, Place, Pointer};

/// How deep a document may be nested. Real documents stay below 50; passes over the tree recurse as deep as this.
pub const MAX_DEPTH: usize = 128;

/// How many bytes a key may have. Pointers repeat the keys on the way to each node.
pub(super) const MAX_KEY: usize = 1024;

/// The members of an object, in the document's order. The order does not count for equality. Its hasher has a random seed, so that no
/// document can be written whose keys collide.
pub type Object = IndexMap<String, Value>;

/// A node of a document: what it says, and where it was written. Equality ignores where.
#[derive(Debug, Clone)]
pub struct Value {
    origin: Origin,
    read: ReadMark,
    data: Data,
}

/// Whether lowering has read a node. A clone has a mark of its own.
#[derive(Debug, Default)]
struct ReadMark(AtomicBool);

impl Clone for ReadMark {
    fn clone(&self) -> Self {
        Self(AtomicBool::new(self.0.load(Ordering::Relaxed)))
    }
}

/// What a node says.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
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

impl Data {
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

    /// Returns the message that this is found where something else is expected, such as `a string`.
    #[must_use]
    pub fn mismatch(&self, what: impl fmt::Display, expected: &str) -> String {
        format!("{what} must be {expected}, found {}", self.kind())
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        mem::discriminant(&self.data).hash(state);
        match &self.data {
            Data::Null => {}
            Data::Bool(value) => value.hash(state),
            Data::Number(value) => value.hash(state),
            Data::String(value) => value.hash(state),
            Data::Array(elements) => elements.hash(state),
            // A sum, since the order of members does not count.
            Data::Object(members) => {
                static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
                let hashes = members.iter().map(|member| SEED.hash_one(member));
                let sum = hashes.fold(0, u64::wrapping_add);
                sum.hash(state);
            }
        }
    }
}

impl Value {
    /// A node that says `data` and was written at `origin`.
    #[must_use]
    pub fn new(origin: Origin, data: Data) -> Self {
        Self {
            origin,
            read: ReadMark::default(),
            data,
        }
    }

    /// Where it was written.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Notes that the node was read.
    pub fn mark_read(&self) {
        self.read.0.store(true, Ordering::Relaxed);
    }

    /// Notes that the node and all below it were read.
    pub fn mark_all_read(&self) {
        self.each(&mut Self::mark_read);
    }

    /// Takes the marks of the node and of all below it away.
    pub fn clear_marks(&self) {
        self.each(&mut |node| node.read.0.store(false, Ordering::Relaxed));
    }

    /// Returns whether the node was read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.read.0.load(Ordering::Relaxed)
    }

    /// Calls a function with the node and all below it.
    pub fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match &self.data {
            Data::Array(elements) => elements.iter().for_each(|node| node.each(visit)),
            Data::Object(members) => members.values().for_each(|node| node.each(visit)),
            _ => {}
        }
    }

    /// Returns how many nodes there are, this one included.
    #[must_use]
    pub fn node_count(&self) -> usize {
        let mut count = 0;
        self.each(&mut |_| count += 1);
        count
    }

    /// What it says.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// What it says, to be changed. The origin stays.
    pub fn data_mut(&mut self) -> &mut Data {
        &mut self.data
    }

    /// What it says, without where it was written.
    #[must_use]
    pub fn into_data(self) -> Data {
        self.data
    }

    /// Gives an origin to this node and to those below it that have none.
    pub(super) fn adopt(&mut self, origin: Origin) {
        if self.origin == Origin::NONE {
            self.origin = origin;
        }
        let origin = self.origin;
        match &mut self.data {
            Data::Array(elements) => elements.iter_mut().for_each(|value| value.adopt(origin)),
            Data::Object(members) => members.values_mut().for_each(|value| value.adopt(origin)),
            _ => {}
        }
    }

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
        match &self.data {
            Data::Object(members) => members.get(segment),
            Data::Array(elements) => elements.get(array_index(segment)?),
            _ => None,
        }
    }

    /// Returns the place of the node that the pointer leads to from here, or of its nearest ancestor when it doesn't exist.
    #[must_use]
    pub fn place(&self, pointer: &Pointer) -> Place {
        let (mut node, mut origin, mut below) = (Some(self), self.origin, 0);
        for segment in pointer.segments() {
            node = node.and_then(|node| node.child(&segment));
            below += 1;
            if let Some(node) = node.filter(|node| node.origin != Origin::NONE) {
                (origin, below) = (node.origin, 0);
            }
        }
        Place {
            origin,
            below,
            pointer: pointer.clone(),
        }
    }

    /// Returns the node that the pointer leads to from here, to be changed.
    pub fn pointer_mut(&mut self, pointer: &Pointer) -> Option<&mut Self> {
        pointer
            .segments()
            .try_fold(self, |node, segment| match &mut node.data {
                Data::Object(members) => members.get_mut(&*segment),
                Data::Array(elements) => elements.get_mut(array_index(&segment)?),
                _ => None,
            })
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match &self.data {
            Data::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match &self.data {
            Data::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(value) => Some(value),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.data {
            Data::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.data {
            Data::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements to be changed, if it is a list.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.data {
            Data::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members to be changed, if it is an object.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.data {
            Data::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// What it is, with an article, for messages: `a string`, `an object`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.data.kind()
    }

    /// Returns the message that this is found where something else is expected, such as `a string`.
    #[must_use]
    pub fn mismatch(&self, what: impl fmt::Display, expected: &str) -> String {
        self.data.mismatch(what, expected)
    }

    /// How many objects and lists are nested in one another here: 0 for a string, 1 for an empty list.
    #[must_use]
    pub fn depth(&self) -> usize {
        match &self.data {
            Data::Array(elements) => 1 + elements.iter().map(Self::depth).max().unwrap_or(0),
            Data::Object(members) => 1 + members.values().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The same value for `serde_json`. Integers beyond 64 bits become doubles, infinite numbers `null`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::Bool(value) => (*value).into(),
            Data::Number(number) => match (number.is_integer(), number.as_i64(), number.as_u64()) {
                (true, Some(value), _) => value.into(),
                (true, None, Some(value)) => value.into(),
                _ => number.as_f64().into(),
            },
            Data::String(value) => value.as_str().into(),
            Data::Array(elements) => elements.iter().map(Self::to_json).collect(),
            Data::Object(members) => members
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
        }
    }
}

/// A node without an origin, for a pass to put into a document.
impl From<&str> for Data {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<Data> for Value {
    fn from(data: Data) -> Self {
        Self::new(Origin::NONE, data)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Data::from(value).into()
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Data::Bool(value).into()
    }
}

/// Adds a member at the end, unless there is one of this key. Returns the key if there is.
pub(super) fn insert_new(object: &mut Object, key: String, value: Value) -> Result<(), String> {
    match object.entry(key) {
        Entry::Occupied(entry) => Err(entry.key().clone()),
        Entry::Vacant(entry) => {
            entry.insert(value);
            Ok(())
        }
    }
}

/// Reads a segment as an array index the way RFC 6901 has it: no sign, no leading zero.
pub(super) fn array_index(segment: &str) -> Option<usize> {
    let is_canonical = segment == "0" || !segment.starts_with(['0', '+']);
    is_canonical.then(|| segment.parse().ok()).flatten()
}
