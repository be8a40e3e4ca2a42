//! The struct that a client's accessor returns, with a method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::remarks;
use crate::emit::text::code;
use crate::emit::tokens::{deprecated, docs, docs_then, expect_self_named, ident, named};
use crate::emit::types::{
    Input, body_input, member_input, parameter_input, placeholder_arguments, signature,
    too_many_arguments,
};
use crate::emit::{Config, example};
use crate::model::{Api, Body, BodyInput, Group, Operation, Parameter};

pub(super) fn expand_accessor(group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let docs = docs(
        &group.docs,
        &format!("The operations of the group {}.", code(&group.tag)),
        &[],
    );
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct #name<C> {
            client: C,
        }
    }
}

pub(super) fn expand_methods(api: &Api, config: &Config, group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let expectation = expect_self_named(group.type_name.as_str(), "new");
    let methods = group
        .operations
        .iter()
        .map(|operation| expand_method(api, config, group, operation));
    quote! {
        impl<C: ::std::clone::Clone> #name<C> {
            #expectation
            pub(crate) fn new(client: C) -> Self {
                Self { client }
            }

            #(#methods)*
        }
    }
}

fn expand_method(api: &Api, config: &Config, group: &Group, operation: &Operation) -> TokenStream {
    let name = ident(&operation.name);
    let type_name = ident(&operation.type_name);
    let docs = docs_then(
        &operation.docs,
        &format!("Sends `{}`.", remarks::http_line(operation)),
        &remarks::of_method(api, operation),
        &example::of_operation(api, config, group, operation),
    );
    let deprecated = deprecated(operation.deprecated);
    let inputs = required_inputs(api, operation);
    let (generics, arguments) = signature(&inputs);
    let expectations = [
        too_many_arguments(inputs.len() + 1),
        placeholder_arguments(&inputs),
    ];
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| expand_parameter(api, parameter));
    let body = operation.body.as_ref().map(|body| expand_body(api, body));
    quote! {
        #docs
        #deprecated
        #(#expectations)*
        pub fn #name #generics(&self, #(#arguments),*) -> #type_name<C> {
            #type_name {
                call: crate::runtime::call::Call::new(self.client.clone()),
                #(#parameters,)*
                #body
            }
        }
    }
}

/// Returns the required inputs of a call: parameters, then the body or its members.
fn required_inputs(api: &Api, operation: &Operation) -> Vec<Input> {
    let parameters = operation
        .required_parameters()
        .map(|parameter| parameter_input(api, parameter));
    let body = operation
        .body
        .iter()
        .flat_map(|body| body_inputs(api, body));
    parameters.chain(body).collect()
}

fn body_inputs(api: &Api, body: &Body) -> Vec<Input> {
    match &body.input {
        _ if !body.required => Vec::new(),
        BodyInput::Argument { name, type_ref } => vec![body_input(api, name, type_ref)],
        BodyInput::Flattened { record } => api
            .constructor_fields(*record)
            .map(|field| member_input(api, field))
            .collect(),
    }
}

fn expand_parameter(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let input = parameter_input(api, parameter);
    match (parameter.required, input.is_plain) {
        (true, true) => quote!(#name),
        (true, false) => {
            let value = input.value;
            quote!(#name: #value)
        }
        (false, _) => quote!(#name: ::std::option::Option::None),
    }
}

fn expand_body(api: &Api, body: &Body) -> TokenStream {
    match &body.input {
        _ if !body.required => quote!(body: ::std::option::Option::None),
        BodyInput::Argument { name, type_ref } => {
            let input = body_input(api, name, type_ref);
            let value = input.value;
            let is_shorthand = input.is_plain && name.as_str() == "body";
            if is_shorthand {
                quote!(body)
            } else {
                quote!(body: #value)
            }
        }
        BodyInput::Flattened { record } => {
            let path = named(api, *record);
            let names = api
                .constructor_fields(*record)
                .map(|field| ident(&field.name));
            quote!(body: #path::new(#(#names),*))
        }
    }
}
