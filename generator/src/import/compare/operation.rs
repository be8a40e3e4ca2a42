//! Operations, their parameters, bodies and responses.

use std::collections::BTreeSet;

use super::{Change, Comparison, Node, Part};
use crate::openapi::METHODS;
use crate::source::Value;

/// An operation, with what it is called by.
#[derive(Debug, Clone)]
struct Operation<'a> {
    path: &'a str,
    method: String,
    item: Node<'a>,
    node: Node<'a>,
}

impl<'a> Operation<'a> {
    /// The path without the names of its parameters, and the method.
    fn key(&self) -> (String, &str) {
        (template(self.path), &self.method)
    }

    fn label(&self) -> String {
        format!("`{} {}`", self.method, self.path)
    }

    /// Returns its parameters and those of its path, with their places and names.
    fn parameters(&self, root: &'a Value) -> Vec<(&'a str, &'a str, Node<'a>)> {
        let mut found: Vec<(&str, &str, Node<'a>)> = Vec::new();
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
    for (path, item) in Node::root(root).members_of("paths") {
        let item = item.resolved(root);
        let fields = item.members();
        let further = item.members_of("additionalOperations");
        let methods = fields.iter().filter(|(key, _)| METHODS.contains(key));
        for (method, node) in methods.chain(&further) {
            found.push(Operation {
                path,
                method: method.to_uppercase(),
                item: item.clone(),
                node: node.clone(),
            });
        }
    }
    found
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
        let before = operations(self.earlier);
        let mut after = operations(self.later);
        let mut gone = Vec::new();
        let mut pairs = Vec::new();
        for operation in before {
            let same = after
                .iter()
                .position(|other| other.key() == operation.key());
            match same {
                Some(position) => pairs.push((operation, after.remove(position))),
                None => gone.push(operation),
            }
        }
        for operation in gone {
            let id = operation.node.text("operationId");
            let same = after
                .iter()
                .position(|other| id.is_some() && other.node.text("operationId") == id);
            match same {
                Some(position) => pairs.push((operation, after.remove(position))),
                None => {
                    let text = format!("the operation {}", operation.label());
                    self.add(Change::Gone, Part::Operation, &operation.node, text);
                }
            }
        }
        for operation in after {
            let id = match operation.node.text("operationId") {
                Some(id) => format!("of the id `{id}`"),
                None => "without an id".to_owned(),
            };
            let text = format!("the operation {} {id}", operation.label());
            self.add(Change::New, Part::Operation, &operation.node, text);
        }
        for (earlier, later) in pairs {
            self.operation(&earlier, &later);
        }
    }

    fn operation(&mut self, earlier: &Operation<'a>, later: &Operation<'a>) {
        let label = later.label();
        if (earlier.path, &earlier.method) != (later.path, &later.method) {
            let text = format!("the operation {} is {label} now", earlier.label());
            self.add(Change::Renamed, Part::Operation, &later.node, text);
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
            let of_place = |list: &[(&'a str, &'a str, Node<'a>)]| -> Vec<(&'a str, Node<'a>)> {
                let list = list.iter().filter(|(other, ..)| *other == place);
                list.map(|(_, name, node)| (*name, node.clone())).collect()
            };
            let (mut before, mut after) = (of_place(&before), of_place(&after));
            for (_, node, old, new) in self.renamed(&mut before, &mut after) {
                let text =
                    format!("the {place} parameter `{old}` of {label} is called `{new}` now");
                self.add(Change::Renamed, Part::Parameter, &node, text);
            }
            let of = |name: &str| format!("the {place} parameter `{name}` of {label}");
            self.pairs(&before, &after, Part::Parameter, of, |one, name, a, b| {
                one.parameter(a, b, &of(name));
            });
        }
    }

    /// Compares two parameters or headers.
    fn parameter(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str) {
        let apart = ["schema", "content", "required"];
        self.keywords(earlier, later, label, &apart);
        let is_required = |node: &Node<'_>| node.value.get("required").and_then(Value::as_bool);
        match (
            is_required(earlier).unwrap_or_default(),
            is_required(later).unwrap_or_default(),
        ) {
            (false, true) => {
                let text = format!("{label} is required now");
                self.add(Change::Changed, Part::Keyword, later, text);
            }
            (true, false) => {
                let text = format!("{label} is optional now");
                self.add(Change::Changed, Part::Keyword, later, text);
            }
            _ => {}
        }
        if let (Some(earlier), Some(later)) = (earlier.get("schema"), later.get("schema")) {
            self.schema(&earlier, &later, label);
        }
        self.contents(earlier, later, label, Part::Parameter);
    }

    fn request_body(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str) {
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
    fn contents(&mut self, earlier: &Node<'a>, later: &Node<'a>, label: &str, part: Part) {
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
