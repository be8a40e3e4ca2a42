//! Walks a document along the tables of OpenAPI's objects.

use crate::diagnostic::Pointer;
use crate::openapi::Version;
use crate::openapi::{Kind, Shape};
use crate::source::{Data, Value};

/// The version whose objects have every field that 3.0, 3.1 and 3.2 know.
const NEWEST: Version = Version::OpenApi32;

/// What happens to each object of a document.
pub(super) trait Visitor {
    /// Sees an object before the objects in it.
    fn enter(&mut self, _value: &mut Value, _kind: Kind, _pointer: &Pointer) {}

    /// Sees an object after the objects in it. The pointer is that of the document before the walk.
    fn leave(&mut self, _value: &mut Value, _kind: Kind, _pointer: &Pointer) {}
}

/// Visits each object of a document.
pub(super) fn walk(root: &mut Value, shape: Shape, visitor: &mut dyn Visitor) {
    visit(root, shape, &mut Pointer::root(), visitor);
}

fn visit(value: &mut Value, shape: Shape, pointer: &mut Pointer, visitor: &mut dyn Visitor) {
    match (shape, value.data_mut()) {
        (Shape::List(inner), Data::Array(elements)) => {
            for (index, element) in elements.iter_mut().enumerate() {
                pointer.push_index(index);
                visit(element, *inner, pointer, visitor);
                pointer.pop();
            }
        }
        (Shape::Map(inner), Data::Object(members)) => {
            for (key, member) in members {
                pointer.push(key);
                visit(member, *inner, pointer, visitor);
                pointer.pop();
            }
        }
        // A boolean here is no schema.
        (Shape::OrBoolean(_), Data::Bool(_)) => {}
        (
            Shape::Object(definition) | Shape::Reference(definition) | Shape::OrBoolean(definition),
            _,
        ) => {
            let kind = definition().kind;
            visitor.enter(value, kind, pointer);
            if let Data::Object(members) = value.data_mut() {
                for (key, member) in members {
                    if let Some(shape) = shape.child(key, NEWEST) {
                        pointer.push(key);
                        visit(member, shape, pointer, visitor);
                        pointer.pop();
                    }
                }
            }
            visitor.leave(value, kind, pointer);
        }
        _ => {}
    }
}
