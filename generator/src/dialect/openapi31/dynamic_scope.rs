//! Which of several dynamic anchors of one name a reference means.
//!
//! By JSON Schema it is that of the outermost resource on the way to the reference. That is the resource of the reference where no other one
//! with such an anchor leads there. A schema among the components is read like a resource if it has no identifier.

use std::collections::{BTreeMap, BTreeSet};

use super::walk;
use crate::diagnostic::Pointer;
use crate::openapi::Holds;
use crate::openapi::{Kind, OpenApi};
use crate::source::{Value, reference_target};

/// The resources of a document, and which refer to which.
pub(super) struct Scopes {
    resources: BTreeSet<Pointer>,
    leads_to: BTreeMap<Pointer, BTreeSet<Pointer>>,
}

impl Scopes {
    /// Reads which resources refer to which. Each reference is a pointer from the root.
    pub(super) fn new(resources: impl Iterator<Item = Pointer>, root: &mut Value) -> Self {
        let mut finder = Finder::default();
        walk::walk(root, OpenApi::SHAPE, &mut finder);
        let mut scopes = Self {
            resources: resources.filter(|one| *one != Pointer::root()).collect(),
            leads_to: BTreeMap::new(),
        };
        for (from, to) in finder.references {
            scopes.add(scopes.of(&from), scopes.of(&to));
        }
        for resource in scopes.resources.clone() {
            if let Some(around) = resource.parent() {
                scopes.add(scopes.of(&around), resource);
            }
        }
        scopes
    }

    fn add(&mut self, from: Pointer, to: Pointer) {
        self.leads_to.entry(from).or_default().insert(to);
    }

    /// Returns the resource that a node is in, else its schema among the components.
    fn of(&self, node: &Pointer) -> Pointer {
        let mut ancestor = Some(node.clone());
        while let Some(pointer) = ancestor {
            let is_component = pointer
                .parent()
                .is_some_and(|parent| parent == Pointer::root().key("components").key("schemas"));
            if is_component || self.resources.contains(&pointer) {
                return pointer;
            }
            ancestor = pointer.parent();
        }
        Pointer::root()
    }

    /// Returns the anchor that a reference means. Returns `None` if it depends on what leads there.
    pub(super) fn anchor(&self, reference: &Pointer, anchors: &[Pointer]) -> Option<Pointer> {
        let scope = self.of(reference);
        let (own, others): (Vec<_>, Vec<_>) =
            anchors.iter().partition(|anchor| self.of(anchor) == scope);
        let [own] = own.as_slice() else {
            return None;
        };
        let mut others = others.into_iter().map(|other| self.of(other));
        (!others.any(|other| self.reaches(other, &scope))).then(|| (*own).clone())
    }

    fn reaches(&self, from: Pointer, to: &Pointer) -> bool {
        let mut known = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(scope) = waiting.pop() {
            if scope == *to {
                return true;
            }
            let next = self.leads_to.get(&scope).into_iter().flatten();
            waiting.extend(next.filter(|next| !known.contains(*next)).cloned());
            known.insert(scope);
        }
        false
    }
}

/// The references of a document with their targets.
#[derive(Default)]
struct Finder {
    references: Vec<(Pointer, Pointer)>,
}

impl walk::Visitor for Finder {
    fn enter(&mut self, value: &mut Value, _kind: Kind, pointer: &Pointer) {
        let reference = value.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(reference_target) {
            self.references.push((pointer.clone(), target));
        }
    }
}
