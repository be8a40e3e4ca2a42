//! Brings together what one part of the document does to several items: a member of a schema that several types include, or the member of
//! a body, which callers pass to the operation and which is a field of the body's type.

use std::collections::HashMap;

use super::{Change, Kind};
use crate::diagnostic::Pointer;

pub(super) fn merge(list: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::with_capacity(list.len());
    // Where the changes of a pointer and name are in the merged list.
    let mut known: HashMap<(Pointer, String), Vec<usize>> = HashMap::new();
    for change in list {
        let indices = known
            .entry((change.pointer.clone(), change.name.clone()))
            .or_default();
        let first = indices.iter().copied().find(|index| {
            merged
                .get(*index)
                .is_some_and(|first| is_same(first, &change))
        });
        match first.and_then(|index| merged.get_mut(index)) {
            Some(first) => {
                first.verdict = first.verdict.max(change.verdict);
                first.also.push(change.path);
            }
            None => {
                indices.push(merged.len());
                merged.push(change);
            }
        }
    }
    merged
}

fn is_same(first: &Change, change: &Change) -> bool {
    let is_one_part = !change.pointer.is_root()
        && first.pointer == change.pointer
        && first.what == change.what
        && first.name == change.name
        && first.location == change.location;
    is_one_part
        && match (first.kind, change.kind) {
            (Kind::Field, Kind::Field)
            | (Kind::Error, Kind::Error)
            | (Kind::Input, Kind::Input) => {
                first.before == change.before && first.after == change.after
            }
            (Kind::Input, Kind::Field) => true,
            _ => false,
        }
}
