//! Records: a plain struct, its constructor, and a line for each field for the runtime's macro.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Input, input, mode};
use crate::emit::tokens::{docs, ident, literal, text, type_ref};
use crate::model::{Api, Field, Presence, Record, TypeDef, TypeKind, TypeRef};

pub(super) fn expand(api: &Api, definition: &TypeDef) -> Option<Vec<TokenStream>> {
    let TypeKind::Record(record) = &definition.kind else {
        return None;
    };
    let mut items = vec![expand_struct(api, definition, record)];
    items.extend(
        definition
            .is_built_by_callers()
            .then(|| expand_constructor(api, definition, record)),
    );
    items.push(expand_table(api, definition, record));
    Some(items)
}

fn expand_struct(api: &Api, definition: &TypeDef, record: &Record) -> TokenStream {
    let name = ident(&definition.name);
    let docs = docs(
        &definition.docs,
        &format!("The type `{}`.", definition.name),
        &definition.remarks(),
    );
    let fields = record.fields.iter().map(|field| expand_field(api, field));
    let additional = record
        .additional
        .iter()
        .map(|field| expand_additional(api, field));
    let default = record.has_default().then(|| quote!(, Default));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #(#additional,)*
        }
    }
}

fn expand_field(api: &Api, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs(
        &field.docs,
        &format!("The member `{}`.", field.wire_name),
        &field.remarks(),
    );
    let field_type = field_type(api, field);
    quote! {
        #docs
        pub #name: #field_type
    }
}

fn expand_additional(api: &Api, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs(&field.docs, "The members that no field names.", &[]);
    let value = value_type(api, &field.type_ref);
    quote! {
        #docs
        pub #name: ::std::collections::BTreeMap<::std::string::String, #value>
    }
}

/// The type of a field: the value's, wrapped by what may be missing of it.
pub(in crate::emit) fn field_type(api: &Api, field: &Field) -> TokenStream {
    let value = value_type(api, &field.type_ref);
    match field.presence {
        Presence::Required | Presence::Defaulted(_) | Presence::OmittedWhenEmpty => value,
        Presence::RequiredNullable | Presence::Optional => quote!(::std::option::Option<#value>),
        Presence::OptionalNullable => quote!(::std::option::Option<crate::Nullable<#value>>),
    }
}

/// The type of a value inside a record, where bytes are a file of a form.
fn value_type(api: &Api, reference: &TypeRef) -> TokenStream {
    match reference {
        TypeRef::Binary => quote!(crate::Upload),
        TypeRef::Array(inner) if inner.is_binary() => {
            let inner = value_type(api, inner);
            quote!(::std::vec::Vec<#inner>)
        }
        other => type_ref(api, other),
    }
}

fn expand_constructor(api: &Api, definition: &TypeDef, record: &Record) -> TokenStream {
    let name = ident(&definition.name);
    let inputs: Vec<Input> = record
        .constructor_fields()
        .map(|field| {
            input(
                api,
                &field.name,
                &field.type_ref,
                field.presence == Presence::RequiredNullable,
            )
        })
        .collect();
    let arguments = inputs.iter().map(|input| &input.argument);
    let values = record
        .fields
        .iter()
        .map(|field| expand_initial(api, field, &inputs));
    let additional = record.additional.iter().map(|field| {
        let name = ident(&field.name);
        quote!(#name: ::std::collections::BTreeMap::new(),)
    });
    let expectation = super::input::too_many_arguments(inputs.len());
    quote! {
        impl #name {
            /// A value with the members that are always there; the others are set on it.
            #expectation
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self {
                    #(#values,)*
                    #(#additional)*
                }
            }
        }
    }
}

fn expand_initial(api: &Api, field: &Field, inputs: &[Input]) -> TokenStream {
    let name = ident(&field.name);
    let input = inputs.iter().find(|input| input.name == field.name);
    match (input, &field.presence) {
        (Some(input), _) if input.is_plain => quote!(#name),
        (Some(input), _) => {
            let value = &input.value;
            quote!(#name: #value)
        }
        (None, Presence::Defaulted(default)) => {
            let value = literal(api, default);
            quote!(#name: #value)
        }
        (None, _) => quote!(#name: ::std::option::Option::None),
    }
}

fn expand_table(api: &Api, definition: &TypeDef, record: &Record) -> TokenStream {
    let name = ident(&definition.name);
    let mode = mode(definition);
    let lines = record.fields.iter().map(|field| expand_line(api, field));
    let additional = record.additional.iter().map(|field| {
        let name = ident(&field.name);
        let codec = codec(&field.type_ref);
        quote!(..#name #codec;)
    });
    quote! {
        crate::record! {
            #name: #mode {
                #(#lines)*
                #(#additional)*
            }
        }
    }
}

fn expand_line(api: &Api, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let wire_name = text(&field.wire_name);
    let presence = match &field.presence {
        Presence::Required => quote!(required),
        Presence::RequiredNullable => quote!(required_nullable),
        Presence::Optional => quote!(optional),
        Presence::OptionalNullable => quote!(optional_nullable),
        Presence::OmittedWhenEmpty => quote!(omitted_when_empty),
        Presence::Defaulted(default) => {
            let value = literal(api, default);
            quote!(defaulted(#value))
        }
    };
    let codec = codec(&field.type_ref);
    quote!(#name: #wire_name, #presence #codec;)
}

/// The module of the runtime that reads the value, where its own `Deserialize` does not.
fn codec(reference: &TypeRef) -> Option<TokenStream> {
    let module = format_ident!("time");
    reference.any(&TypeRef::is_time).then(|| quote!(as #module))
}
