//! The named types. A type that only one group's operations reach is in that group's file, any other in `shared`.

mod alias;
mod enumeration;
mod input;
mod placement;
mod record;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

use super::format::{Item, Module};
use super::plan::PlannedFile;
use super::text::{code, type_remarks};
use super::tokens::{docs, name_of};
use crate::model::{Api, TypeDef, TypeKind};

pub(super) use input::{
    Input, body_input, member_input, parameter_input, placeholder_arguments, signature,
    too_many_arguments,
};
pub(super) use union::large_variants;

/// Returns the files below `src/types`.
pub(super) fn files(api: &Api) -> Vec<PlannedFile<'_>> {
    let placement = placement::by_file(api);
    let names: Vec<String> = placement.keys().cloned().collect();
    let mut files: Vec<_> = placement
        .into_iter()
        .map(|(name, definitions)| {
            let path = format!("src/types/{name}.rs");
            PlannedFile::module(path, definitions.len(), move || {
                module(api, &name, &definitions)
            })
        })
        .collect();
    files.push(PlannedFile::module("src/types/mod.rs", 1, move || {
        root(&names)
    }));
    files
}

fn module(api: &Api, name: &str, definitions: &[&TypeDef]) -> Module {
    Module {
        about: placement::about(name),
        home: Some("crate::types"),
        items: definitions
            .iter()
            .flat_map(|definition| expand(api, definition))
            .collect(),
        ..Module::default()
    }
}

fn root(names: &[String]) -> Module {
    let (declarations, exports) = names
        .iter()
        .map(|name| {
            let expectation = (name == "types").then(
                || quote!(#[expect(clippy::module_inception, reason = "the API has this name")]),
            );
            let name = name_of(name);
            let declaration = quote!(#[rustfmt::skip] #expectation mod #name;);
            (declaration, quote!(pub use self::#name::*;))
        })
        .unzip::<_, _, Vec<_>, Vec<_>>();
    let about = if declarations.is_empty() {
        "The API has no types of its own."
    } else {
        "The types of the API."
    };
    Module::of_declarations(about, [declarations, exports])
}

fn expand(api: &Api, definition: &TypeDef) -> Vec<Item> {
    match &definition.kind {
        TypeKind::Record(record) => record::expand(api, definition, record),
        TypeKind::StringEnum(enumeration) => enumeration::expand_strings(definition, enumeration),
        TypeKind::IntegerEnum(enumeration) => enumeration::expand_integers(definition, enumeration),
        TypeKind::Union(union) => union::expand(api, definition, union),
        TypeKind::Alias(alias) => vec![Item::Code(alias::expand(api, definition, alias))],
    }
}

fn type_docs(definition: &TypeDef) -> TokenStream {
    let schema = definition
        .schema_name
        .as_deref()
        .unwrap_or(definition.name.as_str());
    docs(
        &definition.docs,
        &format!("The schema {}.", code(schema)),
        &type_remarks(definition),
    )
}

/// Returns which of serde's traits the runtime's macros implement for a type.
fn mode(definition: &TypeDef) -> TokenStream {
    if definition.holds_files() {
        quote!(write)
    } else if definition.reaches_secret && !definition.usage.request {
        quote!(both_secret)
    } else {
        quote!(both)
    }
}
