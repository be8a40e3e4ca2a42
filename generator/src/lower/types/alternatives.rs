//! `oneOf` and `anyOf`: what they come down to.

use std::collections::HashSet;

use super::all_of::AllOfSet;
use super::merge;
use super::shape::{NullableShape, ValueShape};
use super::subschema::Subschema;
use super::union::Members;
use crate::diagnostic::{Severity, codes};
use crate::lower::context::Context;
use crate::model::TypeRef;
use crate::openapi::{Node, Schema};
use crate::source::Value;

/// How many lists of alternatives may be in one another where each is combined with what is beside it. Without a limit a few schemas make
/// as many types as there are ways through them.
const MAX_NESTED: usize = 5;

/// How many types the lists of alternatives that are equally deep in others may make together.
const MAX_COMBINATIONS: usize = 512;

/// The lists of alternatives that are around a schema and combined with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nesting {
    /// How many are in one another.
    depth: usize,
    /// How many lists may be at this depth.
    lists: usize,
}

impl Default for Nesting {
    fn default() -> Self {
        Self { depth: 0, lists: 1 }
    }
}

impl Nesting {
    /// Whether another list of so many alternatives makes more types than it is worth.
    fn is_full(self, count: usize) -> bool {
        let is_nested = self.depth > 0 && count > 1;
        let combinations = self.lists.saturating_mul(count);
        is_nested && (self.depth >= MAX_NESTED || combinations > MAX_COMBINATIONS)
    }

    /// Inside a list of so many alternatives, of which some are lists again.
    fn inside(self, count: usize, lists: usize) -> Self {
        Self {
            depth: self.depth + usize::from(count > 1),
            lists: self.lists.saturating_mul(lists.max(1)),
        }
    }
}

/// The alternatives of a schema.
struct Alternatives<'a> {
    /// The alternatives that describe values.
    descriptions: Vec<Node<'a, Schema>>,
    /// Whether a value may also satisfy one that only restricts what is beside it, such as by the members that it requires.
    has_restriction: bool,
}

/// Whether a schema is more than a restriction of what is beside it, and says more than that null is a value.
fn is_telling(node: &Node<'_, Schema>) -> bool {
    node.is_reference()
        || node.properties().is_present()
        || node.items().is_present()
        || node.enum_values().is_present()
        || node.format().is_present()
        || node.additional_properties().is_present()
        || node.all_of().elements().any(|part| is_telling(&part))
        || has_alternatives(node)
}

fn describes(alternative: &Node<'_, Schema>) -> bool {
    is_telling(alternative)
        || alternative.nullable().is_present()
        || (alternative.schema_type().is_present() && !alternative.required().is_present())
}

/// Whether a schema has alternatives that describe values.
pub(super) fn has_alternatives(node: &Node<'_, Schema>) -> bool {
    let mut alternatives = node.one_of().elements().chain(node.any_of().elements());
    alternatives.any(|alternative| describes(&alternative))
}

/// The alternatives of a schema. A list of nothing but restrictions adds none: it says nothing that a type could say.
fn alternatives<'a>(node: &Node<'a, Schema>) -> Alternatives<'a> {
    let mut alternatives = Alternatives {
        descriptions: Vec::new(),
        has_restriction: false,
    };
    for list in [node.one_of(), node.any_of()] {
        let (descriptions, restrictions): (Vec<_>, Vec<_>) = list
            .elements()
            .partition(|alternative| describes(alternative));
        if !descriptions.is_empty() {
            alternatives.has_restriction |= !restrictions.is_empty();
            alternatives.descriptions.extend(descriptions);
        }
    }
    alternatives
}

