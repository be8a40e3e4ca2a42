//! Constants of the document as values of their types.

use std::collections::HashMap;

use super::{NullableType, Types, scalar};
use crate::model::{Literal, TypeId, TypeKind, TypeRef};
use crate::openapi::{Any, Node};
use crate::source::{Data, Value};

/// How many elements the lists of an example may have together.
const MAX_ELEMENTS: usize = 64;

/// How many variants an enumeration may have without an index.
const SHORT: usize = 32;

/// A constant as a value of a type. None where it is no such value, or where there is no literal for it.
pub(super) fn literal(
    types: &Types<'_>,
    ty: &NullableType,
    node: &Node<'_, Any>,
) -> Option<Literal> {
    single(types, &ty.type_ref, node.value)
}

/// Returns an example of the document as a value of a type. Unlike a default, it may be a list with elements, if it is short enough for a
/// line of code.
pub(super) fn example(types: &Types<'_>, reference: &TypeRef, value: &Value) -> Option<Literal> {
    let mut left = MAX_ELEMENTS;
    example_of(types, reference, value, &mut left)
}

fn example_of(
    types: &Types<'_>,
    reference: &TypeRef,
    value: &Value,
    left: &mut usize,
) -> Option<Literal> {
    match (reference, value.data()) {
        (TypeRef::Array(item), Data::Array(elements)) if !elements.is_empty() => {
            *left = left.checked_sub(elements.len())?;
            elements
                .iter()
                .map(|element| example_of(types, item, element, left))
                .collect::<Option<Vec<_>>>()
                .map(Literal::Array)
        }
        _ => single(types, reference, value),
    }
}

fn single(types: &Types<'_>, reference: &TypeRef, value: &Value) -> Option<Literal> {
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
            let position = position(types, *id, value)?;
            Some(Literal::Variant(*id, position))
        }
        _ => None,
    }
}

/// Returns which variant of an enumeration a value is.
fn position(types: &Types<'_>, id: TypeId, value: &Value) -> Option<usize> {
    let index = types.variants.get(&id);
    match &types.definition(id)?.kind {
        TypeKind::StringEnum(definition) => {
            let text = value.as_str()?;
            let mut variants = definition.variants.iter();
            match index {
                Some(index) => index.get(text).copied(),
                None => variants.position(|variant| variant.value == text),
            }
        }
        TypeKind::IntegerEnum(definition) => {
            let number = value.as_number()?.as_i64()?;
            let mut variants = definition.variants.iter();
            match index {
                Some(index) => index.get(&number.to_string()).copied(),
                None => variants.position(|variant| variant.value == number),
            }
        }
        _ => None,
    }
}

/// Returns the variants of an enumeration by the texts of their values, unless it is short.
pub(super) fn index(kind: &TypeKind) -> Option<HashMap<String, usize>> {
    let texts: Vec<String> = match kind {
        TypeKind::StringEnum(definition) if definition.variants.len() > SHORT => {
            let variants = definition.variants.iter();
            variants.map(|variant| variant.value.clone()).collect()
        }
        TypeKind::IntegerEnum(definition) if definition.variants.len() > SHORT => {
            let variants = definition.variants.iter();
            variants.map(|variant| variant.value.to_string()).collect()
        }
        _ => return None,
    };
    Some(texts.into_iter().zip(0..).collect())
}
