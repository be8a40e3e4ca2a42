//! Which of several dynamic anchors of one name a reference means.
//!
//! By JSON Schema it is that of the outermost resource on the way to the reference. That is the resource of the reference where no other one
//! with such an anchor leads there. A schema among the components is read like a resource if it has no identifier.

use std::collections::{BTreeMap, BTreeSet};

use super::walk;
use crate::diagnostic::Pointer;
use crate::openapi::{Holds, Kind, OpenApi, component_schema_name};
use crate::source::{Allowance, Value, reference_target};

/// The resources of a document, and which refer to which.
pub(super) struct Scopes {
    resources: BTreeSet<Pointer>,
    leads_to: BTreeMap<Pointer, BTreeSet<Pointer>>,
    /// The anchors of each name that references of a resource mean.
    meant: BTreeMap<String, Option<BTreeMap<Pointer, Pointer>>>,
    /// How often the way from a resource to another one may be gone.
    steps: Allowance,
}

impl Scopes {
    /// Reads which resources refer to which. Each reference is a pointer from the root.
    pub(super) fn new(resources: impl Iterator<Item = Pointer>, root: &mut Value) -> Self {
        let mut finder = Finder::default();
        walk::walk(root, OpenApi::SHAPE, &mut finder);
        let mut scopes = Self {
            resources: resources.filter(|one| *one != Pointer::root()).collect(),
            leads_to: BTreeMap::new(),
            meant: BTreeMap::new(),
            steps: Allowance::new(1_000_000, 100),
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
            if component_schema_name(&pointer).is_some() || self.resources.contains(&pointer) {
                return pointer;
            }
            ancestor = pointer.parent();
        }
        Pointer::root()
    }

    /// Returns the anchor of a name that a reference means, of all those of this name.
    pub(super) fn anchor(
        &mut self,
        root: &Value,
        reference: &Pointer,
        name: &str,
        anchors: &[Pointer],
    ) -> Result<Pointer, Ambiguity> {
        let scope = self.of(reference);
        let meant = match self.meant.get(name) {
            Some(meant) => meant,
            None => {
                let meant = self.meant_in_each(root, anchors);
                self.meant.entry(name.to_owned()).or_insert(meant)
            }
        };
        match meant {
            None => Err(Ambiguity::TooMany),
            Some(meant) => {
                let anchor = meant.get(&scope).cloned();
                anchor.ok_or(Ambiguity::DependsOnUse)
            }
        }
    }

    /// Returns the anchor that references of each resource mean that has one which no other resource with such an anchor leads to. Returns
    /// `None` where so many lead to one another that the search would not be in proportion to the document.
    fn meant_in_each(
        &mut self,
        root: &Value,
        anchors: &[Pointer],
    ) -> Option<BTreeMap<Pointer, Pointer>> {
        let mut own: BTreeMap<Pointer, Vec<&Pointer>> = BTreeMap::new();
        for anchor in anchors {
            own.entry(self.of(anchor)).or_default().push(anchor);
        }
        // For each resource, up to two of those that lead there: one of two is another than itself.
        let mut leading: BTreeMap<&Pointer, Vec<&Pointer>> = BTreeMap::new();
        let mut waiting: Vec<(&Pointer, &Pointer)> = own.keys().map(|one| (one, one)).collect();
        while let Some((scope, from)) = waiting.pop() {
            let known = leading.entry(scope).or_default();
            if known.len() == 2 || known.contains(&from) {
                continue;
            }
            known.push(from);
            let next = self.leads_to.get(scope);
            if !self.steps.take(1 + next.map_or(0, BTreeSet::len), root) {
                return None;
            }
            waiting.extend(next.into_iter().flatten().map(|next| (next, from)));
        }
        let is_outermost = |scope: &Pointer| {
            let mut known = leading.get(scope).into_iter().flatten();
            known.all(|from| *from == scope)
        };
        let meant = own.iter().filter_map(|(scope, own)| match own.as_slice() {
            [only] if is_outermost(scope) => Some((scope.clone(), (*only).clone())),
            _ => None,
        });
        Some(meant.collect())
    }
}

/// Why it is not known which anchor a reference means.
pub(super) enum Ambiguity {
    /// It depends on what leads there.
    DependsOnUse,
    /// So many resources lead to one another that it was not looked for.
    TooMany,
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
