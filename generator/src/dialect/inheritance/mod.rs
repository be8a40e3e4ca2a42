//! Schemas that others extend: a schema with a discriminator whose own values are those of the schemas that have it in their `allOf`.
//!
//! Where a document refers to such a schema for a value, it means any of those schemas. So the schema becomes a union of them, and its own
//! members move to a schema of their own, which its children go on to extend.

mod family;

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::diagnostic::{Diagnostics, Pointer, codes};
use crate::dialect::make;
use crate::openapi::{component_schemas, is_schema_name};
use crate::source::{Data, Document, Object, Origin, Value};

use family::{Families, Family, families, name_of};

/// What references to schemas among the components begin with.
const SCHEMAS: &str = "#/components/schemas/";

/// Makes unions of the schemas that others extend.
pub(super) fn unite(document: &mut Document, diagnostics: &mut Diagnostics) {
    let Some(schemas) = schemas(document.value()) else {
        return;
    };
    let Families {
        families,
        excessive,
    } = families(document.value(), schemas);
    for name in &excessive {
        let pointer = component_schemas().key(name);
        let place = document.place(&pointer.key("discriminator"));
        let message =
            "schemas extend one another in so many ways that this discriminator is ignored";
        let help = "let fewer schemas extend others; one can have another as a property instead";
        diagnostics.push(codes::TOO_LARGE, &place, message, help);
        document.remove(&pointer.key("discriminator"));
    }
    if families.is_empty() {
        return;
    }
    let used = uses(document.value(), &families);
    let mut root = document.value().clone();
    let (families, others): (BTreeMap<_, _>, BTreeMap<_, _>) = families
        .into_iter()
        .partition(|(name, _)| used.contains(name));
    Rewriting {
        families: &families,
    }
    .node(&mut root, Position::Elsewhere);
    if let Some(schemas) = root
        .as_object_mut()
        .and_then(|members| members.get_mut("components")?.as_object_mut())
        .and_then(|components| components.get_mut("schemas")?.as_object_mut())
    {
        divide(schemas, &families);
        // No value is of these schemas alone, so they have nothing to distinguish.
        for name in others.keys() {
            if let Some(schema) = schemas
                .get_mut(name.as_str())
                .and_then(Value::as_object_mut)
            {
                schema.shift_remove("discriminator");
            }
        }
    }
    document.set(&Pointer::root(), root);
}

fn schemas(root: &Value) -> Option<&Object> {
    root.get("components")?.get("schemas")?.as_object()
}

/// What a node of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// An object whose members have names that the document chooses.
    Names,
    /// The schemas of the components: like [`Position::Names`].
    Components,
    /// A schema of the components.
    Component,
    /// Anything else.
    Elsewhere,
}

impl Position {
    /// Returns the position of a member, or `None` where it holds no references.
    fn of_member(self, key: &str, value: &Value) -> Option<Self> {
        match self {
            Self::Names => return Some(Self::Elsewhere),
            Self::Components => return Some(Self::Component),
            Self::Component | Self::Elsewhere => {}
        }
        match key {
            "example" | "examples" | "default" | "enum" | "const" | "discriminator" => None,
            key if key.starts_with("x-") => None,
            "schemas" => Some(Self::Components),
            "paths" | "properties" | "patternProperties" | "dependentSchemas" | "$defs"
            | "content" | "headers" | "responses" | "requestBodies" | "callbacks" | "links"
            | "pathItems" | "encoding" | "webhooks" => Some(Self::Names),
            "parameters" if value.as_object().is_some() => Some(Self::Names),
            _ => Some(Self::Elsewhere),
        }
    }
}

/// Returns whether the `allOf` of a schema extends what it refers to. One inline that has a single part describes the same values.
fn extends(position: Position, parts: &[Value]) -> bool {
    position == Position::Component || parts.len() > 1
}

