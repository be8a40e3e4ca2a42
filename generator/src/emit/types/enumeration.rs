//! Open enumerations: a plain enum whose last variant keeps what the document does not know.

use std::fmt::Display;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::type_docs;
use crate::emit::format::{Item, Table};
use crate::emit::text::{capitalized, code};
use crate::emit::tokens::{docs, ident, text};
use crate::model::{EnumVariant, Identifier, IntegerEnum, StringEnum, TypeDef};

pub(super) fn expand_strings(definition: &TypeDef, enumeration: &StringEnum) -> Vec<Item> {
    let StringEnum {
        variants,
        catch_all,
    } = enumeration;
    let derives = quote!(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash);
    let content = quote!(crate::runtime::decode::string_enum::UnknownString);
    vec![
        Item::Type(expand_enum(
            definition, &derives, variants, catch_all, &content,
        )),
        Item::Table(Table {
            name: "string_enum",
            head: expand_name(definition),
            lines: expand_lines(variants, catch_all, |value| text(value)),
            expectation: None,
        }),
    ]
}

pub(super) fn expand_integers(definition: &TypeDef, enumeration: &IntegerEnum) -> Vec<Item> {
    let IntegerEnum {
        variants,
        catch_all,
    } = enumeration;
    let derives = quote!(Debug, Clone, Copy, PartialEq, Eq, Hash);
    let content = quote!(crate::runtime::decode::integer_enum::UnknownInteger);
    vec![
        Item::Type(expand_enum(
            definition, &derives, variants, catch_all, &content,
        )),
        Item::Table(Table {
            name: "integer_enum",
            head: expand_name(definition),
            lines: expand_lines(variants, catch_all, |value| Literal::i64_unsuffixed(*value)),
            expectation: None,
        }),
    ]
}

fn expand_name(definition: &TypeDef) -> TokenStream {
    let name = ident(&definition.name);
    quote!(#name)
}

fn expand_enum<T: Display>(
    definition: &TypeDef,
    derives: &TokenStream,
    variants: &[EnumVariant<T>],
    catch_all: &Identifier,
    content: &TokenStream,
) -> TokenStream {
    let name = ident(&definition.name);
    let docs = type_docs(definition);
    let variants = variants.iter().map(expand_variant);
    let catch_all = ident(catch_all);
    quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the client does not know.
            #catch_all(#content),
        }
    }
}

fn expand_variant<T: Display>(variant: &EnumVariant<T>) -> TokenStream {
    let name = ident(&variant.name);
    let value = variant.value.to_string();
    let about = if value.is_empty() {
        capitalized(&format!("{}.", code(&value)))
    } else {
        format!("The value {}.", code(&value))
    };
    let docs = docs(&variant.docs, &about, &[]);
    quote!(#docs #name)
}

/// Expands `Name = value` for each variant, followed by the catch-all.
fn expand_lines<T>(
    variants: &[EnumVariant<T>],
    catch_all: &Identifier,
    literal: impl Fn(&T) -> Literal,
) -> Vec<TokenStream> {
    let last = variants.len().saturating_sub(1);
    let known = variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.name);
        let value = literal(&variant.value);
        if index == last {
            quote!(#name = #value;)
        } else {
            quote!(#name = #value,)
        }
    });
    let catch_all = ident(catch_all);
    let lone_separator = variants.is_empty().then(|| quote!(;));
    known.chain([quote!(#lone_separator #catch_all)]).collect()
}
