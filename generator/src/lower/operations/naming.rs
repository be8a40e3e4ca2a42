//! Groups, and the names of operations.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Found;
use crate::lower::context::Context;
use crate::lower::names::{self, Scope, Space, Wish, camel_piece};
use crate::lower::{docs, extension};
use crate::model::{Docs, Group, Identifier};
use crate::openapi::{Node, Tag};

/// The names of an operation.
pub(super) struct Named {
    /// Its position among those found.
    pub(super) index: usize,
    pub(super) id: String,
    pub(super) name: Identifier,
    pub(super) type_name: Identifier,
    /// What its inline types are named after.
    pub(super) base: String,
}

/// A group whose operations have names, and the names that its module has so far.
pub(super) struct NamedGroup {
    pub(super) group: Group,
    pub(super) scope: Scope,
    pub(super) operations: Vec<Named>,
}

/// Where operations without a tag go.
const UNTAGGED: &str = "General";

/// Groups the operations by their first tags, in the order in which they appear, and names everything.
pub(super) fn name<'a>(context: &mut Context<'a>, found: &[Found<'a>]) -> Vec<NamedGroup> {
    let mut by_tag: IndexMap<&'a str, Vec<usize>> = IndexMap::new();
    for (index, found) in found.iter().enumerate() {
        let mut tags = found.node.tags().elements();
        let tag = tags.next().and_then(|tag| tag.text());
        by_tag
            .entry(tag.unwrap_or(UNTAGGED))
            .or_default()
            .push(index);
    }
    let tag_nodes = tag_nodes(context);
    let wishes: Vec<Wish> = by_tag
        .keys()
        .map(|tag| Wish {
            given: tag_nodes
                .get(tag)
                .and_then(|node| extension::text(context, &node.rust_name())),
            derived: (*tag).to_owned(),
        })
        .collect();
    let (group_names, refused) = names::assign(&mut Scope::new(Space::Group), &wishes);
    for index in refused {
        let node = by_tag
            .get_index(index)
            .and_then(|(tag, _)| tag_nodes.get(tag));
        if let (Some(node), Some(name)) = (node, group_names.get(index)) {
            extension::refused(context, &node.rust_name(), name);
        }
    }
    let mut type_scope = Scope::new(Space::Type);
    let mut groups = Vec::new();
    for ((tag, members), name) in by_tag.iter().zip(group_names) {
        let type_name = type_scope.claim(name.as_str());
        let mut scope = Scope::new(Space::Type);
        scope.claim(type_name.as_str());
        let operations = name_operations(context, found, members, &mut scope);
        let first = members.first().and_then(|index| found.get(*index));
        let of_tag = tag_nodes.get(tag).map(|node| &node.pointer);
        let pointer = of_tag.or(first.map(|found| &found.node.pointer));
        let group = Group {
            pointer: pointer.map(ToString::to_string).unwrap_or_default(),
            tag: (*tag).to_owned(),
            name,
            type_name,
            docs: tag_nodes.get(tag).map(tag_docs).unwrap_or_default(),
            operations: Vec::new(),
        };
        groups.push(NamedGroup {
            group,
            scope,
            operations,
        });
    }
    name_bases(&mut groups);
    groups
}

fn tag_nodes<'a>(context: &Context<'a>) -> IndexMap<&'a str, Node<'a, Tag>> {
    let mut nodes = IndexMap::new();
    for node in context.root().tags().elements() {
        if let Some(name) = node.name().text() {
            nodes.entry(name).or_insert(node);
        }
    }
    nodes
}

fn tag_docs(node: &Node<'_, Tag>) -> Docs {
    let link = node.external_docs().node();
    docs::summarized(
        node.summary().text(),
        node.description().text(),
        link.as_ref().and_then(|link| link.url().text()),
    )
}

fn name_operations<'a>(
    context: &mut Context<'a>,
    found: &[Found<'a>],
    members: &[usize],
    types: &mut Scope,
) -> Vec<Named> {
    let members: Vec<(usize, &Found<'a>)> = members
        .iter()
        .filter_map(|index| Some((*index, found.get(*index)?)))
        .collect();
    let methods: Vec<Wish> = members
        .iter()
        .map(|(_, found)| Wish {
            given: extension::text(context, &found.node.rust_name()),
            derived: match found.node.operation_id().text() {
                Some(id) => id.to_owned(),
                None => format!("{} {}", found.method.as_str(), words(found.path)),
            },
        })
        .collect();
    let (names, refused) = names::assign(&mut Scope::new(Space::Method), &methods);
    for index in refused {
        if let (Some((_, found)), Some(name)) = (members.get(index), names.get(index)) {
            extension::refused(context, &found.node.rust_name(), name);
        }
    }
    let structs: Vec<Wish> = members
        .iter()
        .zip(&names)
        .map(|((_, found), name)| Wish {
            given: extension::text(context, &found.node.rust_type_name()),
            derived: name.as_str().to_owned(),
        })
        .collect();
    let (type_names, refused) = names::assign(types, &structs);
    for index in refused {
        if let (Some((_, found)), Some(name)) = (members.get(index), type_names.get(index)) {
            extension::refused(context, &found.node.rust_type_name(), name);
        }
    }
    members
        .iter()
        .zip(names.into_iter().zip(type_names))
        .map(|((index, found), (name, type_name))| Named {
            index: *index,
            id: match found.node.operation_id().text() {
                Some(id) => id.to_owned(),
                None => format!("{} {}", found.method.as_str(), found.path),
            },
            base: type_name.as_str().to_owned(),
            name,
            type_name,
        })
        .collect()
}

/// Inline types are named after the builder, and after the group too where builders of several groups are called alike.
fn name_bases(groups: &mut [NamedGroup]) {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for operation in groups.iter().flat_map(|group| &group.operations) {
        *uses.entry(operation.base.clone()).or_default() += 1;
    }
    for group in groups {
        let prefix = camel_piece(group.group.type_name.as_str());
        for operation in &mut group.operations {
            if uses.get(&operation.base).is_some_and(|uses| *uses > 1) {
                operation.base.insert_str(0, &prefix);
            }
        }
    }
}

/// A path as words: what stands in braces is a name among others.
fn words(path: &str) -> String {
    path.replace(['{', '}'], " ")
}
