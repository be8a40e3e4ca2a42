//! `oneOf` and `anyOf`: what they come down to, and the unions that remain.

use super::conjunction::{Conjunction, Layer, Shape, Shaped};
use super::discriminator::tags;
use super::{Place, Types};
use crate::diagnostic::{Severity, codes};
use crate::lower::context::Context;
use crate::lower::names::{Namespace, Scope, camel_piece};
use crate::model::{Identifier, TypeId, TypeKind, TypeRef, Union, UnionVariant};
use crate::openapi::{Discriminator, Node, Schema};
use crate::source::Value;

/// The members of a union, which are lowered when everything has a type.
#[derive(Debug)]
pub(super) struct Members<'a> {
    pub(super) members: Vec<Conjunction<'a>>,
    pub(super) discriminator: Option<Node<'a, Discriminator>>,
}

/// Whether an alternative is more than a restriction of what stands beside it, and says more than that null is a value.
fn is_telling(node: &Node<'_, Schema>) -> bool {
    node.is_reference()
        || node.properties().is_present()
        || node.items().is_present()
        || node.enum_values().is_present()
        || node.format().is_present()
        || node.all_of().is_present()
        || node.one_of().is_present()
        || node.any_of().is_present()
        || node.additional_properties().is_present()
}

/// The alternatives of a schema that describe values. Those that only say which members are required restrict what stands beside them.
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

/// What layers come down to of which one at least has alternatives.
pub(super) fn shape<'a>(context: &mut Context<'a>, layers: &[Layer<'a>]) -> Option<Shaped<'a>> {
    let chosen = layers.iter().find(|layer| layer.has_alternatives())?;
    let base: Vec<Layer<'a>> = layers.iter().map(Layer::without_alternatives).collect();
    for other in layers.iter().filter(|layer| layer.has_alternatives()) {
        if other.node.pointer != chosen.node.pointer {
            context.report(
                Severity::Warning,
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
    Some(Shaped {
        shape: combined(context, chosen, base, &others),
        nullable,
    })
}

fn combined<'a>(
    context: &mut Context<'a>,
    chosen: &Layer<'a>,
    base: Vec<Layer<'a>>,
    others: &[Node<'a, Schema>],
) -> Shape<'a> {
    let has_base = base
        .iter()
        .any(|layer| !layer.node.properties().is_empty() || layer.node.enum_values().is_present());
    let mut members: Vec<Conjunction<'a>> = Vec::new();
    for alternative in others {
        let alone = Conjunction::of(alternative);
        let is_new = members
            .iter()
            .all(|known| known.values().last() != alone.values().last());
        if is_new && has_base {
            let mut layers = base.clone();
            layers.push(Layer::of(alternative));
            members.push(Conjunction::new(layers));
        } else if is_new {
            members.push(alone);
        } else {
            alternative.value.mark_all_read();
        }
    }
    if members.len() < 2 {
        let member = members.pop();
        return match member {
            Some(member) => Shape::Same(member),
            None if has_base => Shape::Same(Conjunction::new(base)),
            None => Shape::Scalar(TypeRef::Any),
        };
    }
    let shapes: Vec<Option<Shape<'a>>> = members
        .iter()
        .map(|member| member.plain_shape(context))
        .collect();
    if let Some(shape) = common(&shapes) {
        return shape;
    }
    // What may be anything is what the variant for the rest keeps.
    let keeps = |shape: &Option<Shape<'a>>| !matches!(shape, Some(Shape::Scalar(TypeRef::Any)));
    let members = members
        .into_iter()
        .zip(&shapes)
        .filter(|(_, shape)| keeps(shape))
        .map(|(member, _)| member)
        .collect();
    Shape::Union(Members {
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
fn common<'a>(shapes: &[Option<Shape<'a>>]) -> Option<Shape<'a>> {
    let mut listing: Vec<Layer<'a>> = Vec::new();
    let mut scalars: Vec<&TypeRef> = Vec::new();
    for shape in shapes {
        match shape {
            Some(Shape::Enumeration(layers)) => listing.extend(layers.iter().cloned()),
            Some(Shape::Scalar(type_ref)) => scalars.push(type_ref),
            _ => return None,
        }
    }
    let first = scalars.first();
    let equal = scalars.iter().all(|other| Some(other) == first);
    if listing.is_empty() {
        let type_ref = first.filter(|_| equal)?;
        return Some(Shape::Scalar((*type_ref).clone()));
    }
    let is_text = listing.iter().all(|layer| holds(layer, Value::as_str));
    let is_number = listing
        .iter()
        .all(|layer| holds(layer, |value| value.as_number().map(|_| "")));
    let fits = match first {
        // An open enumeration of strings holds every string already.
        Some(TypeRef::String) => equal && is_text,
        Some(TypeRef::Integer32 | TypeRef::Integer64) => equal && is_number,
        Some(_) => false,
        None => is_text || is_number,
    };
    fits.then_some(Shape::Enumeration(listing))
}

fn holds(layer: &Layer<'_>, test: fn(&Value) -> Option<&str>) -> bool {
    layer
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
        place: &Place,
    ) {
        let (kind, tags) = tags(context, members);
        let unnamed = members
            .members
            .iter()
            .filter(|member| {
                member.as_reference().is_none()
                    && matches!(member.plain_shape(context), Some(Shape::Record(_)))
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
            let typed = self.type_of_all(context, member.clone(), place.within(&piece));
            match variants
                .iter_mut()
                .find(|(known, ..)| *known == typed.type_ref)
            {
                Some((_, known, _)) => known.extend(tags),
                None => {
                    let name = self.variant_name(&typed.type_ref, place);
                    variants.push((typed.type_ref, tags, name));
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

    fn variant_name(&self, type_ref: &TypeRef, place: &Place) -> String {
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
            TypeRef::Array(item) => format!("{}Array", self.variant_name(item, place)),
            TypeRef::Map(value) if **value == TypeRef::Any => "Object".to_owned(),
            TypeRef::Map(value) => format!("{}Map", self.variant_name(value, place)),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.variant_name(inner, place),
            TypeRef::Named(id) => {
                let name = self.name_of(*id);
                match name.strip_prefix(place.base.as_str()) {
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
