//! Schemas that others extend.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::SCHEMAS;
use crate::source::{Object, Value};

/// How many schemas may extend one another in a row.
const MAX_DEPTH: usize = 64;

/// A schema that others extend.
#[derive(Debug)]
pub(super) struct Family {
    /// The name of the schema that gets its members.
    pub(super) base: String,
    /// The schemas that extend it, each with the value of the discriminator that represents it.
    pub(super) children: Vec<(String, String)>,
}

/// Finds the schemas that have a discriminator and that others extend.
pub(super) fn families(schemas: &Object) -> BTreeMap<String, Family> {
    let parents: Vec<(&str, Vec<&str>)> = schemas
        .iter()
        .map(|(name, schema)| (name.as_str(), parents(schema)))
        .collect();
    let mut families = BTreeMap::new();
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
        let children = descendants(name, &parents);
        if children.is_empty() {
            continue;
        }
        let children = children
            .into_iter()
            .map(|child| (child.to_owned(), tag(child, schemas)))
            .collect();
        let base = free_name(&format!("{name}Base"), |name| {
            schemas.contains_key(name)
                || families.values().any(|family: &Family| family.base == name)
        });
        families.insert(name.clone(), Family { base, children });
    }
    families
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

/// Returns the schemas that extend one, directly or by way of others, in the document's order.
fn descendants<'a>(name: &'a str, parents: &[(&'a str, Vec<&'a str>)]) -> Vec<&'a str> {
    let mut found: IndexSet<&str> = IndexSet::new();
    for _ in 0..MAX_DEPTH {
        let before = found.len();
        for (child, parents) in parents {
            let extends = parents
                .iter()
                .any(|parent| *parent == name || found.contains(parent));
            if extends && *child != name {
                found.insert(child);
            }
        }
        if found.len() == before {
            break;
        }
    }
    parents
        .iter()
        .map(|(child, _)| *child)
        .filter(|child| found.contains(child))
        .collect()
}

/// Returns the value of the discriminator that represents a schema.
fn tag(name: &str, schemas: &Object) -> String {
    let schema = schemas.get(name);
    let declared = ["x-discriminator-value", "x-ms-discriminator-value"]
        .iter()
        .find_map(|key| schema?.get(key)?.as_str());
    declared.unwrap_or(name).to_owned()
}

fn free_name(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}
