//! Selects nodes.

use std::collections::BTreeSet;

use super::{Filter, JsonPath, Operand, Relative, Segment, Selector, Step};
use crate::diagnostic::Pointer;
use crate::source::{Data, Value};

type SelectedNode<'value> = (Pointer, &'value Value);

impl JsonPath {
    /// Returns the query for what the selected nodes are children of, or `None` for the root's.
    pub(in crate::dialect) fn owner(&self) -> Option<Self> {
        let (_, segments) = self.segments.split_last()?;
        Some(Self {
            segments: segments.to_vec(),
        })
    }

    /// The pointers of the selected nodes, each once, in the document's order for a query without `..`.
    pub(in crate::dialect) fn select(&self, root: &Value) -> Vec<Pointer> {
        let mut nodes = vec![(Pointer::root(), root)];
        for segment in &self.segments {
            let mut selected = Vec::new();
            for (pointer, value) in &nodes {
                match segment {
                    Segment::Child(selector) => children(pointer, value, selector, &mut selected),
                    Segment::Descendant(selector) => {
                        descendants(pointer, value, selector, &mut selected)
                    }
                }
            }
            nodes = selected;
        }
        let mut pointers: Vec<Pointer> = nodes.into_iter().map(|(pointer, _)| pointer).collect();
        // Only descendants are come by on several ways.
        let is_descendant = |segment| matches!(segment, &Segment::Descendant(_));
        if self.segments.iter().any(is_descendant) {
            let mut seen = BTreeSet::new();
            pointers.retain(|pointer| seen.insert(pointer.clone()));
        }
        pointers
    }
}

fn descendants<'value>(
    pointer: &Pointer,
    value: &'value Value,
    selector: &Selector,
    selected: &mut Vec<SelectedNode<'value>>,
) {
    children(pointer, value, selector, selected);
    let mut below = Vec::new();
    children(pointer, value, &Selector::Wildcard, &mut below);
    for (pointer, value) in below {
        descendants(&pointer, value, selector, selected);
    }
}

fn children<'value>(
    pointer: &Pointer,
    value: &'value Value,
    selector: &Selector,
    selected: &mut Vec<SelectedNode<'value>>,
) {
    match (selector, value.data()) {
        (Selector::Name(name), Data::Object(members)) => {
            selected.extend(members.get(name).map(|child| (pointer.key(name), child)));
        }
        (Selector::Index(index), Data::Array(elements)) => {
            selected.extend(
                elements
                    .get(*index)
                    .map(|child| (pointer.index(*index), child)),
            );
        }
        (Selector::Wildcard | Selector::Filter(_), Data::Object(members)) => {
            let kept = members
                .iter()
                .filter(|(_, child)| selector.lets_through(child));
            selected.extend(kept.map(|(key, child)| (pointer.key(key), child)));
        }
        (Selector::Wildcard | Selector::Filter(_), Data::Array(elements)) => {
            let kept = elements
                .iter()
                .enumerate()
                .filter(|(_, child)| selector.lets_through(child));
            selected.extend(kept.map(|(index, child)| (pointer.index(index), child)));
        }
        _ => {}
    }
}

impl Selector {
    fn lets_through(&self, child: &Value) -> bool {
        match self {
            Self::Filter(filter) => filter.holds(child),
            _ => true,
        }
    }
}

impl Filter {
    fn holds(&self, node: &Value) -> bool {
        match self {
            Self::Any(filters) => filters.iter().any(|filter| filter.holds(node)),
            Self::All(filters) => filters.iter().all(|filter| filter.holds(node)),
            Self::Exists(relative) => relative.find(node).is_some(),
            Self::Compare { left, right, equal } => {
                (left.value(node) == right.value(node)) == *equal
            }
        }
    }
}

impl Operand {
    /// The value, or `None` when the node does not exist, which equals nothing but another absent node.
    fn value<'value>(&'value self, node: &'value Value) -> Option<&'value Data> {
        match self {
            Self::Node(relative) => relative.find(node).map(Value::data),
            Self::Literal(value) => Some(value),
        }
    }
}

impl Relative {
    fn find<'value>(&self, node: &'value Value) -> Option<&'value Value> {
        self.0
            .iter()
            .try_fold(node, |node, step| match (step, node.data()) {
                (Step::Name(name), Data::Object(members)) => members.get(name),
                (Step::Index(index), Data::Array(elements)) => elements.get(*index),
                _ => None,
            })
    }
}
