//! `oneOf` and `anyOf`: what they come down to, and the unions that remain.

use super::all_of::{AllOfSet, NullableShape, Subschema, ValueShape};
use super::discriminator::tags;
use super::{NameContext, Types};
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::lower::names::{Namespace, Scope, camel_piece};
use crate::model::{Identifier, TypeId, TypeKind, TypeRef, Union, UnionVariant};
use crate::openapi::{Discriminator, Node, Schema};
use crate::source::Value;

/// The members of a union, which are lowered when everything has a type.
#[derive(Debug)]
pub(super) struct Members<'a> {
    pub(super) members: Vec<AllOfSet<'a>>,
    pub(super) discriminator: Option<Node<'a, Discriminator>>,
}

/// Whether an alternative is more than a restriction of what is beside it, and says more than that null is a value.
fn is_telling(node: &Node<'_, Schema>) -> bool {
    node.is_reference()
        || node.properties().is_present()
        || node.items().is_present()
        || node.enum_values().is_present()
        || node.format().is_present()
        || node.additional_properties().is_present()
        || node.all_of().elements().any(|part| is_telling(&part))
        || !alternatives(node).is_empty()
}

/// The alternatives of a schema that describe values. Those that only say which members are required restrict what is beside them.
pub(super) fn alternatives<'a>(node: &Node<'a, Schema>) -> Vec<Node<'a, Schema>> {
    let alternatives = node.one_of().elements().chain(node.any_of().elements());
    alternatives
        .filter(|alternative| {
            is_telling(alternative)
                || alternative.nullable().is_present()
                || (alternative.schema_type().is_present() && !alternative.required().is_present())
        })
        .collect()
}

/// What subschemas come down to of which one at least has alternatives.
pub(super) fn shape<'a>(
    context: &mut Context<'a>,
    subschemas: &[Subschema<'a>],
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
    let (nulls, others): (Vec<Node<'a, Schema>>, Vec<Node<'a, Schema>>) =
        alternatives(&chosen.node)
            .into_iter()
            .partition(|alternative| is_null(alternative));
    let nullable = !nulls.is_empty() || others.iter().any(|node| node.nullable().is_true());
    Some(NullableShape {
        shape: combined(context, chosen, base, &others),
        nullable,
    })
}

fn combined<'a>(
    context: &mut Context<'a>,
    chosen: &Subschema<'a>,
    base: Vec<Subschema<'a>>,
    others: &[Node<'a, Schema>],
) -> ValueShape<'a> {
    let has_base = base.iter().any(|subschema| {
        !subschema.node.properties().is_empty() || subschema.node.enum_values().is_present()
    });
    let mut members: Vec<AllOfSet<'a>> = Vec::new();
    for alternative in others {
        let alone = AllOfSet::of(alternative);
        let is_new = members
            .iter()
            .all(|known| known.values().last() != alone.values().last());
        if is_new && has_base {
            let mut subschemas = base.clone();
            subschemas.push(Subschema::of(alternative));
            members.push(AllOfSet::new(subschemas));
        } else if is_new {
            members.push(alone);
        } else {
            alternative.value.mark_all_read();
        }
    }
    if members.len() < 2 {
        let member = members.pop();
        return match member {
            Some(member) => ValueShape::Same(member),
            None if has_base => ValueShape::Same(AllOfSet::new(base)),
            None => ValueShape::Scalar(TypeRef::Any),
        };
    }
    let shapes: Vec<Option<ValueShape<'a>>> = members
        .iter()
        .map(|member| member.plain_shape(context))
        .collect();
    if let Some(shape) = common(&shapes) {
        return shape;
    }
    // What may be anything is what the variant for the rest keeps.
    let keeps =
        |shape: &Option<ValueShape<'a>>| !matches!(shape, Some(ValueShape::Scalar(TypeRef::Any)));
    let members = members
        .into_iter()
        .zip(&shapes)
        .filter(|(_, shape)| keeps(shape))
        .map(|(member, _)| member)
        .collect();
    ValueShape::Union(Members {
        members,
        discriminator: chosen.node.discriminator().node(),
    })
}

/// Whether the only value is null.
fn is_null(node: &Node<'_, Schema>) -> bool {
    let only_null = node
        .enum_values()
        .value()
        .and_then(Value::as_array)
        .is_some_and(|values| values.iter().all(Value::is_null));
    let says_nothing =
        node.nullable().is_true() && !node.schema_type().is_present() && !is_telling(node);
    only_null || says_nothing
}

