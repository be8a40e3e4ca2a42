//! Open enumerations: a plain enum whose last variant keeps what the document does not know.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::tokens::{docs, ident, text};
use crate::model::{Api, EnumVariant, Identifier, TypeDef, TypeKind};

pub(super) fn expand(_api: &Api, definition: &TypeDef) -> Option<Vec<TokenStream>> {
    let name = ident(&definition.name);
    match &definition.kind {
        TypeKind::StringEnum(enumeration) => {
            let table = enumeration.variants.iter().map(|variant| {
                let name = ident(&variant.name);
                let value = text(&variant.value);
                quote!(#name = #value)
            });
            let unknown = ident(&enumeration.catch_all);
            let item = expand_enum(
                definition,
                &enumeration.variants,
                &enumeration.catch_all,
                &quote!(crate::runtime::enumeration::UnknownString),
            );
            Some(vec![
                item,
                quote!(crate::string_enum! { #name { #(#table),*; #unknown } }),
            ])
        }
        TypeKind::IntegerEnum(enumeration) => {
            let table = enumeration.variants.iter().map(|variant| {
                let name = ident(&variant.name);
                let value = Literal::i64_unsuffixed(variant.value);
                quote!(#name = #value)
            });
            let unknown = ident(&enumeration.catch_all);
            let item = expand_enum(
                definition,
                &enumeration.variants,
                &enumeration.catch_all,
                &quote!(crate::runtime::enumeration::UnknownInteger),
            );
            Some(vec![
                item,
                quote!(crate::integer_enum! { #name { #(#table),*; #unknown } }),
            ])
        }
        _ => None,
    }
}

fn expand_enum<T: std::fmt::Display>(
    definition: &TypeDef,
    variants: &[EnumVariant<T>],
    catch_all: &Identifier,
    unknown_type: &TokenStream,
) -> TokenStream {
    let name = ident(&definition.name);
    let docs = docs(
        &definition.docs,
        &format!("The type `{}`.", definition.name),
        &definition.remarks(),
    );
    let variants = variants.iter().map(expand_variant);
    let catch_all = ident(catch_all);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the document does not know.
            #catch_all(#unknown_type),
        }
    }
}

fn expand_variant<T: std::fmt::Display>(variant: &EnumVariant<T>) -> TokenStream {
    let name = ident(&variant.name);
    let docs = docs(&variant.docs, &format!("`{}`", variant.value), &[]);
    quote!(#docs #name)
}
