//! Media types of OpenAPI 3.2.

use super::{Pass, walk};
use crate::diagnostic::{Pointer, codes};
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Document, Value, reference_target};

/// Puts each media type of the components where it is used.
pub(super) fn inline(document: &mut Document) {
    let components = Pointer::root().key("components").key("mediaTypes");
    let Some(known) = document.get(&components) else {
        return;
    };
    let mut inliner = Inliner {
        components,
        known: known.clone(),
    };
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut inliner);
}

struct Inliner {
    components: Pointer,
    known: Value,
}

impl walk::Visitor for Inliner {
    fn enter(&mut self, value: &mut Value, kind: Kind, _pointer: &Pointer) {
        if kind != Kind::MediaType {
            return;
        }
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference
            .and_then(reference_target)
            .and_then(|target| target.strip_prefix(&self.components))
            .and_then(|rest| self.known.pointer(&rest));
        if let Some(target) = target {
            *value = target.clone();
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
