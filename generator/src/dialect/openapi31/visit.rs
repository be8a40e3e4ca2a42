//! What happens to each schema, in order, and to the objects around it.

use super::schema::Schema;
use super::walk::Visitor;
use super::{
    Pass, arrays, bounds, conditional, constants, contents, media_types, objects, parameters,
};
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::openapi::Kind;
use crate::source::{Data, Value};

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
        conditional::lift(&mut schema);
        // Keywords about values of one type move with it, so they have to be in the normal form.
        self.types(&mut schema);
        objects::compositions(&mut schema);
    }
}
