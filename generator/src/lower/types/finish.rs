//! Completes the types when every use of them is known: which way their values travel, whether they reach a secret, and what follows from
//! both for their fields.

use std::collections::BTreeSet;

use super::record::FieldFacts;
use super::{Types, boxing, files};
use crate::lower::context::Context;
use crate::model::{Field, FieldPresence, TypeDef, TypeId, TypeKind, TypeRef};

/// The types that a part of the API mentions.
#[derive(Debug, Default)]
pub(in crate::lower) struct Roots {
    /// In parameters, and in bodies that are not JSON.
    pub(in crate::lower) request: Vec<TypeId>,
    /// In JSON bodies of requests, which alone can say null.
    pub(in crate::lower) json_request: Vec<TypeId>,
    /// In responses.
    pub(in crate::lower) response: Vec<TypeId>,
    /// Records that are multipart bodies, whose members may be files.
    pub(in crate::lower) multipart: Vec<TypeId>,
}

impl Roots {
    /// Adds the named types of a reference to a list.
    pub(in crate::lower) fn add(list: &mut Vec<TypeId>, type_ref: &TypeRef) {
        match type_ref {
            TypeRef::Named(id) => list.push(*id),
            TypeRef::Array(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner) => Self::add(list, inner),
            _ => {}
        }
    }
}

/// The types that can be reached in each way.
pub(super) struct Reached {
    request: BTreeSet<TypeId>,
    json_request: BTreeSet<TypeId>,
    response: BTreeSet<TypeId>,
}

impl Reached {
    /// Whether values of a type are written or read as JSON.
    pub(super) fn is_json(&self, id: TypeId) -> bool {
        self.json_request.contains(&id) || self.response.contains(&id)
    }
}

impl Types<'_> {
    /// Takes every decision about types that depends on the whole API. Returns the types.
    pub(in crate::lower) fn finish(
        mut self,
        context: &mut Context<'_>,
        roots: &Roots,
    ) -> Vec<TypeDef> {
        let definitions = &mut self.definitions;
        let reached = Reached {
            request: reach(definitions, roots.request.iter().chain(&roots.json_request)),
            json_request: reach(definitions, roots.json_request.iter()),
            response: reach(definitions, roots.response.iter()),
        };
        files::keep(context, definitions, &self.facts, roots, &reached);
        for (index, definition) in definitions.iter_mut().enumerate() {
            let id = TypeId::new(index);
            definition.usage.request = reached.request.contains(&id);
            definition.usage.response = reached.response.contains(&id);
            let TypeKind::Record(record) = &mut definition.kind else {
                continue;
            };
            // A type that nothing mentions may be used for anything.
            let is_unused = !definition.usage.request && !definition.usage.response;
            let travel = Travel {
                request: definition.usage.request || is_unused,
                json_request: reached.json_request.contains(&id) || is_unused,
                response: definition.usage.response || is_unused,
            };
            let facts = self.facts.get(&id).map(Vec::as_slice).unwrap_or_default();
            for (field, facts) in record.fields.iter_mut().zip(facts) {
                field.presence = presence(field, *facts, travel);
            }
        }
        mark_secrets(definitions);
        boxing::break_cycles(definitions);
        boxing::shrink(definitions);
        self.definitions
    }
}

/// The ways that the values of a record travel.
#[derive(Clone, Copy)]
struct Travel {
    request: bool,
    json_request: bool,
    response: bool,
}

fn presence(field: &Field, facts: FieldFacts, travel: Travel) -> FieldPresence {
    if facts.omit_when_empty {
        return FieldPresence::OmittedWhenEmpty;
    }
    if facts.null_as_default
        && let Some(default) = &field.default
    {
        return FieldPresence::Defaulted(default.clone());
    }
    // A server must not be sent what it alone writes, and does not send what it alone reads.
    let is_one_way = (facts.read_only && travel.request) || (facts.write_only && travel.response);
    // Any JSON has null among its values.
    let nullable = facts.nullable && field.type_ref != TypeRef::Any;
    match (facts.required && !is_one_way, nullable) {
        (true, false) => FieldPresence::Required,
        (true, true) => FieldPresence::RequiredNullable,
        (false, true) if travel.json_request && !facts.read_only => FieldPresence::OptionalNullable,
        (false, _) => FieldPresence::Optional,
    }
}

/// Everything that can be reached from some types.
fn reach<'a>(definitions: &[TypeDef], roots: impl Iterator<Item = &'a TypeId>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<TypeId> = roots.copied().collect();
    while let Some(id) = ahead.pop() {
        if reached.insert(id)
            && let Some(definition) = definitions.get(id.index())
        {
            for type_ref in definition.type_refs() {
                Roots::add(&mut ahead, type_ref);
            }
        }
    }
    reached
}

fn mark_secrets(definitions: &mut [TypeDef]) {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); definitions.len()];
    let mut ahead = Vec::new();
    for (index, definition) in definitions.iter().enumerate() {
        let mut holds_secret = false;
        for type_ref in definition.type_refs() {
            holds_secret |= type_ref.any(&|inner| *inner == TypeRef::Secret);
            let mut named = Vec::new();
            Roots::add(&mut named, type_ref);
            for id in named {
                if let Some(users) = users.get_mut(id.index()) {
                    users.push(index);
                }
            }
        }
        if holds_secret {
            ahead.push(index);
        }
    }
    while let Some(index) = ahead.pop() {
        let Some(definition) = definitions.get_mut(index) else {
            continue;
        };
        if !definition.reaches_secret {
            definition.reaches_secret = true;
            ahead.extend(users.get(index).into_iter().flatten());
        }
    }
}
