//! What a schema says of a value beside its type: for the documentation of the field or parameter that has it.

use super::all_of::AllOfSet;
use super::constraints::constraints;
use super::literal::{example, literal};
use super::{NullableType, Types};
use crate::lower::context::{Context, shared};
use crate::lower::docs;
use crate::model::{Docs, Literal, TypeRef};
use crate::openapi::{Any, Node, Schema};

/// Remarks about a value.
#[derive(Debug, Default)]
pub(in crate::lower) struct Annotations<'a> {
    pub(in crate::lower) title: Option<&'a str>,
    pub(in crate::lower) description: Option<&'a str>,
    /// Sentences about what is allowed.
    pub(in crate::lower) remarks: Vec<String>,
    pub(in crate::lower) default: Option<Literal>,
    pub(in crate::lower) example: Option<Literal>,
    pub(in crate::lower) deprecated: bool,
    /// The schemas that say it.
    pub(super) nodes: Vec<Node<'a, Schema>>,
}

impl<'a> Types<'a> {
    /// What a schema says beside its type.
    pub(in crate::lower) fn annotations(
        &self,
        context: &mut Context<'a>,
        node: &Node<'a, Schema>,
        ty: &NullableType,
    ) -> Annotations<'a> {
        self.annotations_of(context, &AllOfSet::of(node), ty)
    }

    /// Returns an example as a value of its type. An example of another type is ignored.
    pub(in crate::lower) fn example(
        &self,
        ty: &NullableType,
        node: &Node<'a, Any>,
    ) -> Option<Literal> {
        example(self, &ty.type_ref, node.value)
    }

    pub(super) fn annotations_of(
        &self,
        context: &mut Context<'a>,
        all_of: &AllOfSet<'a>,
        ty: &NullableType,
    ) -> Annotations<'a> {
        let has_own_docs = matches!(ty.type_ref, TypeRef::Named(_));
        let nodes = all_of.remarks(context, !has_own_docs);
        let default_node = nodes.iter().find_map(|node| node.default_value().node());
        let default = default_node
            .as_ref()
            .and_then(|node| literal(self, ty, node));
        let mut remarks = constraints(&nodes);
        if let (Some(node), None) = (&default_node, &default)
            && !node.value.is_null()
        {
            remarks.extend(context.shared_text(&node.pointer, || docs::default_text(node.value)));
        }
        let mut descriptions = nodes.iter().map(|node| node.description());
        let description = descriptions.find(|description| description.text().is_some());
        let mut examples = nodes.iter().filter_map(|node| node.example().node());
        let example = examples.find_map(|example| self.example(ty, &example));
        Annotations {
            title: nodes.iter().find_map(|node| node.title().text()),
            description: description.and_then(|description| shared(context, &description)),
            remarks,
            default,
            example,
            deprecated: nodes.iter().any(|node| node.deprecated().is_true()),
            nodes,
        }
    }
}

/// Returns the documentation of a type.
pub(super) fn docs_of(all_of: &AllOfSet<'_>) -> Docs {
    let nodes: Vec<Node<'_, Schema>> = all_of.nodes().into_iter().cloned().collect();
    let link = nodes
        .iter()
        .find_map(|node| node.external_docs().node()?.url().text());
    docs::item(
        nodes.iter().find_map(|node| node.title().text()),
        nodes.iter().find_map(|node| node.description().text()),
        link,
        &constraints(&nodes),
    )
}
