//! How the variants of a union are distinguished.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::all_of::AllOfSet;
use super::shape::{NullableShape, ValueShape};
use super::union::Members;
use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::model::UnionKind;
use crate::openapi::{Discriminator, Node, mapping_target};

/// How the members of a union are distinguished.
pub(super) struct Tags {
    pub(super) kind: UnionKind,
    /// The values of the tag property that represent each member.
    values: Vec<Vec<String>>,
    /// The member that is meant where the tag property has another value, or none.
    default: Option<usize>,
    /// Whether no value satisfies several of the members.
    pub(super) are_exclusive: bool,
}

impl Tags {
    /// The values of the tag property that represent a member.
    pub(super) fn of(&self, index: usize) -> Vec<String> {
        self.values.get(index).cloned().unwrap_or_default()
    }

    /// Whether a member is meant where the tag property represents none.
    pub(super) fn is_default(&self, index: usize) -> bool {
        self.default == Some(index)
    }
}

/// How the members of a union are distinguished.
pub(super) fn tags<'a>(context: &mut Context<'a>, members: &Members<'a>) -> Tags {
    let constants: Vec<Constants<'a>> = members
        .members
        .iter()
        .map(|member| constants(context, member))
        .collect();
    let by_constant = constant_tags(&constants);
    let are_exclusive = members.discriminator.is_some() || by_constant.is_some();
    let property_and_tags = match &members.discriminator {
        Some(discriminator) => mapped(context, members, discriminator, &constants),
        // A value that fits none of the members may have the constant of one.
        None if members.is_open => None,
        None => by_constant,
    };
    match (property_and_tags, &members.discriminator) {
        (Some((property, values)), discriminator) => Tags {
            kind: UnionKind::Tagged { property },
            values,
            default: discriminator
                .as_ref()
                .and_then(|discriminator| default(context, members, discriminator)),
            are_exclusive,
        },
        (None, discriminator) => {
            // All members are tried in any case.
            let discriminator = discriminator.as_ref();
            let _ = discriminator.map(|discriminator| discriminator.default_mapping().text());
            Tags {
                kind: UnionKind::Untagged,
                values: Vec::new(),
                default: None,
                are_exclusive,
            }
        }
    }
}

/// The member that is the schema of `defaultMapping`.
fn default<'a>(
    context: &mut Context<'a>,
    members: &Members<'a>,
    discriminator: &Node<'a, Discriminator>,
) -> Option<usize> {
    let field = discriminator.default_mapping();
    let name = field.text()?;
    let pointer = mapping_target(name).local();
    let member = members.members.iter().position(|member| {
        let target = target(member);
        target.is_some() && target == pointer
    });
    if member.is_none() {
        context.report(
            codes::DISCRIMINATOR_IGNORED.rated(Severity::Warning),
            &field.pointer(),
            format!("`{name}` of `defaultMapping` is none of the alternatives"),
            "add the schema to the alternatives; until then such values are kept as JSON",
        );
    }
    member
}

/// What a member of a union refers to.
fn target(member: &AllOfSet<'_>) -> Option<Pointer> {
    let last = member.subschemas().last()?;
    last.node.reference_target()
}

/// The values of the discriminator that represent each member. None where it does not distinguish all of them.
fn mapped<'a>(
    context: &mut Context<'a>,
    members: &Members<'a>,
    discriminator: &Node<'a, Discriminator>,
    constants: &[Constants<'a>],
) -> Option<(String, Vec<Vec<String>>)> {
    let property = discriminator.property_name().text()?;
    let mut by_target: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
    for (tag, target) in discriminator.mapping().entries() {
        if let Some(pointer) = target
            .text()
            .and_then(|target| mapping_target(target).local())
        {
            by_target.entry(pointer).or_default().push(tag.to_owned());
        }
    }
    let mut used = BTreeSet::new();
    let mut known: HashSet<String> = HashSet::new();
    let mut tags: Vec<Vec<String>> = Vec::new();
    let listed = listed_values(constants, property);
    let mapped: HashSet<&str> = discriminator
        .mapping()
        .entries()
        .map(|(tag, _)| tag)
        .collect();
    for (member, constants) in members.members.iter().zip(constants) {
        let target = target(member);
        let constant = constants.get(property);
        let values = constant.map_or(&[][..], |constant| constant.values.as_slice());
        let of_member = match &target {
            Some(target) => match by_target.get(target) {
                Some(mapped) => mapped.clone(),
                // A schema that lists the values of the property does not have its own name there.
                None if !values.is_empty()
                    && values.iter().all(|value| {
                        listed.get(value.as_str()) == Some(&1) && !mapped.contains(value.as_str())
                    }) =>
                {
                    values.to_vec()
                }
                None => target
                    .last()
                    .into_iter()
                    .map(|key| key.into_owned())
                    .collect(),
            },
            None => values.to_vec(),
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

/// How many of the alternatives list each value of a property.
fn listed_values<'c>(constants: &'c [Constants<'_>], property: &str) -> BTreeMap<&'c str, usize> {
    let mut listed = BTreeMap::new();
    let values = constants
        .iter()
        .filter_map(|constants| constants.get(property))
        .flat_map(|constant| &constant.values);
    for value in values {
        *listed.entry(value.as_str()).or_default() += 1;
    }
    listed
}

/// The properties of an alternative that have few values, by name.
type Constants<'a> = IndexMap<&'a str, Constant>;

struct Constant {
    values: Vec<String>,
    required: bool,
}

/// A required property that has one value in each alternative, another one in each: as good as a discriminator.
fn constant_tags(members: &[Constants<'_>]) -> Option<(String, Vec<Vec<String>>)> {
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
    if !context.may_compare(properties.sum()) {
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
