//! `enum`.

use super::conjunction::{Conjunction, Layer};
use super::union::catch_all;
use super::{Defined, Place, Typed, Types, scalar};
use crate::diagnostic::{Severity, codes};
use crate::lower::context::Context;
use crate::lower::names::{self, Given, NameRequest, Namespace, Scope};
use crate::lower::{docs, extension};
use crate::model::{EnumVariant, Identifier, IntegerEnum, StringEnum, TypeKind, TypeRef};
use crate::openapi::{Node, Schema};
use crate::source::{Data, Value};

/// The values of an enumeration that are not null, each once.
struct Listed<'a> {
    values: Vec<ListedValue<'a>>,
    has_null: bool,
}

/// A value of an enumeration.
struct ListedValue<'a> {
    value: &'a Value,
    /// The name that `x-enum-varnames` gives it.
    given: Option<String>,
    /// The schema of which it is the only value, where there is one for each value.
    constant: Option<Node<'a, Schema>>,
}

impl<'a> ListedValue<'a> {
    /// The title of the constant, which says more than a number.
    fn title(&self) -> Option<&'a str> {
        let title = self.constant.as_ref()?.title().text()?;
        title.contains(char::is_alphabetic).then_some(title)
    }
}

impl<'a> Types<'a> {
    pub(super) fn enumeration(
        &mut self,
        context: &mut Context<'a>,
        conjunction: &Conjunction<'a>,
        place: &Place,
        layers: Vec<Layer<'a>>,
    ) -> Typed {
        let listed = listed(context, &layers);
        let nullable = listed.has_null;
        let strings: Option<Vec<String>> = listed
            .values
            .iter()
            .map(|listed| listed.value.as_str().map(str::to_owned))
            .collect();
        let integers: Option<Vec<i64>> = listed
            .values
            .iter()
            .map(|listed| {
                listed
                    .value
                    .as_number()
                    .filter(|number| number.is_integer())?
                    .as_i64()
            })
            .collect();
        let kind = match (strings, integers) {
            _ if listed.values.is_empty() => None,
            (Some(values), _) => Some(string_enum(context, &layers, &listed, values)),
            (None, Some(values)) => Some(integer_enum(context, &layers, &listed, values)),
            (None, None) => None,
        };
        let Some(kind) = kind else {
            let type_ref = self.without_names(context, &layers, &listed);
            return Typed { type_ref, nullable };
        };
        let (Defined::New(id) | Defined::Known(id)) =
            self.define(context, conjunction, place, kind);
        Typed {
            type_ref: TypeRef::Named(id),
            nullable,
        }
    }

    /// The type of an enumeration that Rust has no enum for: one of booleans, of fractions, of nothing but null, of values of several types.
    fn without_names(
        &mut self,
        context: &mut Context<'a>,
        layers: &[Layer<'a>],
        listed: &Listed<'a>,
    ) -> TypeRef {
        let all = |test: fn(&Value) -> bool| {
            !listed.values.is_empty() && listed.values.iter().all(|listed| test(listed.value))
        };
        if all(|value| value.as_bool().is_some()) {
            return TypeRef::Boolean;
        }
        if all(|value| value.as_number().is_some()) {
            return TypeRef::Double;
        }
        // Objects and lists are told from nothing else by their values.
        if all(|value| matches!(value.data(), Data::Object(_) | Data::Array(_))) {
            return TypeRef::Any;
        }
        if let Some(layer) = layers.first().filter(|_| !listed.values.is_empty()) {
            context.report(
                Severity::Warning,
                codes::MIXED_ENUM,
                &layer.node.enum_values().pointer(),
                "the values are of several types, which no Rust enum has, so they are not checked",
                "write `oneOf` with one enumeration for each type",
            );
        }
        let kind = layers
            .iter()
            .find_map(|layer| layer.node.schema_type().text());
        match kind.filter(|kind| !matches!(*kind, "object" | "array")) {
            Some(kind) => scalar::scalar(context, kind, layers),
            None => TypeRef::Any,
        }
    }
}

fn listed<'a>(context: &mut Context<'a>, layers: &[Layer<'a>]) -> Listed<'a> {
    let mut listed = Listed {
        values: Vec::new(),
        has_null: false,
    };
    for layer in layers {
        let values: Vec<_> = layer.node.enum_values().elements().collect();
        let names = extension::texts(context, &layer.node.enum_varnames());
        let is_constant = layers.len() > 1 && values.len() == 1;
        if !names.is_empty() && names.len() != values.len() {
            context.report(
                Severity::Error,
                codes::INVALID_EXTENSION,
                &layer.node.enum_varnames().pointer(),
                format!(
                    "`x-enum-varnames` has {} names for {} values",
                    names.len(),
                    values.len()
                ),
                "give one name for each value of `enum`, in their order",
            );
        }
        for (index, value) in values.into_iter().enumerate() {
            if value.value.is_null() {
                listed.has_null = true;
            } else if !listed.values.iter().any(|known| known.value == value.value) {
                listed.values.push(ListedValue {
                    value: value.value,
                    given: names.get(index).cloned(),
                    constant: is_constant.then(|| layer.node.clone()),
                });
            }
        }
    }
    listed
}

fn string_enum<'a>(
    context: &mut Context<'a>,
    layers: &[Layer<'a>],
    listed: &Listed<'a>,
    values: Vec<String>,
) -> TypeKind {
    let (names, catch_all) = variant_names(context, layers, listed);
    TypeKind::StringEnum(StringEnum {
        variants: variants(names, values, listed),
        catch_all,
    })
}

fn integer_enum<'a>(
    context: &mut Context<'a>,
    layers: &[Layer<'a>],
    listed: &Listed<'a>,
    values: Vec<i64>,
) -> TypeKind {
    let (names, catch_all) = variant_names(context, layers, listed);
    TypeKind::IntegerEnum(IntegerEnum {
        variants: variants(names, values, listed),
        catch_all,
    })
}

fn variants<T>(names: Vec<Identifier>, values: Vec<T>, listed: &Listed<'_>) -> Vec<EnumVariant<T>> {
    names
        .into_iter()
        .zip(values)
        .zip(&listed.values)
        .map(|((name, value), listed)| {
            let constant = listed.constant.as_ref();
            let description = constant.and_then(|node| node.description().text());
            EnumVariant {
                name,
                value,
                docs: docs::item(None, description, None, &[]),
            }
        })
        .collect()
}

fn variant_names<'a>(
    context: &mut Context<'a>,
    layers: &[Layer<'a>],
    listed: &Listed<'a>,
) -> (Vec<Identifier>, Identifier) {
    let varnames = layers
        .first()
        .map(|layer| layer.node.enum_varnames().pointer())
        .unwrap_or_default();
    let requests: Vec<NameRequest> = listed
        .values
        .iter()
        .enumerate()
        .map(|(index, listed)| {
            let given = listed.given.clone().map(|name| Given {
                name,
                pointer: varnames.index(index),
            });
            let derived = match (listed.title(), listed.value.data()) {
                (Some(title), _) => title.to_owned(),
                (None, Data::String(text)) => text.clone(),
                (None, Data::Number(number)) => number.as_str().to_owned(),
                (None, _) => String::new(),
            };
            NameRequest::new(given, derived)
        })
        .collect();
    let mut scope = Scope::new(Namespace::Variant);
    let names = names::assign(context, &mut scope, &requests);
    (names, catch_all(&mut scope))
}
