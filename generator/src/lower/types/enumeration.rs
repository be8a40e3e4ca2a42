//! `enum`.

use std::collections::HashSet;

use super::all_of::AllOfSet;
use super::subschema::Subschema;
use super::union::catch_all;
use super::{Defined, NameContext, NullableType, Types, literal, scalar};
use crate::diagnostic::{Pointer, Severity, codes, counted};
use crate::lower::context::Context;
use crate::lower::names::{Namespace, Scope};
use crate::lower::{docs, extension};
use crate::model::{EnumVariant, Identifier, IntegerEnum, StringEnum, TypeKind, TypeRef};
use crate::openapi::{Field, List, Node, Schema, Text};
use crate::source::{Data, Value};

/// The values of an enumeration that are not null, each once.
struct EnumValues<'a> {
    values: Vec<EnumValue<'a>>,
    has_null: bool,
}

impl<'a> EnumValues<'a> {
    /// Keeps the values that are in all the lists. Where no value is, all stay, with a diagnostic.
    fn restrict(&mut self, context: &mut Context<'a>, listings: &[Subschema<'a>]) {
        let listings_of_values = listings.iter().map(|listing| {
            let values = listing.node.enum_values().elements();
            values.map(|listed| listed.value).collect()
        });
        let lists: Vec<HashSet<&Value>> = listings_of_values.collect();
        let is_listed = |value: &EnumValue<'a>| lists.iter().all(|list| list.contains(value.value));
        if self.values.iter().any(is_listed) {
            self.values.retain(is_listed);
        } else if let Some(last) = listings.last().filter(|_| !self.values.is_empty()) {
            context.report(
                codes::ALL_OF_CONFLICT,
                &last.node.enum_values().pointer(),
                "no value is in each of the lists of values that hold together here",
                "correct one of the lists; until then one of them is read",
            );
        }
    }
}

/// A value of an enumeration.
struct EnumValue<'a> {
    value: &'a Value,
    pointer: Pointer,
    /// The name that `x-enum-varnames` gives it.
    given: Option<String>,
    /// What `x-enum-descriptions` says of it.
    description: Option<String>,
    /// The schema of which it is the only value, where there is one for each value.
    constant: Option<Node<'a, Schema>>,
}

impl<'a> EnumValue<'a> {
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
        all_of: &AllOfSet<'a>,
        name_context: &NameContext,
        subschemas: Vec<Subschema<'a>>,
    ) -> NullableType {
        let mut enum_values = enum_values(context, &subschemas);
        let listings = all_of.listings(context);
        enum_values.restrict(context, &listings);
        let nullable = enum_values.has_null;
        let strings: Option<Vec<String>> = enum_values
            .values
            .iter()
            .map(|value| value.value.as_str().map(str::to_owned))
            .collect();
        let integers: Option<Vec<i64>> = enum_values
            .values
            .iter()
            .map(|value| {
                value
                    .value
                    .as_number()
                    .filter(|number| number.is_integer())?
                    .as_i64()
            })
            .collect();
        let kind = match (strings, integers) {
            _ if enum_values.values.is_empty() => None,
            (Some(values), _) => Some(string_enum(context, &subschemas, &enum_values, values)),
            (None, Some(values)) => Some(integer_enum(context, &subschemas, &enum_values, values)),
            (None, None) => None,
        };
        let Some(kind) = kind else {
            let type_ref = self.without_names(context, &subschemas, &enum_values);
            return NullableType { type_ref, nullable };
        };
        let index = literal::index(&kind);
        let (Defined::New(id) | Defined::Known(id)) =
            self.define(context, all_of, name_context, kind);
        self.variants.extend(index.map(|index| (id, index)));
        NullableType {
            type_ref: TypeRef::Named(id),
            nullable,
        }
    }

    /// The type of an enumeration that Rust has no enum for: one of booleans, of fractions, of nothing but null, of values of several types.
    fn without_names(
        &mut self,
        context: &mut Context<'a>,
        subschemas: &[Subschema<'a>],
        enum_values: &EnumValues<'a>,
    ) -> TypeRef {
        let all = |test: fn(&Value) -> bool| {
            !enum_values.values.is_empty()
                && enum_values.values.iter().all(|value| test(value.value))
        };
        if all(|value| value.as_bool().is_some()) {
            return TypeRef::Boolean;
        }
        if all(|value| value.as_number().is_some()) {
            let numbers = enum_values.values.iter();
            let integers: Option<Vec<i128>> = numbers
                .map(|value| {
                    let number = value.value.as_number();
                    number.filter(|number| number.is_integer())?.as_i128()
                })
                .collect();
            return match (integers, subschemas.first()) {
                (Some(values), Some(first)) => {
                    scalar::listed_integers(context, &first.node, &values)
                }
                _ => TypeRef::Double,
            };
        }
        // Objects and lists have no type that their values show.
        if all(|value| matches!(value.data(), Data::Object(_) | Data::Array(_))) {
            return TypeRef::Any;
        }
        if let Some(subschema) = subschemas
            .first()
            .filter(|_| !enum_values.values.is_empty())
        {
            context.report(
                codes::MIXED_ENUM,
                &subschema.node.enum_values().pointer(),
                "the values are of several types, which no Rust enum has, so they are not checked",
                "write `oneOf` with one enumeration for each type",
            );
        }
        let kind = subschemas
            .iter()
            .find_map(|subschema| subschema.node.schema_type().text());
        match kind.filter(|kind| !matches!(*kind, "object" | "array")) {
            Some(kind) => scalar::scalar(context, kind, subschemas),
            None => TypeRef::Any,
        }
    }
}

