//! What every part of lowering needs: the document, a way to follow references, and a place for diagnostics.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostics, Pointer, Rated, codes};
use crate::openapi::{Field, Node, OpenApi, Text};
use crate::source::{Allowance, Document};

/// How deep schemas may contain one another without a named type between them.
pub(super) const MAX_DEPTH: usize = 100;

/// How many bytes a text may have that is written wherever something refers to it.
const LONG: usize = 256;

/// What keeps schemas from multiplying the document.
const SHARE: &str = "let fewer schemas extend others; one can have another as a property instead";

/// Returns a description that many places may share, for one of them.
pub(super) fn shared<'a>(
    context: &mut Context<'a>,
    description: &Field<'_, 'a, Text>,
) -> Option<&'a str> {
    let text = description.text()?;
    context.shared_text(&description.pointer(), || text)
}

/// The inputs of lowering, and its diagnostics.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    reported: BTreeSet<(Code, Pointer)>,
    /// The schemas of chains that are too long.
    chains: BTreeSet<Pointer>,
    /// How often schemas may be extended.
    extensions: Allowance,
    /// How many fields all types may have.
    fields: Allowance,
    /// How many bytes of long texts may be written once more.
    texts: Allowance,
    /// The places of long texts that have been written, and whether they may be once more.
    written: HashMap<Pointer, bool>,
}

impl<'a> Context<'a> {
    pub(super) fn new(document: &'a Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            diagnostics,
            reported: BTreeSet::new(),
            chains: BTreeSet::new(),
            extensions: Allowance::new(1_000_000, 100),
            fields: Allowance::new(20_000, 1),
            texts: Allowance::new(1_000_000, 100),
            written: HashMap::new(),
        }
    }

    /// Adds a diagnostic. A node that many places refer to is reported once for each code.
    pub(super) fn report(
        &mut self,
        code: impl Into<Rated>,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let rated = code.into();
        if self.reported.insert((rated.code, pointer.clone())) {
            let place = self.document.place(pointer);
            self.diagnostics.push(rated, &place, message, help);
        }
    }

    /// Reports that too many schemas extend one another, of which these are some. A chain of them is reported once.
    pub(super) fn report_long_chain(&mut self, pointer: &Pointer, schemas: &BTreeSet<Pointer>) {
        let is_new = schemas.is_disjoint(&self.chains);
        self.chains.extend(schemas.iter().cloned());
        if is_new {
            self.report(
                codes::TOO_DEEP,
                pointer,
                format!(
                    "more than {MAX_DEPTH} schemas extend one another; what is further away than that is left out of each of them"
                ),
                "shorten the chain of `allOf`",
            );
        }
    }

    /// Takes it into account that so many schemas are compared. Returns whether that is in proportion to the document.
    pub(super) fn may_compare(&mut self, count: usize) -> bool {
        self.extensions.take(count, self.document.value())
    }

    /// Takes it into account that so many schemas are read once more for a schema that extends them. Returns whether that is in proportion
    /// to the document; a diagnostic says where it isn't.
    pub(super) fn may_extend(&mut self, count: usize, pointer: &Pointer) -> bool {
        let is_allowed = self.may_compare(count);
        if !is_allowed {
            self.report(
                codes::TOO_LARGE,
                pointer,
                "schemas extend one another in so many ways that this one is left out",
                SHARE,
            );
        }
        is_allowed
    }

    /// Takes the fields of a type into account. Returns whether all together are in proportion to the document; a diagnostic says where they
    /// aren't.
    pub(super) fn may_have_fields(&mut self, count: usize, pointer: &Pointer) -> bool {
        let is_allowed = self.fields.take(count, self.document.value());
        if !is_allowed {
            self.report(
                codes::TOO_LARGE,
                pointer,
                "schemas extend one another in so many ways that the members of this one are kept as JSON",
                SHARE,
            );
        }
        is_allowed
    }

    /// Returns a text for the documentation of one of the places that may share it. A diagnostic says where it is left out since it is long
    /// and so many places share it that they would not be in proportion to the document.
    pub(super) fn shared_text<T: AsRef<str>>(
        &mut self,
        pointer: &Pointer,
        make: impl FnOnce() -> T,
    ) -> Option<T> {
        if self.written.get(pointer) == Some(&false) {
            return None;
        }
        let text = make();
        let length = text.as_ref().len();
        if length <= LONG || self.written.insert(pointer.clone(), true).is_none() {
            return Some(text);
        }
        if self.texts.take(length, self.document.value()) {
            return Some(text);
        }
        self.written.insert(pointer.clone(), false);
        self.report(
            codes::TOO_LARGE,
            pointer,
            "so many places share this text that some have no documentation of it",
            "make the text shorter",
        );
        None
    }

    /// The document itself.
    pub(super) fn root(&self) -> Node<'a, OpenApi> {
        Node::new(self.document.value(), Pointer::root())
    }

    /// The node at a pointer at which a view found one.
    pub(super) fn node<T>(&self, pointer: &Pointer) -> Option<Node<'a, T>> {
        let value = self.document.get(pointer)?;
        Some(Node::new(value, pointer.clone()))
    }

    /// The node that a `$ref` leads to in the end, or the node itself where it is no reference. In a checked document every reference leads
    /// somewhere.
    pub(super) fn resolve<T>(&self, node: &Node<'a, T>) -> Option<Node<'a, T>> {
        node.resolve(self.document.value())
    }
}
