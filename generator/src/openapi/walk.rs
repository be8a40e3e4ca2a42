//! A walk along the tables.

use super::definition::{Kind, ObjectDefinition, Shape};
use super::holds::Holds as _;
use super::operation::Callback;
use super::version::Version;
use crate::source::{Data, Object, Value};

/// Returns what a member of an object holds, in whichever version has it, or `None` where the specification has no such member.
#[must_use]
pub fn shape_of_member(
    definition: &ObjectDefinition,
    name: &str,
    version: Version,
) -> Option<Shape> {
    match (definition.kind, name) {
        // Their table leaves them to a rule.
        (Kind::Operation | Kind::Components, "callbacks") => Some(Shape::Map(&Callback::SHAPE)),
        _ => match definition.child(name, version) {
            Some(shape) => Some(shape),
            None => Some(definition.field_of_any_version(name)?.shape),
        },
    }
}

/// Calls a function with each object of the specification in a value of a shape, those inside of others first.
pub fn each_object(
    value: &mut Value,
    shape: Shape,
    version: Version,
    visit: &mut impl FnMut(&mut Object, &'static ObjectDefinition),
) {
    match (shape, value.data_mut()) {
        (Shape::List(inner), Data::Array(elements)) => {
            for element in elements {
                each_object(element, *inner, version, visit);
            }
        }
        (Shape::Map(inner), Data::Object(members)) => {
            for member in members.values_mut() {
                each_object(member, *inner, version, visit);
            }
        }
        (shape, Data::Object(members)) => {
            if let Some(definition) = shape.object() {
                for (name, member) in members.iter_mut() {
                    if let Some(shape) = shape_of_member(definition, name, version) {
                        each_object(member, shape, version, visit);
                    }
                }
                visit(members, definition);
            }
        }
        _ => {}
    }
}
