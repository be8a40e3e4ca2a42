//! The effects of operations that end a credential: the credential that they affect, and the responses that prove that it ended or is
//! active.

use serde_json::Value;

use crate::runtime::call::response::HttpResponse;
use crate::runtime::decode::secret_member;
use crate::runtime::error::Error;
use crate::runtime::error::class::is_object;
use crate::runtime::redact::secret::Secret;
use crate::runtime::replacement::info::{CredentialEffect, ResponsePattern};

/// Returns whether an error response proves that the credential of the request has ended.
pub(crate) fn has_ended(effect: &CredentialEffect, error: &Error) -> bool {
    let ended = effect.status.ended;
    ended.is_some_and(|ended| matches(&ended, error))
}

/// Returns whether a response of the check operation proves that the credential is active.
pub(crate) fn shows_active(effect: &CredentialEffect, response: &HttpResponse) -> bool {
    object(response.body()).is_some_and(|body| match effect.status.active_member {
        Some(pointer) => body.pointer(pointer) == Some(&Value::Bool(true)),
        None => true,
    })
}

/// Returns whether an error response of the check operation proves that the credential is active.
pub(crate) fn error_shows_active(effect: &CredentialEffect, error: &Error) -> bool {
    let mut error_responses = effect.status.active_error_responses.iter();
    error_responses.any(|error_response| matches(error_response, error))
}

/// Returns whether an error response matches the pattern. Its body must be a JSON object, since texts and pages do not come from the API.
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

/// The maximum size of a response about a credential's status in bytes. A parsed document takes many times its size.
const MAX_RESPONSE: usize = 1024 * 1024;

/// Parses a body as a JSON object. Returns `None` if it is larger than any such response.
pub(crate) fn object(body: &[u8]) -> Option<Value> {
    if body.len() > MAX_RESPONSE {
        return None;
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let value: Value = serde_json::from_slice(body).ok()?;
    value.is_object().then_some(value)
}

/// Returns whether a body begins like a JSON object but does not end like one.
pub(crate) fn is_cut(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{") && object(body).is_none()
}

/// Returns the new secret in the response to an operation that replaces a credential. The response is complete, and of any size.
pub(crate) fn new_secret(effect: &CredentialEffect, body: &[u8]) -> Option<Secret> {
    let place = effect.secret.filter(|_| is_object(body))?;
    secret_member::find(body, place)
}

/// Returns the identity in the response of the check operation.
pub(crate) fn identity(effect: &CredentialEffect, response: &HttpResponse) -> Option<String> {
    let body = object(response.body())?;
    match body.pointer(effect.status.identity?)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the identity of the new credential in the response to a replacement. It is a sibling of the secret.
pub(crate) fn new_identity(effect: &CredentialEffect, response: &HttpResponse) -> Option<String> {
    let is_beside = parent(effect.secret?) == parent(effect.status.identity?);
    is_beside.then(|| identity(effect, response)).flatten()
}

fn parent(pointer: &str) -> Option<&str> {
    pointer.rsplit_once('/').map(|(parent, _)| parent)
}
