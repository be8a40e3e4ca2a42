//! Unions: an enum of the types that a value may have, the last variant for what fits none.

use proc_macro2::TokenStream;
use quote::quote;

use super::{mode, type_docs};
use crate::emit::format::{Item, Table};
use crate::emit::text::{capitalized, code, type_name};
use crate::emit::tokens::{ident, text, type_ref};
use crate::model::{Api, TypeDef, TypeRef, Union, UnionKind, UnionVariant};

pub(super) fn expand(api: &Api, definition: &TypeDef, union: &Union) -> Vec<Item> {
    let mut items = vec![Item::Type(expand_enum(api, definition, union))];
    let conversions = api
        .convertible_variants(definition)
        .map(|variant| expand_from(api, definition, variant));
    items.extend(conversions.map(Item::Code));
    let from_text = api
        .text_variant(definition)
        .map(|variant| expand_from_text(definition, variant));
    items.extend(from_text.map(Item::Code));
    items.push(Item::Table(table(api, definition, union)));
    items
}

fn expand_enum(api: &Api, definition: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let docs = type_docs(definition);
    let variants = union
        .variants
        .iter()
        .map(|variant| expand_variant(api, variant));
    let catch_all = ident(&union.catch_all);
    let allowance = api
        .has_uneven_variants(union.variants.iter().map(|variant| &variant.type_ref))
        .then(large_variants);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #allowance
        pub enum #name {
            #(#variants,)*
            /// A value that matches no other variant.
            #catch_all(crate::runtime::decode::union::UnknownValue),
        }
    }
}

/// Expects the lint for large variants. The document decides the sizes of records, and a box around each would be inconvenient to use.
pub(in crate::emit) fn large_variants() -> TokenStream {
    quote!(#[allow(clippy::large_enum_variant, reason = "the API's types differ in size")])
}

fn expand_variant(api: &Api, variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    let value = type_ref(api, &variant.type_ref);
    let about = match variant.tags.as_slice() {
        [] => format!(
            " A value of the type `{}`.",
            type_name(api, &variant.type_ref)
        ),
        tags => {
            let tags: Vec<String> = tags.iter().map(|tag| code(tag)).collect();
            let rest = match variant.is_default {
                true => ", or a value that is not listed",
                false => "",
            };
            format!(" {}{rest}.", capitalized(&tags.join(" or ")))
        }
    };
    quote!(#[doc = #about] #name(#value))
}

fn expand_from(api: &Api, definition: &TypeDef, variant: &UnionVariant) -> TokenStream {
    let name = ident(&definition.name);
    let variant_name = ident(&variant.name);
    let (content, value) = match &variant.type_ref {
        TypeRef::Boxed(inner) => (type_ref(api, inner), quote!(::std::boxed::Box::new(value))),
        other => (type_ref(api, other), quote!(value)),
    };
    quote! {
        impl ::std::convert::From<#content> for #name {
            fn from(value: #content) -> Self {
                Self::#variant_name(#value)
            }
        }
    }
}

/// Expands the conversion from a borrowed text, so that callers need not allocate one.
fn expand_from_text(definition: &TypeDef, variant: &UnionVariant) -> TokenStream {
    let name = ident(&definition.name);
    let variant_name = ident(&variant.name);
    quote! {
        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                Self::#variant_name(::std::borrow::ToOwned::to_owned(value))
            }
        }
    }
}

fn table(api: &Api, definition: &TypeDef, union: &Union) -> Table {
    let name = ident(&definition.name);
    let mode = mode(definition);
    let (macro_name, head) = match &union.kind {
        UnionKind::Tagged { property } => {
            let property = text(property);
            let default = union.variants.iter().find(|variant| variant.is_default);
            let default = default.map(|variant| {
                let name = ident(&variant.name);
                quote!(else #name)
            });
            ("tagged_union", quote!(#name: #mode by #property #default))
        }
        UnionKind::Untagged => ("untagged_union", quote!(#name: #mode)),
    };
    Table {
        name: macro_name,
        head,
        lines: expand_lines(api, union),
        expectation: None,
    }
}

/// Expands `Name` or `Name = tags` for each variant, followed by the catch-all.
fn expand_lines(api: &Api, union: &Union) -> Vec<TokenStream> {
    let last = union.variants.len().saturating_sub(1);
    let known = union.variants.iter().enumerate().map(|(index, variant)| {
        let separator = if index == last { quote!(;) } else { quote!(,) };
        let variant = expand_line(api, variant);
        quote!(#variant #separator)
    });
    let catch_all = ident(&union.catch_all);
    let lone_separator = union.variants.is_empty().then(|| quote!(;));
    known.chain([quote!(#lone_separator #catch_all)]).collect()
}

fn expand_line(api: &Api, variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    let tags = variant.tags.iter().map(|tag| text(tag));
    if variant.tags.is_empty() {
        let codec = api.holds_times(&variant.type_ref).then(|| quote!(as time));
        quote!(#name #codec)
    } else {
        quote!(#name = #(#tags)|*)
    }
}
