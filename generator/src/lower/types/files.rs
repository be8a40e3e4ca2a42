//! Files, which are in multipart bodies only: what JSON calls binary is a string.

use std::collections::{BTreeMap, BTreeSet};

use super::finish::{Reached, Roots};
use super::record::FieldFacts;
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::model::{TypeDef, TypeId, TypeKind, TypeRef};

/// Makes strings of the files that are in no form, and files of the parts of forms of which nothing is said.
pub(super) fn keep(
    context: &mut Context<'_>,
    definitions: &mut [TypeDef],
    facts: &BTreeMap<TypeId, Vec<FieldFacts>>,
    roots: &Roots,
    reached: &Reached,
) {
    let forms: BTreeSet<TypeId> = roots.multipart.iter().copied().collect();
    if !forms.is_empty() {
        let with_files = with_files(definitions);
        for id in &forms {
            report_lost(context, definitions, &with_files, *id, reached);
        }
    }
    for (index, definition) in definitions.iter_mut().enumerate() {
        let id = TypeId::new(index);
        let is_form = forms.contains(&id) && !reached.is_json(id);
        match &mut definition.kind {
            TypeKind::Record(record) if is_form => {
                let facts = facts.get(&id).map(Vec::as_slice).unwrap_or_default();
                for (field, facts) in record.fields.iter_mut().zip(facts) {
                    if facts.is_unspecified {
                        with_binary(&mut field.type_ref);
                    }
                }
            }
            TypeKind::Record(record) => {
                let additional = record.additional.iter_mut().map(|field| &mut **field);
                for field in record.fields.iter_mut().chain(additional) {
                    without_binary(&mut field.type_ref);
                }
            }
            TypeKind::Union(union) => {
                for variant in &mut union.variants {
                    without_binary(&mut variant.type_ref);
                }
            }
            TypeKind::Alias(alias) => without_binary(&mut alias.target),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => {}
        }
    }
}

/// Reports the files of a form that become strings.
fn report_lost(
    context: &mut Context<'_>,
    definitions: &[TypeDef],
    with_files: &BTreeSet<TypeId>,
    form: TypeId,
    reached: &Reached,
) {
    let definition = definitions.get(form.index());
    let Some(record) = definition.and_then(TypeDef::record) else {
        return;
    };
    for field in record.all_fields() {
        if is_file(&field.type_ref) {
            if reached.is_json(form) {
                context.report(
                    codes::UNSUPPORTED_BODY,
                    &field.pointer,
                    "the schema of this form is that of JSON too, in which a file is a string; so it is a string here",
                    "give the form a schema of its own",
                );
            }
        } else if matches!(item(&field.type_ref), TypeRef::Named(id) if with_files.contains(id)) {
            context.report(
                codes::UNSUPPORTED_BODY,
                &field.pointer,
                "a member that is a file or something else is sent as text",
                "describe it as a file alone",
            );
        }
    }
}

/// Returns the aliases and unions of which a value or an item is a file.
fn with_files(definitions: &[TypeDef]) -> BTreeSet<TypeId> {
    let mut offered_by: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut ahead = Vec::new();
    for (index, definition) in definitions.iter().enumerate() {
        let id = TypeId::new(index);
        if !matches!(definition.kind, TypeKind::Alias(_) | TypeKind::Union(_)) {
            continue;
        }
        for type_ref in definition.type_refs() {
            match item(type_ref) {
                TypeRef::Named(inner) => offered_by.entry(*inner).or_default().push(id),
                other if is_file(other) => ahead.push(id),
                _ => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        if found.insert(id) {
            ahead.extend(offered_by.get(&id).into_iter().flatten());
        }
    }
    found
}

fn is_file(type_ref: &TypeRef) -> bool {
    type_ref.any(&|inner| *inner == TypeRef::Binary)
}

/// The type of what a value is, or of the items of a list.
fn item(type_ref: &TypeRef) -> &TypeRef {
    match type_ref {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Array(inner) => item(inner),
        other => other,
    }
}

fn with_binary(type_ref: &mut TypeRef) {
    match type_ref {
        TypeRef::Any => *type_ref = TypeRef::Binary,
        TypeRef::Array(inner) => with_binary(inner),
        _ => {}
    }
}

pub(in crate::lower) fn without_binary(type_ref: &mut TypeRef) {
    match type_ref {
        TypeRef::Binary => *type_ref = TypeRef::String,
        TypeRef::Array(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner) => without_binary(inner),
        _ => {}
    }
}
