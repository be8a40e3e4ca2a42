//! The struct that a client's accessor returns, with a method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{builder, example, remarks};
use crate::emit::Config;
use crate::emit::tokens::{deprecated, docs, ident};
use crate::emit::types::too_many_arguments;
use crate::model::{Api, Group, Operation};

pub(super) fn expand_accessor(group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let docs = docs(
        &group.docs,
        &format!("The operations of the group `{}`.", group.tag),
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
    let methods = group
        .operations
        .iter()
        .map(|operation| expand_method(api, config, group, operation));
    quote! {
        impl<C: ::std::clone::Clone> #name<C> {
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
    let mut paragraphs = remarks::of_operation(api, operation);
    paragraphs.push(example::of_operation(api, config, group, operation));
    let docs = docs(
        &operation.docs,
        &format!("Sends `{}`.", remarks::http_line(operation)),
        &paragraphs,
    );
    let deprecated = deprecated(operation.deprecated);
    let inputs = builder::required_inputs(api, operation);
    let arguments = inputs.iter().map(|input| &input.argument);
    let values = inputs.iter().map(|input| &input.value);
    let expectation = too_many_arguments(inputs.len() + 1);
    quote! {
        #docs
        #deprecated
        #expectation
        pub fn #name(&self, #(#arguments),*) -> #type_name<C> {
            #type_name::new(self.client.clone(), #(#values),*)
        }
    }
}
