//! How callers pass a value: what an argument accepts, and how it becomes the field's value.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{ident, type_ref};
use crate::model::{Api, Identifier, InputShape, TypeRef};

/// An argument of a function.
pub(in crate::emit) struct Input {
    /// Its name.
    pub(in crate::emit) name: Identifier,
    /// `name: type`.
    pub(in crate::emit) argument: TokenStream,
    /// The field's value, made from the argument.
    pub(in crate::emit) value: TokenStream,
    /// Whether the value is the argument itself.
    pub(in crate::emit) is_plain: bool,
}

/// The argument for a value of this type.
pub(in crate::emit) fn input(
    api: &Api,
    name: &Identifier,
    reference: &TypeRef,
    nullable: bool,
) -> Input {
    let argument = ident(name);
    let whole = type_ref(api, reference);
    let (accepted, value, is_plain) = match (nullable, api.input_shape(reference)) {
        (true, _) => (
            quote!(::std::option::Option<#whole>),
            quote!(#argument),
            true,
        ),
        (false, InputShape::Plain) => (whole, quote!(#argument), true),
        (false, InputShape::Into) => (
            quote!(impl ::std::convert::Into<#whole>),
            quote!(#argument.into()),
            false,
        ),
        (false, InputShape::Items(item)) => {
            let item = type_ref(api, item);
            (
                quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item>>),
                quote!(#argument.into_iter().map(::std::convert::Into::into).collect()),
                false,
            )
        }
    };
    Input {
        name: name.clone(),
        argument: quote!(#argument: #accepted),
        value,
        is_plain,
    }
}

/// Says that a function has as many arguments as the API requires inputs, where clippy would complain.
pub(in crate::emit) fn too_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| {
        quote!(#[expect(clippy::too_many_arguments, reason = "the API requires as many inputs")])
    })
}
