//! Records: a plain struct, its constructor, and a line for each field for the runtime's macro.

use proc_macro2::TokenStream;
use quote::quote;

use super::input::{expect_placeholders, member_type};
use super::{
    Input, member_input, mode, placeholder_arguments, signature, too_many_arguments, type_docs,
};
use crate::emit::format::{Item, Table};
use crate::emit::text::{code, member_remarks};
use crate::emit::tokens::{deprecated, docs, expect_deprecated, ident, literal, text};
use crate::model::{Api, Field, FieldPresence, Record, TypeDef, TypeRef};

pub(super) fn expand(api: &Api, definition: &TypeDef, record: &Record) -> Vec<Item> {
    let mut items = vec![Item::Type(expand_struct(api, definition, record))];
    if definition.is_built_by_callers() {
        items.push(Item::Code(expand_constructor(api, definition, record)));
        items.extend(expand_default(definition, record).map(Item::Code));
    }
    items.push(Item::Table(table(api, definition, record)));
    items
}

fn expand_struct(api: &Api, definition: &TypeDef, record: &Record) -> TokenStream {
    let name = ident(&definition.name);
    let docs = type_docs(definition);
    let fields = record.fields.iter().map(|field| expand_field(api, field));
    let additional = record
        .additional
        .iter()
        .map(|field| expand_additional(api, field));
    let default = record.has_plain_default().then(|| quote!(, Default));
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
        &format!("The member {}.", code(&field.wire_name)),
        &member_remarks(api, field),
    );
    let deprecated = deprecated(field.deprecated);
    let field_type = field_type(api, field);
    quote! {
        #docs
        #deprecated
        pub #name: #field_type
    }
}

fn expand_additional(api: &Api, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs(
        &field.docs,
        "The members without a field of their own.",
        &[],
    );
    let value = member_type(api, &field.type_ref);
    quote! {
        #docs
        pub #name: ::std::collections::BTreeMap<::std::string::String, #value>
    }
}

/// Expands the type of a field: the value's, wrapped by what may be missing of it.
fn field_type(api: &Api, field: &Field) -> TokenStream {
    let value = member_type(api, &field.type_ref);
    match field.presence {
        FieldPresence::Required | FieldPresence::Defaulted(_) | FieldPresence::OmittedWhenEmpty => {
            value
        }
        FieldPresence::RequiredNullable | FieldPresence::Optional => {
            quote!(::std::option::Option<#value>)
        }
        FieldPresence::OptionalNullable => {
            quote!(::std::option::Option<crate::Nullable<#value>>)
        }
    }
}

fn expand_constructor(api: &Api, definition: &TypeDef, record: &Record) -> TokenStream {
    let name = ident(&definition.name);
    let inputs: Vec<Input> = record
        .constructor_fields()
        .map(|field| member_input(api, field))
        .collect();
    let (generics, arguments) = signature(&inputs);
    let values = record
        .fields
        .iter()
        .map(|field| expand_initial(api, field, &inputs));
    let additional = record.additional.iter().map(|field| {
        let name = ident(&field.name);
        quote!(#name: ::std::collections::BTreeMap::new(),)
    });
    let expectations = [
        too_many_arguments(inputs.len()),
        placeholder_arguments(&inputs),
        expect_deprecated(record.has_deprecated_fields()),
    ];
    let about = if inputs.is_empty() {
        " Creates a value with every field at its default."
    } else {
        " Creates a value from its required fields, with every other field at its default."
    };
    quote! {
        impl #name {
            #[doc = #about]
            #(#expectations)*
            #[must_use]
            pub fn new #generics(#(#arguments),*) -> Self {
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
        (None, FieldPresence::Defaulted(default)) => {
            let value = literal(api, default);
            quote!(#name: #value)
        }
        (None, _) => quote!(#name: ::std::option::Option::None),
    }
}

/// Expands `Default`, where it can't be derived because the document has defaults of its own.
fn expand_default(definition: &TypeDef, record: &Record) -> Option<TokenStream> {
    let name = ident(&definition.name);
    (record.has_default() && !record.has_plain_default()).then(|| {
        quote! {
            impl ::std::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

fn table(api: &Api, definition: &TypeDef, record: &Record) -> Table {
    let name = ident(&definition.name);
    let mode = mode(definition);
    let lines = record.fields.iter().map(|field| expand_line(api, field));
    let additional = record.additional.iter().map(|field| {
        let name = ident(&field.name);
        let codec = expand_codec(api, &field.type_ref);
        quote!(..#name #codec;)
    });
    // Only what reads a record has variables for its fields.
    let is_read = !definition.holds_files();
    let has_placeholder = record
        .fields
        .iter()
        .any(|field| field.name.is_placeholder());
    let expectations = [
        expect_placeholders(is_read && has_placeholder),
        expect_deprecated(record.has_deprecated_fields()),
    ];
    Table {
        name: "record",
        head: quote!(#name: #mode),
        lines: lines.chain(additional).collect(),
        expectation: expectations.into_iter().flatten().reduce(|mut all, next| {
            all.extend(next);
            all
        }),
    }
}

fn expand_line(api: &Api, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let wire_name = text(&field.wire_name);
    let presence = expand_presence(api, &field.presence);
    let codec = expand_codec(api, &field.type_ref);
    quote!(#name: #wire_name, #presence #codec;)
}

fn expand_presence(api: &Api, presence: &FieldPresence) -> TokenStream {
    match presence {
        FieldPresence::Required => quote!(required),
        FieldPresence::RequiredNullable => quote!(required_nullable),
        FieldPresence::Optional => quote!(optional),
        FieldPresence::OptionalNullable => quote!(optional_nullable),
        FieldPresence::OmittedWhenEmpty => quote!(omitted_when_empty),
        FieldPresence::Defaulted(default) => {
            let value = literal(api, default);
            quote!(defaulted(#value))
        }
    }
}

/// Expands the module of the runtime that reads the value, where its own `Deserialize` does not.
fn expand_codec(api: &Api, reference: &TypeRef) -> Option<TokenStream> {
    api.holds_times(reference).then(|| quote!(as time))
}
