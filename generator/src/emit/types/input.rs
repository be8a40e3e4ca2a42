//! How callers pass a value: what an argument accepts, and how it becomes the field's value.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::tokens::{ident, type_ref};
use crate::model::{Api, Field, FieldPresence, Identifier, InputShape, Parameter, TypeRef};

/// An argument of a function.
pub(in crate::emit) struct Input {
    /// Its name.
    pub(in crate::emit) name: Identifier,
    /// What the function accepts.
    accepted: Accepted,
    /// The value, made from the argument.
    pub(in crate::emit) value: TokenStream,
    /// Whether the value is the argument itself.
    pub(in crate::emit) is_plain: bool,
}

/// The types of an argument.
enum Accepted {
    /// This type, or `impl` of a trait.
    One(TokenStream),
    /// Any list of items of this type, whose kind is a parameter of the function.
    List(TokenStream),
}

/// Expands the generic parameters of a function with these inputs, and its arguments as `name: type`.
pub(in crate::emit) fn signature(inputs: &[Input]) -> (Option<TokenStream>, Vec<TokenStream>) {
    let is_list = |input: &&Input| matches!(input.accepted, Accepted::List(_));
    let count = inputs.iter().filter(is_list).count();
    let kinds: Vec<Ident> = (1..=count).map(|number| list_kind(number, count)).collect();
    let mut next = kinds.iter();
    let arguments = inputs.iter().map(|input| {
        let name = ident(&input.name);
        match &input.accepted {
            Accepted::One(accepted) => quote!(#name: #accepted),
            Accepted::List(item) => {
                let kind = next.next();
                quote!(#name: impl crate::IntoList<#item, #kind>)
            }
        }
    });
    let arguments = arguments.collect();
    let generics = (!kinds.is_empty()).then(|| quote!(<#(#kinds),*>));
    (generics, arguments)
}

/// Returns the name of the parameter for the kind of a list.
fn list_kind(number: usize, count: usize) -> Ident {
    if count == 1 {
        format_ident!("{LIST_KIND}")
    } else {
        format_ident!("{LIST_KIND}{number}")
    }
}

/// What the names of these parameters begin with; no type has such a name (`lower/names/reserved.rs`).
const LIST_KIND: &str = "L";

/// Returns the argument for a parameter.
pub(in crate::emit) fn parameter_input(api: &Api, parameter: &Parameter) -> Input {
    input(api, &parameter.name, &parameter.type_ref, &type_ref)
}

/// Returns the argument for a body as a whole.
pub(in crate::emit) fn body_input(api: &Api, name: &Identifier, reference: &TypeRef) -> Input {
    input(api, name, reference, &type_ref)
}

/// Returns the argument for a member of a record. It may be absent or null where the caller must be able to express that.
pub(in crate::emit) fn member_input(api: &Api, field: &Field) -> Input {
    let name = ident(&field.name);
    let whole = member_type(api, &field.type_ref);
    match field.presence {
        FieldPresence::RequiredNullable => {
            plain(&field.name, quote!(::std::option::Option<#whole>))
        }
        FieldPresence::OptionalNullable => {
            let accepted = quote!(impl ::std::convert::Into<crate::Nullable<#whole>>);
            converted(&field.name, accepted, quote!(#name.into()))
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
        InputShape::Plain => plain(name, whole),
        InputShape::Into => converted(
            name,
            quote!(impl ::std::convert::Into<#whole>),
            quote!(#argument.into()),
        ),
        InputShape::Items(item) if item.is_copy() => {
            let item = expand(api, item);
            let accepted = quote!(impl ::std::iter::IntoIterator<Item = #item>);
            converted(name, accepted, quote!(#argument.into_iter().collect()))
        }
        InputShape::Items(item) => {
            let item = expand(api, item);
            Input {
                name: name.clone(),
                accepted: Accepted::List(item),
                value: quote!(crate::IntoList::into_list(#argument)),
                is_plain: false,
            }
        }
    }
}

fn plain(name: &Identifier, accepted: TokenStream) -> Input {
    let argument = ident(name);
    Input {
        name: name.clone(),
        accepted: Accepted::One(accepted),
        value: quote!(#argument),
        is_plain: true,
    }
}

fn converted(name: &Identifier, accepted: TokenStream, value: TokenStream) -> Input {
    Input {
        name: name.clone(),
        accepted: Accepted::One(accepted),
        value,
        is_plain: false,
    }
}

/// Expects clippy's lint for arguments with names of examples.
pub(in crate::emit) fn placeholder_arguments(inputs: &[Input]) -> Option<TokenStream> {
    let has_placeholder = inputs.iter().any(|input| input.name.is_placeholder());
    expect_placeholders(has_placeholder)
}

/// Expects clippy's lint for names of examples.
pub(super) fn expect_placeholders(has_placeholder: bool) -> Option<TokenStream> {
    has_placeholder
        .then(|| quote!(#[expect(clippy::disallowed_names, reason = "the API has these names")]))
}

/// Expects clippy's lint for a function with as many arguments as the API requires inputs.
pub(in crate::emit) fn too_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the API requires them")]))
}

/// Expands the type of a value inside a record, where bytes are a file of a form.
pub(super) fn member_type(api: &Api, reference: &TypeRef) -> TokenStream {
    match reference {
        TypeRef::Binary => quote!(crate::Upload),
        TypeRef::Array(inner) if inner.is_binary() => {
            let inner = member_type(api, inner);
            quote!(::std::vec::Vec<#inner>)
        }
        other => type_ref(api, other),
    }
}
