//! What must be true of the requests that replace the credential they carry: after one that did, or may have, no other leaves with the
//! same credential before the server itself has said, late enough, that it is still active.

use std::collections::HashMap;
use std::time::Duration;

use gitlab_pat::http::Method;
use gitlab_pat::testing::RecordedRequest;
use serde_json::Value;

use crate::responses::Response;
use crate::time::REPLACEMENT_COOLDOWN;

/// What came of an earlier request with a credential.
#[derive(Clone, Copy, Debug)]
enum CredentialStatus {
    Replaced,
    /// It left then, and what became of it is not known.
    Doubtful(Duration),
    /// It was rejected, in words that others know as well.
    Rejected,
}

/// Goes over the requests in the order in which they left.
pub(crate) fn check(requests: &[RecordedRequest], responses: &[Response], sent_at: &[Duration]) {
    let mut statuses: HashMap<&str, CredentialStatus> = HashMap::new();
    for (index, (request, at)) in requests.iter().zip(sent_at).enumerate() {
        let Some(token) = request.header("PRIVATE-TOKEN") else {
            continue;
        };
        // A request without a response fails, and whether it arrived is not known.
        let response = responses.get(index);
        let path = request.uri().path();
        if *request.method() == Method::GET {
            let is_late = match statuses.get(token) {
                None | Some(CredentialStatus::Replaced) => false,
                Some(CredentialStatus::Doubtful(left)) => *at >= *left + REPLACEMENT_COOLDOWN,
                Some(CredentialStatus::Rejected) => true,
            };
            if is_late && response.is_some_and(may_show_that_it_is_active) {
                statuses.remove(token);
            }
        } else if path.ends_with("/rotate") {
            if let Some(status) = statuses.get(token) {
                panic!("sent at {at:?} with a credential that is {status:?}");
            }
            if path.ends_with("/self/rotate")
                && let Some(status) = status_after(response, *at)
            {
                statuses.insert(token, status);
            }
        }
    }
}

/// What such a response leaves a credential in that was to be replaced; none where certainly nothing happened to it.
fn status_after(response: Option<&Response>, sent_at: Duration) -> Option<CredentialStatus> {
    let doubtful = Some(CredentialStatus::Doubtful(sent_at));
    let Some(response) = response else {
        return doubtful;
    };
    if response.status == 429 || response.is_unsent() {
        return None;
    }
    let has = |name| is_there(response, name);
    match response.status {
        200..300 if is_plain(response) && has("token") => Some(CredentialStatus::Replaced),
        408 => doubtful,
        400..500 if has("error") || has("message") || has("error_description") => {
            Some(CredentialStatus::Rejected)
        }
        _ => doubtful,
    }
}

/// Whether a response can be the server's, to a request with an active credential.
fn may_show_that_it_is_active(response: &Response) -> bool {
    if response.is_opaque() {
        return true;
    }
    let Some(body) = object(response) else {
        return false;
    };
    match response.status {
        200..300 => body.get("active") == Some(&Value::Bool(true)),
        400 => body.to_string().contains("This endpoint requires"),
        403 => body.to_string().contains("insufficient_"),
        _ => false,
    }
}

/// Whether the body arrives as it is and whole.
fn is_plain(response: &Response) -> bool {
    !response.gzip && !response.is_opaque() && !response.unfinished
}

fn is_there(response: &Response, name: &str) -> bool {
    response.is_opaque()
        || object(response).is_some_and(|body| body.get(name).is_some_and(has_text))
}

/// A text that says something, or what holds some.
fn has_text(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn object(response: &Response) -> Option<Value> {
    let body = response.body.as_slice();
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let value: Value = serde_json::from_slice(body).ok()?;
    value.is_object().then_some(value)
}