/// Finds the families that a reference for a value leads to.
fn uses(root: &Value, families: &BTreeMap<String, Family>) -> IndexSet<String> {
    fn visit(
        node: &Value,
        position: Position,
        families: &BTreeMap<String, Family>,
        used: &mut IndexSet<String>,
    ) {
        match node.data() {
            Data::Array(elements) => {
                for element in elements {
                    visit(element, position, families, used);
                }
            }
            Data::Object(members) => {
                for (key, value) in members {
                    match (key.as_str(), value.data()) {
                        ("$ref", Data::String(reference)) if position != Position::Names => {
                            let name = name_of(reference);
                            used.extend(
                                name.filter(|name| families.contains_key(*name))
                                    .map(str::to_owned),
                            );
                        }
                        ("allOf", Data::Array(parts)) if extends(position, parts) => {
                            for part in parts.iter().filter(|part| part.get("$ref").is_none()) {
                                visit(part, Position::Elsewhere, families, used);
                            }
                        }
                        _ => {
                            if let Some(position) = position.of_member(key, value) {
                                visit(value, position, families, used);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut used = IndexSet::new();
    visit(root, Position::Elsewhere, families, &mut used);
    used
}

/// Lets what extends a schema extend the one that gets its members.
struct Rewriting<'a> {
    families: &'a BTreeMap<String, Family>,
}

impl Rewriting<'_> {
    fn node(&self, node: &mut Value, position: Position) {
        match node.data_mut() {
            Data::Array(elements) => {
                for element in elements {
                    self.node(element, position);
                }
            }
            Data::Object(members) => self.members(members, position),
            _ => {}
        }
    }

    fn members(&self, members: &mut Object, position: Position) {
        for (key, value) in members.iter_mut() {
            let of_member = position.of_member(key, value);
            if position != Position::Names && key == "allOf" {
                let extends = value
                    .as_array()
                    .is_some_and(|parts| extends(position, parts));
                for part in value.as_array_mut().into_iter().flatten() {
                    match part.as_object_mut().and_then(|part| part.get_mut("$ref")) {
                        Some(reference) => self.reference(reference, extends),
                        None => self.node(part, Position::Elsewhere),
                    }
                }
            } else if position != Position::Names && key == "$ref" {
                self.reference(value, false);
            } else if let Some(position) = of_member {
                self.node(value, position);
            }
        }
    }

    /// Rewrites a reference that leads to the members of a divided schema.
    fn reference(&self, reference: &mut Value, extends: bool) {
        let Data::String(text) = reference.data_mut() else {
            return;
        };
        let Some(rest) = text.strip_prefix(SCHEMAS) else {
            return;
        };
        let (name, inner) = match rest.split_once('/') {
            Some((name, inner)) => (name, format!("/{inner}")),
            None if extends => (rest, String::new()),
            None => return,
        };
        if let Some(family) = self.families.get(name) {
            *text = format!("{SCHEMAS}{}{inner}", family.base);
        }
    }
}

/// Divides each schema that others extend into a union and the schema that has its members.
fn divide(schemas: &mut Object, families: &BTreeMap<String, Family>) {
    for (name, family) in families {
        let Some(index) = schemas.get_index_of(name.as_str()) else {
            continue;
        };
        let Some(schema) = schemas.get_mut(name.as_str()) else {
            continue;
        };
        let origin = schema.origin();
        let Some(members) = schema.as_object_mut() else {
            continue;
        };
        let mut base = Object::default();
        let mut union = Object::default();
        for (key, value) in std::mem::take(members) {
            match key.as_str() {
                "discriminator" => {
                    union.insert(key, value);
                }
                "description" | "title" | "nullable" => {
                    base.insert(key.clone(), value.clone());
                    union.insert(key, value);
                }
                key_of_union if key_of_union.starts_with("x-") => {
                    union.insert(key, value);
                }
                _ => {
                    base.insert(key, value);
                }
            }
        }
        // The schema's own name may select it, too.
        let own = (name.clone(), name.clone());
        let all = family.children.iter().chain([&own]);
        let target = |child: &str| {
            let of_family = families.get(child).map(|family| family.base.as_str());
            format!("{SCHEMAS}{}", of_family.unwrap_or(child))
        };
        let parts = all
            .clone()
            .map(|(child, _)| make::object(origin, [("$ref", make::text(origin, target(child)))]))
            .collect();
        make::set(&mut union, "oneOf", make::list(origin, parts));
        let mapping = all.map(|(child, tag)| (child.as_str(), tag.as_str()));
        if let Some(discriminator) = union
            .get_mut("discriminator")
            .and_then(Value::as_object_mut)
        {
            map(discriminator, mapping, &target, families, origin);
        }
        *members = union;
        schemas.shift_insert(index + 1, family.base.clone(), make::object(origin, base));
    }
}

/// Completes the mapping of a discriminator: each schema that it doesn't name has its own name.
fn map<'a>(
    discriminator: &mut Object,
    schemas: impl Iterator<Item = (&'a str, &'a str)>,
    target: &impl Fn(&str) -> String,
    families: &BTreeMap<String, Family>,
    origin: Origin,
) {
    let mut mapping = Object::default();
    let mut named: IndexSet<String> = IndexSet::new();
    let declared = discriminator.get("mapping").and_then(Value::as_object);
    for (tag, value) in declared.into_iter().flatten() {
        let written = value.as_str().unwrap_or_default();
        let name = name_of(written).or(Some(written).filter(|written| is_schema_name(written)));
        let value = match name {
            Some(name) => {
                named.insert(name.to_owned());
                match families.contains_key(name) {
                    true => make::text(value.origin(), target(name)),
                    false => value.clone(),
                }
            }
            None => value.clone(),
        };
        mapping.insert(tag.clone(), value);
    }
    if let Some(default) = discriminator.get_mut("defaultMapping") {
        let written = default.as_str().unwrap_or_default();
        let name = name_of(written).unwrap_or(written);
        if families.contains_key(name) {
            *default = make::text(default.origin(), target(name));
        }
    }
    for (child, tag) in schemas {
        if !named.contains(child) && !mapping.contains_key(tag) {
            make::set(&mut mapping, tag, make::text(origin, target(child)));
        }
    }
    make::set(discriminator, "mapping", make::object(origin, mapping));
}
