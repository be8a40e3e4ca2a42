//! Turns schemas into types. A schema is classified at once, so that what refers to it knows its type; what a record or a union holds is
//! lowered later from a queue, so that types may refer to one another in cycles and the depth of the call stack has nothing to do with the
//! length of the chains that a document builds.

mod all_of;
mod alternatives;
mod annotations;
mod array;
mod assertions;
mod boxing;
mod constraints;
mod discriminator;
mod enumeration;
mod files;
mod finish;
mod literal;
mod merge;
mod name_context;
mod record;
mod scalar;
mod shape;
mod subschema;
mod union;

use std::collections::{BTreeMap, HashMap, VecDeque};

use indexmap::IndexMap;

use super::context::{Context, MAX_DEPTH};
use super::extension;
use super::names::{self, NameRequest, Namespace, Scope};
use crate::diagnostic::{Pointer, codes};
use crate::model::{
    Alias, Identifier, Record, TypeDef, TypeId, TypeKind, TypeRef, Union, UnionKind, Usage,
};
use crate::openapi::{Node, Schema};
use crate::source::Value;

pub(super) use boxing::Sizes;
pub(super) use files::without_binary;
pub(super) use finish::Roots;
pub(super) use name_context::{NameContext, NullableType};

use all_of::AllOfSet;
use annotations::docs_of;
use name_context::ComponentName;
use record::FieldFacts;
use shape::ValueShape;

