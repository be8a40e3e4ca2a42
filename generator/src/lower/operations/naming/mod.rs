//! Groups, and the names of operations.

mod id;
mod path;
mod words;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::RawOperation;
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::lower::names::{self, NameRequest, Namespace, Scope, camel_piece, join};
use crate::lower::{docs, extension};
use crate::model::{Docs, Group, Identifier};
use crate::openapi::{Node, Operation, Schema, Tag};

use path::{Endpoint, Segment};

/// The names of an operation.
pub(super) struct NamedOperation {
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
    pub(super) operations: Vec<NamedOperation>,
}

/// Where operations without a tag go.
const UNTAGGED: &str = "General";

/// What names are derived from, for the document as a whole.
struct Style {
    /// Whether all names come from paths, or all from ids; `None` where each group shows it.
    from_paths: Option<bool>,
    /// How many segments of a path are left out.
    prefix: usize,
}

/// Groups the operations by their first tags, in the order in which they appear, and names everything.
pub(super) fn name<'a>(context: &mut Context<'a>, raw: &[RawOperation<'a>]) -> Vec<NamedGroup> {
    let mut by_tag: IndexMap<&'a str, Vec<usize>> = IndexMap::new();
    for (index, raw) in raw.iter().enumerate() {
        let mut tags = raw.node.tags().elements();
        let tag = tags.next().and_then(|tag| tag.text());
        by_tag
            .entry(tag.unwrap_or(UNTAGGED))
            .or_default()
            .push(index);
    }
    let tag_nodes = tag_nodes(context);
    let requests: Vec<NameRequest> = by_tag
        .keys()
        .map(|tag| {
            let node = tag_nodes.get(tag);
            let given = node.and_then(|node| extension::name(context, &node.rust_name()));
            NameRequest::new(given, *tag)
        })
        .collect();
    let group_names = names::assign(context, &mut Scope::new(Namespace::Group), &requests);
    let paths: Vec<Vec<Segment>> = raw.iter().map(|raw| path::segments(raw.path)).collect();
    let style = style(context, &paths);
    let mut type_scope = Scope::new(Namespace::Builder);
    let mut groups = Vec::new();
    for ((tag, members), name) in by_tag.iter().zip(group_names) {
        let type_name = type_scope.uniquify(name.as_str());
        let mut scope = Scope::new(Namespace::Builder);
        scope.uniquify(type_name.as_str());
        let members: Vec<Member<'_, 'a>> = members
            .iter()
            .filter_map(|index| Member::new(context, *index, raw.get(*index)?, paths.get(*index)?))
            .collect();
        let mut group_words = vec![names::words(name.as_str())];
        if *tag != UNTAGGED {
            group_words.push(names::words(tag));
        }
        let operations = name_operations(context, &members, &group_words, &style, &mut scope);
        let of_tag = tag_nodes.get(tag).map(|node| &node.pointer);
        let pointer = of_tag.or(members.first().map(|member| &member.raw.node.pointer));
        let group = Group {
            pointer: pointer.cloned().unwrap_or_default(),
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

/// What the document declares in `x-operation-names`, or what its paths have in common.
fn style(context: &mut Context<'_>, paths: &[Vec<Segment>]) -> Style {
    let declared = context.root().operation_names().node();
    let mut style = Style {
        from_paths: None,
        prefix: path::common_prefix(paths.iter().map(Vec::as_slice)),
    };
    let Some(declared) = declared else {
        return style;
    };
    extension::known_members(context, &declared);
    if let Some(prefix) = extension::text(context, &declared.path_prefix()) {
        style.prefix = path::segments(&prefix).len();
    }
    match extension::text(context, &declared.from()).as_deref() {
        Some("path") => style.from_paths = Some(true),
        Some("id") => style.from_paths = Some(false),
        Some(other) => context.report(
            codes::INVALID_EXTENSION,
            &declared.from().pointer(),
            format!("names of operations cannot come from `{other}`"),
            "write `path` or `id`; until then each group of operations shows it",
        ),
        None => {}
    }
    style
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
    let docs = docs::summarized(
        node.summary().text(),
        node.description().text(),
        link.as_ref().and_then(|link| link.url().text()),
    );
    match node.parent().text() {
        Some(parent) => docs.with_remark(&format!("Part of {}.", docs::code(parent))),
        None => docs,
    }
}

/// An operation of a group, with what its name may come from.
struct Member<'run, 'a> {
    index: usize,
    raw: &'run RawOperation<'a>,
    path: &'run [Segment],
    is_list: bool,
}

impl<'run, 'a> Member<'run, 'a> {
    fn new(
        context: &Context<'a>,
        index: usize,
        raw: &'run RawOperation<'a>,
        path: &'run [Segment],
    ) -> Option<Self> {
        Some(Self {
            index,
            raw,
            path,
            is_list: is_list(context, &raw.node, path),
        })
    }

    fn id(&self) -> Option<&'a str> {
        self.raw.node.operation_id().text()
    }

    /// Returns the words of its id that are more than method and path; `None` where there are none.
    fn own_words(&self, style: &Style) -> Option<Vec<String>> {
        let words = names::words(self.id()?);
        let own = path::own_words(&words, self.raw.method, self.path, style.prefix);
        match own {
            Some(0) => None,
            Some(length) => words.get(..length).map(<[String]>::to_vec),
            None => Some(words),
        }
    }

    fn names_from_path(&self, style: &Style, group: &[Vec<String>]) -> Vec<String> {
        let endpoint = Endpoint {
            method: self.raw.method,
            path: self.path.get(style.prefix..).unwrap_or(self.path),
            is_list: self.is_list,
        };
        path::names(&endpoint, group)
    }
}

/// What an object has its list in that is a page of one, beside what the path names.
const LISTS: &[&str] = &[
    "data", "elements", "entries", "items", "list", "nodes", "records", "results", "rows", "values",
];

/// Returns whether the result of an operation is a list, or an object that holds a list of what the path names.
fn is_list<'a>(context: &Context<'a>, operation: &Node<'a, Operation>, path: &[Segment]) -> bool {
    let responses = operation.responses().node();
    let success = responses
        .iter()
        .flat_map(Node::by_status)
        .find(|(status, _)| status.starts_with('2'));
    let Some(response) = success.and_then(|(_, response)| context.resolve(&response)) else {
        return false;
    };
    let mut content = response.content().entries();
    let Some(schema) = content.find_map(|(_, content)| content.schema().node()) else {
        return false;
    };
    let schema = context.resolve(&schema);
    if schema
        .as_ref()
        .is_some_and(|schema| schema.schema_type().text() == Some("array"))
    {
        return true;
    }
    let Some(Segment::Literal(noun)) = path.last() else {
        return false;
    };
    let is_plural = noun
        .last()
        .is_some_and(|word| words::singular(word) != *word);
    is_plural && schema_holds(context, &schema, &noun.join("_"), 0)
}

/// Returns whether an object has a list under one of the usual names or this one.
fn schema_holds<'a>(
    context: &Context<'a>,
    schema: &Option<Node<'a, Schema>>,
    noun: &str,
    depth: usize,
) -> bool {
    let Some(schema) = schema else {
        return false;
    };
    let mut properties = schema.properties().entries();
    let has_list = properties.any(|(name, property)| {
        let is_named_so = LISTS.contains(&name) || names::words(name).join("_") == noun;
        let property = context.resolve(&property).filter(|_| is_named_so);
        property.is_some_and(|property| property.schema_type().text() == Some("array"))
    });
    has_list
        || depth < 3
            && schema
                .all_of()
                .elements()
                .any(|part| schema_holds(context, &context.resolve(&part), noun, depth + 1))
}

