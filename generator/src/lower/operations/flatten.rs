//! Whether the members of a body are inputs of their own.

use crate::lower::names::{Namespace, Scope};
use crate::model::{BodyInput, BodyMediaType, Operation, TypeDef, TypeRef};

/// More arguments than this are hard to distinguish.
const MAX_ARGUMENTS: usize = 5;

/// Makes the members of the body inputs of the operation, where no name is used twice, the body has no other members and the required
/// inputs do not become too many. Operations that share a large body repeat its members, which is allowed up to a number.
pub(super) fn flatten(
    operation: &mut Operation,
    types: &[TypeDef],
    is_allowed: impl FnOnce(usize) -> bool,
) {
    let required = operation.required_parameters().count();
    let names: Vec<String> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str().to_owned())
        .collect();
    let Some(body) = &mut operation.body else {
        return;
    };
    if matches!(body.media_type, BodyMediaType::Text | BodyMediaType::Binary) {
        return;
    }
    let BodyInput::Argument {
        type_ref: TypeRef::Named(id),
        ..
    } = &body.input
    else {
        return;
    };
    let record = types.get(id.index()).and_then(TypeDef::record);
    let Some(record) = record.filter(|record| record.additional.is_none()) else {
        return;
    };
    let arguments = record.constructor_fields().count();
    // A flattened body that is optional could not express that it has required members.
    let is_sound = body.required || (arguments == 0 && !record.fields.is_empty());
    let reserved = Scope::new(Namespace::Input);
    let collides = record.fields.iter().any(|field| {
        reserved.has(field.name.as_str()) || names.iter().any(|name| name == field.name.as_str())
    });
    if is_sound
        && !collides
        && required + arguments <= MAX_ARGUMENTS
        && is_allowed(record.fields.len())
    {
        body.input = BodyInput::Flattened { record: *id };
    }
}

/// The record whose members are inputs of the operation.
pub(super) fn record<'types>(
    operation: &Operation,
    types: &'types [TypeDef],
) -> Option<&'types TypeDef> {
    match &operation.body.as_ref()?.input {
        BodyInput::Flattened { record } => types.get(record.index()),
        BodyInput::Argument { .. } => None,
    }
}
