//! How callers pass a value: what an argument accepts, and how it becomes the field's value.

use proc_macro2::TokenStream;
use quote::quote;

use super::record::member_type;
use crate::emit::tokens::{ident, type_ref};
use crate::model::{Api, Field, Identifier, InputShape, Parameter, Presence, TypeRef};

/// An argument of a function.
pub(in crate::emit) struct Input {
    /// Its name.
    pub(in crate::emit) name: Identifier,
    /// `name: type`.
    pub(in crate::emit) argument: TokenStream,
    /// The value, made from the argument.
    pub(in crate::emit) value: TokenStream,
    /// Whether the value is the argument itself.
    pub(in crate::emit) is_plain: bool,
}

/// The argument for a parameter.
pub(in crate::emit) fn parameter_input(api: &Api, parameter: &Parameter) -> Input {
    input(api, &parameter.name, &parameter.type_ref, &type_ref)
}

/// The argument for a body as a whole.
pub(in crate::emit) fn body_input(api: &Api, name: &Identifier, reference: &TypeRef) -> Input {
    input(api, name, reference, &type_ref)
}

/// The argument for a member of a record. What it may lack besides a value is part of the argument where a call must say it.
pub(in crate::emit) fn member_input(api: &Api, field: &Field) -> Input {
    let name = ident(&field.name);
    let whole = member_type(api, &field.type_ref);
    match field.presence {
        Presence::RequiredNullable => plain(&field.name, &quote!(::std::option::Option<#whole>)),
        Presence::OptionalNullable => {
            let accepted = quote!(impl ::std::convert::Into<crate::Nullable<#whole>>);
            converted(&field.name, &accepted, quote!(#name.into()))
        }
        _ => input(api, &field.name, &field.type_ref, &member_type),
    }
}

fn input(
    api: &Api,
    name: &Identifier,
    reference: &TypeRef,
    expand: &dyn Fn(&Api, &TypeRef) -> TokenStream,
) -> Input {
    let argument = ident(name);
    let whole = expand(api, reference);
    match api.input_shape(reference) {
        InputShape::Plain => plain(name, &whole),
        InputShape::Into => converted(
            name,
            &quote!(impl ::std::convert::Into<#whole>),
            quote!(#argument.into()),
        ),
        InputShape::Items(item) if item.is_copy() => {
            let item = expand(api, item);
            let accepted = quote!(impl ::std::iter::IntoIterator<Item = #item>);
            converted(name, &accepted, quote!(#argument.into_iter().collect()))
        }
        InputShape::Items(item) => {
            let item = expand(api, item);
            let accepted =
                quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item>>);
            converted(
                name,
                &accepted,
                quote!(#argument.into_iter().map(::std::convert::Into::into).collect()),
            )
        }
    }
}

fn plain(name: &Identifier, accepted: &TokenStream) -> Input {
    let argument = ident(name);
    Input {
        name: name.clone(),
        argument: quote!(#argument: #accepted),
        value: quote!(#argument),
        is_plain: true,
    }
}

fn converted(name: &Identifier, accepted: &TokenStream, value: TokenStream) -> Input {
    let argument = ident(name);
    Input {
        name: name.clone(),
        argument: quote!(#argument: #accepted),
        value,
        is_plain: false,
    }
}

/// Says that a function has as many arguments as the API requires inputs, where clippy would complain.
pub(in crate::emit) fn too_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the API requires them")]))
}
