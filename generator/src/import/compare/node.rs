//! A node of a description, read without regard to what it should be.

use std::borrow::Cow;

use crate::diagnostic::Pointer;
use crate::openapi::component_schema_name;
use crate::source::{Value, resolve};

/// A node and its pointer.
#[derive(Debug, Clone)]
pub(super) struct RawNode<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: Pointer,
}

impl<'a> RawNode<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self {
            value,
            pointer: Pointer::root(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            value: self.value.get(key)?,
            pointer: self.pointer.key(key),
        })
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    pub(super) fn members(&self) -> Vec<(&'a str, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        let members = members.map(|(key, value)| {
            let pointer = self.pointer.key(key);
            (key.as_str(), Self { value, pointer })
        });
        members.collect()
    }

    /// Returns the members of a member; none where it has no such object.
    pub(super) fn members_of(&self, key: &str) -> Vec<(&'a str, Self)> {
        self.get(key).map(|node| node.members()).unwrap_or_default()
    }

    pub(super) fn elements(&self) -> Vec<Self> {
        let elements = self.value.as_array().unwrap_or_default().iter();
        let elements = elements.enumerate().map(|(index, value)| Self {
            value,
            pointer: self.pointer.index(index),
        });
        elements.collect()
    }

    pub(super) fn elements_of(&self, key: &str) -> Vec<Self> {
        self.get(key)
            .map(|node| node.elements())
            .unwrap_or_default()
    }

    /// Returns what its references lead to, or the node itself where they lead nowhere.
    pub(super) fn resolved(&self, root: &'a Value) -> Self {
        match resolve(root, &self.pointer) {
            Some((pointer, value)) => Self { value, pointer },
            None => self.clone(),
        }
    }

    /// Whether a member is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        let flag = self.value.get(key).and_then(Value::as_bool);
        flag.unwrap_or_default()
    }

    /// Whether it is a `$ref`.
    pub(super) fn is_reference(&self) -> bool {
        self.text("$ref").is_some()
    }

    /// Returns the name of the schema component that it is, if it is one.
    pub(super) fn component(&self) -> Option<String> {
        component_schema_name(&self.pointer).map(Cow::into_owned)
    }
}
