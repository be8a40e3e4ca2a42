//! What references lead to where the specification has no place for it, such as a path item below an `x-` member: it is read as what
//! the reference needs.

use std::collections::BTreeMap;

use super::walk::{Context, RemovalScope, Verdict, Walker};
use crate::diagnostic::Pointer;
use crate::openapi::{ObjectDefinition, OpenApi, Shape, SpecObject, Version};
use crate::source::Target;

/// The objects outside of the specification's places, each with its kind.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    kinds: BTreeMap<Pointer, &'static ObjectDefinition>,
}

impl Foreign {
    /// The kind of an object that a reference leads to, or that stands in such an object.
    pub(super) fn object_at(
        &self,
        pointer: &Pointer,
        version: Version,
    ) -> Option<&'static ObjectDefinition> {
        let mut known = pointer.clone();
        loop {
            if let Some(definition) = self.kinds.get(&known) {
                let below = pointer.segments().skip(known.segments().count());
                return match known == *pointer {
                    true => Some(definition),
                    false => definition.below(below, version)?.object(),
                };
            }
            known = known.parent()?;
        }
    }
}

impl Walker<'_, '_> {
    /// Walks the targets of references that no walk came by, and those of the references in them.
    pub(super) fn foreign_targets(&mut self) {
        let mut next = 0;
        while let Some(reference) = self.references.get(next) {
            next += 1;
            let Target::Local(pointer) = reference.local_target() else {
                continue;
            };
            let expected = reference.expected;
            let Some(node) = self.root.pointer(&pointer) else {
                continue;
            };
            let is_known = is_described(&pointer, self.version)
                || self.foreign.object_at(&pointer, self.version).is_some();
            let Some(members) = node.as_object().filter(|_| !is_known) else {
                continue;
            };
            self.foreign.kinds.insert(pointer.clone(), expected);
            let outer = std::mem::replace(&mut self.pointer, pointer);
            let context = Context {
                owner: expected,
                loss: RemovalScope::Entry,
            };
            if self.reference_or_object(members, expected, context) == Verdict::Drop {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer = outer;
        }
    }
}

/// Whether the specification describes what stands at a pointer of a document.
fn is_described(pointer: &Pointer, version: Version) -> bool {
    let shape = OpenApi::definition().below(pointer.segments(), version);
    pointer.is_root() || !matches!(shape, None | Some(Shape::Any))
}
