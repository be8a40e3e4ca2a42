//! Constants of the document as values of their types.

use super::{NullableType, scalar};
use crate::model::{Literal, TypeDef, TypeKind, TypeRef};
use crate::openapi::{Any, Node};
use crate::source::{Data, Value};

/// A constant as a value of a type. None where it is no such value, or where there is no literal for it.
pub(super) fn literal(
    definitions: &[TypeDef],
    ty: &NullableType,
    node: &Node<'_, Any>,
) -> Option<Literal> {
    single(definitions, &ty.type_ref, node.value)
}

/// Returns an example of the document as a value of a type. Unlike a default, it may be a list with elements.
pub(super) fn example(
    definitions: &[TypeDef],
    reference: &TypeRef,
    value: &Value,
) -> Option<Literal> {
    match (reference, value.data()) {
        (TypeRef::Array(item), Data::Array(elements)) if !elements.is_empty() => elements
            .iter()
            .map(|element| example(definitions, item, element))
            .collect::<Option<Vec<_>>>()
            .map(Literal::Array),
        _ => single(definitions, reference, value),
    }
}

fn single(definitions: &[TypeDef], reference: &TypeRef, value: &Value) -> Option<Literal> {
    match (reference, value.data()) {
        (TypeRef::Boolean, Data::Bool(value)) => Some(Literal::Boolean(*value)),
        (integer, Data::Number(number)) if integer.is_integer() => {
            let value = number.as_i128()?;
            scalar::holds(integer, value).then_some(Literal::Integer(value))
        }
        (TypeRef::Double, Data::Number(number)) => {
            let value = number.as_f64();
            value.is_finite().then_some(Literal::Double(value))
        }
        (TypeRef::String, Data::String(text)) => Some(Literal::String(text.clone())),
        (TypeRef::Array(_), Data::Array(elements)) if elements.is_empty() => {
            Some(Literal::EmptyArray)
        }
        (TypeRef::Named(id), _) => {
            let position = match &definitions.get(id.index())?.kind {
                TypeKind::StringEnum(definition) => definition
                    .variants
                    .iter()
                    .position(|variant| Some(variant.value.as_str()) == value.as_str()),
                TypeKind::IntegerEnum(definition) => {
                    let number = value.as_number()?.as_i64();
                    let mut variants = definition.variants.iter();
                    variants.position(|variant| Some(variant.value) == number)
                }
                _ => None,
            };
            position.map(|position| Literal::Variant(*id, position))
        }
        _ => None,
    }
}
