//! The types of the module `types`.

use super::operation::{default_of_member, presence};
use super::{
    ENUM_OF_INTEGERS, ENUM_OF_STRINGS, ENUM_OF_TYPES, Item, Kind, PRESENCE, STRUCT, TAG, UNLISTED,
    signature,
};
use crate::model::{
    Api, EnumVariant, Field, Identifier, Record, TypeDef, TypeKind, Union, UnionKind,
};

pub(super) fn items(api: &Api, krate: &str) -> Vec<Item> {
    api.types
        .iter()
        .map(|definition| type_item(api, krate, definition))
        .collect()
}

fn type_item(api: &Api, krate: &str, definition: &TypeDef) -> Item {
    let path = format!("{krate}::types::{}", definition.name);
    let own = |kind: Kind, name: &str| {
        let mut item = Item::new(kind, format!("{path}::{name}"), name);
        item.pointer.clone_from(&definition.pointer);
        item
    };
    let mut item =
        Item::new(Kind::Type, &path, definition.name.as_str()).documented(&definition.docs);
    item.key = definition.schema_name.clone().unwrap_or_default();
    item.deprecated = definition.deprecated;
    item.pointer.clone_from(&definition.pointer);
    let mut traits = Vec::new();
    match &definition.kind {
        TypeKind::Alias(alias) => item.signature = signature::value(api, &alias.target),
        TypeKind::StringEnum(enumeration) => {
            ENUM_OF_STRINGS.clone_into(&mut item.signature);
            item.children = values(
                definition,
                &path,
                &enumeration.variants,
                &enumeration.catch_all,
            );
        }
        TypeKind::IntegerEnum(enumeration) => {
            ENUM_OF_INTEGERS.clone_into(&mut item.signature);
            item.children = values(
                definition,
                &path,
                &enumeration.variants,
                &enumeration.catch_all,
            );
        }
        TypeKind::Union(union) => {
            ENUM_OF_TYPES.clone_into(&mut item.signature);
            if let UnionKind::Tagged { property } = &union.kind {
                item = item.http(TAG, property);
            }
            item.children = variants(api, definition, &path, union);
            // An alias is the type that it names.
            let conversions = api.convertible_variants(definition).map(|variant| {
                let value = signature::value(api, api.resolved(&variant.type_ref));
                format!("From<{value}>")
            });
            traits.extend(conversions);
            let from_text = api.text_variant(definition);
            traits.extend(from_text.map(|_| "From<&str>".to_owned()));
        }
        TypeKind::Record(record) => {
            STRUCT.clone_into(&mut item.signature);
            if definition.is_built_by_callers() {
                item.children.push(own(Kind::Constructor, "new"));
            }
            item.children.extend(fields(api, definition, &path, record));
            let has_default = record.has_plain_default()
                || definition.is_built_by_callers() && record.has_default();
            traits.extend(has_default.then(|| "Default".to_owned()));
        }
    }
    let implementations = traits.iter().map(|name| own(Kind::Implementation, name));
    item.children.extend(implementations);
    for name in serde(definition) {
        let mut implementation = own(Kind::Implementation, name);
        if *name == "Serialize" && needs_feature(definition) {
            SERIALIZE_SECRETS.clone_into(&mut implementation.signature);
        }
        item.children.push(implementation);
    }
    item
}

/// The feature with which secrets are serialized outside requests.
const SERIALIZE_SECRETS: &str = "serialize-secrets";

/// Whether only a feature serializes a type.
fn needs_feature(definition: &TypeDef) -> bool {
    definition.reaches_secret && !definition.is_built_by_callers() && !definition.holds_files()
}

/// The traits that depend on where values of the type travel.
fn serde(definition: &TypeDef) -> &'static [&'static str] {
    match &definition.kind {
        TypeKind::Union(_) | TypeKind::Record(_) if definition.holds_files() => &["Serialize"],
        TypeKind::Union(_) | TypeKind::Record(_) => {
            &["Deserialize", "Serialize", "testing::Sample"]
        }
        _ => &[],
    }
}

fn fields(api: &Api, definition: &TypeDef, path: &str, record: &Record) -> Vec<Item> {
    let is_built = definition.is_built_by_callers();
    let mut items: Vec<Item> = record
        .fields
        .iter()
        .map(|field| {
            let mut item = named(Kind::Field, path, &field.name)
                .http("name on the wire", &field.wire_name)
                .http(PRESENCE, presence(api, &field.presence))
                .http("default", default_of_member(api, field))
                .documented(&field.docs);
            item.key.clone_from(&field.wire_name);
            item.signature = signature::field(api, field);
            item.is_argument = is_built && field.is_constructor_argument();
            item.deprecated = field.deprecated;
            item.pointer.clone_from(&field.pointer);
            item
        })
        .collect();
    items.extend(
        record
            .additional
            .iter()
            .map(|field| additional(api, path, field)),
    );
    items
}

fn additional(api: &Api, path: &str, field: &Field) -> Item {
    let mut item = named(Kind::Field, path, &field.name).documented(&field.docs);
    "all other members".clone_into(&mut item.key);
    item.signature = signature::additional(api, field);
    item.pointer.clone_from(&field.pointer);
    item
}

fn named(kind: Kind, path: &str, name: &Identifier) -> Item {
    Item::new(kind, format!("{path}::{name}"), name.as_str())
}

fn values<T: ToString>(
    definition: &TypeDef,
    path: &str,
    variants: &[EnumVariant<T>],
    catch_all: &Identifier,
) -> Vec<Item> {
    let mut items: Vec<Item> = variants
        .iter()
        .map(|variant| {
            let value = variant.value.to_string();
            let mut item = named(Kind::Variant, path, &variant.name)
                .http("value on the wire", &value)
                .documented(&variant.docs);
            item.key = value;
            item.pointer.clone_from(&variant.pointer);
            item
        })
        .collect();
    items.push(unlisted(definition, path, catch_all));
    items
}

fn unlisted(definition: &TypeDef, path: &str, catch_all: &Identifier) -> Item {
    let mut item = named(Kind::Variant, path, catch_all);
    item.pointer.clone_from(&definition.pointer);
    UNLISTED.clone_into(&mut item.key);
    item
}

fn variants(api: &Api, definition: &TypeDef, path: &str, union: &Union) -> Vec<Item> {
    let mut items: Vec<Item> = union
        .variants
        .iter()
        .map(|variant| {
            let rest = variant.is_default.then(|| "any other".to_owned());
            let selecting: Vec<String> = variant.tags.iter().cloned().chain(rest).collect();
            let mut item = named(Kind::Variant, path, &variant.name)
                .http("values that select it", selecting.join(", "));
            item.signature = signature::value(api, &variant.type_ref);
            item.key = if variant.tags.is_empty() {
                item.signature.clone()
            } else {
                variant.tags.join(", ")
            };
            item.pointer.clone_from(&definition.pointer);
            item
        })
        .collect();
    items.push(unlisted(definition, path, &union.catch_all));
    items
}
