//! What references lead to where the specification has no place for it, such as a path item below an `x-` member: it is read as what
//! the reference needs.

use std::collections::BTreeMap;

use super::grammar::{Grammar, Shape, grammar_below, is_described};
use super::reference::Target;
use super::walk::{Context, Loss, Verdict, Walker};
use crate::diagnostic::Pointer;

/// The objects outside of the specification's places, each with its kind.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    kinds: BTreeMap<Pointer, &'static Grammar>,
}

impl Foreign {
    /// The kind of an object that a reference leads to, or that stands in such an object.
    pub(super) fn grammar_at(&self, pointer: &Pointer) -> Option<&'static Grammar> {
        let mut known = pointer.clone();
        loop {
            if let Some(grammar) = self.kinds.get(&known) {
                let below = pointer.segments().skip(known.segments().count());
                return grammar_below(grammar, below);
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
            let is_known = is_described(&pointer) || self.foreign.grammar_at(&pointer).is_some();
            if is_known || node.as_object().is_none() {
                continue;
            }
            self.foreign.kinds.insert(pointer.clone(), expected);
            let outer = std::mem::replace(&mut self.pointer, pointer);
            let context = Context {
                owner: expected,
                loss: Loss::Entry,
            };
            if self.value(node, Shape::Reference(expected), context) == Verdict::Cut {
                self.edits.remove(self.pointer.clone());
            }
            self.pointer = outer;
        }
    }
}
