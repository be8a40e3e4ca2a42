//! Operations, their parameters, bodies and responses.

use std::collections::{BTreeMap, BTreeSet};

use super::rename::Renamed;
use super::{Change, Comparison, Part, RawNode};
use crate::openapi::METHODS;
use crate::source::Value;

/// An operation, with what it is called by.
#[derive(Debug, Clone)]
struct Operation<'a> {
    /// The path; the name of a webhook.
    path: &'a str,
    is_webhook: bool,
    method: String,
    item: RawNode<'a>,
    node: RawNode<'a>,
}

impl<'a> Operation<'a> {
    fn key(&self, path: &str) -> (bool, String, String) {
        (self.is_webhook, path.to_owned(), self.method.clone())
    }

    fn id(&self) -> Option<&'a str> {
        self.node.text("operationId")
    }

    fn label(&self) -> String {
        let kind = if self.is_webhook { " (webhook)" } else { "" };
        format!("`{} {}`{kind}", self.method, self.path)
    }

    /// Returns its parameters and those of its path, with their places and names.
    fn parameters(&self, root: &'a Value) -> Vec<(&'a str, &'a str, RawNode<'a>)> {
        let mut found: Vec<(&str, &str, RawNode<'a>)> = Vec::new();
        let own = self.node.elements_of("parameters");
        for node in own.into_iter().chain(self.item.elements_of("parameters")) {
            let node = node.resolved(root);
            let place = node.text("in").unwrap_or_default();
            let name = node.text("name").unwrap_or_default();
            let is_known = found
                .iter()
                .any(|(other, known, _)| (*other, *known) == (place, name));
            if !is_known {
                found.push((place, name, node));
            }
        }
        found
    }
}

/// Returns the operations of a description.
fn operations(root: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (section, is_webhook) in [("paths", false), ("webhooks", true)] {
        for (path, item) in RawNode::root(root).members_of(section) {
            let item = item.resolved(root);
            let fields = item.members();
            let further = item.members_of("additionalOperations");
            let methods = fields.iter().filter(|(key, _)| METHODS.contains(key));
            for (method, node) in methods.chain(&further) {
                found.push(Operation {
                    path,
                    is_webhook,
                    method: method.to_uppercase(),
                    item: item.clone(),
                    node: node.clone(),
                });
            }
        }
    }
    found
}

/// Pairs operations of the same key. Returns the earlier ones that are left.
fn matched<'a, K: Ord>(
    before: Vec<Operation<'a>>,
    after: &mut [Option<Operation<'a>>],
    pairs: &mut Vec<(Operation<'a>, Operation<'a>)>,
    key: impl Fn(&Operation<'a>) -> Option<K>,
) -> Vec<Operation<'a>> {
    let mut positions: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (position, operation) in after.iter().enumerate().rev() {
        if let Some(key) = operation.as_ref().and_then(&key) {
            positions.entry(key).or_default().push(position);
        }
    }
    let mut rest = Vec::new();
    for operation in before {
        let found = key(&operation).and_then(|key| positions.get_mut(&key)?.pop());
        let other = found.and_then(|position| after.get_mut(position)?.take());
        match other {
            Some(other) => pairs.push((operation, other)),
            None => rest.push(operation),
        }
    }
    rest
}

