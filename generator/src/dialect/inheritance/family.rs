//! Schemas that others extend.

use std::collections::{BTreeMap, BTreeSet};

use super::SCHEMAS;
use crate::source::{Allowance, Object, Value};

/// How many schemas may extend one another in a row. Lowering follows as many.
const MAX_DEPTH: usize = 100;

/// A schema that others extend.
#[derive(Debug)]
pub(super) struct Family {
    /// The name of the schema that gets its members.
    pub(super) base: String,
    /// The schemas that extend it, each with the value of the discriminator that represents it.
    pub(super) children: Vec<(String, String)>,
}

/// The schemas that others extend.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The families of the schemas with a discriminator, by name.
    pub(super) families: BTreeMap<String, Family>,
    /// The names of those that more schemas extend than the document is large.
    pub(super) excessive: Vec<String>,
}

/// Finds the schemas that have a discriminator and that others extend.
pub(super) fn families(root: &Value, schemas: &Object) -> Families {
    let mut children: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, (name, schema)) in schemas.iter().enumerate() {
        for parent in parents(schema).into_iter().filter(|parent| parent != name) {
            children.entry(parent).or_default().push(position);
        }
    }
    let mut allowance = Allowance::new(50_000, 2);
    let mut bases: BTreeSet<String> = BTreeSet::new();
    let mut found = Families::default();
    for (name, schema) in schemas {
        let has_alternatives = ["oneOf", "anyOf"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some());
        let has_discriminator = schema
            .get("discriminator")
            .is_some_and(|value| value.get("propertyName").is_some());
        if !has_discriminator || has_alternatives {
            continue;
        }
        let is_allowed = |count| allowance.take(count, root);
        let Some(descendants) = descendants(name, schemas, &children, is_allowed) else {
            found.excessive.push(name.clone());
            continue;
        };
        if descendants.is_empty() {
            continue;
        }
        let children = descendants.into_iter();
        let children = children.filter_map(|position| {
            let (child, schema) = schemas.get_index(position)?;
            Some((child.clone(), tag(child, schema)))
        });
        let children = children.collect();
        let base = free_name(&format!("{name}Base"), |name| {
            schemas.contains_key(name) || bases.contains(name)
        });
        bases.insert(base.clone());
        found
            .families
            .insert(name.clone(), Family { base, children });
    }
    found
}

/// Returns the names of the schemas that a schema extends.
fn parents(schema: &Value) -> Vec<&str> {
    let parts = schema.get("allOf").and_then(Value::as_array);
    parts
        .unwrap_or_default()
        .iter()
        .filter_map(|part| name_of(part.get("$ref")?.as_str()?))
        .collect()
}

/// Returns the name of the schema among the components that a reference leads to.
pub(super) fn name_of(reference: &str) -> Option<&str> {
    reference
        .strip_prefix(SCHEMAS)
        .filter(|name| !name.contains(['/', '~', '%']))
}

/// Returns the positions of the schemas that extend one, directly or by way of others, in the document's order. Returns `None` where they are
/// too many.
fn descendants(
    name: &str,
    schemas: &Object,
    children: &BTreeMap<&str, Vec<usize>>,
    mut is_allowed: impl FnMut(usize) -> bool,
) -> Option<BTreeSet<usize>> {
    let own = schemas.get_index_of(name);
    let mut found = BTreeSet::new();
    let mut level = vec![name];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for children in level.into_iter().filter_map(|parent| children.get(parent)) {
            if !is_allowed(children.len()) {
                return None;
            }
            let new = children.iter().copied();
            let new = new.filter(|child| Some(*child) != own && found.insert(*child));
            next.extend(new.filter_map(|child| Some(schemas.get_index(child)?.0.as_str())));
        }
        if next.is_empty() {
            break;
        }
        level = next;
    }
    Some(found)
}

/// Returns the value of the discriminator that represents a schema.
fn tag(name: &str, schema: &Value) -> String {
    let declared = ["x-discriminator-value", "x-ms-discriminator-value"]
        .iter()
        .find_map(|key| schema.get(key)?.as_str());
    declared.unwrap_or(name).to_owned()
}

fn free_name(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}
