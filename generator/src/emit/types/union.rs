//! Unions: an enum of the types that a value may have, the last variant for what fits none.

use proc_macro2::TokenStream;
use quote::quote;

use super::mode;
use crate::emit::tokens::{docs, ident, text, type_ref};
use crate::model::{Api, TypeDef, TypeKind, Union, UnionKind, UnionVariant};

pub(super) fn expand(api: &Api, definition: &TypeDef) -> Option<Vec<TokenStream>> {
    let TypeKind::Union(union) = &definition.kind else {
        return None;
    };
    let mut items = vec![expand_enum(api, definition, union)];
    items.extend(
        union
            .convertible_variants()
            .map(|variant| expand_from(api, definition, variant)),
    );
    items.push(expand_table(definition, union));
    Some(items)
}

fn expand_enum(api: &Api, definition: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let docs = docs(
        &definition.docs,
        &format!("The type `{}`.", definition.name),
        &definition.remarks(),
    );
    let variants = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let value = type_ref(api, &variant.type_ref);
        let about = format!("The variant `{}`.", variant.name);
        quote!(#[doc = #about] #name(#value))
    });
    let catch_all = ident(&union.catch_all);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that fits no other variant.
            #catch_all(crate::runtime::union::UnknownValue),
        }
    }
}

fn expand_from(api: &Api, definition: &TypeDef, variant: &UnionVariant) -> TokenStream {
    let name = ident(&definition.name);
    let variant_name = ident(&variant.name);
    let value = type_ref(api, &variant.type_ref);
    quote! {
        impl ::std::convert::From<#value> for #name {
            fn from(value: #value) -> Self {
                Self::#variant_name(value)
            }
        }
    }
}

fn expand_table(definition: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let mode = mode(definition);
    let catch_all = ident(&union.catch_all);
    match &union.kind {
        UnionKind::Tagged { property } => {
            let property = text(property);
            let lines = union.variants.iter().map(|variant| {
                let name = ident(&variant.name);
                let tags = variant.tags.iter().map(|tag| text(tag));
                quote!(#name = #(#tags)|*)
            });
            quote!(crate::tagged_union! { #name: #mode by #property { #(#lines),*; #catch_all } })
        }
        UnionKind::Untagged => {
            let names = union.variants.iter().map(|variant| ident(&variant.name));
            quote!(crate::untagged_union! { #name: #mode { #(#names),*; #catch_all } })
        }
    }
}
