//! Walks what references lead to where the specification has no place for it.

use super::walk::{Context, Disposition, RemovalScope, Walker};
use crate::diagnostic::Pointer;
use crate::openapi::{OpenApi, Shape, SpecObject as _, Version};
use crate::source::Target;

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
                || self.foreign.is_in_callbacks(&pointer)
                || self.foreign.object_at(&pointer, self.version).is_some();
            let Some(members) = node.as_object().filter(|_| !is_known) else {
                continue;
            };
            self.foreign.add(pointer.clone(), expected);
            let outer = std::mem::replace(&mut self.pointer, pointer);
            let context = Context {
                owner: expected,
                scope: RemovalScope::Entry,
            };
            if self.reference_or_object(members, expected, context) == Disposition::Drop {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer = outer;
        }
    }
}

/// Returns whether the specification describes what is at a pointer of a document.
fn is_described(pointer: &Pointer, version: Version) -> bool {
    let shape = OpenApi::definition().below(pointer.segments(), version);
    pointer.is_root() || !matches!(shape, None | Some(Shape::Any))
}
