//! Schemas that hold together: `allOf` is taken apart, wrappers that only describe are looked through, and what is left has one shape.

use std::collections::{BTreeSet, HashSet};

use super::alternatives::{self, Nesting};
use super::record;
use super::shape::{self, NullableShape, ValueShape};
use super::subschema::{Subschema, Subschemas};
use crate::diagnostic::Pointer;
use crate::lower::context::{Context, MAX_DEPTH};
use crate::openapi::{Node, Schema};
use crate::source::Value;

/// Schemas of which a value has to satisfy all, none of them looked into.
#[derive(Debug, Clone)]
pub(in crate::lower) struct AllOfSet<'a> {
    subschemas: Vec<Subschema<'a>>,
    /// The alternatives around it.
    nesting: Nesting,
}

/// Where each schema of an `allOf` set is, and whether its `allOf` and its alternatives still count.
pub(super) type Key = Vec<(Pointer, bool, bool)>;

/// An `allOf` set taken apart.
enum Opened<'a> {
    /// It wraps one other schema.
    Same(AllOfSet<'a>),
    Subschemas(Subschemas<'a>),
}

impl<'a> AllOfSet<'a> {
    pub(in crate::lower) fn of(node: &Node<'a, Schema>) -> Self {
        Self::new(vec![Subschema::of(node)])
    }

    pub(super) fn new(subschemas: Vec<Subschema<'a>>) -> Self {
        let nesting = Nesting::default();
        Self {
            subschemas,
            nesting,
        }
    }

    /// The same schemas as one of several alternatives.
    pub(super) fn within(self, nesting: Nesting) -> Self {
        Self { nesting, ..self }
    }

    /// What distinguishes it from every other `allOf` set.
    pub(super) fn key(&self) -> Key {
        let key = |subschema: &Subschema<'a>| {
            (
                subschema.node.pointer.clone(),
                subschema.all_of,
                subschema.alternatives,
            )
        };
        self.subschemas.iter().map(key).collect()
    }

    /// Where to report what is wrong with it.
    pub(super) fn pointer_of_last(&self) -> Pointer {
        self.subschemas
            .last()
            .map(|subschema| subschema.node.pointer.clone())
            .unwrap_or_default()
    }

    /// The pointer of the schema that it is, where it is one schema.
    pub(super) fn pointer(&self) -> Option<&Pointer> {
        match self.subschemas.as_slice() {
            [subschema] => Some(&subschema.node.pointer),
            _ => None,
        }
    }

    /// The pointer of the schema that it is with all its keywords. Where some have been dealt with, it is another type.
    pub(super) fn pointer_of_whole(&self) -> Option<&Pointer> {
        match self.subschemas.as_slice() {
            [subschema] if subschema.all_of && subschema.alternatives => {
                Some(&subschema.node.pointer)
            }
            _ => None,
        }
    }

    /// The reference that it is, where it is nothing else.
    pub(super) fn as_reference(&self) -> Option<&Node<'a, Schema>> {
        match self.subschemas.as_slice() {
            [subschema] if subschema.node.is_reference() => Some(&subschema.node),
            _ => None,
        }
    }

    /// The last subschema first: what is written closest to the place where the type is used describes it best.
    pub(in crate::lower) fn nodes(&self) -> Vec<&Node<'a, Schema>> {
        self.subschemas
            .iter()
            .rev()
            .map(|subschema| &subschema.node)
            .collect()
    }

    /// The schemas that are not beside alternatives of which it has one.
    pub(super) fn own_nodes(&self) -> impl Iterator<Item = &Node<'a, Schema>> {
        let own = self.subschemas.iter().rev();
        own.filter(|subschema| subschema.alternatives)
            .map(|subschema| &subschema.node)
    }

    /// The schemas that say something of the values beside their type, the closest first: those of references only where the type that
    /// they lead to has no place of its own to say it.
    pub(super) fn remarks(&self, context: &mut Context<'a>, follow: bool) -> Vec<Node<'a, Schema>> {
        let mut expanded = Expanded::default();
        for subschema in flatten(&self.subschemas) {
            if follow {
                expanded.add(context, &subschema, 0);
            } else if !subschema.node.is_reference() {
                expanded.subschemas.push(subschema);
            }
        }
        let subschemas = expanded.subschemas.into_iter().rev();
        subschemas.map(|subschema| subschema.node).collect()
    }

    pub(super) fn values(&self) -> Vec<&'a Value> {
        self.subschemas
            .iter()
            .map(|subschema| subschema.node.value)
            .collect()
    }

    pub(super) fn is_nullable(&self) -> bool {
        self.subschemas
            .iter()
            .any(|subschema| subschema.node.nullable().is_true())
    }

    pub(super) fn subschemas(&self) -> &[Subschema<'a>] {
        &self.subschemas
    }

    /// The shape of its values.
    pub(super) fn shape(&self, context: &mut Context<'a>) -> NullableShape<'a> {
        let (opened, nullable) = self.open(context);
        let mut shaped = match opened {
            Opened::Same(other) => ValueShape::Same(other).into(),
            Opened::Subschemas(subschemas) => {
                let alternatives = alternatives::shape(context, &subschemas, self.nesting);
                alternatives.unwrap_or_else(|| shape::plain_shape(context, &subschemas).into())
            }
        };
        shaped.nullable |= nullable;
        shaped
    }

    /// The schema that it is beside those that all alternatives have.
    pub(super) fn last(&self) -> Option<&Node<'a, Schema>> {
        self.subschemas.last().map(|last| &last.node)
    }

    /// Returns the schemas that list values, if a value has to be in all their lists.
    pub(super) fn listings(&self, context: &mut Context<'a>) -> Subschemas<'a> {
        match self.open(context).0 {
            Opened::Same(_) => Vec::new(),
            Opened::Subschemas(subschemas) => subschemas
                .into_iter()
                .filter(|subschema| subschema.node.enum_values().is_present())
                .collect(),
        }
    }

    /// Takes it apart. Returns whether it has null among its values as well.
    fn open(&self, context: &mut Context<'a>) -> (Opened<'a>, bool) {
        // Alternatives in alternatives are each combined with what is beside all of those around them.
        let others = self.subschemas.len().saturating_sub(1);
        if !context.may_extend(others, &self.pointer_of_last()) {
            return (Opened::Subschemas(Vec::new()), false);
        }
        let flat = flatten(&self.subschemas);
        let mut parts_say_null = flat.iter();
        let parts_say_null =
            parts_say_null.any(|part| !part.node.is_reference() && part.node.nullable().is_true());
        if !flat.iter().any(Subschema::has_alternatives) {
            let only_remarks = flat.iter().filter(|part| !part.is_shaping());
            only_remarks.for_each(|part| record::report_discriminator(context, &part.node));
        }
        let parts = strongest(flat);
        if let [part] = parts.as_slice() {
            let is_itself = self.pointer() == Some(&part.node.pointer);
            if !is_itself {
                let same = Self::new(parts).within(self.nesting);
                return (Opened::Same(same), parts_say_null);
            }
        }
        let mut expanded = Expanded::default();
        for part in &parts {
            expanded.add(context, part, 0);
        }
        let nullable = parts_say_null || shape::is_nullable(&expanded.subschemas);
        let subschemas = strongest(expanded.subschemas);
        (Opened::Subschemas(subschemas), nullable)
    }

    /// Returns the shape that references and wrappers lead to; none for a union, so that looking at a union's members never leads into other unions.
    pub(super) fn plain_shape(&self, context: &mut Context<'a>) -> Option<NullableShape<'a>> {
        let mut current = self.clone();
        let mut nullable = false;
        for _ in 0..MAX_DEPTH {
            if let Some(reference) = current.as_reference() {
                current = Self::of(&context.resolve(reference)?);
                continue;
            }
            let (opened, is_nullable) = current.open(context);
            nullable |= is_nullable;
            match opened {
                Opened::Same(other) => current = other,
                Opened::Subschemas(subschemas)
                    if subschemas.iter().any(Subschema::has_alternatives) =>
                {
                    return None;
                }
                Opened::Subschemas(subschemas) => {
                    let shape = shape::plain_shape(context, &subschemas);
                    return Some(NullableShape { shape, nullable });
                }
            }
        }
        None
    }
}

/// The subschemas with each `allOf` replaced by its parts; references stay. What is beside an `allOf` comes after its parts.
fn flatten<'a>(subschemas: &[Subschema<'a>]) -> Subschemas<'a> {
    let mut flat = Vec::new();
    for subschema in subschemas {
        if !subschema.all_of
            || !subschema.node.all_of().is_present()
            || subschema.node.is_reference()
        {
            flat.push(subschema.clone());
            continue;
        }
        let parts: Vec<Subschema<'a>> = subschema
            .node
            .all_of()
            .elements()
            .map(|part| Subschema::of(&part))
            .collect();
        flat.extend(flatten(&parts));
        flat.push(Subschema {
            all_of: false,
            ..subschema.clone()
        });
    }
    flat
}