fn name_operations<'a>(
    context: &mut Context<'a>,
    members: &[Member<'_, 'a>],
    group: &[Vec<String>],
    style: &Style,
    types: &mut Scope,
) -> Vec<NamedOperation> {
    let own: Vec<Option<Vec<String>>> = members
        .iter()
        .map(|member| member.own_words(style))
        .collect();
    // A single id that happens to say no more than its path is no reason to think that a machine made it.
    let made = own.iter().filter(|words| words.is_none()).count();
    let from_paths = style.from_paths.unwrap_or(made * 2 >= members.len());
    let requests: Vec<NameRequest> = members
        .iter()
        .zip(own)
        .map(|(member, own)| {
            let given = extension::name(context, &member.raw.node.rust_name());
            let words = match (own, member.id()) {
                (Some(words), _) if style.from_paths != Some(true) => Some(words),
                (None, Some(id)) if !from_paths => Some(names::words(id)),
                _ => None,
            };
            let derived = match words {
                Some(words) => id::names(&words, group, member.is_list),
                None => member.names_from_path(style, group),
            };
            NameRequest::any(given, derived)
        })
        .collect();
    let names = names::assign(context, &mut Scope::new(Namespace::Method), &requests);
    let requests: Vec<NameRequest> = members
        .iter()
        .zip(&names)
        .map(|(member, name)| {
            let given = extension::name(context, &member.raw.node.rust_type_name());
            NameRequest::new(given, name.as_str())
        })
        .collect();
    let type_names = names::assign(context, types, &requests);
    members
        .iter()
        .zip(names.into_iter().zip(type_names))
        .map(|(member, (name, type_name))| NamedOperation {
            index: member.index,
            id: match member.id() {
                Some(id) => id.to_owned(),
                None => format!("{} {}", member.raw.method.as_str(), member.raw.path),
            },
            base: type_name.as_str().to_owned(),
            name,
            type_name,
        })
        .collect()
}

/// Inline types are named after the builder, and after the group too where the builder's name is one word, such as `List`, or where an
/// earlier operation has that name.
fn name_bases(groups: &mut [NamedGroup]) {
    let mut operations: Vec<(String, &mut NamedOperation)> = groups
        .iter_mut()
        .flat_map(|group| {
            let prefix = camel_piece(group.group.type_name.as_str());
            let operations = group.operations.iter_mut();
            operations.map(move |operation| (prefix.clone(), operation))
        })
        .collect();
    operations.sort_by_key(|(_, operation)| operation.index);
    let mut taken = BTreeSet::new();
    for (prefix, operation) in operations {
        let is_one_word = names::words(&operation.base).len() == 1;
        if is_one_word || taken.contains(&operation.base) {
            operation.base = join(&prefix, &operation.base);
        }
        taken.insert(operation.base.clone());
    }
}
