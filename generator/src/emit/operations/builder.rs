//! The builder struct of an operation: its fields, its constructor and its setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::remarks;
use crate::emit::tokens::{deprecated, docs, ident, named, type_ref};
use crate::emit::types::{Input, input, too_many_arguments};
use crate::model::{Api, Body, BodyInput, Field, Operation, Parameter, Presence, Record, TypeId};

pub(super) fn expand_struct(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    let docs = docs(
        &operation.docs,
        &format!("Sends `{}`.", remarks::http_line(operation)),
        &[format!("`{}`", remarks::http_line(operation))],
    );
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
            call: call::Call<C>,
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
    let value = body_type(api, body);
    if body.required {
        quote!(body: #value)
    } else {
        quote!(body: ::std::option::Option<#value>)
    }
}

fn body_type(api: &Api, body: &Body) -> TokenStream {
    match &body.input {
        BodyInput::Flattened { record } => named(api, *record),
        BodyInput::Argument {
            type_ref: reference,
            ..
        } => type_ref(api, reference),
    }
}

/// What a call cannot do without: parameters, then the body or its members.
pub(super) fn required_inputs(api: &Api, operation: &Operation) -> Vec<Input> {
    let parameters = operation
        .required_parameters()
        .map(|parameter| input(api, &parameter.name, &parameter.type_ref, false));
    parameters
        .chain(
            operation
                .body
                .iter()
                .flat_map(|body| body_inputs(api, body)),
        )
        .collect()
}

fn body_inputs(api: &Api, body: &Body) -> Vec<Input> {
    match &body.input {
        _ if !body.required => Vec::new(),
        BodyInput::Argument { name, type_ref } => vec![input(api, name, type_ref, false)],
        BodyInput::Flattened { record } => api
            .record(*record)
            .into_iter()
            .flat_map(Record::constructor_fields)
            .map(|field| {
                input(
                    api,
                    &field.name,
                    &field.type_ref,
                    field.presence == Presence::RequiredNullable,
                )
            })
            .collect(),
    }
}

/// The constructor, the setters and `options`.
pub(super) fn expand_setters(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    let constructor = expand_constructor(api, operation);
    let parameters = operation
        .optional_parameters()
        .map(|parameter| expand_parameter_setter(api, parameter));
    let body = operation
        .body
        .iter()
        .flat_map(|body| expand_body_setters(api, body));
    quote! {
        impl<C> #name<C> {
            #constructor
            #(#parameters)*
            #(#body)*

            /// What this call does differently from the client.
            pub fn options(mut self, options: crate::RequestOptions) -> Self {
                self.call.options = options;
                self
            }
        }
    }
}

fn expand_constructor(api: &Api, operation: &Operation) -> TokenStream {
    let required = operation.required_parameters().map(|parameter| {
        let name = ident(&parameter.name);
        let value = type_ref(api, &parameter.type_ref);
        quote!(#name: #value)
    });
    let optional = operation.optional_parameters().map(|parameter| {
        let name = ident(&parameter.name);
        quote!(#name: ::std::option::Option::None,)
    });
    let names = operation.required_parameters().map(|parameter| {
        let name = ident(&parameter.name);
        quote!(#name,)
    });
    let body_arguments = operation
        .body
        .iter()
        .flat_map(|body| body_constructor_arguments(api, body));
    let body_value = operation
        .body
        .as_ref()
        .map(|body| expand_body_value(api, body));
    let expectation = too_many_arguments(required_inputs(api, operation).len() + 1);
    quote! {
        #expectation
        fn new(client: C, #(#required,)* #(#body_arguments),*) -> Self {
            Self {
                call: call::Call::new(client),
                #(#names)*
                #(#optional)*
                #body_value
            }
        }
    }
}

fn body_constructor_arguments(api: &Api, body: &Body) -> Vec<TokenStream> {
    match &body.input {
        _ if !body.required => Vec::new(),
        BodyInput::Argument {
            type_ref: reference,
            ..
        } => {
            let value = type_ref(api, reference);
            vec![quote!(body: #value)]
        }
        BodyInput::Flattened { record } => constructor_fields(api, *record)
            .map(|field| {
                let name = ident(&field.name);
                let value = super::super::types::stored_type(api, field);
                quote!(#name: #value)
            })
            .collect(),
    }
}

fn expand_body_value(api: &Api, body: &Body) -> TokenStream {
    match &body.input {
        _ if !body.required => quote!(body: ::std::option::Option::None,),
        BodyInput::Argument { .. } => quote!(body,),
        BodyInput::Flattened { record } => {
            let path = named(api, *record);
            let names = constructor_fields(api, *record).map(|field| ident(&field.name));
            quote!(body: #path::new(#(#names),*),)
        }
    }
}

fn constructor_fields(api: &Api, record: TypeId) -> impl Iterator<Item = &Field> {
    api.record(record)
        .into_iter()
        .flat_map(Record::constructor_fields)
}

fn expand_parameter_setter(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let docs = docs(
        &parameter.docs,
        &format!("Sets the parameter `{}`.", parameter.wire_name),
        &parameter.remarks(),
    );
    let deprecated = deprecated(parameter.deprecated);
    let Input {
        argument, value, ..
    } = input(api, &parameter.name, &parameter.type_ref, false);
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #argument) -> Self {
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
            let docs = docs(&body.docs, "Sets the body.", &[]);
            let Input {
                argument, value, ..
            } = input(api, name, type_ref, false);
            vec![quote! {
                #docs
                pub fn #setter(mut self, #argument) -> Self {
                    self.body = ::std::option::Option::Some(#value);
                    self
                }
            }]
        }
        BodyInput::Flattened { record } => {
            let path = named(api, *record);
            api.setter_fields(*record, body.required)
                .map(|field| expand_member_setter(api, body, &path, field))
                .collect()
        }
    }
}

fn expand_member_setter(
    api: &Api,
    body: &Body,
    record: &TokenStream,
    field: &Field,
) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs(
        &field.docs,
        &format!("Sets the member `{}`.", field.wire_name),
        &field.remarks(),
    );
    let nullable = field.presence == Presence::OptionalNullable;
    let Input {
        argument, value, ..
    } = input(api, &field.name, &field.type_ref, nullable);
    let value = match field.presence {
        Presence::OptionalNullable => {
            quote!(::std::option::Option::Some(crate::Nullable::from(#value)))
        }
        Presence::Optional | Presence::RequiredNullable => {
            quote!(::std::option::Option::Some(#value))
        }
        Presence::Required | Presence::Defaulted(_) | Presence::OmittedWhenEmpty => value,
    };
    let target = if body.required {
        quote!(let body = &mut self.body;)
    } else {
        quote!(let body = self.body.get_or_insert_with(#record::new);)
    };
    quote! {
        #docs
        pub fn #name(mut self, #argument) -> Self {
            #target
            body.#name = #value;
            self
        }
    }
}

/// The methods that run the operation.
pub(super) fn expand_forwards(operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    match operation.pagination {
        Some(_) => quote!(crate::paginated_operation!(#name);),
        None => quote!(crate::operation!(#name);),
    }
}
