//! What an operation returns, and how it is read from an answer.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::info::expand_optional_text;
use crate::emit::tokens::{docs, ident, text, type_ref};
use crate::model::{Api, Content, ContentKind, Operation, Output, StatusPattern, StatusVariant};

/// The type of a call's result.
pub(super) fn expand_type(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::Empty => quote!(()),
        Output::Content(content) => content_type(api, content),
        Output::Optional(content) => {
            let value = content_type(api, content);
            quote!(::std::option::Option<#value>)
        }
        Output::Page(item) => {
            let item = type_ref(api, item);
            quote!(crate::Page<#item>)
        }
        Output::ByStatus { type_name, .. } => {
            let name = ident(type_name);
            quote!(#name)
        }
    }
}

fn content_type(api: &Api, content: &Content) -> TokenStream {
    match &content.kind {
        ContentKind::Json(reference) => type_ref(api, reference),
        ContentKind::Text => quote!(::std::string::String),
        ContentKind::Binary => quote!(::bytes::Bytes),
    }
}

/// The body of `decode`.
pub(super) fn expand_decode(operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::Empty => quote!(response.empty()),
        Output::Content(content) => expand_read(content),
        Output::Optional(content) => match content.kind {
            ContentKind::Json(_) => quote!(response.json_or_none()),
            ContentKind::Text | ContentKind::Binary => {
                let read = expand_read(content);
                quote!(#read.map(::std::option::Option::Some))
            }
        },
        Output::Page(_) => {
            quote!(response.page(<Self as page::Paginated>::PAGINATION))
        }
        Output::ByStatus {
            type_name,
            variants,
        } => {
            let name = ident(type_name);
            let arms = variants.iter().map(|variant| expand_arm(&name, variant));
            let attempts = variants
                .iter()
                .map(|variant| expand_attempt(&name, variant));
            quote! {
                match response.status().as_u16() {
                    #(#arms)*
                    _ => {
                        #(#attempts)*
                        ::std::result::Result::Err(crate::Error::undocumented_answer())
                    }
                }
            }
        }
    }
}

fn expand_read(content: &Content) -> TokenStream {
    match content.kind {
        ContentKind::Json(_) => quote!(response.json()),
        ContentKind::Text => quote!(response.text()),
        ContentKind::Binary => quote!(response.bytes()),
    }
}

fn expand_arm(name: &Ident, variant: &StatusVariant) -> TokenStream {
    let pattern = match variant.status {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        StatusPattern::Class(_) | StatusPattern::Default => return TokenStream::new(),
    };
    let value = expand_variant_value(name, variant);
    quote!(#pattern => #value,)
}

fn expand_variant_value(name: &Ident, variant: &StatusVariant) -> TokenStream {
    let variant_name = ident(&variant.name);
    match &variant.content {
        Some(content) => {
            let read = expand_read(content);
            quote!(#read.map(#name::#variant_name))
        }
        None => quote!(response.empty().map(|()| #name::#variant_name)),
    }
}

/// What an answer with an undocumented success status is tried as.
fn expand_attempt(name: &Ident, variant: &StatusVariant) -> TokenStream {
    let Some(content) = &variant.content else {
        return TokenStream::new();
    };
    let variant_name = ident(&variant.name);
    let read = expand_read(content);
    quote! {
        if let ::std::result::Result::Ok(value) = #read {
            return ::std::result::Result::Ok(#name::#variant_name(value));
        }
    }
}

/// The enum of answers that differ by status.
pub(super) fn expand_by_status(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let Output::ByStatus {
        type_name,
        variants,
    } = &operation.output
    else {
        return None;
    };
    let name = ident(type_name);
    let about = format!(
        "What [`{}`] returns: answers that differ by status.",
        operation.type_name
    );
    let variants = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = docs(
            &variant.docs,
            &format!("The answer `{}`.", variant.name),
            &[],
        );
        let content = variant.content.as_ref().map(|content| {
            let value = content_type(api, content);
            quote!((#value))
        });
        quote!(#docs #name #content)
    });
    Some(quote! {
        #[doc = #about]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    })
}

/// How further pages are asked for.
pub(super) fn expand_paginated(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let parameter = operation.parameters.get(pagination.page_parameter)?;
    let name = ident(&operation.type_name);
    let item = type_ref(api, &pagination.item);
    let field = ident(&parameter.name);
    let wire_name = text(&parameter.wire_name);
    let number = type_ref(api, &parameter.type_ref);
    let value = if parameter.required {
        quote!(<#number>::from(page))
    } else {
        quote!(::std::option::Option::Some(<#number>::from(page)))
    };
    let next_page = expand_optional_text(pagination.next_page_header.as_deref());
    let total = expand_optional_text(pagination.total_header.as_deref());
    let total_pages = expand_optional_text(pagination.total_pages_header.as_deref());
    let link = expand_optional_text(pagination.link_header.as_deref());
    Some(quote! {
        impl<C> page::Paginated for #name<C> {
            type Item = #item;

            const PAGINATION: &'static page::PaginationInfo = &page::PaginationInfo {
                page_parameter: #wire_name,
                next_page_header: #next_page,
                total_header: #total,
                total_pages_header: #total_pages,
                link_header: #link,
            };

            fn set_page(&mut self, page: crate::PageToken) {
                self.#field = #value;
            }
        }
    })
}
