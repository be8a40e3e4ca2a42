//! Bundles a description of several files into one document.
//!
//! What a reference to another file names becomes a component, under the name that it has there, or that of its file. Where OpenAPI has no
//! components (path items, whole maps), it takes the place of the reference. Every node keeps its origin, so its place stays that in its
//! own file. A file that is a fragment has the version of the entry document.

mod components;
mod fault;
mod files;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};

use self::components::Components;
use self::fault::{Fault, FaultKind};
use self::files::{At, Files};
use super::{make, version};
use crate::diagnostic::{Diagnostics, Origin, Place, Pointer, codes};
use crate::openapi::{Holds, Kind, OpenApi, Presence, Shape, Version, is_schema_name};
use crate::source::{Data, Document, Load, MAX_DEPTH, Object, Target, Value};

/// How many nodes may be brought in where there are no components.
const MAX_INLINED_NODES: usize = 500_000;

/// Brings the other files of a description into its entry document. `next` is the number of the first of them, for the origins of its nodes.
pub fn bundle(document: &mut Document, load: &dyn Load, next: u32, diagnostics: &mut Diagnostics) {
    if !has_other_files(document.value()) {
        return;
    }
    let Some(version) = version::declared_by(document.value()) else {
        return;
    };
    let mut files = Files::new(document, load, next);
    let components = Components::of_entry(&mut files, version, diagnostics);
    let mut bundler = Bundler {
        version,
        files,
        components,
        diagnostics,
        at: Pointer::root(),
        depth: 0,
        inlining: Vec::new(),
        inlined: 0,
        pending: VecDeque::new(),
        informative: 0,
        reported: BTreeSet::new(),
    };
    let entry = document.value().clone();
    if let Some(root) = bundler.value(&entry, Some(OpenApi::SHAPE), 0) {
        document.set(&Pointer::root(), root);
    }
    while let Some((at, shape, place)) = bundler.pending.pop_front() {
        let Some(node) = bundler.files.get(&at).cloned() else {
            continue;
        };
        bundler.at.clone_from(&place);
        let origin = node.origin();
        let node = bundler.value(&node, Some(shape), at.file);
        add(
            document,
            &place,
            node.unwrap_or_else(|| make::empty(origin)),
        );
    }
    for file in bundler.files.documents() {
        document.include(file);
    }
}

/// Whether a reference leads to another file. What only looks like a reference does no harm.
fn has_other_files(node: &Value) -> bool {
    match node.data() {
        Data::Array(elements) => elements.iter().any(has_other_files),
        Data::Object(members) => members.iter().any(|(key, value)| {
            let text = value.as_str().filter(|_| key == "$ref");
            text.is_some_and(|text| matches!(Target::parse(text), Target::File { .. }))
                || has_other_files(value)
        }),
        _ => false,
    }
}

/// Adds a component, and the objects that it is in.
fn add(document: &mut Document, place: &Pointer, node: Value) {
    let origin = document.value().origin();
    let mut owner = Pointer::root();
    let mut segments = place.segments().peekable();
    while let Some(segment) = segments.next() {
        owner.push(&segment);
        if segments.peek().is_some() && document.get(&owner).and_then(Value::as_object).is_none() {
            document.set(&owner, make::empty(origin));
        }
    }
    document.set(place, node);
}

struct Bundler<'run> {
    version: Version,
    files: Files<'run>,
    components: Components,
    diagnostics: &'run mut Diagnostics,
    /// Where the present node goes.
    at: Pointer,
    depth: usize,
    /// The nodes that take the place of references around the present one.
    inlining: Vec<At>,
    /// How many nodes have been brought in so.
    inlined: usize,
    /// The components that are still to be added.
    pending: VecDeque<(At, Shape, Pointer)>,
    /// How many objects that don't affect a client the present node is in.
    informative: usize,
    reported: BTreeSet<Origin>,
}

