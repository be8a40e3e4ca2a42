//! Limits that grow with the document.

use super::value::Value;

/// How often parts of a document may be repeated. Schemas that share others can say much more than they write: the limit keeps what comes of
/// a document in proportion to its size.
#[derive(Debug)]
pub struct Allowance {
    left: usize,
    for_each_node: usize,
}

impl Allowance {
    /// Allows a number of repetitions for any document, and more for each node that it has.
    #[must_use]
    pub fn new(for_any: usize, for_each_node: usize) -> Self {
        Self {
            left: for_any,
            for_each_node,
        }
    }

    /// Takes a number of repetitions. Returns whether they are allowed; where they aren't, none is taken.
    pub fn take(&mut self, count: usize, root: &Value) -> bool {
        if self.left < count && self.for_each_node > 0 {
            // Few documents come here, so the others need not be counted.
            let more = root.node_count().saturating_mul(self.for_each_node);
            self.left = self.left.saturating_add(more);
            self.for_each_node = 0;
        }
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}
