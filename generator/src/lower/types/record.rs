//! Objects with known members.

use indexmap::IndexMap;

use super::conjunction::{Conjunction, Layer};
use super::said::Said;
use super::{Place, Types};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::lower::context::Context;
use crate::lower::names::{self, NameRequest, Namespace, Scope};
use crate::lower::{docs, extension};
use crate::model::{Docs, Field, Presence, Record, TypeId, TypeKind, TypeRef};
use crate::openapi::{Node, Schema};

/// What the document says of a field. What becomes of it depends on where values of the record travel, which is known last.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::lower) struct FieldFacts {
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) null_as_default: bool,
    pub(super) omit_when_empty: bool,
}

impl<'a> Types<'a> {
    pub(super) fn fill_record(
        &mut self,
        context: &mut Context<'a>,
        id: TypeId,
        layers: &[Layer<'a>],
        place: &Place,
    ) {
        let mut properties: IndexMap<&'a str, Vec<Layer<'a>>> = IndexMap::new();
        let mut required: Vec<(&'a str, Pointer)> = Vec::new();
        for layer in layers {
            let has_alternatives =
                layer.node.one_of().is_present() || layer.node.any_of().is_present();
            if let Some(discriminator) = layer.node.discriminator().node()
                && !has_alternatives
            {
                context.report(
                    Severity::Note,
                    codes::DISCRIMINATOR_IGNORED,
                    &discriminator.pointer,
                    "no schema among the components extends this one, so its discriminator decides nothing",
                    "remove it, or let the schemas that it tells apart have this one in their `allOf`",
                );
            }
            for (name, node) in layer.node.properties().entries() {
                let known = properties.entry(name).or_default();
                if known.iter().all(|other| other.node.value != node.value) {
                    known.push(Layer::of(&node));
                } else {
                    node.value.mark_all_read();
                }
            }
            for name in layer.node.required().elements() {
                required.extend(name.text().map(|text| (text, name.pointer)));
            }
        }
        let additional = self.additional(context, layers, place);
        if additional.is_none() {
            report_undeclared(context, &required, &properties);
        }
        let requests: Vec<NameRequest> = properties
            .iter()
            .map(|(name, layers)| {
                let given = layers
                    .iter()
                    .rev()
                    .find_map(|layer| extension::name(context, &layer.node.rust_field_name()));
                NameRequest::new(given, *name)
            })
            .collect();
        let mut scope = Scope::new(Namespace::Field);
        let identifiers = names::assign(context, &mut scope, &requests);
        let schemas = context.schemas();
        let mut fields = Vec::new();
        let mut facts = Vec::new();
        for ((wire_name, layers), name) in properties.iter().zip(identifiers) {
            let is_required = required.iter().any(|(required, _)| required == wire_name);
            let place = self.base_of(&schemas, id, layers, place).within(wire_name);
            let (field, mut said) = self.field(context, wire_name, layers, name, &place);
            said.required = is_required;
            fields.push(field);
            facts.push(said);
        }
        let additional = additional.map(|type_ref| {
            Box::new(Field {
                pointer: layers
                    .iter()
                    .find_map(|layer| layer.node.additional_properties().node())
                    .map(|node| node.pointer.to_string())
                    .unwrap_or_default(),
                name: scope.uniquify("extra"),
                wire_name: String::new(),
                type_ref,
                presence: Presence::Required,
                docs: Docs {
                    summary: Some("The members without a field of their own.".to_owned()),
                    ..Docs::default()
                },
                deprecated: false,
                default: None,
                example: None,
            })
        });
        self.facts.insert(id, facts);
        if let Some(definition) = self.definitions.get_mut(id.index()) {
            definition.kind = TypeKind::Record(Record { fields, additional });
        }
    }

    fn field(
        &mut self,
        context: &mut Context<'a>,
        wire_name: &str,
        layers: &[Layer<'a>],
        name: crate::model::Identifier,
        place: &Place,
    ) -> (Field, FieldFacts) {
        let conjunction = Conjunction::new(layers.to_vec());
        let typed = self.type_of_all(context, conjunction.clone(), place.clone());
        let said = self.said_of(context, &conjunction, &typed);
        let facts = FieldFacts {
            required: false,
            nullable: typed.nullable,
            read_only: said.nodes.iter().any(|node| node.read_only().is_true()),
            write_only: said.nodes.iter().any(|node| node.write_only().is_true()),
            null_as_default: null_as_default(context, &said),
            omit_when_empty: omit_when_empty(context, &said.nodes, &typed.type_ref),
        };
        let field = Field {
            pointer: conjunction.place().to_string(),
            name,
            wire_name: wire_name.to_owned(),
            type_ref: typed.type_ref,
            presence: Presence::Optional,
            docs: docs::item(said.title, said.description, None, &said.remarks),
            deprecated: said.deprecated,
            default: said.default,
            example: said.example,
        };
        (field, facts)
    }

    /// What an inline type is named after: the schema that its property was written in, which is another one where that is extended.
    fn base_of(&self, schemas: &Pointer, id: TypeId, layers: &[Layer<'a>], place: &Place) -> Place {
        let Some(written) = layers.last().map(|layer| &layer.node.pointer) else {
            return place.clone();
        };
        let is_own = self.definition(id).is_some_and(|definition| {
            Pointer::parse(&definition.pointer).is_some_and(|own| written.starts_with(&own))
        });
        let key = written
            .strip_prefix(schemas)
            .and_then(|rest| rest.segments().next().map(|key| key.into_owned()));
        match key.and_then(|key| self.components.get(&schemas.key(&key))) {
            Some(own) if !is_own => Place::new(own.name.as_str()),
            _ => place.clone(),
        }
    }
}

fn null_as_default<'a>(context: &mut Context<'a>, said: &Said<'a>) -> bool {
    let mut nodes = said.nodes.iter();
    let Some(node) = nodes.find(|node| node.null_as_default().is_present()) else {
        return false;
    };
    let wanted = extension::flag(context, &node.null_as_default());
    if wanted && said.default.is_none() {
        context.report(
            Severity::Error,
            codes::INVALID_EXTENSION,
            &node.null_as_default().pointer(),
            "`x-null-as-default` stands beside no `default` of the property's type",
            "add `default`; until then null is read as none",
        );
    }
    wanted && said.default.is_some()
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
            Severity::Error,
            codes::INVALID_EXTENSION,
            &node.omit_when_empty().pointer(),
            "`x-omit-when-empty` stands at something that is neither a list nor a map",
            "remove it; until then it is ignored",
        );
    }
    wanted && can_be_empty
}

fn report_undeclared<'a>(
    context: &mut Context<'a>,
    required: &[(&'a str, Pointer)],
    properties: &IndexMap<&'a str, Vec<Layer<'a>>>,
) {
    for (name, pointer) in required {
        if !properties.contains_key(name) {
            context.report(
                Severity::Warning,
                codes::REQUIRED_WITHOUT_PROPERTY,
                pointer,
                format!("`{name}` is required but no property is called so"),
                "add the property or correct the name; until then it is ignored",
            );
        }
    }
}
