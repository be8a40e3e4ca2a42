//! Schemas of elements or members that are written in several places, and of which a value has any.

use indexmap::IndexSet;

use super::moves::Moves;
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::source::{Origin, Value};

/// The keywords that say what a schema is in a word.
const WORDS: &[&str] = &["$ref", "type", "enum"];

/// Schemas of which a value satisfies one, with the places that they were taken from.
#[derive(Default)]
pub(super) struct Alternatives {
    schemas: IndexSet<Value>,
    /// The places, with the positions of their schemas.
    places: Vec<(Pointer, usize)>,
}

impl Alternatives {
    /// Takes the schemas of a keyword's elements or members. What says in a word what they are stays, so that nothing is in the document
    /// twice.
    pub(super) fn take<'a>(&mut self, schemas: impl Iterator<Item = (Pointer, &'a mut Value)>) {
        for (place, schema) in schemas.filter(|(_, schema)| !make::is_never(schema)) {
            let origin = schema.origin();
            let words = WORDS
                .iter()
                .filter_map(|word| Some((*word, schema.get(word)?.clone())));
            let rest = make::object(origin, words.collect::<Vec<_>>());
            let position = self.add(std::mem::replace(schema, rest));
            self.places.push((place, position));
        }
    }

    /// Adds a schema, and returns its position. Equal schemas have one.
    pub(super) fn add(&mut self, schema: Value) -> usize {
        self.schemas.insert_full(schema).0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.schemas.is_empty()
    }

    /// Makes one schema of them for the given place, and remembers where they went.
    pub(super) fn into_schema(mut self, origin: Origin, at: &Pointer, moves: &mut Moves) -> Value {
        let is_single = self.schemas.len() == 1;
        let list = at.key("anyOf");
        for (place, position) in self.places {
            let to = if is_single {
                at.clone()
            } else {
                list.index(position)
            };
            moves.add(place, to);
        }
        match self.schemas.pop() {
            Some(only) if is_single => only,
            last => {
                self.schemas.extend(last);
                let schemas = self.schemas.into_iter().collect();
                make::object(origin, [("anyOf", make::list(origin, schemas))])
            }
        }
    }
}

/// The elements of a list, with their places.
pub(super) fn elements<'a>(
    list: Option<&'a mut Value>,
    pointer: &Pointer,
) -> impl Iterator<Item = (Pointer, &'a mut Value)> {
    let elements = list.and_then(Value::as_array_mut);
    let elements = elements.into_iter().flatten().enumerate();
    elements.map(|(index, element)| (pointer.index(index), element))
}

/// The members of an object, with their places.
pub(super) fn members<'a>(
    object: Option<&'a mut Value>,
    pointer: &Pointer,
) -> impl Iterator<Item = (Pointer, &'a mut Value)> {
    let members = object.and_then(Value::as_object_mut);
    let members = members.into_iter().flatten();
    members.map(|(name, member)| (pointer.key(name), member))
}
