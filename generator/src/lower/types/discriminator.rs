//! How the variants of a union are distinguished.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::all_of::AllOfSet;
use super::shape::{NullableShape, ValueShape};
use super::union::Members;
use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::model::UnionKind;
use crate::openapi::{Discriminator, Node};
use crate::source::reference_target;

/// How the members of a union are distinguished, and the values of the tag property that represent each.
pub(super) fn tags<'a>(
    context: &mut Context<'a>,
    members: &Members<'a>,
) -> (UnionKind, Vec<Vec<String>>) {
    let constants: Vec<Constants<'a>> = members
        .members
        .iter()
        .map(|member| constants(context, member))
        .collect();
    let told = match &members.discriminator {
        Some(discriminator) => mapped(context, members, discriminator, &constants),
        // A value that fits none of the members may have the constant of one.
        None if members.is_open => None,
        None => told_by_constant(&constants),
    };
    match told {
        Some((property, tags)) => (UnionKind::Tagged { property }, tags),
        None => (UnionKind::Untagged, Vec::new()),
    }
}

/// The values of the discriminator that represent each member. None where it does not distinguish all of them.
fn mapped<'a>(
    context: &mut Context<'a>,
    members: &Members<'a>,
    discriminator: &Node<'a, Discriminator>,
    constants: &[Constants<'a>],
) -> Option<(String, Vec<Vec<String>>)> {
    let property = discriminator.property_name().text()?;
    let default_mapping = discriminator.default_mapping();
    if default_mapping.is_present() {
        let message = format!(
            "a value whose `{property}` is none of those listed is kept as JSON, and not read as the schema of `defaultMapping`"
        );
        let help = "read the JSON that is kept as that schema's type";
        context.report(
            codes::DISCRIMINATOR_IGNORED,
            &default_mapping.pointer(),
            message,
            help,
        );
    }
    let mut by_target: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
    for (tag, target) in discriminator.mapping().entries() {
        if let Some(pointer) = target
            .text()
            .and_then(|target| mapping_target(context, target))
        {
            by_target.entry(pointer).or_default().push(tag.to_owned());
        }
    }
    let mut used = BTreeSet::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut tags: Vec<Vec<String>> = Vec::new();
    for (member, constants) in members.members.iter().zip(constants) {
        let last = member.subschemas().last();
        let reference = last.and_then(|subschema| subschema.node.reference());
        let target = reference.and_then(reference_target);
        let of_member = match &target {
            Some(target) => match by_target.get(target) {
                Some(mapped) => mapped.clone(),
                None => target
                    .last()
                    .into_iter()
                    .map(|key| key.into_owned())
                    .collect(),
            },
            None => match constants.get(property) {
                Some(constant) => constant.values.clone(),
                None => Vec::new(),
            },
        };
        used.extend(target);
        let is_known = of_member.iter().any(|tag| known.contains(tag));
        if of_member.is_empty() || is_known {
            let message = format!(
                "`{property}` does not distinguish all alternatives, so they are tried one after the other"
            );
            let help = "let each alternative be a schema among the components, or list the values of the property in `enum`";
            context.report(
                codes::DISCRIMINATOR_IGNORED,
                &discriminator.pointer,
                message,
                help,
            );
            return None;
        }
        known.extend(of_member.iter().cloned());
        tags.push(of_member);
    }
    for (target, names) in &by_target {
        if !used.contains(target) {
            context.report(
                codes::DISCRIMINATOR_IGNORED.rated(Severity::Warning),
                &discriminator.mapping().pointer(),
                format!(
                    "`{}` is mapped to a schema that is none of the alternatives",
                    names.join("`, `")
                ),
                "add the schema to the alternatives; until then such values are kept as JSON",
            );
        }
    }
    Some((property.to_owned(), tags))
}

/// The properties of an alternative that have few values, by name.
type Constants<'a> = IndexMap<&'a str, Constant>;

struct Constant {
    values: Vec<String>,
    required: bool,
}

/// A required property that has one value in each alternative, another one in each: as good as a discriminator.
fn told_by_constant(members: &[Constants<'_>]) -> Option<(String, Vec<Vec<String>>)> {
    let first = members.first()?;
    first.keys().find_map(|property| {
        let mut tags: IndexSet<Vec<String>> = IndexSet::new();
        for constants in members {
            let constant = constants.get(property)?;
            let is_single = constant.required && constant.values.len() == 1;
            if !is_single || !tags.insert(constant.values.clone()) {
                return None;
            }
        }
        Some(((*property).to_owned(), tags.into_iter().collect()))
    })
}

fn constants<'a>(context: &mut Context<'a>, member: &AllOfSet<'a>) -> Constants<'a> {
    let mut constants = IndexMap::new();
    let Some(NullableShape {
        shape: ValueShape::Record(subschemas),
        ..
    }) = member.plain_shape(context)
    else {
        return constants;
    };
    let properties = subschemas.iter().map(|one| one.node.properties().len());
    if !context.may_extend(properties.sum(), &member.pointer_of_last()) {
        return constants;
    }
    let required: HashSet<&str> = subschemas
        .iter()
        .flat_map(|subschema| subschema.node.required().elements())
        .filter_map(|name| name.text())
        .collect();
    for subschema in &subschemas {
        for (name, node) in subschema.node.properties().entries() {
            let Some(NullableShape {
                shape: ValueShape::Enumeration(subschemas),
                ..
            }) = AllOfSet::of(&node).plain_shape(context)
            else {
                continue;
            };
            let values = subschemas
                .iter()
                .flat_map(|subschema| subschema.node.enum_values().elements());
            let values: Option<Vec<String>> = values
                .map(|value| value.value.as_str().map(str::to_owned))
                .collect();
            if let Some(values) = values {
                let required = required.contains(name);
                constants.insert(name, Constant { values, required });
            }
        }
    }
    constants
}

/// What a value of a discriminator's mapping names: a reference, or a schema among the components.
fn mapping_target(context: &Context<'_>, target: &str) -> Option<Pointer> {
    if target.contains(['/', '#', '.']) {
        return reference_target(target);
    }
    Some(context.schemas().key(target))
}
