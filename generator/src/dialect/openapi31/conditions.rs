//! `if`, `then` and `else`.

use std::collections::BTreeSet;

use super::conditional::{self, CONDITIONAL};
use super::schema::Schema;
use super::{Pass, walk};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::dialect::make;
use crate::openapi::{Holds, Kind, OpenApi};
use crate::source::{Allowance, Document, Object, Resolved, Value, follow};

/// Keywords by which a branch is a type of its own.
const TYPES_OF_THEIR_OWN: &[&str] = &["$ref", "oneOf", "anyOf", "allOf"];

const BRANCHES: [&str; 2] = ["then", "else"];

/// Writes out the branches that refer to objects or are made of several, where they add properties to a schema that has some.
pub(super) fn resolve(document: &mut Document, pass: &mut Pass<'_>) {
    let mut finder = Finder::default();
    walk::walk(document.value_mut(), OpenApi::SHAPE, &mut finder);
    let root = document.value();
    let mut resolved: Vec<(Pointer, Value)> = Vec::new();
    let mut collector = Collector {
        root,
        copies: Allowance::new(50_000, 2),
        whole: Object::default(),
        known: BTreeSet::new(),
        is_exhausted: false,
    };
    for pointer in finder.branches {
        let Some(branch) = root.pointer(&pointer) else {
            continue;
        };
        collector.known.clear();
        let is_whole = collector.collect(branch, 0);
        let whole = std::mem::take(&mut collector.whole);
        if is_whole {
            resolved.push((pointer, make::object(branch.origin(), whole)));
        } else if std::mem::take(&mut collector.is_exhausted) {
            pass.report(
                codes::TOO_LARGE,
                branch,
                &pointer,
                "conditions share schemas in so many ways that the properties of this branch are left out",
                "let fewer conditions lead to the same schemas",
            );
            resolved.push((pointer, make::empty(branch.origin())));
        }
    }
    for (pointer, branch) in resolved {
        document.set(&pointer, branch);
    }
}

/// The branches of conditions that are made of other schemas.
#[derive(Default)]
struct Finder {
    branches: Vec<Pointer>,
}

impl walk::Visitor for Finder {
    fn enter(&mut self, value: &mut Value, kind: Kind, pointer: &Pointer) {
        if kind != Kind::Schema || value.get("if").is_none() {
            return;
        }
        let is_composed =
            |branch: &Value| branch.get("$ref").is_some() || branch.get("allOf").is_some();
        let branches = || {
            BRANCHES
                .iter()
                .filter_map(|key| Some((*key, value.get(key)?)))
        };
        // Two branches that are types of their own are a union, and no properties.
        let has_properties = value.get("properties").is_some()
            || TYPES_OF_THEIR_OWN
                .iter()
                .any(|key| value.get(key).is_some());
        let is_union = !has_properties
            && branches().filter(|(_, branch)| is_own(branch)).count() == BRANCHES.len();
        if is_union {
            return;
        }
        let composed = branches().filter(|(_, branch)| is_composed(branch));
        self.branches
            .extend(composed.map(|(key, _)| pointer.key(key)));
    }
}

fn is_own(branch: &Value) -> bool {
    TYPES_OF_THEIR_OWN
        .iter()
        .any(|key| branch.get(key).is_some())
}

/// How many schemas may be in one another on the way through references and `allOf`. Lowering follows as many.
const MAX_DEPTH: usize = 100;

/// What branches say of objects.
struct Collector<'tree> {
    root: &'tree Value,
    /// How many properties may be copied.
    copies: Allowance,
    /// The properties and whatever else the present branch has.
    whole: Object,
    /// What its references have led to.
    known: BTreeSet<Pointer>,
    /// Whether more was to be copied in it.
    is_exhausted: bool,
}

impl<'tree> Collector<'tree> {
    /// Adds what a branch says of objects. Returns whether it is nothing else.
    fn collect(&mut self, branch: &'tree Value, depth: usize) -> bool {
        if depth > MAX_DEPTH || !self.may_copy(1) {
            return false;
        }
        let referred = match follow(self.root, branch) {
            Resolved::Itself(_) => true,
            Resolved::Node(pointer, target) => {
                !self.known.insert(pointer) || self.collect(target, depth + 1)
            }
            Resolved::Nothing => false,
        };
        let Some(members) = branch.as_object().filter(|_| referred) else {
            return false;
        };
        members.iter().all(|(key, value)| match key.as_str() {
            "allOf" => {
                let mut parts = value.as_array().unwrap_or_default().iter();
                parts.all(|part| self.collect(part, depth + 1))
            }
            "properties" => self.properties(value),
            "oneOf" | "anyOf" | "if" | "not" | "items" | "patternProperties" => false,
            // What is required under a condition, and what further members are, restricts values.
            _ => true,
        })
    }

    fn may_copy(&mut self, count: usize) -> bool {
        let is_allowed = self.copies.take(count, self.root);
        self.is_exhausted |= !is_allowed;
        is_allowed
    }

    /// Adds properties. Returns whether they are not too many.
    fn properties(&mut self, properties: &Value) -> bool {
        let count = properties.as_object().map_or(0, Object::len);
        if !self.may_copy(count) {
            return false;
        }
        let all = self.whole.entry("properties".to_owned());
        let all = all.or_insert_with(|| make::empty(properties.origin()));
        if let (Some(all), Some(added)) = (all.as_object_mut(), properties.as_object()) {
            for (name, property) in added {
                all.entry(name.clone()).or_insert_with(|| property.clone());
            }
        }
        true
    }
}

impl Pass<'_> {
    /// Which branch holds depends on the value, which no type can say. Where both are types of their own, a value is of one of them;
    /// properties that only one of them has are optional.
    pub(super) fn conditions(&mut self, schema: &mut Schema<'_>) {
        let condition = schema.take("if");
        let branches: Vec<Value> = BRANCHES
            .iter()
            .filter_map(|keyword| schema.take(keyword))
            .filter(|branch| !make::is_anything(branch))
            .collect();
        let Some(condition) = condition.filter(|_| !branches.is_empty()) else {
            return;
        };
        let has_types = schema.has("properties")
            || schema.has(CONDITIONAL)
            || TYPES_OF_THEIR_OWN.iter().any(|key| schema.has(key));
        let at = schema.pointer.key("if");
        if branches.len() == 2 && branches.iter().all(is_own) && !has_types {
            let origin = condition.origin();
            schema.put("oneOf", make::list(origin, branches));
            schema.take("type");
            return self.report(
                codes::JSON_SCHEMA_KEYWORD.rated(Severity::Note),
                &condition,
                &at,
                "which of `then` and `else` holds is not checked; a value may be of either",
                "write `oneOf`, with a `discriminator` where the value of a property decides",
            );
        }
        let mut is_read = true;
        for branch in &branches {
            is_read &= conditional::collect(schema, branch);
        }
        let (severity, message) = match is_read {
            true => (
                Severity::Note,
                "what holds under a condition is not checked; the properties of `then` and `else` are optional",
            ),
            false => (
                Severity::Warning,
                "what holds under a condition is not read, beside the properties that `then` and `else` list themselves",
            ),
        };
        self.report(
            codes::JSON_SCHEMA_KEYWORD.rated(severity),
            &condition,
            &at,
            message,
            "write `oneOf` with one schema for each kind of object",
        );
    }
}
