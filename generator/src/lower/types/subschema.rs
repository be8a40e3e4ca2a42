//! One schema among those that hold together.

use super::alternatives::has_alternatives;
use crate::openapi::{Node, Schema};
use crate::source::Data;

/// One schema, perhaps without the keywords that combine it with others, where those have been dealt with.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Subschema<'a> {
    pub(super) node: Node<'a, Schema>,
    /// Whether its `allOf` still counts.
    pub(super) all_of: bool,
    /// Whether its `oneOf` and `anyOf` still count.
    pub(super) alternatives: bool,
    /// Which alternative of a record it is, where that has the members of several.
    pub(super) alternative: Option<Alternative>,
    /// Whether something else says what values of other types are: a type beside it, or other alternatives.
    pub(super) is_one_of_several: bool,
}

/// One of several alternatives.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Alternative {
    pub(super) index: usize,
    /// How many there are.
    pub(super) count: usize,
}

/// Schemas without references and `allOf`, of which a value has to satisfy all.
pub(super) type Subschemas<'a> = Vec<Subschema<'a>>;

impl<'a> Subschema<'a> {
    pub(super) fn of(node: &Node<'a, Schema>) -> Self {
        Self {
            node: node.clone(),
            all_of: true,
            alternatives: true,
            alternative: None,
            is_one_of_several: false,
        }
    }

    /// The schema without its `oneOf` and `anyOf`.
    pub(super) fn without_alternatives(&self) -> Self {
        Self {
            alternatives: false,
            ..self.clone()
        }
    }

    /// Whether it says something about a value beyond its type, so that it is more than a remark.
    pub(super) fn is_shaping(&self) -> bool {
        let node = &self.node;
        node.is_reference()
            || node.properties().is_present()
            || node.required().is_present()
            || node.items().is_present()
            || node.enum_values().is_present()
            || node.format().is_present()
            || node.additional_properties().is_present()
            || (self.alternatives && has_alternatives(&self.node))
    }

    pub(super) fn has_alternatives(&self) -> bool {
        self.alternatives && has_alternatives(&self.node)
    }

    pub(super) fn kind(&self) -> Option<&'a str> {
        let node = &self.node;
        node.schema_type().text().or_else(|| {
            if node.properties().is_present()
                || node.additional_properties().is_present()
                || node.required().is_present()
            {
                Some("object")
            } else if node.items().is_present() {
                Some("array")
            } else {
                None
            }
        })
    }

    /// Whether it says that values are strings, numbers or booleans.
    pub(super) fn is_scalar(&self) -> bool {
        self.kind()
            .is_some_and(|kind| !matches!(kind, "object" | "array"))
    }

    /// Whether it says what the items of a list or the members of an object are.
    pub(super) fn is_collection(&self) -> bool {
        let is_told = |schema: Option<Node<'a, Schema>>| {
            schema.is_some_and(|schema| match schema.value.data() {
                Data::Object(members) => !members.is_empty(),
                _ => false,
            })
        };
        is_told(self.node.items().node()) || is_told(self.node.additional_properties().node())
    }

    /// Whether it says a format and leaves the type to others.
    pub(super) fn is_format(&self) -> bool {
        let node = &self.node;
        node.format().is_present() && self.kind().is_none() && !node.enum_values().is_present()
    }
}
