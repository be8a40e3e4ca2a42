//! What a value of a discriminator's `mapping` names.

use super::components::component_schemas;
use crate::source::Target;

/// Returns whether a value of a mapping is the name of a schema among the components, and no reference: `com.example.Pet` is a name,
/// `pet.yaml` a file.
#[must_use]
pub fn is_schema_name(text: &str) -> bool {
    let is_file = [".json", ".yaml", ".yml"]
        .iter()
        .any(|ending| text.ends_with(ending));
    !is_file && !text.contains(['/', '#'])
}

/// Reads a value of a mapping.
#[must_use]
pub fn mapping_target(text: &str) -> Target<'_> {
    match is_schema_name(text) {
        true => Target::Local(component_schemas().key(text)),
        false => Target::parse(text),
    }
}
