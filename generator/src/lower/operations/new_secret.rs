//! Where the secret is in an operation's responses.

use std::collections::BTreeSet;

use crate::diagnostic::Pointer;
use crate::model::{ContentKind, Operation, SuccessResponse, TypeDef, TypeId, TypeKind, TypeRef};

/// JSON pointer of the secret: the one that `x-credential` names, or else the only place of the documented responses that holds one.
/// `None` where there are several, or where it is an item of a list or map.
pub(super) fn pointer(operation: &Operation, types: &[TypeDef]) -> Option<Pointer> {
    let effect = operation.credential_effect.as_ref();
    if let Some(pointer) = effect.and_then(|effect| effect.secret.as_ref()) {
        return Some(pointer.clone());
    }
    let mut search = Search {
        types,
        entered: Vec::new(),
        found: BTreeSet::new(),
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
    let mut found = search.found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

struct Search<'a> {
    types: &'a [TypeDef],
    /// The types that lead here, so that the search ends.
    entered: Vec<TypeId>,
    found: BTreeSet<Pointer>,
}

impl Search<'_> {
    fn enter(&mut self, reference: &TypeRef, pointer: &Pointer) {
        match reference.non_null(self.types) {
            TypeRef::Secret => {
                self.found.insert(pointer.clone());
            }
            TypeRef::Named(id) if !self.entered.contains(id) => {
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
