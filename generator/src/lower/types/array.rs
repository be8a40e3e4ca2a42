//! Lists, and objects whose keys are data.

use super::all_of::AllOfSet;
use super::subschema::Subschema;
use super::{NameContext, NullableType, Types};
use crate::diagnostic::codes;
use crate::lower::context::Context;
use crate::model::TypeRef;

/// How many lists and maps may be in one another without a type between that has a name. A type is written out wherever it is used.
const MAX_NESTED: usize = 32;

impl<'a> Types<'a> {
    pub(super) fn array(
        &mut self,
        context: &mut Context<'a>,
        subschemas: &[Subschema<'a>],
        name_context: &NameContext,
    ) -> NullableType {
        let items = subschemas
            .iter()
            .filter_map(|subschema| subschema.node.items().node());
        let items: Vec<Subschema<'a>> = items.map(|node| Subschema::of(&node)).collect();
        let item = self.element(context, items, name_context.within("item"));
        NullableType::plain(TypeRef::Array(Box::new(item)))
    }

    pub(super) fn map(
        &mut self,
        context: &mut Context<'a>,
        subschemas: &[Subschema<'a>],
        name_context: &NameContext,
    ) -> NullableType {
        let value = self.additional(context, subschemas, name_context);
        NullableType::plain(TypeRef::Map(Box::new(value.unwrap_or(TypeRef::Any))))
    }

    /// The type of the members that no property names, where the document says that there may be some.
    pub(super) fn additional(
        &mut self,
        context: &mut Context<'a>,
        subschemas: &[Subschema<'a>],
        name_context: &NameContext,
    ) -> Option<TypeRef> {
        let given: Vec<_> = subschemas
            .iter()
            .filter_map(|subschema| subschema.node.additional_properties().node())
            .collect();
        if given.is_empty() || given.iter().any(|node| node.value.as_bool() == Some(false)) {
            return None;
        }
        let schemas = given.iter().filter(|node| node.is_object());
        let schemas = schemas.map(Subschema::of).collect();
        Some(self.element(context, schemas, name_context.within("value")))
    }

    fn element(
        &mut self,
        context: &mut Context<'a>,
        subschemas: Vec<Subschema<'a>>,
        name_context: NameContext,
    ) -> TypeRef {
        if subschemas.is_empty() {
            return TypeRef::Any;
        }
        let all_of = AllOfSet::new(subschemas);
        let pointer = all_of.pointer_of_last();
        let element = self.type_of_all(context, all_of, name_context).into_ref();
        if element.nesting() < MAX_NESTED {
            return element;
        }
        let message = format!(
            "more than {MAX_NESTED} lists and maps are in one another here, so a value of this one may be anything"
        );
        let help = "put an object with a property between them";
        context.report(codes::TOO_DEEP, &pointer, message, help);
        TypeRef::Any
    }
}
