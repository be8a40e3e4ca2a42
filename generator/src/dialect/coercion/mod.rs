//! Reads what was plainly meant where a document has something else: a number in quotes, a type in capitals, the keywords of a schema beside
//! a parameter. [`check`](super::check) has reported each of them, and dropped those of which nothing is plain.
//!
//! The document keeps the words of its version.

mod misplaced;
mod number;
mod parameter;
mod schema;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeSet;

use crate::diagnostic::Pointer;
use crate::openapi::{Holds, Kind, ObjectDefinition, OpenApi, Presence, Shape, Version, object_at};
use crate::source::{Data, Document, Value, reference_target};

pub(super) use misplaced::{belongs_into_schema, has_misplaced_schema, meant_schema};
pub(super) use number::{meant_as, meant_as_bound, readable};
pub(super) use schema::{is_type, meant_type};
pub(super) use value::{meant_value, text};

/// Reads the values of a checked document as what was meant.
pub(super) fn coerce(document: &mut Document, version: Version) {
    let mut pass = Pass {
        version,
        references: Vec::new(),
    };
    pass.value(document.value_mut(), OpenApi::SHAPE);
    // What references lead to outside of the specification's places is what they need.
    let mut known: BTreeSet<Pointer> = BTreeSet::new();
    while let Some((pointer, definition)) = pass.references.pop() {
        let is_new = known.insert(pointer.clone());
        if !is_new || pointer.is_root() || object_at(&pointer, version).is_some() {
            continue;
        }
        if let Some(mut target) = document.get(&pointer).cloned() {
            pass.value(&mut target, Shape::Reference(definition));
            document.set(&pointer, target);
        }
    }
}

type Definition = fn() -> &'static ObjectDefinition;

/// The state of the pass.
struct Pass {
    version: Version,
    /// What references lead to.
    references: Vec<(Pointer, Definition)>,
}

impl Pass {
    fn value(&mut self, value: &mut Value, shape: Shape) {
        if let Some(meant) = value::meant_value(value, shape, self.version) {
            *value = Value::new(value.origin(), meant);
        }
        match (shape, value.data_mut()) {
            (Shape::List(element), Data::Array(elements)) => {
                for value in elements {
                    self.value(value, *element);
                }
            }
            (Shape::Map(entry), Data::Object(entries)) => {
                for value in entries.values_mut() {
                    self.value(value, *entry);
                }
            }
            (Shape::Object(definition), Data::Object(_)) => self.object(value, definition()),
            (Shape::Reference(definition) | Shape::OrBoolean(definition), Data::Object(_)) => {
                let kind = definition().kind;
                let target = value.get("$ref").and_then(Value::as_str);
                self.references.extend(
                    target
                        .and_then(reference_target)
                        .map(|pointer| (pointer, definition)),
                );
                // What is beside a reference holds in a path item, and in a schema of JSON Schema.
                let holds = match kind {
                    Kind::PathItem => true,
                    Kind::Schema => self.version.has_json_schema(),
                    _ => false,
                };
                if target.is_none() || holds {
                    self.object(value, definition());
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, value: &mut Value, definition: &'static ObjectDefinition) {
        let origin = value.origin();
        let Some(members) = value.as_object_mut() else {
            return;
        };
        for (key, value) in members.iter_mut() {
            if let Some(shape) = self.shape_of(key, definition) {
                self.value(value, shape);
            }
        }
        for (field, presence) in definition.fields(self.version) {
            if presence == Presence::Defaulted && !members.contains_key(field.name) {
                let empty = Value::new(origin, field.shape.empty(self.version));
                members.insert(field.name.to_owned(), empty);
            }
        }
        match definition.kind {
            Kind::Schema => schema::coerce(members, self.version),
            Kind::Parameter | Kind::Header | Kind::Items => {
                if self.version == Version::Swagger2 {
                    schema::coerce(members, self.version);
                }
                parameter::coerce(members, definition, origin, self.version);
            }
            _ => {}
        }
    }

    /// What a member holds: what it holds in the declared version, or else in the one that has it first.
    fn shape_of(&self, key: &str, definition: &ObjectDefinition) -> Option<Shape> {
        if let Some((field, _)) = definition.field(key, self.version) {
            return Some(field.shape);
        }
        if let Some((shape, _)) = definition.patterned_field(key, self.version) {
            return Some(shape);
        }
        let later = definition.field_of_any_version(key)?;
        Some(later.shape)
    }
}
