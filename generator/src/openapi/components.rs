//! Where the components of a document are.

use std::borrow::Cow;

use crate::diagnostic::Pointer;

/// Returns the place of the schemas among the components.
#[must_use]
pub fn component_schemas() -> Pointer {
    Pointer::root().key("components").key("schemas")
}

/// Returns the name of the schema at a place, if that is a schema among the components.
#[must_use]
pub fn component_schema_name(place: &Pointer) -> Option<Cow<'_, str>> {
    let is_component = place.parent() == Some(component_schemas());
    place.last().filter(|_| is_component)
}
