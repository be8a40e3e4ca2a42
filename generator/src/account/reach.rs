//! Finds the parts of a document that an operation can reach, in any version of OpenAPI.

use std::collections::HashSet;

use super::part::Part;
use crate::diagnostic::{Origin, Pointer};
use crate::openapi::{
    Field, Header, Map, MediaType, Node, OpenApi, Operation, Parameter, PathItem, RequestBody,
    Response, Schema,
};
use crate::source::{Data, Value};

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its kind.
    pub part: Part,
    /// Where it was written.
    pub origin: Origin,
    /// The origin of the last node in it. Those of the nodes between were numbered in the order of the text.
    pub last: Origin,
    /// Its place in the document.
    pub pointer: Pointer,
    /// The last step of the way that leads to it.
    way: Step,
}

impl Item {
    pub(super) fn way(&self) -> Step {
        self.way
    }
}

/// The place of a step in the list of all steps.
pub(super) type Step = Option<usize>;

/// The paths and the parts that an operation can reach.
#[derive(Debug, Clone, Default)]
pub struct Reachable {
    items: Vec<Item>,
    /// The origins of the nodes that lead to items, each with the step before it. Items share them, since ways can be as long as the
    /// document.
    steps: Vec<(Origin, Step)>,
}

impl Reachable {
    /// Returns the parts, each after those that lead to it.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub(super) fn steps(&self) -> &[(Origin, Step)] {
        &self.steps
    }
}

/// Returns the paths and the parts that an operation can reach, each once.
/// It must be the document as its author wrote it, overlays applied.
#[must_use]
pub fn reachable(document: &Value) -> Reachable {
    let mut reach = Reach {
        document,
        found: Reachable::default(),
        known: HashSet::new(),
        way: None,
    };
    reach.step(document.origin());
    let root: Node<'_, OpenApi> = Node::new(document, Pointer::root());
    for item in members(&root.paths()) {
        reach.add(Part::PathItem, &item);
        let target = reach.resolve(&item);
        let beside = item.is_reference().then(|| item.clone());
        for item in beside.into_iter().chain(target) {
            reach.path_item(&item);
        }
    }
    reach.found
}

/// The state of the search.
struct Reach<'a> {
    document: &'a Value,
    found: Reachable,
    known: HashSet<(Part, Origin)>,
    /// The last step of the way that leads to the present node.
    way: Step,
}

/// A schema to look into.
struct Pending<'a> {
    schema: Node<'a, Schema>,
    is_property: bool,
    way: Step,
}

