//! A place in the document: a value together with the pointer that leads to it.

use crate::diagnostic::Pointer;
use crate::source::{Object, Value};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: Pointer,
}

impl<'a> Node<'a> {
    /// The member `key`, where this is an object that has it.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get(key)?;
        Some(Node {
            value,
            pointer: self.pointer.key(key),
        })
    }

    /// The content of the member `key`, where it is a text.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// Whether the member `key` is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// Whether there is a member `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    pub(super) fn as_object(&self) -> Option<&'a Object> {
        self.value.as_object()
    }

    /// The members of the object that the member `key` is.
    pub(super) fn members(&self, key: &str) -> Vec<(&'a str, Node<'a>)> {
        let Some(node) = self.get(key) else {
            return Vec::new();
        };
        let members = node.value.as_object().into_iter().flatten();
        members
            .map(|(name, value)| {
                let pointer = node.pointer.key(name);
                (name.as_str(), Node { value, pointer })
            })
            .collect()
    }

    /// The elements of the list that the member `key` is.
    pub(super) fn elements(&self, key: &str) -> Vec<Node<'a>> {
        let Some(node) = self.get(key) else {
            return Vec::new();
        };
        let elements = node.value.as_array().unwrap_or_default();
        elements
            .iter()
            .enumerate()
            .map(|(index, value)| Node {
                value,
                pointer: node.pointer.index(index),
            })
            .collect()
    }
}
