//! Objects with known members.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::all_of::AllOfSet;
use super::annotations::Annotations;
use super::merge;
use super::subschema::Subschema;
use super::{NameContext, Types};
use crate::diagnostic::{Pointer, codes};
use crate::lower::context::Context;
use crate::lower::names::{self, NameRequest, Namespace, Scope};
use crate::lower::{docs, extension};
use crate::model::{Docs, Field, FieldPresence, Identifier, Record, TypeId, TypeKind, TypeRef};
use crate::openapi::{Node, Schema, component_schemas};
use crate::source::Value;

/// What the document says of a field. What becomes of it depends on where values of the record travel, which is known last.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::lower) struct FieldFacts {
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) null_as_default: bool,
    pub(super) omit_when_empty: bool,
    /// Whether nothing is said of the value, or of the items of the list that it is. As a part of a form it is a file then.
    pub(super) is_unspecified: bool,
}

impl<'a> Types<'a> {
    pub(super) fn fill_record(
        &mut self,
        context: &mut Context<'a>,
        id: TypeId,
        subschemas: &[Subschema<'a>],
        name_context: &NameContext,
    ) {
        let count = subschemas.iter().map(|one| one.node.properties().len());
        let last = subschemas.last().map(|last| last.node.pointer.clone());
        if !context.may_have_fields(count.sum(), &last.unwrap_or_default()) {
            return self.keep_members(id);
        }
        let mut properties: IndexMap<&'a str, Vec<Subschema<'a>>> = IndexMap::new();
        let mut required: Vec<(&'a str, Pointer)> = Vec::new();
        let mut known: IndexMap<&'a str, HashSet<&'a Value>> = IndexMap::new();
        for subschema in subschemas {
            let has_alternatives =
                subschema.node.one_of().is_present() || subschema.node.any_of().is_present();
            if !has_alternatives {
                report_discriminator(context, &subschema.node);
            }
            for (name, node) in subschema.node.properties().entries() {
                if known.entry(name).or_default().insert(node.value) {
                    let subschemas = properties.entry(name).or_default();
                    subschemas.push(Subschema::of(&node));
                } else {
                    node.value.mark_all_read();
                }
            }
            for name in subschema.node.required().elements() {
                required.extend(name.text().map(|text| (text, name.pointer)));
            }
        }
        let additional = self.additional(context, subschemas, name_context);
        if additional.is_none() {
            report_undeclared(context, &required, &properties);
        }
        let requests: Vec<NameRequest> = properties
            .iter()
            .map(|(name, subschemas)| {
                let given = subschemas.iter().rev().find_map(|subschema| {
                    extension::name(context, &subschema.node.rust_field_name())
                });
                NameRequest::new(given, *name)
            })
            .collect();
        let mut scope = Scope::new(Namespace::Field);
        let identifiers = names::assign(context, &mut scope, &requests);
        let required = merge::required(subschemas);
        let schemas = component_schemas();
        let mut fields = Vec::new();
        let mut facts = Vec::new();
        for ((wire_name, subschemas), name) in properties.iter().zip(identifiers) {
            let is_required = required.contains(wire_name);
            let name_context = self
                .base_of(&schemas, id, subschemas, name_context)
                .within(wire_name);
            let (field, mut field_facts) =
                self.field(context, wire_name, subschemas, name, &name_context);
            field_facts.required = is_required;
            fields.push(field);
            facts.push(field_facts);
        }
        let additional = additional.map(|type_ref| {
            let pointer = subschemas
                .iter()
                .find_map(|subschema| subschema.node.additional_properties().node())
                .map(|node| node.pointer.clone());
            additional_field(
                scope.uniquify("extra"),
                type_ref,
                pointer.unwrap_or_default(),
            )
        });
        self.facts.insert(id, facts);
        if let Some(definition) = self.definitions.get_mut(id.index()) {
            definition.kind = TypeKind::Record(Record { fields, additional });
        }
    }

    /// Completes a record without fields, which keeps all members as JSON.
    fn keep_members(&mut self, id: TypeId) {
        if let Some(definition) = self.definitions.get_mut(id.index()) {
            let name = Scope::new(Namespace::Field).uniquify("extra");
            let additional = additional_field(name, TypeRef::Any, definition.pointer.clone());
            definition.kind = TypeKind::Record(Record {
                fields: Vec::new(),
                additional: Some(additional),
            });
        }
    }

    fn field(
        &mut self,
        context: &mut Context<'a>,
        wire_name: &str,
        subschemas: &[Subschema<'a>],
        name: Identifier,
        name_context: &NameContext,
    ) -> (Field, FieldFacts) {
        let all_of = AllOfSet::new(subschemas.to_vec());
        let ty = self.type_of_all(context, all_of.clone(), name_context.clone());
        let annotations = self.annotations_of(context, &all_of, &ty);
        let facts = FieldFacts {
            required: false,
            nullable: ty.nullable,
            read_only: annotations
                .nodes
                .iter()
                .any(|node| node.read_only().is_true()),
            write_only: annotations
                .nodes
                .iter()
                .any(|node| node.write_only().is_true()),
            null_as_default: null_as_default(context, &annotations),
            omit_when_empty: omit_when_empty(context, &annotations.nodes, &ty.type_ref),
            is_unspecified: is_unspecified(context, subschemas, &ty.type_ref),
        };
        let field = Field {
            pointer: all_of.pointer_of_last(),
            name,
            wire_name: wire_name.to_owned(),
            type_ref: ty.type_ref,
            presence: FieldPresence::Optional,
            docs: docs::item(
                annotations.title,
                annotations.description,
                None,
                &annotations.remarks,
            ),
            deprecated: annotations.deprecated,
            default: annotations.default,
            example: annotations.example,
        };
        (field, facts)
    }

    /// What an inline type is named after: the schema that its property was written in, which is another one where that is extended. A
    /// property that the record describes itself, also if it extends one, belongs to the record.
    fn base_of(
        &self,
        schemas: &Pointer,
        id: TypeId,
        subschemas: &[Subschema<'a>],
        name_context: &NameContext,
    ) -> NameContext {
        let Some(written) = subschemas.last().map(|subschema| &subschema.node.pointer) else {
            return name_context.clone();
        };
        let is_own = self.definition(id).is_some_and(|own| {
            let mut written = subschemas.iter().map(|subschema| &subschema.node.pointer);
            written.any(|written| written.starts_with(&own.pointer))
        });
        let key = written
            .strip_prefix(schemas)
            .and_then(|rest| rest.segments().next().map(|key| key.into_owned()));
        match key.and_then(|key| self.components.get(&schemas.key(&key))) {
            Some(own) if !is_own => NameContext::new(own.name.as_str()),
            _ => name_context.clone(),
        }
    }
}

/// The field for the members that have none of their own.
fn additional_field(name: Identifier, type_ref: TypeRef, pointer: Pointer) -> Box<Field> {
    Box::new(Field {
        pointer,
        name,
        wire_name: String::new(),
        type_ref,
        presence: FieldPresence::Required,
        docs: Docs {
            summary: Some("The members without a field of their own.".to_owned()),
            ..Docs::default()
        },
        deprecated: false,
        default: None,
        example: None,
    })
}

/// Returns whether nothing is said of a value, or of the items of a list, in a version in which a part of a form is a file then.
fn is_unspecified<'a>(
    context: &Context<'a>,
    subschemas: &[Subschema<'a>],
    type_ref: &TypeRef,
) -> bool {
    let is_candidate = match type_ref {
        TypeRef::Array(item) => **item == TypeRef::Any,
        other => *other == TypeRef::Any,
    };
    let version = context.root().openapi().text().unwrap_or_default();
    is_candidate
        && ["3.1", "3.2"]
            .iter()
            .any(|later| version.starts_with(later))
        && subschemas.iter().all(|subschema| {
            let Some(node) = context.resolve(&subschema.node) else {
                return false;
            };
            let items = node.items().node();
            let items = items.map(|items| context.resolve(&items));
            let said = items.flatten().unwrap_or(node);
            said.has_only(&["title", "description", "deprecated"])
        })
}

fn null_as_default<'a>(context: &mut Context<'a>, annotations: &Annotations<'a>) -> bool {
    let mut nodes = annotations.nodes.iter();
    let Some(node) = nodes.find(|node| node.null_as_default().is_present()) else {
        return false;
    };
    let wanted = extension::flag(context, &node.null_as_default());
    if wanted && annotations.default.is_none() {
        context.report(
            codes::INVALID_EXTENSION,
            &node.null_as_default().pointer(),
            "`x-null-as-default` needs a `default` of the property's type",
            "add `default`; until then null is read as none",
        );
    }
    wanted && annotations.default.is_some()
}

fn omit_when_empty<'a>(
    context: &mut Context<'a>,
    nodes: &[Node<'a, Schema>],
    type_ref: &TypeRef,
) -> bool {
    let mut nodes = nodes.iter();
    let Some(node) = nodes.find(|node| node.omit_when_empty().is_present()) else {
        return false;
    };
    let wanted = extension::flag(context, &node.omit_when_empty());
    let can_be_empty = matches!(type_ref, TypeRef::Array(_) | TypeRef::Map(_));
    if wanted && !can_be_empty {
        context.report(
            codes::INVALID_EXTENSION,
            &node.omit_when_empty().pointer(),
            "`x-omit-when-empty` is only for lists and maps",
            "remove it; until then it is ignored",
        );
    }
    wanted && can_be_empty
}

/// Reports a discriminator of a schema that is no union.
pub(super) fn report_discriminator<'a>(context: &mut Context<'a>, schema: &Node<'a, Schema>) {
    if let Some(discriminator) = schema.discriminator().node() {
        let message = "no schema extends this one by `allOf`, so its discriminator decides nothing";
        let help =
            "remove it, or let the schemas that it distinguishes have this one in their `allOf`";
        context.report(
            codes::DISCRIMINATOR_IGNORED,
            &discriminator.pointer,
            message,
            help,
        );
    }
}

fn report_undeclared<'a>(
    context: &mut Context<'a>,
    required: &[(&'a str, Pointer)],
    properties: &IndexMap<&'a str, Vec<Subschema<'a>>>,
) {
    for (name, pointer) in required {
        if !properties.contains_key(name) {
            context.report(
                codes::REQUIRED_WITHOUT_PROPERTY,
                pointer,
                format!("`{name}` is required, but there is no such property"),
                "add the property or correct the name; until then it is ignored",
            );
        }
    }
}
