//! The builder struct of an operation and its setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::remarks;
use crate::emit::text::{code, default_remark};
use crate::emit::tokens::{deprecated, docs_after, expect_deprecated, ident, named, type_ref};
use crate::emit::types::{
    body_input, member_input, parameter_input, placeholder_arguments, signature,
};
use crate::model::{Api, Body, BodyInput, Field, FieldPresence, Group, Operation, Parameter};

pub(super) fn expand_struct(api: &Api, group: &Group, operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    let docs = remarks::of_builder(group, operation);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| expand_parameter(api, parameter));
    let body = operation.body.as_ref().map(|body| expand_body(api, body));
    quote! {
        #docs
        #[derive(Debug, Clone)]
        #[must_use = "an operation does nothing until it is sent"]
        pub struct #name<C> {
            call: crate::runtime::call::Call<C>,
            #(#parameters,)*
            #body
        }
    }
}

fn expand_parameter(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let value = type_ref(api, &parameter.type_ref);
    if parameter.required {
        quote!(#name: #value)
    } else {
        quote!(#name: ::std::option::Option<#value>)
    }
}

fn expand_body(api: &Api, body: &Body) -> TokenStream {
    let value = match &body.input {
        BodyInput::Flattened { record } => named(api, *record),
        BodyInput::Argument {
            type_ref: reference,
            ..
        } => type_ref(api, reference),
    };
    if body.required {
        quote!(body: #value)
    } else {
        quote!(body: ::std::option::Option<#value>)
    }
}

/// Expands the setters and `options`.
pub(super) fn expand_setters(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    let parameters = operation
        .optional_parameters()
        .map(|parameter| expand_parameter_setter(api, parameter));
    let body = operation
        .body
        .iter()
        .flat_map(|body| expand_body_setters(api, body));
    quote! {
        impl<C> #name<C> {
            #(#parameters)*
            #(#body)*

            /// Overrides client options for this call.
            pub fn options(mut self, options: crate::RequestOptions) -> Self {
                self.call.options = options;
                self
            }
        }
    }
}

fn expand_parameter_setter(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let docs = docs_after(
        &format!("Sets the parameter {}.", code(&parameter.wire_name)),
        &parameter.docs,
        &default_remark(api, parameter.default.as_ref()),
    );
    let deprecated = deprecated(parameter.deprecated);
    let input = parameter_input(api, parameter);
    let value = &input.value;
    let inputs = std::slice::from_ref(&input);
    let (generics, arguments) = signature(inputs);
    let placeholder = placeholder_arguments(inputs);
    quote! {
        #docs
        #deprecated
        #placeholder
        pub fn #name #generics(mut self, #(#arguments),*) -> Self {
            self.#name = ::std::option::Option::Some(#value);
            self
        }
    }
}

fn expand_body_setters(api: &Api, body: &Body) -> Vec<TokenStream> {
    match &body.input {
        BodyInput::Argument { .. } if body.required => Vec::new(),
        BodyInput::Argument { name, type_ref } => {
            let setter = ident(name);
            let docs = docs_after("Sets the request body.", &body.docs, &[]);
            let input = body_input(api, name, type_ref);
            let value = &input.value;
            let inputs = std::slice::from_ref(&input);
            let (generics, arguments) = signature(inputs);
            let placeholder = placeholder_arguments(inputs);
            vec![quote! {
                #docs
                #placeholder
                pub fn #setter #generics(mut self, #(#arguments),*) -> Self {
                    self.body = ::std::option::Option::Some(#value);
                    self
                }
            }]
        }
        BodyInput::Flattened { record } => {
            let fields = api.setter_fields(*record, body.required);
            fields
                .map(|field| expand_member_setter(api, field, body.required))
                .collect()
        }
    }
}

fn expand_member_setter(api: &Api, field: &Field, has_body: bool) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs_after(
        &format!("Sets {} in the request body.", code(&field.wire_name)),
        &field.docs,
        &default_remark(api, field.default.as_ref()),
    );
    let deprecated = deprecated(field.deprecated);
    let expectation = expect_deprecated(field.deprecated);
    let input = member_input(api, field);
    let inputs = std::slice::from_ref(&input);
    let (generics, arguments) = signature(inputs);
    let placeholder = placeholder_arguments(inputs);
    let value = match (&input.value, &field.presence) {
        (value, FieldPresence::Optional | FieldPresence::OptionalNullable) => {
            quote!(::std::option::Option::Some(#value))
        }
        (value, _) => value.clone(),
    };
    let assignment = if has_body {
        quote!(self.body.#name = #value;)
    } else {
        quote!(self.body.get_or_insert_default().#name = #value;)
    };
    quote! {
        #docs
        #deprecated
        #expectation
        #placeholder
        pub fn #name #generics(mut self, #(#arguments),*) -> Self {
            #assignment
            self
        }
    }
}
