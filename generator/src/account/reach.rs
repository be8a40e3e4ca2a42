//! Finds the parts of a document that an operation can reach, in any version of OpenAPI.

use std::collections::HashSet;

use crate::diagnostic::{Origin, Pointer};
use crate::openapi::{
    Field, Header, Map, MediaType, Node, OpenApi, Operation, Parameter, PathItem, RequestBody,
    Response, Schema,
};
use crate::source::{Data, Resolved, Value, follow};

/// A kind of part that the account counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A path with its operations.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter of an operation or of all operations of a path.
    Parameter,
    /// A request body, or the body parameter of Swagger 2.0.
    RequestBody,
    /// A response.
    Response,
    /// A header of a response.
    ResponseHeader,
    /// A schema.
    Schema,
    /// A property of a schema, or a form parameter of Swagger 2.0.
    Property,
}

impl Part {
    /// Every kind, in the order of the summary.
    pub const ALL: &'static [Self] = &[
        Self::PathItem,
        Self::Operation,
        Self::Parameter,
        Self::RequestBody,
        Self::Response,
        Self::ResponseHeader,
        Self::Schema,
        Self::Property,
    ];

    /// Returns the name of one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PathItem => "path",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::ResponseHeader => "response header",
            Self::Schema => "schema",
            Self::Property => "property",
        }
    }

    /// Returns the name of several.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::PathItem => "paths",
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::RequestBody => "request bodies",
            Self::Response => "responses",
            Self::ResponseHeader => "response headers",
            Self::Schema => "schemas",
            Self::Property => "properties",
        }
    }

    /// Returns what a maintainer can do about one that is not read.
    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::ResponseHeader => {
                "read it by its name from the `headers` of the response that `send` returns"
            }
            _ => {
                "please report this with the document; each part should be emitted or have a diagnostic"
            }
        }
    }
}

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
    /// The origins of itself and of the nodes that lead to it.
    pub within: Vec<Origin>,
}

/// Returns the paths and the parts that an operation can reach, each once.
/// It must be the document as its author wrote it, overlays applied.
#[must_use]
pub fn reachable(document: &Value) -> Vec<Item> {
    let mut reach = Reach {
        document,
        items: Vec::new(),
        known: HashSet::new(),
        within: vec![document.origin()],
    };
    let root: Node<'_, OpenApi> = Node::new(document, Pointer::root());
    for item in members(&root.paths()) {
        reach.add(Part::PathItem, &item);
        let target = reach.resolve(&item);
        let beside = item.is_reference().then(|| item.clone());
        for item in beside.into_iter().chain(target) {
            reach.path_item(&item);
        }
    }
    reach.items
}

/// The state of the search.
struct Reach<'a> {
    document: &'a Value,
    items: Vec<Item>,
    known: HashSet<(Part, Origin)>,
    /// The origins of the nodes that lead to the present one.
    within: Vec<Origin>,
}

impl<'a> Reach<'a> {
    fn resolve<T>(&self, node: &Node<'a, T>) -> Option<Node<'a, T>> {
        match follow(self.document, node.value) {
            Resolved::Itself => Some(node.clone()),
            Resolved::Node(pointer, value) => Some(Node::new(value, pointer)),
            Resolved::Nothing => None,
        }
    }

    /// Adds a part, and returns whether it was not known.
    fn add<T>(&mut self, part: Part, node: &Node<'a, T>) -> bool {
        let origin = node.value.origin();
        let is_new = self.known.insert((part, origin));
        if is_new {
            self.items.push(Item {
                part,
                origin,
                last: last(node.value),
                pointer: node.pointer.clone(),
                within: self.within.clone(),
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
        let depth = self.within.len();
        self.within.push(node.value.origin());
        match self.resolve(node) {
            Some(target) => {
                self.within.push(target.value.origin());
                if self.add(part, &target) {
                    inner(self, &target);
                }
            }
            // It leads nowhere, so what it is meant to be is lost.
            None => _ = self.add(part, node),
        }
        self.within.truncate(depth);
    }

    /// Looks into the members of an object whose names the document chooses.
    fn map<T>(
        &mut self,
        map: &Field<'_, 'a, Map<T>>,
        mut inner: impl FnMut(&mut Self, &Node<'a, T>),
    ) {
        let depth = self.within.len();
        self.within.extend(map.value().map(Value::origin));
        for (_, member) in map.entries() {
            inner(self, &member);
        }
        self.within.truncate(depth);
    }

    fn path_item(&mut self, item: &Node<'a, PathItem>) {
        let depth = self.within.len();
        self.within.push(item.value.origin());
        for (_, operation) in item.operations() {
            self.part(Part::Operation, &operation, |reach, operation| {
                reach.operation(item, operation);
            });
        }
        self.within.truncate(depth);
    }

    fn operation(&mut self, item: &Node<'a, PathItem>, operation: &Node<'a, Operation>) {
        let own: Vec<_> = operation.parameters().elements().collect();
        let keys: Vec<_> = own.iter().filter_map(|node| self.key(node)).collect();
        let inherited = item.parameters().elements();
        let inherited: Vec<_> = inherited
            .filter(|node| self.key(node).is_none_or(|key| !keys.contains(&key)))
            .collect();
        // What is said of a list of parameters is said of those in it.
        for (list, parameters) in [
            (item.parameters(), inherited),
            (operation.parameters(), own),
        ] {
            let depth = self.within.len();
            self.within.extend(list.value().map(Value::origin));
            for parameter in &parameters {
                self.parameter(parameter);
            }
            self.within.truncate(depth);
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
        let depth = self.within.len();
        self.within.push(content.value.origin());
        self.schema_field(content.schema().node());
        self.within.truncate(depth);
    }

    fn schema_field(&mut self, schema: Option<Node<'a, Schema>>) {
        if let Some(schema) = schema.filter(|schema| !is_never(schema)) {
            self.part(Part::Schema, &schema, Self::schema);
        }
    }

    /// What describes values. A schema that only restricts them, such as `not`, is one of the keywords of its owner.
    fn schema(&mut self, schema: &Node<'a, Schema>) {
        let properties = schema.properties();
        for (_, property) in properties.entries().filter(|(_, schema)| !is_never(schema)) {
            let depth = self.within.len();
            self.within.push(property.value.origin());
            self.add(Part::Property, &property);
            self.part(Part::Schema, &property, Self::schema);
            self.within.truncate(depth);
        }
        self.schema_field(schema.items().node());
        let additional = schema.additional_properties().node();
        self.schema_field(additional.filter(Node::is_object));
        for schemas in [
            schema.all_of(),
            schema.one_of(),
            schema.any_of(),
            schema.prefix_items(),
        ] {
            for member in schemas.elements().filter(|member| !is_never(member)) {
                if !is_annotation(&member) {
                    self.part(Part::Schema, &member, Self::schema);
                }
            }
        }
        self.map(&schema.pattern_properties(), |reach, values| {
            reach.part(Part::Schema, values, Self::schema);
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
