//! What operations refer to, directly or by way of others.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::operations::Operation;
use crate::diagnostic::Pointer;
use crate::openapi::{
    Holds as _, METHODS, Operation as OperationObject, PathItem, Shape, Version, component_schemas,
    shape_at, shape_of_member,
};
use crate::source::{Data, Object, Target, Value};

/// The sections of Swagger 2.0 that hold what operations share.
pub(super) const SECTIONS: [&str; 4] = [
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
];

/// What a search has found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The components that are needed, and the sections that are needed whole.
    components: BTreeSet<Pointer>,
    /// What is needed of operations that are left out.
    pub(super) stranded: Vec<Pointer>,
}

impl Found {
    /// Whether a component is needed.
    pub(super) fn needs(&self, component: &Pointer) -> bool {
        let section = component.parent();
        self.components.contains(component)
            || section.is_some_and(|section| self.components.contains(&section))
    }
}

/// Finds what the chosen operations need.
pub(super) fn needed(root: &Value, chosen: &[&Operation<'_>], shared: &[(&str, &Value)]) -> Found {
    let version = version_of(root);
    let mut reach = Reach {
        root,
        version,
        chosen,
        extensions: extensions(root),
        found: Found::default(),
        seen: BTreeSet::new(),
        pending: Vec::new(),
        identifiers: BTreeSet::new(),
    };
    for (key, node) in shared {
        reach.member(PathItem::SHAPE, key, node);
    }
    for operation in chosen {
        reach.visit(operation.value, OperationObject::SHAPE);
    }
    reach.security();
    loop {
        while let Some((pointer, node)) = reach.pending.pop() {
            reach.target(&pointer, node);
        }
        let wanted = std::mem::take(&mut reach.identifiers);
        if wanted.is_empty() {
            break;
        }
        for pointer in identified(root, &wanted) {
            reach.follow(&pointer);
        }
    }
    reach.found
}

struct Reach<'a> {
    root: &'a Value,
    version: Version,
    chosen: &'a [&'a Operation<'a>],
    /// The schemas that extend each schema.
    extensions: BTreeMap<Pointer, Vec<Pointer>>,
    found: Found,
    seen: BTreeSet<Pointer>,
    pending: Vec<(Pointer, &'a Value)>,
    /// The references that name their targets by identifiers, and whose targets are still to be looked for.
    identifiers: BTreeSet<String>,
}

impl<'a> Reach<'a> {
    /// Looks for references in a node: in what the specification has at their place, and wherever it has nothing, since something
    /// may refer there.
    fn visit(&mut self, node: &'a Value, shape: Shape) {
        match (shape, node.data()) {
            (shape, Data::Array(elements)) => {
                let inner = match shape {
                    Shape::List(inner) => *inner,
                    _ => Shape::Any,
                };
                elements.iter().for_each(|node| self.visit(node, inner));
            }
            (Shape::Map(inner), Data::Object(members)) => {
                members.values().for_each(|node| self.visit(node, *inner));
            }
            (shape, Data::Object(members)) => {
                for (key, value) in members {
                    self.member(shape, key, value);
                }
            }
            _ => {}
        }
    }

    /// Looks for references in a member of an object.
    fn member(&mut self, owner: Shape, key: &str, value: &'a Value) {
        let definition = owner.object();
        match (key, value.data()) {
            ("$ref" | "$dynamicRef", Data::String(text)) => self.reference(text),
            ("security", Data::Array(_)) => self.requirements(value),
            ("discriminator", _) => self.discriminator(value),
            _ => match definition.and_then(|object| shape_of_member(object, key, self.version)) {
                // An example, a default or the like, which is no part of the document whatever it looks like.
                Some(
                    Shape::Any | Shape::Custom | Shape::List(Shape::Any) | Shape::Map(Shape::Any),
                ) => {}
                Some(shape) => self.visit(value, shape),
                None => self.visit(value, Shape::Any),
            },
        }
    }

    fn reference(&mut self, text: &str) {
        match Target::parse(text) {
            Target::Local(pointer) if self.follow(&pointer) => {}
            // The document may be named by its own address, or a schema by an identifier.
            _ => {
                let fragment = text.split_once('#').map(|(_, fragment)| fragment);
                let pointer = fragment.and_then(Pointer::parse);
                let is_found =
                    pointer.is_some_and(|pointer| !pointer.is_root() && self.follow(&pointer));
                if !is_found && self.seen.insert(Pointer::root().key(text)) {
                    self.identifiers.insert(text.to_owned());
                }
            }
        }
    }

    /// Notes that a node is needed. Returns whether it exists.
    fn follow(&mut self, pointer: &Pointer) -> bool {
        let Some(node) = self.root.pointer(pointer) else {
            return false;
        };
        if self.seen.insert(pointer.clone()) {
            self.pending.push((pointer.clone(), node));
        }
        true
    }

    /// Looks into a node that is needed, and into the component that it is in.
    fn target(&mut self, pointer: &Pointer, node: &'a Value) {
        let segments: Vec<_> = pointer.segments().take(3).collect();
        let first = segments.first().map_or("", |segment| &**segment);
        let depth = match first {
            "components" => 3,
            first if SECTIONS.contains(&first) => 2,
            _ => {
                if matches!(first, "paths" | "webhooks") && !self.is_kept(&segments) {
                    self.found.stranded.push(pointer.clone());
                }
                self.visit(node, self.shape_at(pointer));
                return;
            }
        };
        let root = Pointer::root();
        let own = pointer
            .segments()
            .take(depth)
            .fold(root, |pointer, segment| pointer.key(&segment));
        if !self.found.components.insert(own.clone()) {
            return;
        }
        let Some(component) = self.root.pointer(&own) else {
            return;
        };
        self.visit(component, self.shape_at(&own));
        if component.get("discriminator").is_some() {
            self.extensions(&own);
        }
    }

    fn shape_at(&self, pointer: &Pointer) -> Shape {
        shape_at(pointer, self.version).unwrap_or(Shape::Any)
    }

    /// A value of a schema with a discriminator may be one of a schema that extends it.
    fn extensions(&mut self, schema: &Pointer) {
        let mut pending = vec![schema.clone()];
        let mut seen = BTreeSet::new();
        while let Some(schema) = pending.pop() {
            if seen.insert(schema.clone()) {
                let children = self.extensions.get(&schema).cloned().unwrap_or_default();
                for child in &children {
                    self.follow(child);
                }
                pending.extend(children);
            }
        }
    }

    /// Whether a node under `paths` or `webhooks` is one of a chosen operation, or of its path.
    fn is_kept(&self, segments: &[Cow<'_, str>]) -> bool {
        let [section, item, key] = segments else {
            return false;
        };
        let is_method = METHODS.contains(&&**key);
        self.chosen.iter().any(|found| {
            found.item == item
                && found.is_webhook == (section == "webhooks")
                && (!is_method || found.method == key)
        })
    }

    fn discriminator(&mut self, discriminator: &'a Value) {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let targets = mapping.into_iter().flat_map(Object::values);
        for target in targets.chain(discriminator.get("defaultMapping")) {
            let text = target.as_str().unwrap_or_default();
            if !self.follow(&component_schemas().key(text)) {
                self.reference(text);
            }
        }
        self.visit(discriminator, Shape::Any);
    }

    fn requirements(&mut self, requirements: &Value) {
        let requirements = requirements.as_array().unwrap_or_default().iter();
        let names = requirements.filter_map(Value::as_object);
        for name in names.flat_map(Object::keys) {
            if !schemes_at().iter().any(|at| self.follow(&at.key(name))) {
                self.reference(name);
            }
        }
    }

    /// The security schemes of the document are needed where an operation does not name its own. Where the document names none either,
    /// any may be meant.
    fn security(&mut self) {
        let has_own = |found: &&Operation<'_>| found.value.get("security").is_some();
        if let Some(security) = self.root.get("security") {
            self.requirements(security);
        } else if !self.chosen.iter().all(has_own) {
            for section in schemes_at() {
                self.follow(&section);
            }
        }
    }
}

/// Returns the version of which the tables are read: the latest of the words that a document has.
pub(super) fn version_of(root: &Value) -> Version {
    match root.get("swagger") {
        Some(_) => Version::Swagger2,
        None => Version::OpenApi32,
    }
}

fn schemes_at() -> [Pointer; 2] {
    let root = Pointer::root();
    [
        root.key("components").key("securitySchemes"),
        root.key("securityDefinitions"),
    ]
}

/// Returns the components, each with its pointer.
pub(super) fn components(root: &Value) -> Vec<(Pointer, &Value)> {
    let at = Pointer::root();
    let sections = root.get("components").and_then(Value::as_object);
    let nested = sections
        .into_iter()
        .flatten()
        .map(|(name, section)| (at.key("components").key(name), section));
    let flat = SECTIONS
        .iter()
        .filter_map(|name| Some((at.key(name), root.get(name)?)));
    nested
        .chain(flat)
        .flat_map(|(at, section)| {
            let members = section.as_object().into_iter().flatten();
            members.map(move |(name, value)| (at.key(name), value))
        })
        .collect()
}

/// Finds the schemas that extend each schema by `allOf`.
fn extensions(root: &Value) -> BTreeMap<Pointer, Vec<Pointer>> {
    let mut extensions: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
    for (pointer, component) in components(root) {
        let parts = component.get("allOf").and_then(Value::as_array);
        for part in parts.unwrap_or_default() {
            let reference = part.get("$ref").and_then(Value::as_str);
            if let Some(Target::Local(parent)) = reference.map(Target::parse) {
                extensions.entry(parent).or_default().push(pointer.clone());
            }
        }
    }
    extensions
}

/// Returns the components that have a wanted identifier in them, and what has one elsewhere.
fn identified(root: &Value, wanted: &BTreeSet<String>) -> Vec<Pointer> {
    let wanted = Wanted::of(wanted);
    let mut found = Vec::new();
    for (pointer, component) in components(root) {
        if wanted.is_in(component) {
            found.push(pointer);
        }
    }
    for section in ["paths", "webhooks"] {
        let at = Pointer::root().key(section);
        if let Some(node) = root.get(section) {
            identified_in(node, &at, &wanted, &mut found);
        }
    }
    found
}

fn identified_in(node: &Value, at: &Pointer, wanted: &Wanted<'_>, found: &mut Vec<Pointer>) {
    match node.data() {
        // What is inside of it may be named relative to it, so it is taken whole or not at all.
        Data::Object(_) if identifiers(node).next().is_some() => {
            found.extend(wanted.is_in(node).then(|| at.clone()));
        }
        Data::Object(members) => {
            for (key, value) in members {
                identified_in(value, &at.key(key), wanted, found);
            }
        }
        Data::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                identified_in(value, &at.index(index), wanted, found);
            }
        }
        _ => {}
    }
}

