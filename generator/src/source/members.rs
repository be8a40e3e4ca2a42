//! The members of an object.

use std::collections::HashMap;
use std::fmt;
use std::iter::Map;
use std::{slice, vec};

/// How many members an object has without an index. A few keys are compared in less time than one is hashed.
const FEW: usize = 16;

/// The members of an object, in the document's order. The order does not count for equality.
///
/// Most objects have a few members and no index, which takes half of the memory that a table with an index takes.
#[derive(Clone)]
pub struct Members<V> {
    members: Vec<(String, V)>,
    /// Where each key is; present once there were more than a few.
    #[expect(clippy::box_collection, reason = "most objects have none")]
    index: Option<Box<HashMap<String, usize>>>,
}

impl<V> Members<V> {
    /// Creates an object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// Creates an object without members that has room for some.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            members: Vec::with_capacity(capacity),
            index: None,
        }
    }

    /// Returns the number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Returns where a member is.
    #[must_use]
    pub fn get_index_of(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.members.iter().position(|(name, _)| name == key),
        }
    }

    /// Returns whether there is a member of this key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get_index_of(key).is_some()
    }

    /// Returns the value of a member.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        let at = self.get_index_of(key)?;
        self.members.get(at).map(|(_, value)| value)
    }

    /// Returns the value of a member, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let at = self.get_index_of(key)?;
        self.members.get_mut(at).map(|(_, value)| value)
    }

    /// Returns a member by its key.
    #[must_use]
    pub fn get_key_value(&self, key: &str) -> Option<(&String, &V)> {
        self.get_index(self.get_index_of(key)?)
    }

    /// Returns the member at a position.
    #[must_use]
    pub fn get_index(&self, at: usize) -> Option<(&String, &V)> {
        self.members.get(at).map(by_reference)
    }

    /// Returns the first member.
    #[must_use]
    pub fn first(&self) -> Option<(&String, &V)> {
        self.get_index(0)
    }

    /// Replaces the value of a member, which keeps its position, or adds a member at the end. Returns the value that it had.
    pub fn insert(&mut self, key: String, value: V) -> Option<V> {
        match self.get_mut(&key) {
            Some(present) => Some(std::mem::replace(present, value)),
            None => {
                self.push(key, value);
                None
            }
        }
    }

    /// Adds a member at the end, unless there is one of this key. Returns the key if there is.
    pub(super) fn insert_new(&mut self, key: String, value: V) -> Result<(), String> {
        if self.contains_key(&key) {
            return Err(key);
        }
        self.push(key, value);
        Ok(())
    }

    /// Puts a member at a position. Those from there on move down.
    pub fn shift_insert(&mut self, at: usize, key: String, value: V) {
        self.shift_remove(&key);
        let at = at.min(self.members.len());
        if let Some(index) = &mut self.index {
            for place in index.values_mut().filter(|place| **place >= at) {
                *place += 1;
            }
            index.insert(key.clone(), at);
        }
        self.members.insert(at, (key, value));
    }

    /// Returns the place of a member, which may be taken or not.
    pub fn entry(&mut self, key: String) -> Entry<'_, V> {
        Entry { members: self, key }
    }

    /// Adds a member of a new key.
    fn push(&mut self, key: String, value: V) {
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), self.members.len());
        }
        self.members.push((key, value));
        if self.index.is_none() && self.members.len() > FEW {
            let keys = self.members.iter().zip(0..);
            self.index = Some(Box::new(
                keys.map(|((key, _), at)| (key.clone(), at)).collect(),
            ));
        }
    }

    /// Takes a member out. Those after it move up.
    pub fn shift_remove(&mut self, key: &str) -> Option<V> {
        let at = self.get_index_of(key)?;
        if let Some(index) = &mut self.index {
            index.remove(key);
            for place in index.values_mut().filter(|place| **place > at) {
                *place -= 1;
            }
        }
        Some(self.members.remove(at).1)
    }

    /// Takes out the members for which `keep` says no.
    pub fn retain(&mut self, mut keep: impl FnMut(&String, &mut V) -> bool) {
        self.members.retain_mut(|(key, value)| keep(key, value));
        if let Some(index) = &mut self.index
            && index.len() > self.members.len()
        {
            index.clear();
            let keys = self.members.iter().zip(0..);
            index.extend(keys.map(|((key, _), at)| (key.clone(), at)));
        }
    }

    /// Gives back the memory that no member takes.
    pub(super) fn compact(&mut self) {
        compact(&mut self.members);
    }

    /// Returns the members in their order.
    pub fn iter(&self) -> Iter<'_, V> {
        self.members.iter().map(by_reference)
    }

    /// Returns the members in their order, with values to be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_, V> {
        self.members.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Returns the keys in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + ExactSizeIterator + Clone {
        self.members.iter().map(|(key, _)| key)
    }

    /// Returns the values in their order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.members.iter().map(|(_, value)| value)
    }

    /// Returns the values in their order, to be changed.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> + ExactSizeIterator {
        self.members.iter_mut().map(|(_, value)| value)
    }
}

