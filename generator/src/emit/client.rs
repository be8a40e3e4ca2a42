//! What a client knows of its API, and its accessors.

use proc_macro2::TokenStream;
use quote::quote;

use super::Config;
use super::format::{Item, Module};
use super::operations::{expand_credential_status, expand_optional_text};
use super::text::code;
use super::tokens::{docs_after, expect_self_named, ident, text};
use crate::diagnostic::Pointer;
use crate::model::{Api, CredentialPlacement, CredentialScheme, Group, RuntimeFeature};

pub(super) fn module(api: &Api, config: &Config) -> Module {
    let mut items = vec![expand_info(api, config)];
    if api.needs(RuntimeFeature::Replacement) {
        items.push(expand_credential_status(&api.credential_status));
    }
    items.extend(expand_clients(api));
    items.extend(expand_auth(&api.credentials));
    Module {
        about: "The client's accessors, and facts of the API as a whole.".to_owned(),
        items: items.into_iter().map(Item::Code).collect(),
        ..Module::default()
    }
}

fn expand_info(api: &Api, config: &Config) -> TokenStream {
    let name = text(&api.title);
    let version = text(&api.version);
    let package = text(&config.package);
    let base_url = expand_optional_text(api.default_base_url.as_deref());
    let base_path = expand_optional_text(api.base_path.as_deref());
    let message = expand_pointers(&api.error_body.message);
    let code = expand_pointers(&api.error_body.code);
    let required_scopes = expand_pointers(&api.error_body.required_scopes);
    let request_id = expand_texts(&api.response_headers.request_id);
    let rate_limit = &api.response_headers.rate_limit;
    let limit = expand_optional_text(rate_limit.limit.as_deref());
    let remaining = expand_optional_text(rate_limit.remaining.as_deref());
    let observed = expand_optional_text(rate_limit.observed.as_deref());
    let limit_name = expand_optional_text(rate_limit.name.as_deref());
    let reset = expand_optional_text(rate_limit.reset.as_deref());
    let own = api.credentials.iter().filter(|scheme| !scheme.is_companion);
    let described = own.map(|scheme| &scheme.placement);
    let places = described
        .chain(&api.other_credential_places)
        .map(expand_place);
    quote! {
        static API: crate::runtime::api::operation::ApiInfo = crate::runtime::api::operation::ApiInfo {
            name: #name,
            version: #version,
            package: #package,
            package_version: env!("CARGO_PKG_VERSION"),
            default_base_url: #base_url,
            base_path: #base_path,
            error_body: crate::runtime::api::operation::ErrorBodyInfo {
                message: #message,
                code: #code,
                required_scopes: #required_scopes,
            },
            request_id_headers: #request_id,
            rate_limit_headers: crate::runtime::api::operation::RateLimitHeaders {
                limit: #limit,
                remaining: #remaining,
                observed: #observed,
                name: #limit_name,
                reset: #reset,
            },
            credential_places: &[#(#places),*],
        };
    }
}

fn expand_pointers(pointers: &[Pointer]) -> TokenStream {
    let pointers = pointers.iter().map(|pointer| text(pointer.as_str()));
    quote!(&[#(#pointers),*])
}

fn expand_texts(values: &[String]) -> TokenStream {
    let values = values.iter().map(|value| text(value));
    quote!(&[#(#values),*])
}

fn expand_place(placement: &CredentialPlacement) -> TokenStream {
    let place = match placement {
        CredentialPlacement::Header(name) => quote!(Header(#name)),
        CredentialPlacement::Bearer | CredentialPlacement::Basic => quote!(Header("authorization")),
        CredentialPlacement::Query(name) => quote!(Query(#name)),
        CredentialPlacement::Cookie(name) => quote!(Cookie(#name)),
    };
    quote!(crate::runtime::api::operation::CredentialPlace::#place)
}

fn expand_clients(api: &Api) -> Vec<TokenStream> {
    let accessors: Vec<TokenStream> = api.groups.iter().map(expand_accessor).collect();
    let registry = api
        .needs(RuntimeFeature::Replacement)
        .then(|| quote!(.with_credential_registry()));
    vec![
        quote! {
            impl crate::Client {
                /// Creates a builder for a client.
                pub fn builder() -> crate::ClientBuilder {
                    crate::ClientBuilder::new(&API)#registry
                }

                #(#accessors)*
            }
        },
        quote! {
            #[cfg(feature = "blocking")]
            impl crate::blocking::Client {
                /// Creates a builder for a client.
                pub fn builder() -> crate::blocking::ClientBuilder {
                    crate::blocking::ClientBuilder::for_api(&API)#registry
                }

                #(#accessors)*
            }
        },
    ]
}

fn expand_accessor(group: &Group) -> TokenStream {
    let name = ident(&group.name);
    let type_name = ident(&group.type_name);
    let docs = docs_after(
        &format!("Returns the operations of the group {}.", code(&group.tag)),
        &group.docs,
        &[],
    );
    quote! {
        #docs
        #[must_use]
        pub fn #name(&self) -> crate::operations::#name::#type_name<Self> {
            crate::operations::#name::#type_name::new(self.clone())
        }
    }
}

fn expand_auth(schemes: &[CredentialScheme]) -> Option<TokenStream> {
    let constructors = schemes.iter().map(expand_constructor);
    (!schemes.is_empty()).then(|| {
        quote! {
            impl crate::Auth {
                #(#constructors)*
            }
        }
    })
}

fn expand_constructor(scheme: &CredentialScheme) -> TokenStream {
    let name = ident(&scheme.name);
    let docs = docs_after(
        &format!(
            "Creates a credential of the security scheme {}.",
            code(&scheme.key)
        ),
        &scheme.docs,
        &[],
    );
    let call = match &scheme.placement {
        CredentialPlacement::Header(header) => quote!(Self::header(#header, secret)),
        CredentialPlacement::Bearer => quote!(Self::bearer_token(secret)),
        CredentialPlacement::Basic => quote!(Self::basic(user, secret)),
        CredentialPlacement::Query(parameter) => quote!(Self::query(#parameter, secret)),
        CredentialPlacement::Cookie(cookie) => quote!(Self::cookie(#cookie, secret)),
    };
    let user = matches!(scheme.placement, CredentialPlacement::Basic)
        .then(|| quote!(user: impl ::std::convert::Into<::std::string::String>,));
    let expectation = expect_self_named("Auth", scheme.name.as_str());
    quote! {
        #docs
        #expectation
        #[must_use]
        pub fn #name(#user secret: impl ::std::convert::Into<crate::Secret>) -> Self {
            #call
        }
    }
}