/// What subschemas come down to of which one at least has alternatives.
pub(super) fn shape<'a>(
    context: &mut Context<'a>,
    subschemas: &[Subschema<'a>],
    nesting: Nesting,
) -> Option<NullableShape<'a>> {
    let chosen = subschemas
        .iter()
        .find(|subschema| subschema.has_alternatives())?;
    let base: Vec<Subschema<'a>> = subschemas
        .iter()
        .map(Subschema::without_alternatives)
        .collect();
    for other in subschemas
        .iter()
        .filter(|subschema| subschema.has_alternatives())
    {
        if other.node.pointer != chosen.node.pointer {
            context.report(
                codes::ALL_OF_CONFLICT,
                &other.node.pointer,
                "of several lists of alternatives in one `allOf` only the first is read",
                "write out the combinations in one `oneOf`",
            );
        }
    }
    let Alternatives {
        descriptions,
        has_restriction,
    } = alternatives(&chosen.node);
    let (nulls, others): (Vec<Node<'a, Schema>>, Vec<Node<'a, Schema>>) = descriptions
        .into_iter()
        .partition(|alternative| is_null(alternative));
    let copies = others.len().saturating_mul(base.len());
    if !context.may_extend(copies, &chosen.node.pointer) {
        return Some(ValueShape::Scalar(TypeRef::Any).into());
    }
    let offered = members(base, &others, has_restriction);
    if offered.is_combined && nesting.is_full(offered.members.len()) {
        context.report(
            codes::TOO_DEEP.rated(Severity::Warning),
            &chosen.node.pointer,
            "with the alternatives around them, these combine in too many ways, so a value of these may be anything",
            "write out the combinations that occur in one `oneOf`",
        );
        return Some(ValueShape::Scalar(TypeRef::Any).into());
    }
    let nullable = !nulls.is_empty() || others.iter().any(|node| node.nullable().is_true());
    let mut shaped = combined(context, offered, chosen, nesting);
    shaped.nullable |= nullable;
    Some(shaped)
}

/// What a value may be.
struct Offered<'a> {
    members: Vec<AllOfSet<'a>>,
    /// Whether it may also be something that no type describes.
    is_open: bool,
    /// Whether each of them is combined with what is beside them.
    is_combined: bool,
}

fn members<'a>(
    base: Vec<Subschema<'a>>,
    descriptions: &[Node<'a, Schema>],
    has_restriction: bool,
) -> Offered<'a> {
    // Without a type, keywords about items or members do not restrict other values.
    let is_typed = base
        .iter()
        .any(|subschema| subschema.node.schema_type().is_present());
    let has_base = base.iter().any(|subschema| {
        !subschema.node.properties().is_empty()
            || subschema.node.enum_values().is_present()
            || (is_typed && subschema.is_collection())
    });
    let has_scalar = base.iter().any(Subschema::is_scalar);
    // An alternative of the type that is beside it anyway says no more than one without a type.
    let is_restriction = |alternative: &Node<'a, Schema>| {
        let kind = Subschema::of(alternative).kind();
        let is_same = base.iter().any(|subschema| subschema.kind() == kind);
        (has_base || has_scalar) && is_same && !is_telling(alternative)
    };
    let (restrictions, descriptions): (Vec<_>, Vec<_>) = descriptions
        .iter()
        .partition(|alternative| is_restriction(alternative));
    let has_restriction = has_restriction || !restrictions.is_empty();
    let mut sets: Vec<Vec<Subschema<'a>>> = Vec::new();
    let mut known: HashSet<&Value> = HashSet::new();
    let is_one_of_several = is_typed || has_restriction || descriptions.len() > 1;
    for alternative in &descriptions {
        let subschema = Subschema {
            is_one_of_several,
            ..Subschema::of(alternative)
        };
        if !known.insert(alternative.value) {
            alternative.value.mark_all_read();
        } else if has_base || (has_scalar && subschema.is_format()) {
            let mut subschemas = base.clone();
            subschemas.push(subschema);
            sets.push(subschemas);
        } else {
            sets.push(vec![subschema]);
        }
    }
    // What satisfies a restriction alone is what is beside it.
    let is_base = has_restriction || descriptions.is_empty();
    let is_open = is_base && !has_base && !has_scalar;
    if is_base && !is_open {
        sets.push(base);
    }
    Offered {
        members: sets.into_iter().map(AllOfSet::new).collect(),
        is_open,
        is_combined: has_base,
    }
}