/// The one shape that all alternatives have in common: enumerations of the same kind are one, and so are equal plain types.
fn common<'a>(shapes: &[Option<ValueShape<'a>>]) -> Option<ValueShape<'a>> {
    let mut listing: Vec<Subschema<'a>> = Vec::new();
    let mut scalars: Vec<&TypeRef> = Vec::new();
    for shape in shapes {
        match shape {
            Some(ValueShape::Enumeration(subschemas)) => listing.extend(subschemas.iter().cloned()),
            Some(ValueShape::Scalar(type_ref)) => scalars.push(type_ref),
            _ => return None,
        }
    }
    let first = scalars.first();
    let equal = scalars.iter().all(|other| Some(other) == first);
    if listing.is_empty() {
        let type_ref = first.filter(|_| equal)?;
        return Some(ValueShape::Scalar((*type_ref).clone()));
    }
    let is_text = listing
        .iter()
        .all(|subschema| holds(subschema, Value::as_str));
    let is_number = listing
        .iter()
        .all(|subschema| holds(subschema, |value| value.as_number().map(|_| "")));
    let fits = match first {
        // An open enumeration of strings holds every string already.
        Some(TypeRef::String) => equal && is_text,
        Some(TypeRef::Integer32 | TypeRef::Integer64) => equal && is_number,
        Some(_) => false,
        None => is_text || is_number,
    };
    fits.then_some(ValueShape::Enumeration(listing))
}

fn holds(subschema: &Subschema<'_>, test: fn(&Value) -> Option<&str>) -> bool {
    subschema
        .node
        .enum_values()
        .elements()
        .all(|value| value.value.is_null() || test(value.value).is_some())
}

impl<'a> Types<'a> {
    pub(super) fn fill_union(
        &mut self,
        context: &mut Context<'a>,
        id: TypeId,
        members: &Members<'a>,
        name_context: &NameContext,
    ) {
        let (kind, tags) = tags(context, members);
        let unnamed = members
            .members
            .iter()
            .filter(|member| {
                member.as_reference().is_none()
                    && matches!(member.plain_shape(context), Some(ValueShape::Record(_)))
            })
            .count();
        let mut variants: Vec<(TypeRef, Vec<String>, String)> = Vec::new();
        for (index, member) in members.members.iter().enumerate() {
            let tags = tags.get(index).cloned().unwrap_or_default();
            let title = member.nodes().iter().find_map(|node| node.title().text());
            let piece = match title.map(camel_piece).filter(|piece| !piece.is_empty()) {
                Some(piece) => piece,
                None if tags.len() == 1 => tags.concat(),
                None if unnamed == 1 => "Object".to_owned(),
                None => format!("Variant{}", index + 1),
            };
            let ty = self.type_of_all(context, member.clone(), name_context.within(&piece));
            match variants
                .iter_mut()
                .find(|(known, ..)| *known == ty.type_ref)
            {
                Some((_, known, _)) => known.extend(tags),
                None => {
                    let name = self.variant_name(&ty.type_ref, name_context);
                    variants.push((ty.type_ref, tags, name));
                }
            }
        }
        let mut scope = Scope::new(Namespace::Variant);
        let variants: Vec<UnionVariant> = variants
            .into_iter()
            .map(|(type_ref, tags, name)| UnionVariant {
                name: scope.uniquify(&name),
                tags,
                type_ref,
            })
            .collect();
        let catch_all = catch_all(&mut scope);
        if let Some(definition) = self.definitions.get_mut(id.index()) {
            definition.kind = TypeKind::Union(Union {
                kind,
                variants,
                catch_all,
            });
        }
    }

    fn variant_name(&self, type_ref: &TypeRef, name_context: &NameContext) -> String {
        match type_ref {
            TypeRef::Boolean => "Boolean".to_owned(),
            TypeRef::Integer32 | TypeRef::Integer64 => "Integer".to_owned(),
            TypeRef::Float | TypeRef::Double => "Number".to_owned(),
            TypeRef::String => "String".to_owned(),
            TypeRef::Secret => "Secret".to_owned(),
            TypeRef::Date => "Date".to_owned(),
            TypeRef::Timestamp => "Timestamp".to_owned(),
            TypeRef::Binary => "Binary".to_owned(),
            TypeRef::Any => "Any".to_owned(),
            TypeRef::Array(item) if **item == TypeRef::Any => "Array".to_owned(),
            TypeRef::Array(item) => format!("{}Array", self.variant_name(item, name_context)),
            TypeRef::Map(value) if **value == TypeRef::Any => "Object".to_owned(),
            TypeRef::Map(value) => format!("{}Map", self.variant_name(value, name_context)),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.variant_name(inner, name_context)
            }
            TypeRef::Named(id) => {
                let name = self.name_of(*id);
                match name.strip_prefix(name_context.base.as_str()) {
                    Some(rest) if rest.starts_with(|first: char| first.is_ascii_uppercase()) => {
                        rest.to_owned()
                    }
                    _ => name,
                }
            }
        }
    }
}

/// The variant for values that the document does not know, named so that it collides with none that it knows.
pub(super) fn catch_all(scope: &mut Scope) -> Identifier {
    let name = ["Unknown", "Unlisted", "Unrecognized"]
        .into_iter()
        .find(|name| !scope.has(name));
    scope.uniquify(name.unwrap_or("Unknown"))
}
