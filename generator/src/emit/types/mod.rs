//! The named types: one file for each kind.

mod alias;
mod enumeration;
mod input;
mod record;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, TypeDef, TypeKind};

use super::format::Module;

pub(super) use input::{Input, input, too_many_arguments};
pub(super) use record::field_type as stored_type;

/// A file of types: its name, what it says of itself, and how one of its types is expanded.
type Kind = (
    &'static str,
    &'static str,
    fn(&Api, &TypeDef) -> Option<Vec<TokenStream>>,
);

const KINDS: [Kind; 4] = [
    (
        "records",
        "JSON objects with known members.",
        record::expand,
    ),
    (
        "enumerations",
        "Values of a known list, which may grow.",
        enumeration::expand,
    ),
    ("unions", "Values of one of several types.", union::expand),
    ("aliases", "Other names for types.", alias::expand),
];

/// The files below `src/types`.
pub(super) fn modules(api: &Api) -> Vec<(String, Module)> {
    let mut files = Vec::new();
    let mut exports = Vec::new();
    for (name, about, expand) in KINDS {
        let items: Vec<TokenStream> = api
            .types
            .iter()
            .filter_map(|definition| expand(api, definition))
            .flatten()
            .collect();
        if items.is_empty() {
            continue;
        }
        let file = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        exports.push((quote!(mod #file;), quote!(pub use self::#file::*;)));
        files.push((
            format!("src/types/{name}.rs"),
            Module {
                about: about.to_owned(),
                items,
            },
        ));
    }
    let (declarations, uses): (Vec<_>, Vec<_>) = exports.into_iter().unzip();
    let about = if api.types.is_empty() {
        "The API has no types of its own."
    } else {
        "The types of the API."
    };
    let items = vec![quote!(#(#declarations)*), quote!(#(#uses)*)];
    files.push((
        "src/types/mod.rs".to_owned(),
        Module {
            about: about.to_owned(),
            items,
        },
    ));
    files
}

/// Which of serde's traits the runtime's macros implement for a type.
fn mode(definition: &TypeDef) -> TokenStream {
    let writes_files = matches!(&definition.kind, TypeKind::Record(record)
        if record.fields.iter().any(|field| field.type_ref.is_binary()));
    if writes_files {
        quote!(write)
    } else if definition.reaches_secret && !definition.usage.request {
        quote!(both_secret)
    } else {
        quote!(both)
    }
}
