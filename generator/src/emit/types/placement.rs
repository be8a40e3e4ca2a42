//! The file of each type.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Group, TypeDef, TypeId, TypeRef};

/// The file of types that several groups reach, or none.
const SHARED: &str = "shared";

/// Returns the types by file, in the order of emission.
pub(super) fn by_file(api: &Api) -> BTreeMap<String, Vec<&TypeDef>> {
    let reached: Vec<(&Group, BTreeSet<TypeId>)> = api
        .groups
        .iter()
        .map(|group| (group, reached_types(api, group)))
        .collect();
    let mut files: BTreeMap<String, Vec<&TypeDef>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        let mut groups = reached
            .iter()
            .filter(|(_, types)| types.contains(&TypeId::new(index)));
        let file = match (groups.next(), groups.next()) {
            (Some((only, _)), None) => only.name.file_stem(),
            _ => SHARED,
        };
        files.entry(file.to_owned()).or_default().push(definition);
    }
    files
}

/// Returns the documentation of a file.
pub(super) fn about(file: &str) -> String {
    if file == SHARED {
        "Types that several groups of operations use.".to_owned()
    } else {
        format!("Types of the operations in [`{file}`](crate::operations::{file}).")
    }
}

/// Returns every type that the operations of a group mention, and those that these mention.
fn reached_types(api: &Api, group: &Group) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<TypeId> = Vec::new();
    for operation in &group.operations {
        operation
            .type_refs()
            .for_each(|reference| note(reference, &mut waiting));
        waiting.extend(operation.body.as_ref().and_then(|body| body.record()));
    }
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            let definition = api.type_def(id).into_iter();
            definition
                .flat_map(TypeDef::type_refs)
                .for_each(|reference| note(reference, &mut waiting));
        }
    }
    reached
}

fn note(reference: &TypeRef, waiting: &mut Vec<TypeId>) {
    waiting.extend(reference.named());
}
