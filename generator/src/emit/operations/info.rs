//! What is known of an operation before it is called, as a constant.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::diagnostic::Pointer;
use crate::emit::tokens::text;
use crate::model::{
    Api, CredentialEffect, CredentialStatusInfo, CredentialTarget, ErrorResponse, Group, Guard,
    HttpMethod, Operation, ResponsePattern, RetryClass, SecurityRequirement, StatusPattern,
};

pub(super) fn expand_info(group: &Group, operation: &Operation) -> TokenStream {
    let id = text(&operation.id);
    let name = text(&format!("{}.{}", group.name, operation.name));
    let method = expand_method(operation.method);
    let path = text(&operation.path);
    let accept = expand_optional_text(operation.accept.as_deref());
    let security = expand_security(operation.security);
    let retry = expand_retry(operation.retry);
    let secret = operation.carries_secret;
    let new_secret = expand_new_secret(operation.new_secret.as_ref());
    let advice = operation.errors.iter().filter_map(expand_advice);
    quote! {
        &crate::runtime::api::operation::OperationInfo {
            id: #id,
            name: #name,
            method: #method,
            path: #path,
            accept: #accept,
            security: #security,
            retry: #retry,
            secret: #secret,
            new_secret: #new_secret,
            error_advice: &[#(#advice),*],
        }
    }
}

/// Expands the secret at this JSON pointer of a response.
fn expand_new_secret(pointer: Option<&Pointer>) -> TokenStream {
    let Some(pointer) = pointer.map(|pointer| text(pointer.as_str())) else {
        return quote!(::std::option::Option::None);
    };
    quote! {
        ::std::option::Option::Some(crate::runtime::decode::secret_member::at(#pointer))
    }
}

/// Expands the advice for one status. A range of statuses has none.
fn expand_advice(error: &ErrorResponse) -> Option<TokenStream> {
    let StatusPattern::Code(status) = error.status else {
        return None;
    };
    let status = proc_macro2::Literal::u16_unsuffixed(status);
    let advice = text(error.advice.as_deref()?);
    Some(quote! {
        crate::runtime::api::operation::ErrorAdvice { status: #status, text: #advice }
    })
}

/// Expands the guard of the operation's calls, where it has one.
pub(super) fn expand_guard(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let (guard, effect) = match operation.guard(&api.credential_status)? {
        Guard::Replaces(effect) => (quote!(crate::runtime::replacement::Replaces), effect),
        Guard::Revokes(effect) => (
            quote!(crate::runtime::replacement::revocation::Revokes),
            effect,
        ),
    };
    let effect = expand_effect(operation, effect);
    // A constant of its own reads better than a struct inside of two calls.
    Some(quote! {
        const GUARD: ::std::option::Option<&'static dyn crate::runtime::call::guard::Guard> = {
            const EFFECT: crate::runtime::replacement::info::CredentialEffect = #effect;
            Some(&#guard(EFFECT))
        };
    })
}

fn expand_method(method: HttpMethod) -> TokenStream {
    let name = match method {
        HttpMethod::Get => "GET",
        HttpMethod::Put => "PUT",
        HttpMethod::Post => "POST",
        HttpMethod::Delete => "DELETE",
        HttpMethod::Options => "OPTIONS",
        HttpMethod::Head => "HEAD",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Trace => "TRACE",
        HttpMethod::Query => "QUERY",
    };
    let name = Ident::new(name, Span::call_site());
    quote!(&::http::Method::#name)
}

fn expand_security(security: SecurityRequirement) -> TokenStream {
    let variant = match security {
        SecurityRequirement::Required => quote!(Required),
        SecurityRequirement::Optional => quote!(Optional),
        SecurityRequirement::Anonymous => quote!(Anonymous),
    };
    quote!(crate::runtime::api::operation::SecurityRequirement::#variant)
}

fn expand_retry(retry: RetryClass) -> TokenStream {
    let variant = match retry {
        RetryClass::Idempotent => quote!(Idempotent),
        RetryClass::NonIdempotent => quote!(NonIdempotent),
    };
    quote!(crate::runtime::api::operation::RetryClass::#variant)
}

fn expand_effect(operation: &Operation, effect: &CredentialEffect) -> TokenStream {
    let target = expand_target(operation, &effect.target);
    let secret = expand_optional_pointer(effect.secret.as_ref());
    quote! {
        crate::runtime::replacement::info::CredentialEffect {
            target: #target,
            secret: #secret,
            status: &crate::client::CREDENTIAL_STATUS,
        }
    }
}

fn expand_target(operation: &Operation, target: &CredentialTarget) -> TokenStream {
    let path = quote!(crate::runtime::replacement::info::CredentialTarget);
    match target {
        CredentialTarget::Caller => quote!(#path::Caller),
        CredentialTarget::Parameter(parameter) => {
            let name = operation
                .parameters
                .get(*parameter)
                .map_or("", |parameter| &parameter.wire_name);
            quote!(#path::Parameter(#name))
        }
    }
}

/// Expands what the guards of all operations know of the status of a credential.
pub(in crate::emit) fn expand_credential_status(status: &CredentialStatusInfo) -> TokenStream {
    let check_path = expand_optional_text(status.check_path.as_deref());
    let identity = expand_optional_pointer(status.identity.as_ref());
    let ended = expand_optional(status.ended.as_ref().map(expand_pattern));
    let active_member = expand_optional_pointer(status.active_member.as_ref());
    let active_error_responses = status.active_error_responses.iter().map(expand_pattern);
    quote! {
        pub(crate) static CREDENTIAL_STATUS: crate::runtime::replacement::info::CredentialStatusInfo =
            crate::runtime::replacement::info::CredentialStatusInfo {
                check_path: #check_path,
                identity: #identity,
                ended: #ended,
                active_member: #active_member,
                active_error_responses: &[#(#active_error_responses),*],
            };
    }
}

fn expand_pattern(response: &ResponsePattern) -> TokenStream {
    let status = proc_macro2::Literal::u16_unsuffixed(response.status);
    let code = expand_optional_text(response.code.as_deref());
    let message = expand_optional_text(response.message.as_deref());
    quote! {
        crate::runtime::replacement::info::ResponsePattern {
            status: #status,
            code: #code,
            message: #message,
        }
    }
}

/// Expands `Some(…)` or `None`.
pub(in crate::emit) fn expand_optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
        None => quote!(::std::option::Option::None),
    }
}

fn expand_optional_pointer(pointer: Option<&Pointer>) -> TokenStream {
    expand_optional_text(pointer.map(Pointer::as_str))
}

/// Expands a text that may be missing.
pub(in crate::emit) fn expand_optional_text(value: Option<&str>) -> TokenStream {
    expand_optional(value.map(|value| {
        let value = text(value);
        quote!(#value)
    }))
}