/// The place of a member.
pub struct Entry<'a, V> {
    members: &'a mut Members<V>,
    key: String,
}

impl<'a, V> Entry<'a, V> {
    /// Returns the value of the member, which is added if there is none.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// Returns the value of the member, which is made and added if there is none.
    #[allow(clippy::indexing_slicing, reason = "the member was found or added")]
    pub fn or_insert_with(self, value: impl FnOnce() -> V) -> &'a mut V {
        let Self { members, key } = self;
        let at = members.get_index_of(&key).unwrap_or_else(|| {
            members.push(key, value());
            members.len() - 1
        });
        &mut members.members[at].1
    }
}

/// Moves elements to where they take no more memory than they need. Allocators may do nothing for [`Vec::shrink_to_fit`].
pub(super) fn compact<T>(elements: &mut Vec<T>) {
    if elements.capacity() > elements.len() {
        let mut exact = Vec::with_capacity(elements.len());
        exact.append(elements);
        *elements = exact;
    }
}

fn by_reference<V>((key, value): &(String, V)) -> (&String, &V) {
    (key, value)
}

/// The members of an object.
pub(super) type Iter<'a, V> =
    Map<slice::Iter<'a, (String, V)>, fn(&'a (String, V)) -> (&'a String, &'a V)>;

/// The members of an object, with values to be changed.
pub(super) type IterMut<'a, V> =
    Map<slice::IterMut<'a, (String, V)>, fn(&'a mut (String, V)) -> (&'a String, &'a mut V)>;

impl<V: fmt::Debug> fmt::Debug for Members<V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self).finish()
    }
}

impl<V: PartialEq> PartialEq for Members<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<'a, V> IntoIterator for &'a Members<V> {
    type Item = (&'a String, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<'a, V> IntoIterator for &'a mut Members<V> {
    type Item = (&'a String, &'a mut V);
    type IntoIter = IterMut<'a, V>;

    fn into_iter(self) -> IterMut<'a, V> {
        self.iter_mut()
    }
}

impl<V> IntoIterator for Members<V> {
    type Item = (String, V);
    type IntoIter = vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<V> Extend<(String, V)> for Members<V> {
    fn extend<T: IntoIterator<Item = (String, V)>>(&mut self, members: T) {
        for (key, value) in members {
            self.insert(key, value);
        }
    }
}

impl<V> FromIterator<(String, V)> for Members<V> {
    fn from_iter<T: IntoIterator<Item = (String, V)>>(members: T) -> Self {
        let members = members.into_iter();
        let mut object = Self::with_capacity(members.size_hint().0);
        object.extend(members);
        object
    }
}

impl<V> Default for Members<V> {
    fn default() -> Self {
        Self::new()
    }
}