/// A type whose content is still to be lowered.
#[derive(Debug)]
enum Pending<'a> {
    Record(TypeId, subschema::Subschemas<'a>),
    Union(TypeId, union::Members<'a>),
}

/// Every type so far.
pub(super) struct Types<'a> {
    definitions: Vec<TypeDef>,
    /// What the document says of each field, by type, beside what the model has.
    facts: BTreeMap<TypeId, Vec<FieldFacts>>,
    scope: Scope,
    /// Names of the schemas among the components, by their pointers.
    components: IndexMap<Pointer, ComponentName>,
    /// Types by the places of the schemas that they come from. One that is being classified has no entry.
    known: HashMap<all_of::Key, Option<NullableType>>,
    /// Types of inline schemas by the name that their place gives them.
    inline: BTreeMap<String, HashMap<Vec<&'a Value>, TypeId>>,
    pending: VecDeque<(NameContext, Pending<'a>)>,
    /// The variants of long enumerations by the texts of their values.
    variants: HashMap<TypeId, HashMap<String, usize>>,
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
                let component = ComponentName {
                    key: (*key).to_owned(),
                    name,
                    pointer: node.pointer.clone(),
                };
                (node.pointer.clone(), component)
            })
            .collect();
        let mut types = Self {
            definitions: Vec::new(),
            facts: BTreeMap::new(),
            scope,
            components,
            known: HashMap::new(),
            inline: BTreeMap::new(),
            pending: VecDeque::new(),
            variants: HashMap::new(),
            depth: 0,
        };
        for (_, node) in &schemas {
            let ty = types.type_of(context, node, NameContext::new(""));
            // A reference is followed to its end, so that nothing has made a type of this name.
            if let Some(component) = types.components.get(&node.pointer).cloned()
                && node.is_reference()
            {
                types.alias(&AllOfSet::of(node), component, &ty);
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
        name_context: NameContext,
    ) -> NullableType {
        self.type_of_all(context, AllOfSet::of(node), name_context)
    }

    /// The type of the values that satisfy several schemas.
    fn type_of_all(
        &mut self,
        context: &mut Context<'a>,
        all_of: AllOfSet<'a>,
        name_context: NameContext,
    ) -> NullableType {
        let nullable = all_of.is_nullable();
        if let Some(target) = all_of.as_reference() {
            let Some(target) = context.resolve(target) else {
                return NullableType::plain(TypeRef::Any);
            };
            let name_context = match self.components.get(&target.pointer) {
                Some(component) => NameContext {
                    base: component.name.as_str().to_owned(),
                    component: Some(component.clone()),
                },
                None => NameContext {
                    component: None,
                    ..name_context
                },
            };
            let mut ty = self.type_of_all(context, AllOfSet::of(&target), name_context);
            ty.nullable |= nullable;
            return ty;
        }
        let name_context = match all_of
            .pointer_of_whole()
            .and_then(|pointer| self.components.get(pointer))
        {
            Some(component) if name_context.component.is_none() => NameContext {
                base: component.name.as_str().to_owned(),
                component: Some(component.clone()),
            },
            _ => name_context,
        };
        let key = all_of.key();
        match self.known.get(&key) {
            Some(Some(ty)) => {
                let ty = NullableType {
                    type_ref: ty.type_ref.clone(),
                    nullable: ty.nullable || nullable,
                };
                // What a schema among the components comes down to may be the type of another one.
                if let Some(component) = name_context.component
                    && all_of.pointer_of_whole() != Some(&component.pointer)
                {
                    self.alias(&all_of, component, &ty);
                }
                return ty;
            }
            Some(None) => return self.infinitely_sized(context, &all_of),
            None => {}
        }
        if self.depth >= MAX_DEPTH {
            context.report(
                codes::TOO_DEEP,
                &all_of.pointer_of_last(),
                "schemas are nested too deep here, so this value may be anything",
                "describe one of the values on the way as an object with a property",
            );
            return NullableType::plain(TypeRef::Any);
        }
        self.known.insert(key.clone(), None);
        self.depth += 1;
        let mut ty = self.classify(context, &all_of, name_context);
        self.depth -= 1;
        self.known.insert(key, Some(ty.clone()));
        ty.nullable |= nullable;
        ty
    }

    fn classify(
        &mut self,
        context: &mut Context<'a>,
        all_of: &AllOfSet<'a>,
        name_context: NameContext,
    ) -> NullableType {
        let component = name_context.component.clone();
        let shaped = all_of.shape(context);
        let mut ty = match shaped.shape {
            ValueShape::Same(other) if other.as_reference().is_none() => {
                let mut ty = self.type_of_all(context, other, name_context);
                ty.nullable |= shaped.nullable;
                return ty;
            }
            ValueShape::Same(other) => self.type_of_all(context, other, name_context),
            ValueShape::Record(subschemas) => {
                let kind = TypeKind::Record(Record {
                    fields: Vec::new(),
                    additional: None,
                });
                match self.define(context, all_of, &name_context, kind) {
                    Defined::New(id) => {
                        self.pending.push_back((
                            NameContext::new(self.name_of(id)),
                            Pending::Record(id, subschemas),
                        ));
                        NullableType::plain(TypeRef::Named(id))
                    }
                    Defined::Known(id) => NullableType::plain(TypeRef::Named(id)),
                }
            }
            ValueShape::Union(members) => {
                let kind = TypeKind::Union(Union {
                    kind: UnionKind::Untagged,
                    variants: Vec::new(),
                    catch_all: Identifier::new_unchecked("Unknown"),
                });
                let id = match self.define(context, all_of, &name_context, kind) {
                    Defined::New(id) => {
                        self.pending.push_back((
                            NameContext::new(self.name_of(id)),
                            Pending::Union(id, members),
                        ));
                        id
                    }
                    Defined::Known(id) => id,
                };
                NullableType::plain(TypeRef::Named(id))
            }
            ValueShape::Enumeration(values) => {
                self.enumeration(context, all_of, &name_context, values)
            }
            ValueShape::Array(subschemas) => self.array(context, &subschemas, &name_context),
            ValueShape::Map(subschemas) => self.map(context, &subschemas, &name_context),
            ValueShape::Scalar(type_ref) => NullableType::plain(type_ref),
        };
        if let Some(component) = component {
            self.alias(all_of, component, &ty);
        }
        ty.nullable |= shaped.nullable;
        ty
    }

    /// Defines the name of a schema among the components, where its type is one without a name or of another name.
    fn alias(&mut self, all_of: &AllOfSet<'a>, component: ComponentName, ty: &NullableType) {
        let is_own = |id: TypeId| {
            self.definition(id)
                .is_some_and(|definition| definition.name == component.name)
        };
        if matches!(ty.type_ref, TypeRef::Named(id) if is_own(id)) {
            return;
        }
        let target = ty.type_ref.clone();
        let pointer = component.pointer.clone();
        let kind = TypeKind::Alias(Alias { target });
        let mut definition = definition(all_of, component.name, kind);
        definition.pointer = pointer.clone();
        definition.schema_name = Some(component.key);
        self.definitions.push(definition);
    }

    /// Adds a type, unless an equal one is at a place of the same name.
    fn define(
        &mut self,
        context: &mut Context<'a>,
        all_of: &AllOfSet<'a>,
        name_context: &NameContext,
        kind: TypeKind,
    ) -> Defined {
        let id = TypeId::new(self.definitions.len());
        let (name, schema_name) = match &name_context.component {
            Some(component) => (component.name.clone(), Some(component.key.clone())),
            None => {
                let values = all_of.values();
                let equals = self.inline.entry(name_context.base.clone()).or_default();
                if let Some(known) = equals.get(&values) {
                    values.iter().for_each(|value| value.mark_all_read());
                    return Defined::Known(*known);
                }
                equals.insert(values, id);
                (self.inline_name(context, all_of, name_context), None)
            }
        };
        let mut definition = definition(all_of, name, kind);
        definition.schema_name = schema_name;
        if let Some(component) = &name_context.component {
            definition.pointer = component.pointer.clone();
        }
        self.definitions.push(definition);
        Defined::New(id)
    }

    fn inline_name(
        &mut self,
        context: &mut Context<'a>,
        all_of: &AllOfSet<'a>,
        name_context: &NameContext,
    ) -> Identifier {
        for node in all_of.nodes() {
            if let Some(given) = extension::name(context, &node.rust_name()) {
                return names::take_given(context, &mut self.scope, &given);
            }
        }
        self.scope.uniquify(&name_context.base)
    }

    fn name_of(&self, id: TypeId) -> String {
        self.definitions
            .get(id.index())
            .map(|definition| definition.name.as_str().to_owned())
            .unwrap_or_default()
    }

    /// Lowers what waits. Afterwards nothing does.
    pub(super) fn lower_pending(&mut self, context: &mut Context<'a>) {
        while let Some((name_context, pending)) = self.pending.pop_front() {
            match pending {
                Pending::Record(id, subschemas) => {
                    self.fill_record(context, id, &subschemas, &name_context)
                }
                Pending::Union(id, members) => {
                    self.fill_union(context, id, &members, &name_context)
                }
            }
        }
    }

    /// A list of itself, or a map of itself, has no name that could end the cycle.
    fn infinitely_sized(
        &mut self,
        context: &mut Context<'a>,
        all_of: &AllOfSet<'a>,
    ) -> NullableType {
        let message = "this list or map contains itself without an object between, so its elements may be anything";
        let help = "put an object with a property between them";
        context.report(
            codes::INFINITELY_SIZED_TYPE,
            &all_of.pointer_of_last(),
            message,
            help,
        );
        NullableType::plain(TypeRef::Any)
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

fn definition(all_of: &AllOfSet<'_>, name: Identifier, kind: TypeKind) -> TypeDef {
    TypeDef {
        pointer: all_of.pointer_of_last(),
        schema_name: None,
        name,
        docs: docs_of(all_of),
        deprecated: all_of
            .nodes()
            .iter()
            .any(|node| node.deprecated().is_true()),
        usage: Usage::default(),
        reaches_secret: false,
        kind,
    }
}
