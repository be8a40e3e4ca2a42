//! Typed views of a tree: a node knows which object it is, and has a method for each of its fields.

use std::marker::PhantomData;

use super::definition::ObjectDefinition;
use super::holds::{Any, Flag, List, Map, Number, Size, SpecObject, Text};
use crate::diagnostic::Pointer;
use crate::source::{Number as SourceNumber, Resolved, Value, follow, reference_target};

/// A node of a document, its pointer, and what the specification has in its place.
#[derive(Debug)]
pub struct Node<'a, T> {
    pub(crate) value: &'a Value,
    pub(crate) pointer: Pointer,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for Node<'_, T> {
    fn clone(&self) -> Self {
        Self::new(self.value, self.pointer.clone())
    }
}

impl<'a, T> Node<'a, T> {
    /// Views a value as what is expected at its pointer.
    #[must_use]
    pub fn new(value: &'a Value, pointer: Pointer) -> Self {
        value.mark_read();
        Self {
            value,
            pointer,
            holds: PhantomData,
        }
    }

    /// The text of its `$ref`, if it is a reference.
    #[must_use]
    pub fn reference(&self) -> Option<&'a str> {
        self.value.get("$ref").and_then(Value::as_str)
    }

    /// The pointer in its `$ref`, if that leads to a node of the same document.
    #[must_use]
    pub fn reference_target(&self) -> Option<Pointer> {
        reference_target(self.reference()?)
    }

    /// Whether it has a `$ref`.
    #[must_use]
    pub fn is_reference(&self) -> bool {
        self.value.get("$ref").is_some()
    }

    /// Returns the node that its `$ref` leads to in the end, or itself where it is no reference. None where a reference leads nowhere.
    #[must_use]
    pub fn resolve(&self, root: &'a Value) -> Option<Self> {
        match follow(root, self.value) {
            Resolved::Itself(_) => Some(self.clone()),
            Resolved::Node(pointer, value) => Some(Self::new(value, pointer)),
            Resolved::Nothing => None,
        }
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.value.as_object().is_some()
    }

    /// Whether it is an object that has no members but these.
    #[must_use]
    pub fn has_only(&self, names: &[&str]) -> bool {
        let members = self.value.as_object();
        members.is_some_and(|members| members.keys().all(|name| names.contains(&name.as_str())))
    }

    /// Returns the field of a name; the tables call this.
    pub(super) fn field<U>(&self, name: &'static str) -> Field<'_, 'a, U> {
        let value = self.value.get(name);
        if let Some(value) = value {
            value.mark_read();
        }
        Field {
            owner: &self.pointer,
            name,
            value,
            holds: PhantomData,
        }
    }

    /// Returns all members.
    pub(super) fn members<U>(&self) -> impl Iterator<Item = (&'a str, Node<'a, U>)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), self.child(name, value)))
    }

    fn child<U>(&self, name: &str, value: &'a Value) -> Node<'a, U> {
        Node::new(value, self.pointer.key(name))
    }
}

impl<'a, T: SpecObject> Node<'a, T> {
    /// The table that describes the node.
    #[must_use]
    pub fn definition(&self) -> &'static ObjectDefinition {
        T::definition()
    }

    /// Returns the members that the table does not know in any version.
    pub fn unknown_fields(&self) -> impl Iterator<Item = (&'a str, Node<'a, Any>)> {
        self.members()
            .filter(|(name, _)| T::definition().field_of_any_version(name).is_none())
    }

    /// Returns the members that the patterned fields of the table accept.
    pub(super) fn patterned<U>(&self) -> impl Iterator<Item = (&'a str, Node<'a, U>)> {
        let patterned = T::definition().patterned.as_ref();
        self.members()
            .filter(move |(name, _)| patterned.is_some_and(|fields| (fields.accepts)(name)))
    }
}

impl<'a> Node<'a, Text> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        self.value.as_str()
    }
}

impl<'a, T> Node<'a, List<T>> {
    /// Returns the elements; none where it is no list.
    pub fn elements(&self) -> impl Iterator<Item = Node<'a, T>> + use<'a, T> {
        elements(self.value, self.pointer.clone())
    }
}

impl<'a, T> Node<'a, Map<T>> {
    /// Returns the members; none where it is no object.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Node<'a, T>)> + use<'a, T> {
        entries(self.value, self.pointer.clone())
    }
}

fn elements<'a, T>(
    list: &'a Value,
    pointer: Pointer,
) -> impl Iterator<Item = Node<'a, T>> + use<'a, T> {
    let elements = list.as_array().unwrap_or_default();
    elements
        .iter()
        .enumerate()
        .map(move |(index, value)| Node::new(value, pointer.index(index)))
}

fn entries<'a, T>(
    map: &'a Value,
    pointer: Pointer,
) -> impl Iterator<Item = (&'a str, Node<'a, T>)> + use<'a, T> {
    let members = map.as_object().into_iter().flatten();
    members.map(move |(name, value)| (name.as_str(), Node::new(value, pointer.key(name))))
}

/// A field of a node, whether the document has it or not.
#[derive(Debug)]
pub struct Field<'n, 'a, T> {
    owner: &'n Pointer,
    name: &'static str,
    value: Option<&'a Value>,
    holds: PhantomData<fn() -> T>,
}

impl<'a, T> Field<'_, 'a, T> {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the document has the field.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.value.is_some()
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// The pointer, whether the document has the field or not.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        self.owner.key(self.name)
    }

    /// The node.
    #[must_use]
    pub fn node(&self) -> Option<Node<'a, T>> {
        Some(Node::new(self.value?, self.pointer()))
    }

    /// Whether the value is `false`.
    #[must_use]
    pub fn is_false(&self) -> bool {
        self.value.and_then(Value::as_bool) == Some(false)
    }
}

impl<'a> Field<'_, 'a, Text> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        self.value?.as_str()
    }
}

impl Field<'_, '_, Flag> {
    /// The value, if the document has one.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        self.value?.as_bool()
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.flag() == Some(true)
    }
}

impl<'a> Field<'_, 'a, Number> {
    /// The number.
    #[must_use]
    pub fn number(&self) -> Option<&'a SourceNumber> {
        self.value?.as_number()
    }
}

impl<'a> Field<'_, 'a, Size> {
    /// The number.
    #[must_use]
    pub fn number(&self) -> Option<&'a SourceNumber> {
        self.value?.as_number()
    }
}

impl<'a, T> Field<'_, 'a, List<T>> {
    /// Returns the elements; none where the document has no list.
    pub fn elements(&self) -> impl Iterator<Item = Node<'a, T>> + use<'a, T> {
        self.value
            .map(|list| elements(list, self.pointer()))
            .into_iter()
            .flatten()
    }
}

impl<'a, T> Field<'_, 'a, Map<T>> {
    /// Returns the members; none where the document has no object.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Node<'a, T>)> + use<'a, T> {
        self.value
            .map(|map| entries(map, self.pointer()))
            .into_iter()
            .flatten()
    }

    /// Returns the member of a name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<Node<'a, T>> {
        let value = self.value?.as_object()?.get(name)?;
        Some(Node::new(value, self.pointer().key(name)))
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let members = self.value.and_then(Value::as_object);
        members.map_or(0, |members| members.len())
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
