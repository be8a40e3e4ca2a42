//! `anyOf` of objects, of which a value may satisfy several.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;

use super::all_of::AllOfSet;
use super::shape::{NullableShape, ValueShape};
use super::subschema::{Alternative, Subschema, Subschemas};
use super::union::Members;
use crate::diagnostic::{Pointer, codes};
use crate::lower::context::Context;
use crate::openapi::{Node, Schema};
use crate::source::{Data, Value};

/// Keywords that say nothing of what values are, nor of when they are there.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "deprecated",
    "example",
    "examples",
    "externalDocs",
];

/// Returns the schemas of one record with the members of all alternatives, if each member is the same wherever it is.
///
/// Only alternatives without a name of their own are one record, and only those to which other members may be added.
pub(super) fn merged<'a>(
    context: &mut Context<'a>,
    members: &[AllOfSet<'a>],
    shapes: &[Option<ValueShape<'a>>],
) -> Option<Subschemas<'a>> {
    let is_reference = |member: &AllOfSet<'a>| member.last().is_none_or(Node::is_reference);
    if members.len() < 2 || members.iter().any(is_reference) {
        return None;
    }
    let records: Vec<&[Subschema<'a>]> = shapes
        .iter()
        .map(|shape| match shape {
            Some(ValueShape::Record(subschemas)) => Some(subschemas.as_slice()),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let subschemas = || records.iter().copied().flatten();
    if subschemas().any(|subschema| says_what_others_are(&subschema.node)) {
        return None;
    }
    let count = subschemas().map(|subschema| subschema.node.properties().len());
    if !context.may_compare(count.sum()) {
        return None;
    }
    let mut properties: IndexMap<&'a str, &'a Value> = IndexMap::new();
    for subschema in subschemas() {
        for (name, property) in subschema.node.properties().entries() {
            let known = *properties.entry(name).or_insert(property.value);
            if !is_same(known, property.value) {
                return None;
            }
        }
    }
    let mut uses: BTreeMap<&Pointer, usize> = BTreeMap::new();
    for subschema in subschemas() {
        *uses.entry(&subschema.node.pointer).or_default() += 1;
    }
    let mut merged = Subschemas::new();
    for (index, record) in records.iter().enumerate() {
        for subschema in *record {
            let count = records.len();
            let is_in_all = uses.get(&subschema.node.pointer) == Some(&count);
            if is_in_all && index > 0 {
                continue;
            }
            merged.push(Subschema {
                alternative: (!is_in_all).then_some(Alternative { index, count }),
                ..subschema.clone()
            });
        }
    }
    Some(merged)
}

/// Whether a schema of objects says what members without a property are, other than that there may be any.
fn says_what_others_are(node: &Node<'_, Schema>) -> bool {
    let others = node.additional_properties();
    others.is_present() && others.value().and_then(Value::as_bool) != Some(true)
}

/// Whether schemas describe the same values.
fn is_same(one: &Value, other: &Value) -> bool {
    one == other || assertions(one).is_some_and(|found| Some(found) == assertions(other))
}

/// The keywords of a schema that say what values are.
fn assertions(schema: &Value) -> Option<BTreeMap<&str, &Value>> {
    let Data::Object(members) = schema.data() else {
        return None;
    };
    let keywords = members.iter().map(|(key, value)| (key.as_str(), value));
    Some(
        keywords
            .filter(|(key, _)| !ANNOTATIONS.contains(key))
            .collect(),
    )
}

/// Returns the names that all alternatives of a record require, and those that the other schemas do.
pub(super) fn required<'a>(subschemas: &[Subschema<'a>]) -> HashSet<&'a str> {
    let mut required = HashSet::new();
    let mut alternatives: IndexMap<usize, HashSet<&'a str>> = IndexMap::new();
    let mut count = 0;
    for subschema in subschemas {
        let names = subschema.node.required().elements();
        let names = names.filter_map(|name| name.text());
        match subschema.alternative {
            None => required.extend(names),
            Some(alternative) => {
                count = alternative.count;
                let known = alternatives.entry(alternative.index).or_default();
                known.extend(names);
            }
        }
    }
    // One that is nothing but what is beside all requires nothing.
    let is_any_without = alternatives.len() < count;
    let mut alternatives = alternatives.into_values();
    if let Some(first) = alternatives.next().filter(|_| !is_any_without) {
        let by_all = alternatives.fold(first, |known, names| &known & &names);
        required.extend(by_all);
    }
    required
}

/// Reports that members of a value are lost that is several of a union's records.
pub(super) fn report_overlap<'a>(context: &mut Context<'a>, members: &Members<'a>) {
    let mut all: HashSet<&'a str> = HashSet::new();
    let mut most = 0;
    for member in &members.members {
        let Some(NullableShape {
            shape: ValueShape::Record(subschemas),
            ..
        }) = member.plain_shape(context)
        else {
            continue;
        };
        let count = subschemas.iter().map(|one| one.node.properties().len());
        if !context.may_compare(count.sum()) {
            return;
        }
        let is_closed = |one: &Subschema<'a>| one.node.additional_properties().is_false();
        if subschemas.iter().any(is_closed) {
            continue;
        }
        let names = subschemas
            .iter()
            .flat_map(|one| one.node.properties().entries())
            .map(|(name, _)| name);
        let names: HashSet<&'a str> = names.collect();
        most = most.max(names.len());
        all.extend(names);
    }
    // Where one of them has the members of all others, no value has more.
    if all.len() > most
        && let Some(first) = members.members.first()
        && let Some(list) = first.pointer_of_last().parent()
    {
        context.report(
            codes::OVERLAPPING_ALTERNATIVES,
            &list,
            "a value that satisfies several of these is read as the one with the most of its members, without those that only another has",
            "write `oneOf` where no value satisfies several, or one schema with the properties of all",
        );
    }
}