/// What alternatives come down to.
fn combined<'a>(
    context: &mut Context<'a>,
    offered: Offered<'a>,
    chosen: &Subschema<'a>,
    nesting: Nesting,
) -> NullableShape<'a> {
    let count = offered.members.len();
    let mut nullable = false;
    let mut members = Vec::new();
    let mut shapes = Vec::new();
    for member in offered.members {
        let shaped = member.plain_shape(context);
        nullable |= shaped.as_ref().is_some_and(|shaped| shaped.nullable);
        let mut shape = shaped.map(|shaped| shaped.shape);
        if offered.is_combined
            && let Some(ValueShape::Enumeration(listing)) = &mut shape
        {
            narrow(context, &member, listing);
        }
        // What may be anything is what the variant for the rest keeps.
        if !matches!(shape, Some(ValueShape::Scalar(TypeRef::Any))) {
            members.push(member);
            shapes.push(shape);
        }
    }
    if offered.is_combined {
        let lists = shapes.iter().filter(|shape| shape.is_none()).count();
        let inside = nesting.inside(count, lists);
        members = members
            .into_iter()
            .map(|member| member.within(inside))
            .collect();
    }
    let is_open = offered.is_open || members.len() < count;
    let may_overlap = !chosen.node.one_of().is_present();
    let discriminator = chosen.node.discriminator().node();
    if may_overlap
        && !is_open
        && discriminator.is_none()
        && let Some(subschemas) = merge::merged(context, &members, &shapes)
    {
        let shape = ValueShape::Record(subschemas);
        return NullableShape { shape, nullable };
    }
    let shape = match members.pop() {
        None => ValueShape::Scalar(TypeRef::Any),
        Some(only) if members.is_empty() && !is_open => ValueShape::Same(only),
        Some(last) => {
            members.push(last);
            let common = if is_open { None } else { common(&shapes) };
            common.unwrap_or(ValueShape::Union(Members {
                members,
                is_open,
                may_overlap,
                discriminator,
            }))
        }
    };
    NullableShape { shape, nullable }
}

/// Takes the shortest list of values that an alternative and what is beside it have, unless the other one has names for them.
fn narrow<'a>(context: &mut Context<'a>, member: &AllOfSet<'a>, listing: &mut Vec<Subschema<'a>>) {
    let is_named = |one: &Subschema<'a>| {
        one.node.enum_varnames().is_present() || one.node.enum_names().is_present()
    };
    let listings = member.listings(context).into_iter();
    let shortest = listings.min_by_key(|one| one.node.enum_values().elements().count());
    if let Some(shortest) = shortest
        && !listing.iter().any(is_named)
    {
        *listing = vec![shortest];
    }
}

/// Whether the only value is null.
fn is_null(node: &Node<'_, Schema>) -> bool {
    let only_null = node
        .enum_values()
        .value()
        .and_then(Value::as_array)
        .is_some_and(|values| values.iter().all(Value::is_null));
    let is_nullable_alone =
        node.nullable().is_true() && !node.schema_type().is_present() && !is_telling(node);
    only_null || is_nullable_alone
}

/// The one shape that all alternatives have in common: enumerations of the same kind are one, and so are plain types of
/// which one holds the others.
fn common<'a>(shapes: &[Option<ValueShape<'a>>]) -> Option<ValueShape<'a>> {
    let mut listing: Vec<Subschema<'a>> = Vec::new();
    let mut scalars: Vec<TypeRef> = Vec::new();
    for shape in shapes {
        match shape {
            Some(ValueShape::Enumeration(subschemas)) => listing.extend(subschemas.iter().cloned()),
            Some(ValueShape::Scalar(type_ref)) => scalars.push(type_ref.clone()),
            _ => return None,
        }
    }
    let widest = widest(&scalars);
    if listing.is_empty() {
        return widest.map(ValueShape::Scalar);
    }
    let is_text = listing
        .iter()
        .all(|subschema| holds(subschema, Value::as_str));
    let is_number = listing
        .iter()
        .all(|subschema| holds(subschema, |value| value.as_number().map(|_| "")));
    let fits = match widest {
        // An open enumeration of strings holds every string already.
        Some(TypeRef::String) => is_text,
        Some(integer) if integer.is_integer() => is_number,
        Some(_) => false,
        None => scalars.is_empty() && (is_text || is_number),
    };
    fits.then_some(ValueShape::Enumeration(listing))
}

/// The type among these that holds the values of all.
fn widest(types: &[TypeRef]) -> Option<TypeRef> {
    let first = types.first()?;
    let all = |test: fn(&TypeRef) -> bool| types.iter().all(test);
    if types.iter().all(|other| other == first) {
        Some(first.clone())
    } else if all(|other| matches!(other, TypeRef::Integer32 | TypeRef::Integer64)) {
        Some(TypeRef::Integer64)
    } else {
        None
    }
}

fn holds(subschema: &Subschema<'_>, test: fn(&Value) -> Option<&str>) -> bool {
    subschema
        .node
        .enum_values()
        .elements()
        .all(|value| value.value.is_null() || test(value.value).is_some())
}
