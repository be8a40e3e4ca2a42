//! What an operation returns, and how it is read from a response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::info::{expand_optional, expand_optional_text};
use crate::emit::tokens::{docs, ident, text, type_ref};
use crate::emit::types::large_variants;
use crate::model::{Api, Content, ContentKind, Operation, Output, StatusPattern, StatusVariant};

/// Expands the type of a call's result.
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

/// Expands the body of `decode`.
pub(super) fn expand_decode(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::Empty => quote!(response.empty()),
        Output::Content(content) => expand_read(api, content),
        Output::Optional(content) => match content.kind {
            ContentKind::Json(ref reference) if api.holds_times(reference) => quote! {
                response.json_or_none().map(|value| value.map(crate::runtime::decode::time::Decoded::into_inner))
            },
            ContentKind::Json(_) => quote!(response.json_or_none()),
            ContentKind::Text | ContentKind::Binary => {
                let read = expand_read(api, content);
                quote!(#read.map(::std::option::Option::Some))
            }
        },
        Output::Page(item) if api.holds_times(item) => quote! {
            response.page_with(
                <Self as crate::runtime::page::Paginated>::PAGINATION,
                crate::runtime::decode::time::Decoded::into_inner,
            )
        },
        Output::Page(_) => {
            quote!(response.page(<Self as crate::runtime::page::Paginated>::PAGINATION))
        }
        Output::ByStatus { type_name, .. } => {
            let name = ident(type_name);
            quote!(#name::read(&response))
        }
    }
}

/// Reads the response by its status; one with an undocumented status as the first variant that fits.
fn expand_match(api: &Api, variants: &[StatusVariant]) -> TokenStream {
    let arms = variants
        .iter()
        .filter_map(|variant| expand_arm(api, variant));
    let otherwise = match variants
        .iter()
        .find(|variant| !matches!(variant.status, StatusPattern::Code(_)))
    {
        Some(variant) => {
            let value = expand_value(api, variant);
            quote!(::std::result::Result::Ok(#value))
        }
        None => expand_attempts(api, variants),
    };
    quote! {
        match response.status().as_u16() {
            #(#arms)*
            _ => #otherwise,
        }
    }
}

fn expand_arm(api: &Api, variant: &StatusVariant) -> Option<TokenStream> {
    let StatusPattern::Code(code) = variant.status else {
        return None;
    };
    let code = Literal::u16_unsuffixed(code);
    let value = expand_value(api, variant);
    Some(quote!(#code => ::std::result::Result::Ok(#value),))
}

fn expand_value(api: &Api, variant: &StatusVariant) -> TokenStream {
    let name = ident(&variant.name);
    let content = variant.content.as_ref().map(|content| {
        let read = expand_read(api, content);
        quote!((#read?))
    });
    quote!(Self::#name #content)
}

/// Tries the variants that hold something, one after the other. The last that is left is what the response must be.
fn expand_attempts(api: &Api, variants: &[StatusVariant]) -> TokenStream {
    let (mut candidates, empty): (Vec<_>, Vec<_>) = variants
        .iter()
        .partition(|variant| variant.content.is_some());
    candidates.extend(empty.first());
    let last = candidates.pop().map(|last| expand_value(api, last));
    let attempts = candidates
        .into_iter()
        .filter_map(|variant| expand_attempt(api, variant));
    quote!({
        #(#attempts)*
        ::std::result::Result::Ok(#last)
    })
}

fn expand_attempt(api: &Api, variant: &StatusVariant) -> Option<TokenStream> {
    let read = expand_read(api, variant.content.as_ref()?);
    let name = ident(&variant.name);
    Some(quote! {
        if let ::std::result::Result::Ok(value) = #read {
            return ::std::result::Result::Ok(Self::#name(value));
        }
    })
}

fn expand_read(api: &Api, content: &Content) -> TokenStream {
    match &content.kind {
        ContentKind::Json(reference) if api.holds_times(reference) => quote! {
            response.json().map(crate::runtime::decode::time::Decoded::into_inner)
        },
        ContentKind::Json(_) => quote!(response.json()),
        ContentKind::Text => quote!(response.text()),
        ContentKind::Binary => quote!(response.bytes()),
    }
}

/// Expands the enum of responses that differ by status.
pub(super) fn expand_by_status(api: &Api, operation: &Operation) -> Option<[TokenStream; 2]> {
    let Output::ByStatus {
        type_name,
        variants,
    } = &operation.output
    else {
        return None;
    };
    let read = expand_match(api, variants);
    let name = ident(type_name);
    let about = format!(
        " The result of [`{}`], with a variant for each status.",
        operation.type_name
    );
    let contents = variants
        .iter()
        .filter_map(|variant| variant.content.as_ref()?.type_ref());
    let allowance = api.has_uneven_variants(contents).then(large_variants);
    let variants = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = docs(
            &variant.docs,
            &format!("The response `{}`.", variant.name),
            &[],
        );
        let content = variant.content.as_ref().map(|content| {
            let value = content_type(api, content);
            quote!((#value))
        });
        quote!(#docs #name #content)
    });
    let definition = quote! {
        #[doc = #about]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #allowance
        pub enum #name {
            #(#variants,)*
        }
    };
    let reader = quote! {
        impl #name {
            fn read(
                response: &crate::runtime::call::response::HttpResponse,
            ) -> ::std::result::Result<Self, crate::Error> {
                #read
            }
        }
    };
    Some([definition, reader])
}

/// Expands the description of how further pages are requested.
pub(super) fn expand_paginated(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let parameter = operation.parameters.get(pagination.page_parameter)?;
    let name = ident(&operation.type_name);
    let item = type_ref(api, &pagination.item);
    let field = ident(&parameter.name);
    let wire_name = text(&parameter.wire_name);
    let value = if parameter.required {
        quote!(page.into())
    } else {
        quote!(::std::option::Option::Some(page.into()))
    };
    let first_page = Literal::u32_unsuffixed(pagination.first_page);
    let next_page = expand_optional_text(pagination.next_page_header.as_deref());
    let page = expand_optional_text(pagination.page_header.as_deref());
    let page_size = expand_optional_text(pagination.page_size_header.as_deref());
    let total = expand_optional_text(pagination.total_header.as_deref());
    let total_pages = expand_optional_text(pagination.total_pages_header.as_deref());
    let link = expand_optional_text(pagination.link_header.as_deref());
    let may_guess = pagination.may_guess;
    let past_end_status = expand_optional(pagination.past_end_status.map(|status| {
        let status = Literal::u16_unsuffixed(status);
        quote!(#status)
    }));
    Some(quote! {
        impl<C> crate::runtime::page::Paginated for #name<C> {
            type Item = #item;

            const PAGINATION: &'static crate::runtime::page::PaginationInfo = &crate::runtime::page::PaginationInfo {
                page_parameter: #wire_name,
                first_page: #first_page,
                next_page_header: #next_page,
                page_header: #page,
                page_size_header: #page_size,
                total_header: #total,
                total_pages_header: #total_pages,
                link_header: #link,
                may_guess: #may_guess,
                past_end_status: #past_end_status,
            };

            fn set_page(&mut self, page: crate::pagination::PageToken) {
                self.#field = #value;
            }
        }
    })
}
