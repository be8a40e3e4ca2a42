//! References follow what the pass has moved.

use std::collections::BTreeMap;

use super::walk;
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Value, reference_target};

/// Where nodes were, and where they are.
#[derive(Debug, Default)]
pub(super) struct Moves {
    moves: BTreeMap<Pointer, Pointer>,
}

impl Moves {
    pub(super) fn add(&mut self, from: Pointer, to: Pointer) {
        self.moves.insert(from, to);
    }

    /// Where a node is now, if it was moved or is in one that was.
    fn target(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut ancestor = pointer.clone();
        loop {
            if let Some(to) = self.moves.get(&ancestor) {
                let moved = to.join(&pointer.strip_prefix(&ancestor)?);
                // What was moved may have been in something that was moved too.
                return Some(self.target(&moved).unwrap_or(moved));
            }
            ancestor = ancestor.parent()?;
        }
    }

    /// Corrects each reference to what was moved.
    pub(super) fn follow(&self, root: &mut Value) {
        if !self.moves.is_empty() {
            let mut follower = Follower(self);
            walk::walk(root, OpenApi::SHAPE, &mut follower);
        }
    }
}

struct Follower<'a>(&'a Moves);

impl Follower<'_> {
    fn correct(&self, reference: &mut Value) {
        let target = reference
            .as_str()
            .and_then(reference_target)
            .and_then(|pointer| self.0.target(&pointer));
        if let Some(target) = target {
            *reference = make::text(reference.origin(), format!("#{target}"));
        }
    }
}

impl walk::Visitor for Follower<'_> {
    fn leave(&mut self, value: &mut Value, kind: Kind, _pointer: &Pointer) {
        let Some(members) = value.as_object_mut() else {
            return;
        };
        if let Some(reference) = members.get_mut("$ref") {
            self.correct(reference);
        }
        if kind == Kind::Discriminator {
            if let Some(mapping) = members.get_mut("mapping").and_then(Value::as_object_mut) {
                mapping.values_mut().for_each(|target| self.correct(target));
            }
            if let Some(target) = members.get_mut("defaultMapping") {
                self.correct(target);
            }
        }
    }
}
