//! What every part of lowering needs: the document, a way to follow references, and a place for diagnostics.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;

use super::node::Node;
use crate::diagnostic::{Code, Diagnostics, Pointer, Severity};
use crate::dialect::check;
use crate::source::Document;

/// How deep schemas may contain one another without a named type between them.
pub(super) const MAX_DEPTH: usize = 100;

/// The inputs of lowering, and its diagnostics.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) openapi: &'a OpenAPI,
    diagnostics: &'a mut Diagnostics,
    reported: BTreeSet<(Code, Pointer)>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        document: &'a Document,
        openapi: &'a OpenAPI,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            document,
            openapi,
            diagnostics,
            reported: BTreeSet::new(),
        }
    }

    /// Adds a diagnostic. A node that many places refer to is reported once for each code.
    pub(super) fn report(
        &mut self,
        severity: Severity,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.reported.insert((code, pointer.clone())) {
            self.diagnostics
                .push(severity, code, pointer, message, help);
        }
    }

    /// The node at a pointer.
    pub(super) fn node(&self, pointer: Pointer) -> Option<Node<'a>> {
        let value = self.document.get(&pointer)?;
        Some(Node { value, pointer })
    }

    /// The node that a `$ref` leads to in the end, or the node itself where it is no reference. In a checked document every reference leads
    /// somewhere.
    pub(super) fn resolve(&self, node: &Node<'a>) -> Option<Node<'a>> {
        if !node.has("$ref") {
            return Some(node.clone());
        }
        let (pointer, value) = check::resolve(self.document.value(), &node.pointer)?;
        Some(Node { value, pointer })
    }
}