impl Bundler<'_> {
    /// Returns a node of a file as it is in the bundled document, or `None` when it is left out.
    fn value(&mut self, value: &Value, shape: Option<Shape>, file: usize) -> Option<Value> {
        let shape = match shape {
            Some(Shape::Any | Shape::Custom) | None => return Some(value.clone()),
            Some(shape) => shape,
        };
        self.inlined += usize::from(!self.inlining.is_empty());
        self.depth += 1;
        let is_informative = shape
            .object()
            .is_some_and(|object| matches!(object.kind, Kind::Example | Kind::Link));
        self.informative += usize::from(is_informative);
        let bundled = match value.data() {
            Data::Object(members) => match members.get("$ref") {
                Some(reference) if reference.as_str().is_some() => {
                    self.reference(value.origin(), members, reference, shape, file)
                }
                _ => Some(self.object(value.origin(), members, shape, file)),
            },
            Data::Array(elements) => {
                let mut bundled = Vec::with_capacity(elements.len());
                for (index, element) in elements.iter().enumerate() {
                    self.at.push_index(index);
                    bundled.extend(self.value(element, shape.child("", self.version), file));
                    self.at.pop();
                }
                Some(make::list(value.origin(), bundled))
            }
            _ => Some(value.clone()),
        };
        self.informative -= usize::from(is_informative);
        self.depth -= 1;
        bundled
    }

    fn object(&mut self, origin: Origin, members: &Object, shape: Shape, file: usize) -> Value {
        let mut bundled = Object::default();
        let kind = shape.object().map(|object| object.kind);
        for (key, value) in members {
            // References to it are pointers now. In the bundled document, it would be a name of the entry document.
            if key == "$anchor"
                && kind == Some(Kind::Schema)
                && file != 0
                && !self.files.has_id(file)
            {
                continue;
            }
            self.at.push(key);
            bundled.extend(
                self.member(key, value, shape, file)
                    .map(|value| (key.clone(), value)),
            );
            self.at.pop();
        }
        make::object(origin, bundled)
    }

    fn member(&mut self, key: &str, value: &Value, shape: Shape, file: usize) -> Option<Value> {
        let object = shape.object();
        if object.is_some_and(|object| object.kind == Kind::Discriminator) {
            return Some(self.mapping(key, value, file));
        }
        let child = shape.child(key, self.version);
        let bundled = self.value(value, child, file);
        let presence = object.and_then(|object| object.field(key, self.version));
        match (bundled, presence, child) {
            (None, Some((_, Presence::Defaulted)), Some(child)) => {
                Some(Value::new(value.origin(), child.empty(self.version)))
            }
            (bundled, ..) => bundled,
        }
    }

    /// Returns a member of a discriminator. A value of its mapping is a reference.
    fn mapping(&mut self, key: &str, value: &Value, file: usize) -> Value {
        let shape = <crate::openapi::Schema as Holds>::SHAPE;
        let mut target = |target: &Value| {
            let text = target.as_str().unwrap_or_default();
            if is_schema_name(text) {
                return target.clone();
            }
            self.rewritten(target, shape, file)
                .unwrap_or_else(|| target.clone())
        };
        match (key, value.data()) {
            ("mapping", Data::Object(entries)) => {
                let entries = entries
                    .iter()
                    .map(|(tag, value)| (tag.clone(), target(value)));
                make::object(value.origin(), entries)
            }
            ("defaultMapping", Data::String(_)) => target(value),
            _ => value.clone(),
        }
    }

    fn reference(
        &mut self,
        origin: Origin,
        members: &Object,
        reference: &Value,
        shape: Shape,
        file: usize,
    ) -> Option<Value> {
        let end = match self.end(file, reference) {
            Ok(Some(end)) => end,
            Ok(None) => return Some(self.object(origin, members, shape, file)),
            Err(fault) => return self.lost(&fault, shape),
        };
        match self.named(&end, reference, shape) {
            Some(place) if place != self.at => {
                let mut bundled = self.object(origin, members, shape, file);
                if let Some(members) = bundled.as_object_mut() {
                    let text = make::text(reference.origin(), text_of(&place));
                    make::set(members, "$ref", text);
                }
                Some(bundled)
            }
            _ => self.inline(&end, members, reference, shape, file),
        }
    }

    /// Follows a reference, unless it leads to a node of the same document as before.
    fn end(&mut self, file: usize, reference: &Value) -> Result<Option<At>, Fault> {
        let text = reference.as_str().unwrap_or_default();
        if file == 0 && matches!(Target::parse(text), Target::Local(_)) {
            return Ok(None);
        }
        self.files.follow(file, reference, self.diagnostics)
    }

    /// Returns where the target of a reference is in the bundled document, or `None` when it takes the place of the reference.
    fn named(&mut self, end: &At, reference: &Value, shape: Shape) -> Option<Pointer> {
        let path = self.files.path(end.file).to_owned();
        if end.file == 0 {
            let is_component = Components::has(shape, self.version);
            return is_component.then(|| end.pointer.clone());
        }
        let named = self.components.place(end, shape, self.version, &path)?;
        if named.is_new {
            self.pending
                .push_back((end.clone(), shape, named.place.clone()));
        }
        if let Some(preferred) = named.preferred {
            let place = Place {
                origin: reference.origin(),
                below: 0,
                pointer: self.at.key("$ref"),
            };
            let name = named.place.last().unwrap_or_default();
            let message =
                format!("there is another `{preferred}` already, so this one is called `{name}`");
            let help = "give one of the two another name, if the names matter";
            self.diagnostics
                .push(codes::RENAMED_COMPONENT, &place, message, help);
        }
        Some(named.place)
    }

    /// Returns the text of a reference as it is in the bundled document, or `None` when it stays as it is.
    fn rewritten(&mut self, reference: &Value, shape: Shape, file: usize) -> Option<Value> {
        match self.end(file, reference) {
            Ok(Some(end)) => {
                let place = self.named(&end, reference, shape)?;
                Some(make::text(reference.origin(), text_of(&place)))
            }
            Ok(None) => None,
            Err(fault) => {
                self.lost(&fault, shape);
                None
            }
        }
    }

    /// Puts the target of a reference in its place. Members beside the reference win.
    fn inline(
        &mut self,
        end: &At,
        members: &Object,
        reference: &Value,
        shape: Shape,
        file: usize,
    ) -> Option<Value> {
        let fault = if self.inlining.contains(end) {
            Some(FaultKind::Loop)
        } else if self.depth > MAX_DEPTH || self.inlined > MAX_INLINED_NODES {
            Some(FaultKind::TooMuch)
        } else {
            None
        };
        if let Some(kind) = fault {
            return self.lost(&Fault::new(reference, kind), shape);
        }
        let node = self.files.get(end).cloned()?;
        self.inlining.push(end.clone());
        let mut bundled = self.value(&node, Some(shape), end.file);
        self.inlining.pop();
        if let Some(bundled) = bundled.as_mut().and_then(Value::as_object_mut) {
            for (key, value) in members.iter().filter(|(key, _)| *key != "$ref") {
                self.at.push(key);
                if let Some(value) = self.member(key, value, shape, file) {
                    bundled.insert(key.clone(), value);
                }
                self.at.pop();
            }
        }
        bundled
    }

    /// Reports a fault once, and returns what is in the place of the reference.
    fn lost(&mut self, fault: &Fault, shape: Shape) -> Option<Value> {
        if self.reported.insert(fault.origin) {
            fault.report_to(shape, self.informative > 0, self.diagnostics);
        }
        let is_schema = shape
            .object()
            .is_some_and(|object| object.kind == Kind::Schema);
        is_schema.then(|| make::empty(fault.origin))
    }
}

/// Returns the text of a reference to a node of the bundled document.
fn text_of(place: &Pointer) -> String {
    format!("#{}", place.as_str().replace('%', "%25"))
}
