//! Turns schemas into types. A schema is classified at once, so that whoever refers to it knows its type; what a record or a union holds is
//! lowered later from a queue, so that types may refer to one another in circles and the depth of the call stack has nothing to do with the
//! length of the chains that a document builds.

mod array;
mod assertions;
mod boxing;
mod conjunction;
mod constraints;
mod discriminator;
mod enumeration;
mod finish;
mod literal;
mod place;
mod record;
mod said;
mod scalar;
mod union;

use std::collections::{BTreeMap, VecDeque};

use indexmap::IndexMap;

use super::context::{Context, MAX_DEPTH};
use super::names::{self, NameRequest, Namespace, Scope};
use super::{docs, extension};
use crate::diagnostic::{Pointer, Severity, codes};
use crate::model::{
    Alias, Docs, Identifier, Record, TypeDef, TypeId, TypeKind, TypeRef, Union, UnionKind, Usage,
};
use crate::openapi::{Node, Schema};
use crate::source::Value;

pub(super) use boxing::Sizes;
pub(super) use finish::{Roots, without_binary};
pub(super) use place::{Place, Typed};

use conjunction::{Conjunction, Shape};
use constraints::constraints;
use place::Own;
use record::FieldFacts;

/// A type whose content is still to be lowered.
#[derive(Debug)]
enum Pending<'a> {
    Record(TypeId, conjunction::Layers<'a>),
    Union(TypeId, union::Members<'a>),
}

/// Every type so far.
pub(super) struct Types<'a> {
    definitions: Vec<TypeDef>,
    /// What the document says of each field, by type, beside what the model has.
    facts: BTreeMap<TypeId, Vec<FieldFacts>>,
    scope: Scope,
    /// Names of the schemas among the components, by their pointers.
    components: IndexMap<Pointer, Own>,
    /// Types by the places of the schemas that they come from. Nothing stands for one that is being classified.
    known: BTreeMap<conjunction::Key, Option<Typed>>,
    /// Types of inline schemas by the name that their place gives them.
    inline: BTreeMap<String, Vec<(Vec<&'a Value>, TypeId)>>,
    pending: VecDeque<(Place, Pending<'a>)>,
    depth: usize,
}

impl<'a> Types<'a> {
    /// Gives each schema among the components its name, before anything else can take it, and its type.
    pub(super) fn new(context: &mut Context<'a>) -> Self {
        let mut scope = Scope::new(Namespace::Type);
        let components = context.root().components().node();
        let schemas: Vec<_> = components
            .iter()
            .flat_map(|components| components.schemas().entries())
            .collect();
        let requests: Vec<NameRequest> = schemas
            .iter()
            .map(|(key, node)| {
                let given = extension::name(context, &node.rust_name());
                NameRequest::new(given, names::shortened(key))
            })
            .collect();
        let identifiers = names::assign(context, &mut scope, &requests);
        let components = schemas
            .iter()
            .zip(identifiers)
            .map(|((key, node), name)| {
                let own = Own {
                    key: (*key).to_owned(),
                    name,
                    pointer: node.pointer.clone(),
                };
                (node.pointer.clone(), own)
            })
            .collect();
        let mut types = Self {
            definitions: Vec::new(),
            facts: BTreeMap::new(),
            scope,
            components,
            known: BTreeMap::new(),
            inline: BTreeMap::new(),
            pending: VecDeque::new(),
            depth: 0,
        };
        for (_, node) in &schemas {
            let typed = types.type_of(context, node, Place::new(""));
            // A reference is followed to its end, so that nothing has made a type of this name.
            if let Some(own) = types.components.get(&node.pointer).cloned()
                && node.is_reference()
            {
                types.alias(&Conjunction::of(node), own, &typed);
            }
        }
        types.lower_pending(context);
        types
    }

    /// The type of a schema.
    pub(super) fn type_of(
        &mut self,
        context: &mut Context<'a>,
        node: &Node<'a, Schema>,
        place: Place,
    ) -> Typed {
        self.type_of_all(context, Conjunction::of(node), place)
    }

    /// The type of the values that satisfy several schemas.
    fn type_of_all(
        &mut self,
        context: &mut Context<'a>,
        conjunction: Conjunction<'a>,
        place: Place,
    ) -> Typed {
        let nullable = conjunction.is_nullable();
        if let Some(target) = conjunction.as_reference() {
            let Some(target) = context.resolve(target) else {
                return Typed::plain(TypeRef::Any);
            };
            let place = match self.components.get(&target.pointer) {
                Some(own) => Place {
                    base: own.name.as_str().to_owned(),
                    own: Some(own.clone()),
                },
                None => Place { own: None, ..place },
            };
            let mut typed = self.type_of_all(context, Conjunction::of(&target), place);
            typed.nullable |= nullable;
            return typed;
        }
        let place = match conjunction
            .pointer()
            .and_then(|pointer| self.components.get(pointer))
        {
            Some(own) if place.own.is_none() => Place {
                base: own.name.as_str().to_owned(),
                own: Some(own.clone()),
            },
            _ => place,
        };
        let key = conjunction.key();
        match self.known.get(&key) {
            Some(Some(typed)) => {
                return Typed {
                    type_ref: typed.type_ref.clone(),
                    nullable: typed.nullable || nullable,
                };
            }
            Some(None) => return self.endless(context, &conjunction),
            None => {}
        }
        if self.depth >= MAX_DEPTH {
            context.report(
                Severity::Error,
                codes::TOO_DEEP,
                &conjunction.place(),
                "schemas are nested too deep here, so this value may be anything",
                "give one of the schemas on the way a name of its own among the components",
            );
            return Typed::plain(TypeRef::Any);
        }
        self.known.insert(key.clone(), None);
        self.depth += 1;
        let mut typed = self.classify(context, &conjunction, place);
        self.depth -= 1;
        self.known.insert(key, Some(typed.clone()));
        typed.nullable |= nullable;
        typed
    }

    fn classify(
        &mut self,
        context: &mut Context<'a>,
        conjunction: &Conjunction<'a>,
        place: Place,
    ) -> Typed {
        let own = place.own.clone();
        let shaped = conjunction.shape(context);
        let mut typed = match shaped.shape {
            Shape::Same(other) if other.as_reference().is_none() => {
                let mut typed = self.type_of_all(context, other, place);
                typed.nullable |= shaped.nullable;
                return typed;
            }
            Shape::Same(other) => self.type_of_all(context, other, place),
            Shape::Record(layers) => {
                let kind = TypeKind::Record(Record {
                    fields: Vec::new(),
                    additional: None,
                });
                match self.define(context, conjunction, &place, kind) {
                    Defined::New(id) => {
                        self.pending
                            .push_back((Place::new(self.name_of(id)), Pending::Record(id, layers)));
                        Typed::plain(TypeRef::Named(id))
                    }
                    Defined::Known(id) => Typed::plain(TypeRef::Named(id)),
                }
            }
            Shape::Union(members) => {
                let kind = TypeKind::Union(Union {
                    kind: UnionKind::Untagged,
                    variants: Vec::new(),
                    catch_all: Identifier::new_unchecked("Unknown"),
                });
                let id = match self.define(context, conjunction, &place, kind) {
                    Defined::New(id) => {
                        self.pending
                            .push_back((Place::new(self.name_of(id)), Pending::Union(id, members)));
                        id
                    }
                    Defined::Known(id) => id,
                };
                Typed::plain(TypeRef::Named(id))
            }
            Shape::Enumeration(values) => self.enumeration(context, conjunction, &place, values),
            Shape::Array(layers) => self.array(context, &layers, &place),
            Shape::Map(layers) => self.map(context, &layers, &place),
            Shape::Scalar(type_ref) => Typed::plain(type_ref),
        };
        if let Some(own) = own {
            self.alias(conjunction, own, &typed);
        }
        typed.nullable |= shaped.nullable;
        typed
    }

    /// Defines the name of a schema among the components, where its type is one without a name or of another name.
    fn alias(&mut self, conjunction: &Conjunction<'a>, own: Own, typed: &Typed) {
        let is_own = |id: TypeId| {
            self.definition(id)
                .is_some_and(|definition| definition.name == own.name)
        };
        if matches!(typed.type_ref, TypeRef::Named(id) if is_own(id)) {
            return;
        }
        let target = typed.type_ref.clone();
        let pointer = own.pointer.clone();
        let kind = TypeKind::Alias(Alias { target });
        let mut definition = definition(conjunction, own.name, kind);
        definition.pointer = pointer.to_string();
        definition.schema_name = Some(own.key);
        self.definitions.push(definition);
    }

    /// Adds a type, unless an equal one stands at a place of the same name.
    fn define(
        &mut self,
        context: &mut Context<'a>,
        conjunction: &Conjunction<'a>,
        place: &Place,
        kind: TypeKind,
    ) -> Defined {
        let id = TypeId::new(self.definitions.len());
        let (name, schema_name) = match &place.own {
            Some(own) => (own.name.clone(), Some(own.key.clone())),
            None => {
                let values = conjunction.values();
                let equals = self.inline.entry(place.base.clone()).or_default();
                if let Some((_, known)) = equals.iter().find(|(other, _)| *other == values) {
                    values.iter().for_each(|value| value.mark_all_read());
                    return Defined::Known(*known);
                }
                equals.push((values, id));
                (self.inline_name(context, conjunction, place), None)
            }
        };
        let mut definition = definition(conjunction, name, kind);
        definition.schema_name = schema_name;
        if let Some(own) = &place.own {
            definition.pointer = own.pointer.to_string();
        }
        self.definitions.push(definition);
        Defined::New(id)
    }

    fn inline_name(
        &mut self,
        context: &mut Context<'a>,
        conjunction: &Conjunction<'a>,
        place: &Place,
    ) -> Identifier {
        for node in conjunction.nodes() {
            if let Some(given) = extension::name(context, &node.rust_name()) {
                return names::take_given(context, &mut self.scope, &given);
            }
        }
        self.scope.uniquify(&place.base)
    }

    fn name_of(&self, id: TypeId) -> String {
        self.definitions
            .get(id.index())
            .map(|definition| definition.name.as_str().to_owned())
            .unwrap_or_default()
    }

    /// Lowers what waits. Afterwards nothing does.
    pub(super) fn lower_pending(&mut self, context: &mut Context<'a>) {
        while let Some((place, pending)) = self.pending.pop_front() {
            match pending {
                Pending::Record(id, layers) => self.fill_record(context, id, &layers, &place),
                Pending::Union(id, members) => self.fill_union(context, id, &members, &place),
            }
        }
    }

    /// A list of itself, or a map of itself, has no name that could end the circle.
    fn endless(&mut self, context: &mut Context<'a>, conjunction: &Conjunction<'a>) -> Typed {
        context.report(
            Severity::Warning,
            codes::ENDLESS_TYPE,
            &conjunction.place(),
            "this list or map contains itself without an object between, so its elements may be anything",
            "put an object with a property between them",
        );
        Typed::plain(TypeRef::Any)
    }

    pub(super) fn definition(&self, id: TypeId) -> Option<&TypeDef> {
        self.definitions.get(id.index())
    }
}

/// What came of the attempt to add a type.
enum Defined {
    New(TypeId),
    Known(TypeId),
}

fn definition(conjunction: &Conjunction<'_>, name: Identifier, kind: TypeKind) -> TypeDef {
    TypeDef {
        pointer: conjunction.place().to_string(),
        schema_name: None,
        name,
        docs: docs_of(conjunction),
        deprecated: conjunction
            .nodes()
            .iter()
            .any(|node| node.deprecated().is_true()),
        usage: Usage::default(),
        reaches_secret: false,
        kind,
    }
}

fn docs_of(conjunction: &Conjunction<'_>) -> Docs {
    let nodes: Vec<Node<'_, Schema>> = conjunction.nodes().into_iter().cloned().collect();
    let link = nodes
        .iter()
        .find_map(|node| node.external_docs().node()?.url().text());
    docs::item(
        nodes.iter().find_map(|node| node.title().text()),
        nodes.iter().find_map(|node| node.description().text()),
        link,
        &constraints(&nodes),
    )
}
