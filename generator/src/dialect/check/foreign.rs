//! What references lead to where the specification has no place for it, such as a path item below an `x-` member: it is read as what
//! the reference needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Pointer;
use crate::openapi::{ObjectDefinition, Version};

/// The objects outside of the specification's places, each with its kind.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    kinds: BTreeMap<Pointer, &'static ObjectDefinition>,
    /// The callbacks, which are cut.
    callbacks: BTreeSet<Pointer>,
}

impl Foreign {
    pub(super) fn add(&mut self, pointer: Pointer, definition: &'static ObjectDefinition) {
        self.kinds.insert(pointer, definition);
    }

    pub(super) fn add_callbacks(&mut self, pointer: Pointer) {
        self.callbacks.insert(pointer);
    }

    /// Whether a node is in callbacks.
    pub(super) fn is_in_callbacks(&self, pointer: &Pointer) -> bool {
        let mut around = Some(pointer.clone());
        while let Some(pointer) = around.filter(|_| !self.callbacks.is_empty()) {
            if self.callbacks.contains(&pointer) {
                return true;
            }
            around = pointer.parent();
        }
        false
    }

    /// The kind of an object that a reference leads to, or that is in such an object.
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
