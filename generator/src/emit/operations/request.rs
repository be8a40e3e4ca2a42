//! How an operation makes its request and reads its response.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{info, output};
use crate::emit::tokens::{ident, name_of, text};
use crate::model::{
    Api, Body, BodyMediaType, Group, MemberSerialization, Operation, Parameter, ParameterLocation,
    ParameterStyle,
};

pub(super) fn expand_operation(api: &Api, group: &Group, operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    let output = output::expand_type(api, operation);
    let info = info::expand_info(group, operation);
    let guard = info::expand_guard(api, operation);
    let request = expand_request(operation);
    let decode = output::expand_decode(api, operation);
    quote! {
        impl<C> crate::runtime::call::Operation for #name<C> {
            type Output = #output;

            const INFO: &'static crate::runtime::api::operation::OperationInfo = #info;

            #guard

            fn request(&self) -> ::std::result::Result<crate::runtime::encode::request::HttpRequest, crate::Error> {
                #request
            }

            fn decode(
                response: crate::runtime::call::response::HttpResponse,
            ) -> ::std::result::Result<Self::Output, crate::Error> {
                #decode
            }
        }
    }
}

fn expand_request(operation: &Operation) -> TokenStream {
    let parameters: Vec<TokenStream> = operation.parameters.iter().map(expand_parameter).collect();
    let body = operation.body.as_ref().map(expand_body);
    let new = quote!(crate::runtime::encode::request::HttpRequest::new(
        Self::INFO
    ));
    if parameters.is_empty() && body.is_none() {
        return quote!(::std::result::Result::Ok(#new));
    }
    quote! {
        let mut request = #new;
        #(#parameters)*
        #body
        ::std::result::Result::Ok(request)
    }
}

fn expand_parameter(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name);
    let wire_name = text(&parameter.wire_name);
    let format = (!parameter.has_default_format()).then(|| expand_format(parameter));
    let format = format.iter();
    let method = method(parameter);
    quote!(request.#method(#wire_name, #(#format,)* &self.#name)?;)
}

/// Returns the method that adds a parameter: one for OpenAPI's default format, and one that takes a format.
fn method(parameter: &Parameter) -> Ident {
    let method = match parameter.location {
        ParameterLocation::Path => "path_parameter",
        ParameterLocation::Query => "query_parameter",
        ParameterLocation::Header => "header_parameter",
        ParameterLocation::Cookie => "cookie_parameter",
    };
    if parameter.has_default_format() {
        name_of(method)
    } else {
        name_of(&format!("{method}_as"))
    }
}

fn expand_format(parameter: &Parameter) -> TokenStream {
    let style = match parameter.json {
        true => quote!(Json),
        false => expand_style(parameter.style),
    };
    expand_format_of(&style, parameter.explode, parameter.allow_reserved)
}

fn expand_format_of(style: &TokenStream, explode: bool, allow_reserved: bool) -> TokenStream {
    let style = quote!(crate::runtime::encode::format::Style::#style);
    quote! {
        crate::runtime::encode::format::Format {
            style: #style,
            explode: #explode,
            allow_reserved: #allow_reserved,
        }
    }
}

fn expand_style(style: ParameterStyle) -> TokenStream {
    match style {
        ParameterStyle::Matrix => quote!(Matrix),
        ParameterStyle::Label => quote!(Label),
        ParameterStyle::Form => quote!(Form),
        ParameterStyle::Simple => quote!(Simple),
        ParameterStyle::SpaceDelimited => quote!(SpaceDelimited),
        ParameterStyle::PipeDelimited => quote!(PipeDelimited),
        ParameterStyle::TabDelimited => quote!(TabDelimited),
        ParameterStyle::DeepObject => quote!(DeepObject),
    }
}

/// Expands the members of a form with their formats.
fn expand_member_formats(body: &Body) -> TokenStream {
    let members = body.formats.iter().map(|member| {
        let name = text(&member.wire_name);
        let format = match &member.serialization {
            MemberSerialization::Style {
                style,
                explode,
                allow_reserved,
            } => expand_format_of(&expand_style(*style), *explode, *allow_reserved),
            MemberSerialization::Json(_) | MemberSerialization::ContentType(_) => {
                expand_format_of(&quote!(Json), true, false)
            }
        };
        quote!((#name, #format))
    });
    quote!(&[#(#members),*])
}

/// Expands the members of a multipart form with the formats of their parts.
fn expand_part_formats(body: &Body) -> TokenStream {
    let members = body.formats.iter().map(|member| {
        let name = text(&member.wire_name);
        let format = match &member.serialization {
            MemberSerialization::Style {
                style: ParameterStyle::DeepObject,
                ..
            } => quote!(DeepObject),
            MemberSerialization::Style { explode: true, .. } => quote!(Exploded),
            MemberSerialization::Style { style, .. } => {
                let delimiter = text(style.delimiter());
                quote!(Joined(#delimiter))
            }
            MemberSerialization::Json(content_type) => {
                let content_type = text(content_type);
                quote!(Json(#content_type))
            }
            MemberSerialization::ContentType(content_type) => {
                let content_type = text(content_type);
                quote!(ContentType(#content_type))
            }
        };
        quote!((#name, crate::runtime::encode::multipart::PartFormat::#format))
    });
    quote!(&[#(#members),*])
}

fn expand_body(body: &Body) -> TokenStream {
    if body.required {
        return expand_body_call(body, &quote!(&self.body), &quote!(self.body.clone()));
    }
    let call = expand_body_call(body, &quote!(body), &quote!(body.clone()));
    quote! {
        if let ::std::option::Option::Some(body) = &self.body {
            #call
        }
    }
}

fn expand_body_call(body: &Body, borrowed: &TokenStream, owned: &TokenStream) -> TokenStream {
    let content_type = text(&body.content_type);
    match body.media_type {
        BodyMediaType::Json => quote!(request.json_body(#content_type, #borrowed)?;),
        BodyMediaType::Form if body.formats.is_empty() => {
            quote!(request.form_body(#content_type, #borrowed)?;)
        }
        BodyMediaType::Form => {
            let formats = expand_member_formats(body);
            quote!(request.form_body_as(#content_type, #formats, #borrowed)?;)
        }
        BodyMediaType::Multipart if body.formats.is_empty() => {
            quote!(request.multipart_body(#borrowed)?;)
        }
        BodyMediaType::Multipart => {
            let formats = expand_part_formats(body);
            quote!(request.multipart_body_as(#formats, #borrowed)?;)
        }
        BodyMediaType::Text => quote!(request.text_body(#content_type, #owned)?;),
        BodyMediaType::Binary => quote!(request.bytes_body(#content_type, #owned)?;),
    }
}
