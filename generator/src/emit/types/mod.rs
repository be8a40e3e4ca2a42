//! The named types. A type that only one group's operations reach is in that group's file, any other in `shared`.

mod alias;
mod enumeration;
mod input;
mod placement;
mod record;
mod union;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::format::{Item, Module};
use super::text::{code, type_remarks};
use super::tokens::docs;
use crate::model::{Api, TypeDef, TypeKind};

pub(super) use input::{
    Input, body_input, member_input, parameter_input, signature, too_many_arguments,
};
pub(super) use union::large_variants;

/// The files below `src/types`.
pub(super) fn modules(api: &Api) -> Vec<(String, Module)> {
    let placement = placement::by_file(api);
    let mut declarations = Vec::new();
    let mut exports = Vec::new();
    let mut files = Vec::new();
    for (name, definitions) in placement {
        let module = Ident::new(&name, Span::call_site());
        declarations.push(quote!(mod #module;));
        exports.push(quote!(pub use self::#module::*;));
        let items = definitions
            .iter()
            .flat_map(|definition| expand(api, definition))
            .collect();
        let about = placement::about(&name);
        files.push((
            format!("src/types/{name}.rs"),
            Module {
                about,
                home: Some("crate::types"),
                items,
                ..Module::default()
            },
        ));
    }
    let about = if api.types.is_empty() {
        "The API has no types of its own."
    } else {
        "The types of the API."
    };
    files.push((
        "src/types/mod.rs".to_owned(),
        Module::listed(about, [declarations, exports]),
    ));
    files
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

/// Which of serde's traits the runtime's macros implement for a type.
fn mode(definition: &TypeDef) -> TokenStream {
    if definition.holds_files() {
        quote!(write)
    } else if definition.reaches_secret && !definition.usage.request {
        quote!(both_secret)
    } else {
        quote!(both)
    }
}
