//! What happens to a schema, in order.

use super::walk::Visitor;
use super::{Members, Pass, arrays, bounds, constants, contents, media_types, objects, parameters};
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::openapi::Kind;
use crate::source::{Data, Origin, Value, member};

/// Keywords that name or describe a schema for other tools.
const WITHOUT_MEANING: &[&str] = &[
    "$schema",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$comment",
];

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
        member(self.members, keyword)
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

impl Visitor for Pass<'_> {
    fn enter(&mut self, value: &mut Value, kind: Kind, _pointer: &Pointer) {
        if kind == Kind::Schema
            && let Some(members) = value.as_object_mut()
        {
            arrays::read_earlier_drafts(members);
            objects::read_earlier_drafts(members);
        }
    }

    fn leave(&mut self, value: &mut Value, kind: Kind, pointer: &Pointer) {
        if parameters::is_described_beside_reference(kind) {
            self.texts_beside_reference(value);
        }
        match kind {
            Kind::Schema => self.schema(value, pointer),
            Kind::MediaType => media_types::media_type(self, value, pointer),
            Kind::Parameter => self.parameter(value, pointer),
            _ => {}
        }
    }
}

impl Pass<'_> {
    fn schema(&mut self, value: &mut Value, pointer: &Pointer) {
        let origin = value.origin();
        let members = match value.data_mut() {
            Data::Bool(true) => {
                *value = make::empty(origin);
                return;
            }
            Data::Bool(false) => {
                *value = make::never(origin);
                return;
            }
            Data::Object(members) => members,
            _ => return,
        };
        let mut schema = Schema {
            members,
            origin,
            pointer,
        };
        self.schema_dialect(schema.get("$schema"), &pointer.key("$schema"));
        for keyword in WITHOUT_MEANING {
            schema.take(keyword);
        }
        self.definitions.take(&mut schema);
        self.siblings(&mut schema);
        constants::constants(&mut schema);
        constants::examples(&mut schema);
        bounds::bounds(&mut schema);
        contents::contents(self, &mut schema);
        arrays::arrays(self, &mut schema);
        objects::objects(self, &mut schema);
        self.conditions(&mut schema);
        // What is said of values of one type goes with it, so it has to be in the normal form.
        self.types(&mut schema);
        objects::compositions(&mut schema);
    }
}
