//! Media types of OpenAPI 3.2.

use super::{Pass, walk};
use crate::diagnostic::{Pointer, codes};
use crate::dialect::copies::{self, Copies};
use crate::dialect::make;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Document, Value, reference_target};

/// How many media types may be in one another, which a header of a part of a form has. One may have itself in it.
const MAX_NESTED: usize = 4;

/// Puts each media type of the components where it is used.
pub(super) fn inline(document: &mut Document, pass: &mut Pass<'_>) {
    let components = Pointer::root().key("components").key("mediaTypes");
    let Some(known) = document.get(&components) else {
        return;
    };
    let mut inliner = Inliner {
        components,
        known: known.clone(),
        copies: Copies::of(document.value()),
        depth: 0,
        pass,
    };
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut inliner);
}

struct Inliner<'a, 'run> {
    components: Pointer,
    known: Value,
    copies: Copies,
    /// How many media types the present node is in.
    depth: usize,
    pass: &'a mut Pass<'run>,
}

impl walk::Visitor for Inliner<'_, '_> {
    fn enter(&mut self, value: &mut Value, kind: Kind, pointer: &Pointer) {
        if kind != Kind::MediaType {
            return;
        }
        self.depth += 1;
        if self.depth > MAX_NESTED {
            return;
        }
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference
            .and_then(reference_target)
            .and_then(|target| target.strip_prefix(&self.components))
            .and_then(|rest| self.known.pointer(&rest));
        let Some(target) = target else {
            return;
        };
        if self.copies.take([target]) {
            *value = target.clone();
            return;
        }
        let message =
            "so many bodies share a large media type that the content of this one may be anything";
        self.pass
            .report(codes::TOO_LARGE, value, pointer, message, copies::remedy());
        *value = make::empty(value.origin());
    }

    fn leave(&mut self, _value: &mut Value, kind: Kind, _pointer: &Pointer) {
        if kind == Kind::MediaType {
            self.depth -= 1;
        }
    }
}

pub(super) fn media_type(pass: &mut Pass<'_>, value: &mut Value, pointer: &Pointer) {
    let Some(members) = value.as_object_mut() else {
        return;
    };
    if let Some(item) = members.shift_remove("itemSchema") {
        let read = match members.contains_key("schema") {
            true => "`schema` is read instead",
            false => "the body is passed as it is",
        };
        pass.report(
            codes::UNSUPPORTED_BODY,
            &item,
            &pointer.key("itemSchema"),
            format!("a body that is a sequence of items has no type yet; {read}"),
            "encode or decode the items where you send or read the body",
        );
    }
}
