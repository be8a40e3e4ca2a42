//! Aliases: `pub type`.

use proc_macro2::TokenStream;
use quote::quote;

use super::type_docs;
use crate::emit::tokens::{ident, type_ref};
use crate::model::{Alias, Api, TypeDef};

pub(super) fn expand(api: &Api, definition: &TypeDef, alias: &Alias) -> TokenStream {
    let name = ident(&definition.name);
    let docs = type_docs(definition);
    let target = type_ref(api, &alias.target);
    quote!(#docs pub type #name = #target;)
}