/// Returns the identifiers of a node.
fn identifiers(node: &Value) -> impl Iterator<Item = &str> {
    let keys = ["$id", "$anchor", "$dynamicAnchor"];
    keys.into_iter().filter_map(|key| node.get(key)?.as_str())
}

/// The identifiers that references name: the last segments of addresses, which may be relative on either side, and anchors.
struct Wanted<'a>(BTreeSet<&'a str>);

impl<'a> Wanted<'a> {
    fn of(references: &'a BTreeSet<String>) -> Self {
        let mut wanted = BTreeSet::new();
        for reference in references {
            let (address, anchor) = reference.split_once('#').unwrap_or((reference, ""));
            wanted.extend([last_segment(address), anchor]);
        }
        wanted.remove("");
        Self(wanted)
    }

    /// Whether a node or one below it has a wanted identifier.
    fn is_in(&self, node: &Value) -> bool {
        let mut found = false;
        node.each(&mut |node| {
            let mut identifiers = identifiers(node);
            found |= identifiers.any(|identifier| self.0.contains(last_segment(identifier)));
        });
        found
    }
}

/// Returns the last segment of an address that is not empty.
fn last_segment(address: &str) -> &str {
    let address = address.trim_end_matches(['#', '/']);
    address.rsplit('/').next().unwrap_or(address)
}
