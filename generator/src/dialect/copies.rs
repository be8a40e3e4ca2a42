//! Copies of what many places share, where it can't stay in one place.

use crate::source::{Data, Value};

/// How many bytes of text count as a node.
const BYTES: usize = 64;

/// How much may still be copied.
pub(super) struct Copies {
    left: usize,
}

impl Copies {
    /// Allows copies in proportion to a document.
    pub(super) fn of(root: &Value) -> Self {
        Self {
            left: 20_000_usize.saturating_add(size(root).saturating_mul(4)),
        }
    }

    /// Takes the copies of nodes into account. Returns whether all together are in proportion to the document. After the first that aren't,
    /// none is, and nothing is counted any more.
    pub(super) fn take<'a>(&mut self, originals: impl IntoIterator<Item = &'a Value>) -> bool {
        if self.left > 0 {
            let size: usize = originals.into_iter().map(size).sum();
            self.left = self.left.saturating_sub(size);
        }
        self.left > 0
    }

    /// Whether no further copy may be made.
    pub(super) fn are_exhausted(&self) -> bool {
        self.left == 0
    }
}

fn size(node: &Value) -> usize {
    let mut size = 0;
    node.each(&mut |node| {
        size += match node.data() {
            Data::String(text) => 1 + text.len() / BYTES,
            _ => 1,
        }
    });
    size
}

/// Returns what helps where a place gets no copy.
pub(super) fn remedy() -> &'static str {
    "refer to it from fewer places, or make it smaller"
}
