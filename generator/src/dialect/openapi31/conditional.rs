//! Properties that an object has under a condition: those of `then`, `else` and `dependentSchemas`.
//!
//! They are collected while schemas are brought to the normal form, and become properties afterwards, when it is known what holds of the
//! same member anyway. There the condition only restricts values, which no type says: were it read like a part of `allOf`, each value would
//! have to satisfy it.

use std::collections::{BTreeSet, HashSet};

use super::moves::Moves;
use super::schema::Schema;
use super::walk::{self, Visitor};
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Allowance, Value, follow};

/// Holds the collected properties of a schema until the end of the pass: a list of schemas for each name.
pub(super) const CONDITIONAL: &str = "$conditionalProperties";

/// Collects the properties of a schema that holds under a condition. Returns whether it says nothing else of the type.
pub(super) fn collect(schema: &mut Schema<'_>, conditional: &Value) -> bool {
    let Some(members) = conditional.as_object() else {
        return true;
    };
    if let Some(added) = members.get("properties").and_then(Value::as_object) {
        for (name, property) in added {
            add(schema, name, property.clone());
        }
    }
    if let Some(nested) = members.get(CONDITIONAL).and_then(Value::as_object) {
        for (name, properties) in nested {
            for property in properties.as_array().unwrap_or_default() {
                add(schema, name, property.clone());
            }
        }
    }
    const READ: &[&str] = &[
        "properties",
        "required",
        "type",
        "title",
        "description",
        CONDITIONAL,
    ];
    members.keys().all(|key| READ.contains(&key.as_str()))
}

/// Takes what the parts of a schema's `allOf` have collected: they describe the same object.
pub(super) fn lift(schema: &mut Schema<'_>) {
    let parts = schema.members.get_mut("allOf");
    let parts = parts.and_then(Value::as_array_mut).into_iter().flatten();
    let collected: Vec<Value> = parts
        .filter_map(|part| part.as_object_mut()?.shift_remove(CONDITIONAL))
        .collect();
    for (name, properties) in collected.iter().filter_map(Value::as_object).flatten() {
        for property in properties.as_array().unwrap_or_default() {
            add(schema, name, property.clone());
        }
    }
}

fn add(schema: &mut Schema<'_>, name: &str, property: Value) {
    let origin = property.origin();
    let Some(collected) = schema.object_mut(CONDITIONAL) else {
        return;
    };
    let list = collected.entry(name.to_owned());
    let list = list.or_insert_with(|| make::list(origin, Vec::new()));
    if let Some(list) = list.as_array_mut() {
        list.push(property);
    }
}

/// Returns schemas without those that equal an earlier one.
fn distinct(schemas: &[Value]) -> Vec<Value> {
    let mut known = HashSet::new();
    let new = schemas.iter().filter(|schema| known.insert(*schema));
    new.cloned().collect()
}

/// Makes properties of what was collected.
pub(super) fn finish(root: &mut Value, moves: &Moves) {
    let mut finder = Finder::default();
    walk::walk(root, OpenApi::SHAPE, &mut finder);
    if finder.is_needed {
        let mut original = root.clone();
        moves.follow(&mut original);
        let comparisons = Allowance::new(1_000_000, 100);
        let mut finisher = Finisher {
            original,
            comparisons,
        };
        walk::walk(root, OpenApi::SHAPE, &mut finisher);
    }
}

#[derive(Default)]
struct Finder {
    is_needed: bool,
}

impl Visitor for Finder {
    fn enter(&mut self, value: &mut Value, _kind: Kind, _pointer: &Pointer) {
        self.is_needed |= value.get(CONDITIONAL).is_some();
    }
}

struct Finisher {
    original: Value,
    /// How many names may be looked up.
    comparisons: Allowance,
}

impl Visitor for Finisher {
    fn enter(&mut self, value: &mut Value, _kind: Kind, pointer: &Pointer) {
        let origin = value.origin();
        let collected = value
            .as_object_mut()
            .and_then(|members| members.shift_remove(CONDITIONAL));
        let Some(collected) = collected else {
            return;
        };
        let collected = collected.as_object().into_iter().flatten();
        let names = collected.clone().map(|(name, _)| name.clone()).collect();
        let names = self.new_names(pointer, names);
        let new: Vec<(&String, &Value)> = collected
            .filter(|(name, _)| names.contains(*name))
            .collect();
        let Some(members) = value.as_object_mut().filter(|_| !new.is_empty()) else {
            return;
        };
        let properties = members.entry("properties".to_owned());
        let properties = properties.or_insert_with(|| make::empty(origin));
        for (name, schemas) in new {
            let distinct = distinct(schemas.as_array().unwrap_or_default());
            let property = match distinct.as_slice() {
                [only] => only.clone(),
                _ => make::object(
                    schemas.origin(),
                    [("anyOf", make::list(schemas.origin(), distinct))],
                ),
            };
            if let Some(properties) = properties.as_object_mut() {
                make::set_absent(properties, name, property);
            }
        }
    }
}

/// How many schemas that extend one another are looked at. Lowering follows as many.
const MAX_DEPTH: usize = 100;

impl Finisher {
    /// Returns those of some names that are no properties of a schema without a condition.
    fn new_names(&mut self, schema: &Pointer, mut names: BTreeSet<String>) -> BTreeSet<String> {
        let root = &self.original;
        let mut visited = BTreeSet::new();
        let mut pending: Vec<(&Value, usize)> = Vec::new();
        pending.extend(root.pointer(schema).map(|schema| (schema, 0)));
        while let Some((schema, depth)) = pending.pop() {
            if depth > MAX_DEPTH || !self.comparisons.take(names.len(), root) {
                continue;
            }
            if let Some((pointer, target)) = follow(root, schema).target()
                && visited.insert(pointer)
            {
                pending.push((target, depth + 1));
            }
            if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
                names.retain(|name| !properties.contains_key(name));
            }
            if names.is_empty() {
                break;
            }
            for list in ["allOf", "oneOf", "anyOf"] {
                let parts = schema.get(list).and_then(Value::as_array);
                let parts = parts.unwrap_or_default().iter();
                pending.extend(parts.map(|part| (part, depth)));
            }
        }
        names
    }
}