impl<'a> Reach<'a> {
    fn resolve<T>(&self, node: &Node<'a, T>) -> Option<Node<'a, T>> {
        node.resolve(self.document)
    }

    /// Goes one step further, to the node of this origin.
    fn step(&mut self, origin: Origin) {
        self.found.steps.push((origin, self.way));
        self.way = self.found.steps.len().checked_sub(1);
    }

    fn step_into<T>(&mut self, field: &Field<'_, 'a, T>) {
        if let Some(value) = field.value() {
            self.step(value.origin());
        }
    }

    /// Returns the way to the content of a field of the present node.
    fn way_into<T>(&mut self, field: &Field<'_, 'a, T>) -> Step {
        let way = self.way;
        self.step_into(field);
        std::mem::replace(&mut self.way, way)
    }

    /// Adds a part, and returns whether it was not known.
    fn add<T>(&mut self, part: Part, node: &Node<'a, T>) -> bool {
        let origin = node.value.origin();
        let is_new = self.known.insert((part, origin));
        if is_new {
            self.found.items.push(Item {
                part,
                origin,
                last: last(node.value),
                pointer: node.pointer.clone(),
                way: self.way,
            });
        }
        is_new
    }

    /// Adds a part and looks into it, unless it is known. A reference leads to the part and is none itself.
    fn part<T>(
        &mut self,
        part: Part,
        node: &Node<'a, T>,
        inner: impl FnOnce(&mut Self, &Node<'a, T>),
    ) {
        let way = self.way;
        self.step(node.value.origin());
        // What is wrong with a reference is said of its text.
        if let Some(reference) = node.value.get("$ref") {
            self.step(reference.origin());
        }
        match self.resolve(node) {
            Some(target) => {
                self.step(target.value.origin());
                if self.add(part, &target) {
                    inner(self, &target);
                }
            }
            // It leads nowhere, so what it is meant to be is lost.
            None => _ = self.add(part, node),
        }
        self.way = way;
    }

    /// Looks into the members of an object whose names the document chooses.
    fn map<T>(
        &mut self,
        map: &Field<'_, 'a, Map<T>>,
        mut inner: impl FnMut(&mut Self, &Node<'a, T>),
    ) {
        let way = self.way;
        self.step_into(map);
        for (_, member) in map.entries() {
            inner(self, &member);
        }
        self.way = way;
    }

    fn path_item(&mut self, item: &Node<'a, PathItem>) {
        let way = self.way;
        self.step(item.value.origin());
        for (_, operation) in item.operations() {
            self.part(Part::Operation, &operation, |reach, operation| {
                reach.operation(item, operation);
            });
        }
        self.way = way;
    }

    fn operation(&mut self, item: &Node<'a, PathItem>, operation: &Node<'a, Operation>) {
        let own: Vec<_> = operation.parameters().elements().collect();
        let keys: Vec<_> = own.iter().filter_map(|node| self.key(node)).collect();
        let inherited = item.parameters().elements();
        let inherited: Vec<_> = inherited
            .filter(|node| self.key(node).is_none_or(|key| !keys.contains(&key)))
            .collect();
        // A diagnostic about a list of parameters is also about each of them.
        for (list, parameters) in [
            (item.parameters(), inherited),
            (operation.parameters(), own),
        ] {
            let way = self.way;
            self.step_into(&list);
            for parameter in &parameters {
                self.parameter(parameter);
            }
            self.way = way;
        }
        if let Some(body) = operation.request_body().node() {
            self.part(Part::RequestBody, &body, Self::request_body);
        }
        for response in members(&operation.responses()) {
            self.part(Part::Response, &response, Self::response);
        }
    }

    /// What identifies a parameter: its place in the request and its name.
    fn key(&self, node: &Node<'a, Parameter>) -> Option<(&'a str, &'a str)> {
        let node = self.resolve(node)?;
        Some((node.location().text()?, node.name().text()?))
    }

    fn parameter(&mut self, node: &Node<'a, Parameter>) {
        let location = self.resolve(node).and_then(|node| node.location().text());
        let part = match location {
            Some("body") => Part::RequestBody,
            Some("formData") => Part::Property,
            _ => Part::Parameter,
        };
        self.part(part, node, |reach, parameter| {
            reach.schema_field(parameter.schema().node());
            reach.map(&parameter.content(), Self::media_type);
        });
    }

    fn request_body(&mut self, body: &Node<'a, RequestBody>) {
        self.map(&body.content(), Self::media_type);
    }

    fn response(&mut self, response: &Node<'a, Response>) {
        for (_, header) in response.headers().entries() {
            self.part(Part::ResponseHeader, &header, Self::header);
        }
        self.map(&response.content(), Self::media_type);
        self.schema_field(response.schema().node());
    }

    /// The schema of a header counts with the header.
    fn header(&mut self, _header: &Node<'a, Header>) {}

    fn media_type(&mut self, node: &Node<'a, MediaType>) {
        let Some(content) = self.resolve(node) else {
            return;
        };
        let way = self.way;
        self.step(content.value.origin());
        self.schema_field(content.schema().node());
        self.way = way;
    }

    fn schema_field(&mut self, schema: Option<Node<'a, Schema>>) {
        if let Some(schema) = schema.filter(|schema| !is_never(schema)) {
            self.schemas(schema);
        }
    }

    /// Looks into a schema and those that describe its values. Chains of schemas can be as long as the document, so those to come are kept
    /// in a list.
    fn schemas(&mut self, schema: Node<'a, Schema>) {
        let way = self.way;
        let mut pending = vec![Pending {
            schema,
            is_property: false,
            way,
        }];
        while let Some(next) = pending.pop() {
            self.way = next.way;
            if next.is_property {
                self.step(next.schema.value.origin());
                self.add(Part::Property, &next.schema);
            }
            let first = pending.len();
            self.part(Part::Schema, &next.schema, |reach, schema| {
                reach.schema(schema, &mut pending);
            });
            if let Some(added) = pending.get_mut(first..) {
                added.reverse();
            }
        }
        self.way = way;
    }

    /// Adds the schemas that describe values. One that only restricts them, such as `not`, is one of the keywords of its owner.
    fn schema(&mut self, schema: &Node<'a, Schema>, pending: &mut Vec<Pending<'a>>) {
        let is_allowed = |schema: &Node<'a, Schema>| !is_never(schema);
        let new = |schema, is_property, way| Pending {
            schema,
            is_property,
            way,
        };
        let properties = schema.properties();
        let way = self.way_into(&properties);
        let properties = properties.entries().map(|(_, property)| property);
        let properties = properties.filter(is_allowed);
        pending.extend(properties.map(|node| new(node, true, way)));
        let way = self.way;
        let items = schema.items().node();
        let additional = schema.additional_properties().node();
        let additional = additional.filter(Node::is_object);
        let single = items.into_iter().chain(additional);
        let single = single.filter(is_allowed);
        pending.extend(single.map(|node| new(node, false, way)));
        for schemas in [
            schema.all_of(),
            schema.one_of(),
            schema.any_of(),
            schema.prefix_items(),
        ] {
            let way = self.way_into(&schemas);
            let members = schemas.elements();
            let members = members.filter(|member| is_allowed(member) && !is_annotation(member));
            pending.extend(members.map(|node| new(node, false, way)));
        }
        self.map(&schema.pattern_properties(), |reach, values| {
            pending.push(Pending {
                schema: values.clone(),
                is_property: false,
                way: reach.way,
            });
        });
    }
}

/// Returns the members of an object that are no extensions, be their names valid or not.
fn members<'a, T, U>(owner: &Field<'_, 'a, T>) -> Vec<Node<'a, U>> {
    let members = owner.value().and_then(Value::as_object);
    members
        .into_iter()
        .flatten()
        .filter(|(name, _)| !name.starts_with("x-"))
        .map(|(name, member)| Node::new(member, owner.pointer().key(name)))
        .collect()
}

/// Whether a schema allows no value. Then there is nothing to emit.
fn is_never(schema: &Node<'_, Schema>) -> bool {
    let excluded = schema.not().node();
    let members = schema.value.as_object();
    let is_negated = members.is_some_and(|members| members.len() == 1)
        && excluded.is_some_and(|excluded| {
            let members = excluded.value.as_object();
            excluded.value.as_bool() == Some(true)
                || members.is_some_and(|members| members.is_empty())
        });
    schema.value.as_bool() == Some(false) || is_negated
}

/// Whether a schema says nothing of values. It annotates the schema that it is combined into.
fn is_annotation(schema: &Node<'_, Schema>) -> bool {
    const ANNOTATIONS: &[&str] = &[
        "title",
        "description",
        "example",
        "examples",
        "deprecated",
        "externalDocs",
    ];
    let members = schema.value.as_object().into_iter().flatten();
    members
        .map(|(name, _)| name.as_str())
        .all(|name| ANNOTATIONS.contains(&name) || name.starts_with("x-"))
}

/// Returns the origin of the last node below one, of the same file.
fn last(value: &Value) -> Origin {
    let mut origin = value.origin();
    let mut node = Some(value);
    while let Some(value) = node {
        if value.origin().file() == origin.file() {
            origin = origin.max(value.origin());
        }
        node = match value.data() {
            Data::Array(elements) => elements.last(),
            Data::Object(members) => members.values().last(),
            _ => None,
        };
    }
    origin
}
