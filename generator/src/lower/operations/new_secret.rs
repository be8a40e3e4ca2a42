//! Where the secret is in an operation's responses.

use std::collections::BTreeSet;

use crate::diagnostic::Pointer;
use crate::model::{ContentKind, Operation, SuccessResponse, TypeDef, TypeId, TypeKind, TypeRef};

/// How deep a secret is looked for.
const MAX_DEPTH: usize = 64;

/// How many types are looked into: one that many lead to is met on every way.
const MAX_STEPS: usize = 10_000;

/// JSON pointer of the secret: the one that `x-credential` names, or else the only place of the documented responses that holds one.
/// `None` where there are several, where it is an item of a list or map, or where the types are so many that it can't be said.
pub(super) fn pointer(operation: &Operation, types: &[TypeDef]) -> Option<Pointer> {
    let effect = operation.credential_effect.as_ref();
    if let Some(pointer) = effect.and_then(|effect| effect.secret.as_ref()) {
        return Some(pointer.clone());
    }
    let mut search = Search {
        types,
        entered: Vec::new(),
        found: BTreeSet::new(),
        left: MAX_STEPS,
    };
    let contents = operation
        .successes
        .iter()
        .filter_map(|response: &SuccessResponse| response.content.as_ref());
    for content in contents {
        if let ContentKind::Json(reference) = &content.kind {
            search.enter(reference, &Pointer::root());
        }
    }
    let is_searched = search.left > 0;
    let mut found = search.found.into_iter().filter(|_| is_searched);
    found.next().filter(|_| found.next().is_none())
}

struct Search<'a> {
    types: &'a [TypeDef],
    /// The types that lead here, so that the search ends.
    entered: Vec<TypeId>,
    found: BTreeSet<Pointer>,
    /// How many types may still be entered.
    left: usize,
}

impl Search<'_> {
    fn enter(&mut self, reference: &TypeRef, pointer: &Pointer) {
        match reference.non_null(self.types) {
            TypeRef::Secret => {
                self.found.insert(pointer.clone());
            }
            // With two, the search is over.
            TypeRef::Named(id) if !self.entered.contains(id) && self.found.len() < 2 => {
                self.left = match self.entered.len() < MAX_DEPTH {
                    true => self.left.saturating_sub(1),
                    false => 0,
                };
                if self.left == 0 {
                    return;
                }
                self.entered.push(*id);
                self.enter_type(*id, pointer);
                self.entered.pop();
            }
            _ => {}
        }
    }

    fn enter_type(&mut self, id: TypeId, pointer: &Pointer) {
        let Some(definition) = self
            .types
            .get(id.index())
            .filter(|kind| kind.reaches_secret)
        else {
            return;
        };
        match &definition.kind {
            TypeKind::Record(record) => {
                for field in &record.fields {
                    self.enter(&field.type_ref, &pointer.key(&field.wire_name));
                }
            }
            TypeKind::Union(union) => {
                for variant in &union.variants {
                    self.enter(&variant.type_ref, pointer);
                }
            }
            _ => {}
        }
    }
}