/// Subschemas whose references have been followed.
#[derive(Default)]
struct Expanded<'a> {
    subschemas: Subschemas<'a>,
    /// What references have led to. A schema that is extended along several ways is read once.
    targets: BTreeSet<Pointer>,
}

impl<'a> Expanded<'a> {
    /// Follows the references of a subschema and adds what they lead to.
    fn add(&mut self, context: &mut Context<'a>, subschema: &Subschema<'a>, depth: usize) {
        if !subschema.node.is_reference() {
            self.subschemas.push(subschema.clone());
            return;
        }
        if depth >= MAX_DEPTH {
            context.report_long_chain(&subschema.node.pointer, &self.targets);
            return;
        }
        let Some(target) = context.resolve(&subschema.node) else {
            return;
        };
        if !self.targets.insert(target.pointer.clone()) {
            return;
        }
        if !context.may_extend(1, &subschema.node.pointer) {
            return;
        }
        let parts = flatten(&[Subschema::of(&target)]);
        if !context.may_extend(parts.len().saturating_sub(1), &subschema.node.pointer) {
            return;
        }
        for part in parts {
            self.add(context, &part, depth + 1);
        }
    }
}

/// The subschemas that say more than a type, each once; the last subschema where nothing says more.
///
/// Where each of them has a type or is a format, the first subschema of every other type is among them.
fn strongest(subschemas: Subschemas<'_>) -> Subschemas<'_> {
    let mut strong: Subschemas<'_> = Vec::new();
    let mut places: HashSet<&Pointer> = HashSet::new();
    let mut references: HashSet<&Value> = HashSet::new();
    for subschema in subschemas.iter().filter(|subschema| subschema.is_shaping()) {
        let node = &subschema.node;
        if places.insert(&node.pointer) && (!node.is_reference() || references.insert(node.value)) {
            strong.push(subschema.clone());
        }
    }
    let is_typed = |one: &Subschema<'_>| one.kind().is_some() && !one.node.is_reference();
    if strong.iter().all(|one| is_typed(one) || one.is_format()) {
        let mut kinds: BTreeSet<Option<&str>> = strong.iter().map(Subschema::kind).collect();
        for subschema in subschemas.iter().filter(|subschema| is_typed(subschema)) {
            if kinds.insert(subschema.kind()) {
                strong.push(subschema.clone());
            }
        }
    }
    if strong.is_empty() {
        strong.extend(subschemas.last().cloned());
    }
    strong
}
