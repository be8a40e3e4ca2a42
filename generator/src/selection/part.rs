//! The part of a document that is left.

use std::collections::{BTreeMap, BTreeSet};

use super::operations::{self, Operation};
use super::reach::{self, Found, SECTIONS, needed};
use crate::diagnostic::Pointer;
use crate::openapi::{Holds as _, Kind, METHODS, OpenApi, Version, each_object, object_at};
use crate::source::{Data, Object, Target, Value, resolve};

/// Returns a document with the chosen operations and what they need, in the order of the whole.
pub(super) fn part(root: &Value, chosen: &[&Operation<'_>]) -> Value {
    let Some(members) = root.as_object() else {
        return root.clone();
    };
    let shared = shared(root, chosen);
    let found = needed(root, chosen, &shared);
    let mut part = Object::default();
    for (key, value) in members {
        let at = Pointer::root().key(key);
        let value = match (key.as_str(), value.as_object()) {
            ("paths", Some(items)) => Some(path_items(root, chosen, value, items, false)),
            ("webhooks", Some(items)) => {
                let value = path_items(root, chosen, value, items, true);
                value
                    .as_object()
                    .is_some_and(|items| !items.is_empty())
                    .then_some(value)
            }
            ("components", Some(sections)) => {
                let sections = sections.iter().filter_map(|(name, section)| {
                    let section = match name.starts_with("x-") {
                        true => Some(section.clone()),
                        false => components(&at.key(name), section, &found),
                    };
                    Some((name.clone(), section?))
                });
                let sections: Object = sections.collect();
                let is_any = !sections.is_empty();
                is_any.then(|| Value::new(value.origin(), Data::Object(sections)))
            }
            (section, Some(_)) if SECTIONS.contains(&section) => components(&at, value, &found),
            ("tags", _) => tags(value, chosen),
            _ => Some(value.clone()),
        };
        part.extend(value.map(|value| (key.clone(), value)));
    }
    let mut part = Value::new(root.origin(), Data::Object(part));
    drop_links(&mut part, root, chosen);
    rescue(&mut part, root, &found.stranded);
    part
}

/// Returns what the chosen operations of a path share.
fn shared<'a>(root: &'a Value, chosen: &[&Operation<'a>]) -> Vec<(&'a str, &'a Value)> {
    let mut seen = BTreeSet::new();
    let mut shared = Vec::new();
    for operation in chosen {
        if !seen.insert((operation.is_webhook, operation.item)) {
            continue;
        }
        let section = match operation.is_webhook {
            true => "webhooks",
            false => "paths",
        };
        let at = Pointer::root().key(section).key(operation.item);
        let members = root
            .pointer(&at)
            .map(|item| operations::members(root, &at, item));
        let members = members.into_iter().flatten();
        shared.extend(
            members.filter(|(key, _)| !METHODS.contains(key) && *key != "additionalOperations"),
        );
    }
    shared
}

fn path_items(
    root: &Value,
    chosen: &[&Operation<'_>],
    node: &Value,
    items: &Object,
    is_webhook: bool,
) -> Value {
    let mut kept: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in chosen.iter().filter(|found| found.is_webhook == is_webhook) {
        kept.entry(operation.item)
            .or_default()
            .insert(operation.method);
    }
    let at = Pointer::root().key(if is_webhook { "webhooks" } else { "paths" });
    let items = items.iter().filter_map(|(key, item)| {
        if key.starts_with("x-") {
            return Some((key.clone(), item.clone()));
        }
        let methods = kept.get(key.as_str())?;
        let members = operations::members(root, &at.key(key), item);
        let members = members.into_iter().filter_map(|(key, value)| {
            let value = match key {
                "additionalOperations" => further(value, methods)?,
                method if METHODS.contains(&method) && !methods.contains(method) => return None,
                _ => value.clone(),
            };
            Some((key.to_owned(), value))
        });
        let item = Value::new(item.origin(), Data::Object(members.collect()));
        Some((key.clone(), item))
    });
    Value::new(node.origin(), Data::Object(items.collect()))
}

fn further(node: &Value, methods: &BTreeSet<&str>) -> Option<Value> {
    let members = node.as_object()?.iter();
    let kept: Object = members
        .filter(|(method, _)| methods.contains(method.as_str()))
        .map(|(method, value)| (method.clone(), value.clone()))
        .collect();
    (!kept.is_empty()).then(|| Value::new(node.origin(), Data::Object(kept)))
}

fn components(at: &Pointer, section: &Value, found: &Found) -> Option<Value> {
    let members = section.as_object()?.iter();
    let kept: Object = members
        .filter(|(name, _)| found.needs(&at.key(name)))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    (!kept.is_empty()).then(|| Value::new(section.origin(), Data::Object(kept)))
}

/// Returns the tags that are used, with those that they are below.
fn tags(node: &Value, chosen: &[&Operation<'_>]) -> Option<Value> {
    let Some(tags) = node.as_array() else {
        return Some(node.clone());
    };
    let text = |tag: &Value, key: &str| Some(tag.get(key)?.as_str()?.to_owned());
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut pending: Vec<String> = chosen
        .iter()
        .flat_map(|operation| operation.tags.iter().map(|tag| (*tag).to_owned()))
        .collect();
    while let Some(name) = pending.pop() {
        let declared = tags
            .iter()
            .filter(|tag| text(tag, "name").as_ref() == Some(&name));
        let above = declared.filter_map(|tag| text(tag, "parent"));
        let above: Vec<String> = above.collect();
        if used.insert(name) {
            pending.extend(above);
        }
    }
    let is_used = |tag: &&Value| text(tag, "name").is_some_and(|name| used.contains(&name));
    let kept: Vec<Value> = tags.iter().filter(is_used).cloned().collect();
    (!kept.is_empty()).then(|| Value::new(node.origin(), Data::Array(kept)))
}

/// Takes links to operations out that are left out.
fn drop_links(part: &mut Value, root: &Value, chosen: &[&Operation<'_>]) {
    let version = reach::version_of(root);
    each_object(part, OpenApi::SHAPE, version, &mut |members, definition| {
        let has_links = matches!(definition.kind, Kind::Response | Kind::Components);
        let links = members.get_mut("links").filter(|_| has_links);
        if let Some(links) = links.and_then(Value::as_object_mut) {
            let before = links.len();
            links.retain(|_, link| leads_on(link, root, chosen));
            if links.is_empty() && before > 0 {
                members.shift_remove("links");
            }
        }
    });
}

/// Whether a link leads to a chosen operation. What is no link does too.
fn leads_on(link: &Value, root: &Value, chosen: &[&Operation<'_>]) -> bool {
    let text = |key: &str| link.get(key).and_then(Value::as_str);
    if let Some(Target::Local(pointer)) = text("$ref").map(Target::parse) {
        let target = resolve(root, &pointer);
        return target.is_none_or(|(_, target)| leads_on(target, root, chosen));
    }
    if let Some(id) = text("operationId") {
        return chosen.iter().any(|operation| operation.id == Some(id));
    }
    if let Some(Target::Local(pointer)) = text("operationRef").map(Target::parse) {
        return chosen.iter().any(|operation| {
            let item = Pointer::root().key("paths").key(operation.item);
            let further = item.key("additionalOperations");
            [item, further]
                .iter()
                .any(|at| pointer == at.key(operation.method))
        });
    }
    true
}

/// Makes components of what is needed of operations that are left out, and lets references lead there.
fn rescue(part: &mut Value, root: &Value, stranded: &[Pointer]) {
    let version = reach::version_of(root);
    let mut taken: BTreeSet<Pointer> = reach::components(root)
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    let mut moved: BTreeMap<&Pointer, Pointer> = BTreeMap::new();
    let mut nodes = Vec::new();
    for pointer in stranded {
        let kind = object_at(pointer, version).map(|object| object.kind);
        let section = kind.and_then(|kind| section(kind, version));
        let (Some(section), Some(node)) = (section, root.pointer(pointer)) else {
            continue;
        };
        let name = name(pointer);
        let numbered = (2_usize..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let place = names.find_map(|name| {
            let place = section.key(&name);
            taken.insert(place.clone()).then_some(place)
        });
        if let Some(place) = place {
            moved.insert(pointer, place.clone());
            nodes.push((place, node.clone()));
        }
    }
    for (place, node) in nodes {
        insert(part, place.segments().map(|part| part.into_owned()), node);
    }
    if !moved.is_empty() {
        lead(part, &moved);
    }
}

/// Inserts a node, with the objects that it is in.
fn insert(at: &mut Value, mut segments: impl Iterator<Item = String>, node: Value) {
    let origin = at.origin();
    let Some(segment) = segments.next() else {
        *at = node;
        return;
    };
    if let Some(members) = at.as_object_mut() {
        let empty = || Value::new(origin, Data::Object(Object::default()));
        insert(members.entry(segment).or_insert_with(empty), segments, node);
    }
}

fn lead(node: &mut Value, moved: &BTreeMap<&Pointer, Pointer>) {
    match node.data_mut() {
        Data::Array(elements) => elements.iter_mut().for_each(|node| lead(node, moved)),
        Data::Object(members) => {
            for (key, value) in members {
                let target = value.as_str().filter(|_| key == "$ref").map(Target::parse);
                match target {
                    Some(Target::Local(pointer)) => {
                        if let Some(place) = moved.get(&pointer) {
                            *value.data_mut() = Data::String(format!("#{place}"));
                        }
                    }
                    _ => lead(value, moved),
                }
            }
        }
        _ => {}
    }
}

/// Returns where components of a kind are.
fn section(kind: Kind, version: Version) -> Option<Pointer> {
    let root = Pointer::root();
    if version == Version::Swagger2 {
        let section = match kind {
            Kind::Schema => "definitions",
            Kind::Parameter => "parameters",
            Kind::Response => "responses",
            _ => return None,
        };
        return Some(root.key(section));
    }
    let section = match kind {
        Kind::Schema => "schemas",
        Kind::Parameter => "parameters",
        Kind::Response => "responses",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::Example => "examples",
        Kind::Link => "links",
        Kind::Callback => "callbacks",
        Kind::PathItem => "pathItems",
        Kind::MediaType => "mediaTypes",
        _ => return None,
    };
    Some(root.key("components").key(section))
}

/// Returns a name for a node: its place, in the characters that names of components may have.
fn name(pointer: &Pointer) -> String {
    let text: String = pointer
        .segments()
        .skip(1)
        .flat_map(|segment| format!("{segment}_").chars().collect::<Vec<_>>())
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let words: Vec<&str> = text.split('_').filter(|word| !word.is_empty()).collect();
    words.join("_")
}
