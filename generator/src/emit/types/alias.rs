//! Aliases: `pub type`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{docs, ident, type_ref};
use crate::model::{Api, TypeDef, TypeKind};

pub(super) fn expand(api: &Api, definition: &TypeDef) -> Option<Vec<TokenStream>> {
    let TypeKind::Alias(alias) = &definition.kind else {
        return None;
    };
    let name = ident(&definition.name);
    let docs = docs(
        &definition.docs,
        &format!("The type `{}`.", definition.name),
        &definition.remarks(),
    );
    let target = type_ref(api, &alias.target);
    Some(vec![quote!(#docs pub type #name = #target;)])
}
