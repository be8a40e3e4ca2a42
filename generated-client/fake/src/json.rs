//! JSON objects with ordered members, like GitLab's. (serde_json's feature for that would change the maps of every crate in the
//! same build.)

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

/// A JSON value with ordered objects.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Value(Value),
    Array(Vec<Json>),
    Object(Object),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Object {
    members: Vec<(String, Json)>,
}

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a member, or replaces the one of this name in its place.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.members.iter_mut().find(|(other, _)| other == name) {
            Some((_, member)) => *member = value,
            None => self.members.push((name.to_owned(), value)),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.set(name, value);
        self
    }

    /// Adds a member that is an array of objects.
    pub(crate) fn with_objects(
        mut self,
        name: &str,
        objects: impl IntoIterator<Item = Object>,
    ) -> Self {
        self.set(
            name,
            Json::Array(objects.into_iter().map(Json::Object).collect()),
        );
        self
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.members.retain(|(other, _)| other != name);
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Array(items) => items.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, value) in &self.members {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
