//! The selector that was most likely meant.

use super::operations::Operation;
use super::selector::{Kind, Selector};
use crate::diagnostic;

/// Returns the selector of the same kind that matches an operation and resembles the given one most.
pub(super) fn nearest(selector: &Selector, operations: &[Operation<'_>]) -> Option<Selector> {
    let names: Vec<&str> = match selector.kind {
        Kind::Tag => operations
            .iter()
            .flat_map(|found| found.tags.iter().copied())
            .collect(),
        Kind::Path => operations.iter().filter_map(|found| found.path).collect(),
        Kind::Operation => operations.iter().filter_map(|found| found.id).collect(),
    };
    let wanted = selector.pattern.replace('*', "");
    Some(Selector {
        kind: selector.kind,
        pattern: diagnostic::nearest(&wanted, names.into_iter())?.to_owned(),
    })
}