fn enum_values<'a>(context: &mut Context<'a>, subschemas: &[Subschema<'a>]) -> EnumValues<'a> {
    let mut enum_values = EnumValues {
        values: Vec::new(),
        has_null: false,
    };
    let mut known: HashSet<&Value> = HashSet::new();
    for subschema in subschemas {
        let values: Vec<_> = subschema.node.enum_values().elements().collect();
        let names = of_values(context, &varnames(subschema), values.len(), "name");
        let field = subschema.node.enum_descriptions();
        let descriptions = of_values(context, &field, values.len(), "description");
        let is_constant = subschemas.len() > 1 && values.len() == 1;
        for (index, value) in values.into_iter().enumerate() {
            if value.value.is_null() {
                enum_values.has_null = true;
            } else if known.insert(value.value) {
                enum_values.values.push(EnumValue {
                    value: value.value,
                    pointer: value.pointer,
                    given: names.get(index).filter(|name| !name.is_empty()).cloned(),
                    description: descriptions.get(index).cloned(),
                    constant: is_constant.then(|| subschema.node.clone()),
                });
            }
        }
    }
    enum_values
}

/// The list of names of an enumeration, by either of its names.
fn varnames<'n, 'a>(subschema: &'n Subschema<'a>) -> Field<'n, 'a, List<Text>> {
    let varnames = subschema.node.enum_varnames();
    if varnames.is_present() {
        return varnames;
    }
    subschema.node.enum_names()
}

/// The texts of an extension that has one for each value.
fn of_values<'a>(
    context: &mut Context<'a>,
    field: &Field<'_, 'a, List<Text>>,
    count: usize,
    what: &str,
) -> Vec<String> {
    let texts = extension::texts(context, field);
    if !texts.is_empty() && texts.len() != count {
        let pointer = field.pointer();
        let key = pointer.last().unwrap_or_default().into_owned();
        let length = texts.len();
        context.report(
            codes::INVALID_EXTENSION,
            &pointer,
            format!(
                "`{key}` has {} for {}",
                counted(length, what),
                counted(count, "value")
            ),
            format!("give one {what} for each value of `enum`, in their order"),
        );
    }
    texts
}

fn string_enum<'a>(
    context: &mut Context<'a>,
    subschemas: &[Subschema<'a>],
    enum_values: &EnumValues<'a>,
    values: Vec<String>,
) -> TypeKind {
    let (names, catch_all) = variant_names(context, subschemas, enum_values);
    TypeKind::StringEnum(StringEnum {
        variants: variants(names, values, enum_values),
        catch_all,
    })
}

fn integer_enum<'a>(
    context: &mut Context<'a>,
    subschemas: &[Subschema<'a>],
    enum_values: &EnumValues<'a>,
    values: Vec<i64>,
) -> TypeKind {
    let (names, catch_all) = variant_names(context, subschemas, enum_values);
    TypeKind::IntegerEnum(IntegerEnum {
        variants: variants(names, values, enum_values),
        catch_all,
    })
}

fn variants<T>(
    names: Vec<Identifier>,
    values: Vec<T>,
    enum_values: &EnumValues<'_>,
) -> Vec<EnumVariant<T>> {
    names
        .into_iter()
        .zip(values)
        .zip(&enum_values.values)
        .map(|((name, value), enum_value)| {
            let constant = enum_value.constant.as_ref();
            let description = enum_value.description.as_deref();
            let description =
                description.or_else(|| constant.and_then(|node| node.description().text()));
            EnumVariant {
                pointer: enum_value.pointer.clone(),
                name,
                value,
                docs: docs::item(None, description, None, &[]),
            }
        })
        .collect()
}

fn variant_names<'a>(
    context: &mut Context<'a>,
    subschemas: &[Subschema<'a>],
    enum_values: &EnumValues<'a>,
) -> (Vec<Identifier>, Identifier) {
    let mut scope = Scope::new(Namespace::Variant);
    let given = given_names(context, &mut scope, subschemas, enum_values);
    let names = enum_values
        .values
        .iter()
        .zip(given)
        .map(|(enum_value, given)| {
            given.unwrap_or_else(|| {
                scope.uniquify(match (enum_value.title(), enum_value.value.data()) {
                    (Some(title), _) => title,
                    (None, Data::String(text)) => text,
                    (None, Data::Number(number)) => number.as_str(),
                    (None, _) => "",
                })
            })
        })
        .collect();
    (names, catch_all(&mut scope))
}

/// Takes the names that `x-enum-varnames` gives: first those that are in Rust's case, so that no other one gets such a name.
fn given_names<'a>(
    context: &mut Context<'a>,
    scope: &mut Scope,
    subschemas: &[Subschema<'a>],
    enum_values: &EnumValues<'a>,
) -> Vec<Option<Identifier>> {
    let mut names: Vec<Option<Identifier>> = vec![None; enum_values.values.len()];
    let mut replaced = Vec::new();
    for is_spelled in [true, false] {
        for (name, enum_value) in names.iter_mut().zip(&enum_values.values) {
            let given = enum_value.given.as_deref();
            let Some(given) = given.filter(|given| scope.is_spelled(given) == is_spelled) else {
                continue;
            };
            *name = Some(scope.take_spelled(given).unwrap_or_else(|instead| {
                replaced.push(format!("`{instead}` for `{given}`"));
                instead
            }));
        }
    }
    let named = subschemas
        .iter()
        .find(|subschema| varnames(subschema).is_present());
    if let Some(subschema) = named.filter(|_| !replaced.is_empty()) {
        context.report(
            codes::INVALID_NAME.rated(Severity::Note),
            &varnames(subschema).pointer(),
            format!(
                "names of the list are reserved, or alike in Rust's case; the variants are {}",
                replaced.join(", ")
            ),
            "give other names with an overlay, if these do not suit",
        );
    }
    names
}
