//! Where the secret is in an operation's responses.

use std::collections::BTreeSet;

use crate::model::{ContentKind, Operation, SuccessResponse, TypeDef, TypeId, TypeKind, TypeRef};

/// JSON pointer of the secret: the one that `x-credential` names, or else the only place of the documented responses that holds one.
/// `None` where there are several, or where it is an item of a list or map.
pub(super) fn pointer(operation: &Operation, types: &[TypeDef]) -> Option<String> {
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
            search.enter(reference, "");
        }
    }
    let mut found = search.found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

struct Search<'a> {
    types: &'a [TypeDef],
    /// The types that lead here, so that the search ends.
    entered: Vec<TypeId>,
    found: BTreeSet<String>,
}

impl Search<'_> {
    fn enter(&mut self, reference: &TypeRef, pointer: &str) {
        match reference {
            TypeRef::Secret => {
                self.found.insert(pointer.to_owned());
            }
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.enter(inner, pointer),
            TypeRef::Named(id) if !self.entered.contains(id) => {
                self.entered.push(*id);
                self.enter_type(*id, pointer);
                self.entered.pop();
            }
            _ => {}
        }
    }

    fn enter_type(&mut self, id: TypeId, pointer: &str) {
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
                    let name = field.wire_name.replace('~', "~0").replace('/', "~1");
                    self.enter(&field.type_ref, &format!("{pointer}/{name}"));
                }
            }
            TypeKind::Union(union) => {
                for variant in &union.variants {
                    self.enter(&variant.type_ref, pointer);
                }
            }
            TypeKind::Alias(alias) => self.enter(&alias.target, pointer),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => {}
        }
    }
}
