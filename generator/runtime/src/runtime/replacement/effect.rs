//! What is known of operations that end a credential: whose it is, and which responses prove that it ended, or that it is active. Sends
//! nothing.

use serde_json::Value;

use crate::runtime::call::response::HttpResponse;
use crate::runtime::error::Error;
use crate::runtime::replacement::info::{CredentialEffect, CredentialTarget, ResponsePattern};

/// Whether this error response proves that the credential of the request has ended.
pub(crate) fn is_settled(effect: &CredentialEffect, error: &Error) -> bool {
    effect
        .settled
        .is_some_and(|settled| matches(&settled, error))
}

/// Whether this response of the check operation proves that the credential is active.
pub(crate) fn shows_active(effect: &CredentialEffect, response: &HttpResponse) -> bool {
    object(response.body()).is_some_and(|body| match effect.active.member {
        Some(pointer) => body.pointer(pointer) == Some(&Value::Bool(true)),
        None => true,
    })
}

/// Whether this error response of the check operation proves that the credential is active.
pub(crate) fn error_shows_active(effect: &CredentialEffect, error: &Error) -> bool {
    let mut error_responses = effect.active.error_responses.iter();
    error_responses.any(|error_response| matches(error_response, error))
}

/// Whether this error response is told by the pattern, in a JSON object: a text or a page is not the API's.
fn matches(pattern: &ResponsePattern, error: &Error) -> bool {
    let status = error.status().map(|status| status.as_u16());
    status == Some(pattern.status)
        && pattern.code.is_none_or(|code| error.code() == Some(code))
        && pattern.message.is_none_or(|beginning| {
            error
                .message()
                .is_some_and(|message| message.starts_with(beginning))
        })
        && object(error.body()).is_some()
}

/// What such responses hold at the most, in bytes. Parsed, a document takes many times its length.
const MAX_RESPONSE: usize = 1024 * 1024;

/// The JSON object that a body is, unless it is larger than any such response.
pub(crate) fn object(body: &[u8]) -> Option<Value> {
    if body.len() > MAX_RESPONSE {
        return None;
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let value: Value = serde_json::from_slice(body).ok()?;
    value.is_object().then_some(value)
}

/// Whether a body begins as such an object and does not end as one.
pub(crate) fn is_cut(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{") && object(body).is_none()
}

/// The new secret in the body of the response to an operation that replaces a credential.
pub(crate) fn new_secret(effect: &CredentialEffect, body: &[u8]) -> Option<String> {
    let body = object(body)?;
    let secret = body.pointer(effect.secret?)?.as_str()?;
    Some(secret.to_owned()).filter(|secret| !secret.is_empty())
}

/// Where responses tell the identity of a credential, as it stands in a path.
#[derive(Clone, Copy)]
pub(crate) struct IdentitySource {
    check_path: &'static str,
    pointer: &'static str,
}

impl IdentitySource {
    /// What this operation says of it.
    pub(crate) fn of(effect: &CredentialEffect) -> Option<Self> {
        let CredentialTarget::Parameter {
            identity: Some(pointer),
            ..
        } = effect.target
        else {
            return None;
        };
        Some(Self {
            check_path: effect.check_path?,
            pointer,
        })
    }

    /// The identity in the response of an operation's check.
    pub(crate) fn of_checked(
        self,
        effect: &CredentialEffect,
        response: &HttpResponse,
    ) -> Option<String> {
        (effect.check_path == Some(self.check_path))
            .then(|| self.read(response))
            .flatten()
    }

    /// The identity of the new credential in the response of an operation that replaces one: where it stands beside the secret, as a
    /// credential and its secret do.
    pub(crate) fn of_new(
        self,
        effect: &CredentialEffect,
        response: &HttpResponse,
    ) -> Option<String> {
        let is_beside = parent(effect.secret?) == parent(self.pointer);
        let is_same_kind = effect.check_path == Some(self.check_path);
        (is_beside && is_same_kind)
            .then(|| self.read(response))
            .flatten()
    }

    fn read(self, response: &HttpResponse) -> Option<String> {
        let body = object(response.body())?;
        match body.pointer(self.pointer)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

fn parent(pointer: &str) -> Option<&str> {
    pointer.rsplit_once('/').map(|(parent, _)| parent)
}
