//! The unions that alternatives make.

use indexmap::IndexMap;

use super::all_of::AllOfSet;
use super::discriminator::tags;
use super::merge;
use super::shape::ValueShape;
use super::{NameContext, Types};
use crate::lower::context::Context;
use crate::lower::names::{Namespace, Scope, camel_piece};
use crate::model::{Identifier, TypeId, TypeKind, TypeRef, Union, UnionKind, UnionVariant};
use crate::openapi::{Discriminator, Node};

/// The members of a union, which are lowered when everything has a type.
#[derive(Debug)]
pub(super) struct Members<'a> {
    pub(super) members: Vec<AllOfSet<'a>>,
    /// Whether a valid value may fit none of the members.
    pub(super) is_open: bool,
    /// Whether a valid value may satisfy several of the members.
    pub(super) may_overlap: bool,
    pub(super) discriminator: Option<Node<'a, Discriminator>>,
}

/// A variant that has no name of its own yet.
struct Variant {
    name: String,
    tags: Vec<String>,
    is_default: bool,
}

impl<'a> Types<'a> {
    pub(super) fn fill_union(
        &mut self,
        context: &mut Context<'a>,
        id: TypeId,
        members: &Members<'a>,
        name_context: &NameContext,
    ) {
        let place = members.members.first().map(AllOfSet::pointer_of_last);
        if !context.may_have_fields(members.members.len(), &place.unwrap_or_default()) {
            return;
        }
        let tags = tags(context, members);
        if members.may_overlap && !tags.are_exclusive {
            merge::report_overlap(context, members);
        }
        let unnamed = members
            .members
            .iter()
            .filter(|member| {
                let shaped = member.plain_shape(context);
                member.as_reference().is_none()
                    && shaped.is_some_and(|shaped| matches!(shaped.shape, ValueShape::Record(_)))
            })
            .count();
        let mut variants: IndexMap<TypeRef, Variant> = IndexMap::new();
        for (index, member) in members.members.iter().enumerate() {
            let is_default = tags.is_default(index);
            let of_member = tags.of(index);
            let title = member.own_nodes().find_map(|node| node.title().text());
            let piece = match title.map(camel_piece).filter(|piece| !piece.is_empty()) {
                Some(piece) => piece,
                None if of_member.len() == 1 => of_member.concat(),
                None if member.own_nodes().next().is_none() => "Base".to_owned(),
                None if unnamed == 1 => "Object".to_owned(),
                None => format!("Variant{}", index + 1),
            };
            let ty = self.type_of_all(context, member.clone(), name_context.within(&piece));
            // What fits every value would keep those after it from being tried, and the variant for the rest holds it as well.
            if ty.type_ref == TypeRef::Any && tags.kind == UnionKind::Untagged {
                continue;
            }
            match variants.get_mut(&ty.type_ref) {
                Some(known) => {
                    known.tags.extend(of_member);
                    known.is_default |= is_default;
                }
                None => {
                    let variant = Variant {
                        name: self.variant_name(&ty.type_ref, name_context),
                        tags: of_member,
                        is_default,
                    };
                    variants.insert(ty.type_ref, variant);
                }
            }
        }
        let mut scope = Scope::new(Namespace::Variant);
        let variants: Vec<UnionVariant> = variants
            .into_iter()
            .map(|(type_ref, variant)| UnionVariant {
                name: scope.uniquify(&variant.name),
                tags: variant.tags,
                is_default: variant.is_default,
                type_ref,
            })
            .collect();
        let catch_all = catch_all(&mut scope);
        if let Some(definition) = self.definitions.get_mut(id.index()) {
            definition.kind = TypeKind::Union(Union {
                kind: tags.kind,
                variants,
                catch_all,
            });
        }
    }

    fn variant_name(&self, type_ref: &TypeRef, name_context: &NameContext) -> String {
        match type_ref {
            TypeRef::Boolean => "Boolean".to_owned(),
            TypeRef::Integer32 | TypeRef::Integer64 | TypeRef::Unsigned64 => "Integer".to_owned(),
            TypeRef::Double => "Number".to_owned(),
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
