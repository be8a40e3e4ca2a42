//! A schema that is an object, with its place.

use super::Members;
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::source::{Origin, Value};

/// A schema that is an object, with its place.
pub(super) struct Schema<'a> {
    pub(super) members: &'a mut Members,
    pub(super) origin: Origin,
    pub(super) pointer: &'a Pointer,
}

impl Schema<'_> {
    pub(super) fn has(&self, keyword: &str) -> bool {
        self.get(keyword).is_some()
    }

    pub(super) fn get(&self, keyword: &str) -> Option<&Value> {
        self.members.get(keyword)
    }

    pub(super) fn take(&mut self, keyword: &str) -> Option<Value> {
        self.get(keyword)?;
        self.members.shift_remove(keyword)
    }

    pub(super) fn put(&mut self, keyword: &str, value: Value) {
        self.members.insert(keyword.to_owned(), value);
    }

    /// The elements of a list, to which more can be added. An absent list is made.
    pub(super) fn list_mut(&mut self, keyword: &str) -> Option<&mut Vec<Value>> {
        let origin = self.origin;
        let list = self.members.entry(keyword.to_owned());
        list.or_insert_with(|| make::list(origin, Vec::new()))
            .as_array_mut()
    }

    /// The members of an object, to which more can be added. An absent object is made.
    pub(super) fn object_mut(&mut self, keyword: &str) -> Option<&mut Members> {
        let origin = self.origin;
        let object = self.members.entry(keyword.to_owned());
        object
            .or_insert_with(|| make::empty(origin))
            .as_object_mut()
    }
}
