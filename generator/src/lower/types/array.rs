//! Lists, and objects whose keys are data.

use super::conjunction::{Conjunction, Layer};
use super::{Place, Typed, Types};
use crate::lower::context::Context;
use crate::model::TypeRef;

impl<'a> Types<'a> {
    pub(super) fn array(
        &mut self,
        context: &mut Context<'a>,
        layers: &[Layer<'a>],
        place: &Place,
    ) -> Typed {
        let items = layers.iter().filter_map(|layer| layer.node.items().node());
        let items: Vec<Layer<'a>> = items.map(|node| Layer::of(&node)).collect();
        let item = self.element(context, items, place.within("item"));
        Typed::plain(TypeRef::Array(Box::new(item)))
    }

    pub(super) fn map(
        &mut self,
        context: &mut Context<'a>,
        layers: &[Layer<'a>],
        place: &Place,
    ) -> Typed {
        let value = self.additional(context, layers, place);
        Typed::plain(TypeRef::Map(Box::new(value.unwrap_or(TypeRef::Any))))
    }

    /// The type of the members that no property names, where the document says that there may be some.
    pub(super) fn additional(
        &mut self,
        context: &mut Context<'a>,
        layers: &[Layer<'a>],
        place: &Place,
    ) -> Option<TypeRef> {
        let said: Vec<_> = layers
            .iter()
            .filter_map(|layer| layer.node.additional_properties().node())
            .collect();
        if said.is_empty() || said.iter().any(|node| node.value.as_bool() == Some(false)) {
            return None;
        }
        let schemas = said.iter().filter(|node| node.is_object());
        let schemas = schemas.map(Layer::of).collect();
        Some(self.element(context, schemas, place.within("value")))
    }

    fn element(
        &mut self,
        context: &mut Context<'a>,
        layers: Vec<Layer<'a>>,
        place: Place,
    ) -> TypeRef {
        if layers.is_empty() {
            return TypeRef::Any;
        }
        self.type_of_all(context, Conjunction::new(layers), place)
            .into_ref()
    }
}