/// Returns a path without the names of its parameters.
fn template(path: &str) -> String {
    let mut parts = path.split('{');
    let mut template = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        template.push_str("{}");
        template.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    template
}

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self) {
        let mut after: Vec<Option<Operation<'a>>> =
            operations(self.later).into_iter().map(Some).collect();
        let mut pairs = Vec::new();
        let rest = operations(self.earlier);
        let rest = matched(rest, &mut after, &mut pairs, |one| Some(one.key(one.path)));
        let rest = matched(rest, &mut after, &mut pairs, |one| {
            Some(one.key(&template(one.path)))
        });
        let rest = matched(rest, &mut after, &mut pairs, Operation::id);
        for operation in rest {
            let text = format!("the operation {}", operation.label());
            self.add(Change::Gone, Part::Operation, &operation.node, text);
        }
        for operation in after.into_iter().flatten() {
            let id = match operation.id() {
                Some(id) => format!("of the id `{id}`"),
                None => "without an id".to_owned(),
            };
            let text = format!("the operation {} {id}", operation.label());
            self.add(Change::New, Part::Operation, &operation.node, text);
        }
        let mut items = BTreeSet::new();
        for (earlier, later) in pairs {
            let pair = (earlier.item.pointer.clone(), later.item.pointer.clone());
            if items.insert(pair) {
                self.path_item(&earlier, &later);
            }
            self.operation(&earlier, &later);
            self.pending();
        }
    }

    /// Compares what the operations of a path share, but for its parameters.
    fn path_item(&mut self, earlier: &Operation<'a>, later: &Operation<'a>) {
        let apart = ["$ref", "parameters", "additionalOperations"];
        let apart: Vec<&str> = METHODS.iter().copied().chain(apart).collect();
        let kind = if later.is_webhook { "webhook" } else { "path" };
        let label = format!("the {kind} `{}`", later.path);
        self.keywords(&earlier.item, &later.item, &label, &apart);
    }

    fn operation(&mut self, earlier: &Operation<'a>, later: &Operation<'a>) {
        let label = later.label();
        if (earlier.path, &earlier.method) != (later.path, &later.method) {
            let text = format!("the operation {} is {label} now", earlier.label());
            let (old, new) = (earlier.path, later.path);
            self.add_renamed(Part::Operation, &later.node, old, new, text);
        }
        let apart = ["parameters", "requestBody", "responses"];
        self.keywords(&earlier.node, &later.node, &label, &apart);
        self.parameters(earlier, later, &label);
        self.request_body(&earlier.node, &later.node, &label);
        let earlier = earlier.node.members_of("responses");
        let later = later.node.members_of("responses");
        let of = |status: &str| format!("the response {status} of {label}");
        self.pairs(&earlier, &later, Part::Response, of, |one, status, a, b| {
            let (a, b) = (a.resolved(one.earlier), b.resolved(one.later));
            let label = of(status);
            let (headers, others) = (a.members_of("headers"), b.members_of("headers"));
            let of = |name: &str| format!("the header `{name}` of {label}");
            one.pairs(&headers, &others, Part::Response, of, |one, name, a, b| {
                let (a, b) = (a.resolved(one.earlier), b.resolved(one.later));
                one.parameter(&a, &b, &of(name));
            });
            one.contents(&a, &b, &label, Part::Response);
        });
    }

    fn parameters(&mut self, earlier: &Operation<'a>, later: &Operation<'a>, label: &str) {
        let before = earlier.parameters(self.earlier);
        let after = later.parameters(self.later);
        let mut places: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        for (place, ..) in before.iter().chain(&after) {
            if seen.insert(*place) {
                places.push(place);
            }
        }
        for place in places {
            let of_place =
                |list: &[(&'a str, &'a str, RawNode<'a>)]| -> Vec<(&'a str, RawNode<'a>)> {
                    let list = list.iter().filter(|(other, ..)| *other == place);
                    list.map(|(_, name, node)| (*name, node.clone())).collect()
                };
            let (mut before, mut after) = (of_place(&before), of_place(&after));
            let of = |name: &str| format!("the {place} parameter `{name}` of {label}");
            for renamed in self.renamed(&mut before, &mut after, |node| node.get("schema")) {
                let Renamed {
                    old,
                    new,
                    before,
                    after,
                } = renamed;
                let text = format!("{} is called `{new}` now", of(old));
                self.add_renamed(Part::Parameter, &after, old, new, text);
                self.parameter(&before, &after, &of(new));
            }
            self.pairs(&before, &after, Part::Parameter, of, |one, name, a, b| {
                one.parameter(a, b, &of(name));
            });
        }
    }

    /// Compares two parameters or headers.
    fn parameter(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str) {
        let apart = ["name", "schema", "content", "required"];
        self.keywords(earlier, later, label, &apart);
        let (was, is) = (earlier.flag("required"), later.flag("required"));
        self.required(was, is, later, label);
        if let (Some(earlier), Some(later)) = (earlier.get("schema"), later.get("schema")) {
            self.schema(&earlier, &later, label);
        }
        self.contents(earlier, later, label, Part::Parameter);
    }

    fn request_body(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str) {
        let label = format!("the body of {label}");
        match (earlier.get("requestBody"), later.get("requestBody")) {
            (Some(earlier), Some(later)) => {
                let earlier = earlier.resolved(self.earlier);
                let later = later.resolved(self.later);
                self.parameter(&earlier, &later, &label);
            }
            (Some(node), None) => self.add(Change::Gone, Part::RequestBody, &node, label),
            (None, Some(node)) => self.add(Change::New, Part::RequestBody, &node, label),
            (None, None) => {}
        }
    }

    /// Compares the media types of a body, and their schemas.
    fn contents(&mut self, earlier: &RawNode<'a>, later: &RawNode<'a>, label: &str, part: Part) {
        let (before, after) = (earlier.members_of("content"), later.members_of("content"));
        let of = |name: &str| format!("the media type `{name}` of {label}");
        self.pairs(&before, &after, part, of, |one, _, a, b| {
            one.keywords(a, b, label, &["schema"]);
            match (a.get("schema"), b.get("schema")) {
                (Some(a), Some(b)) => one.schema(&a, &b, label),
                (Some(node), None) => {
                    let text = format!("the schema of {label}");
                    one.add(Change::Gone, Part::Schema, &node, text);
                }
                (None, Some(node)) => {
                    let text = format!("the schema of {label}");
                    one.add(Change::New, Part::Schema, &node, text);
                }
                (None, None) => {}
            }
        });
    }
}
