//! Checks with the server whether a credential is active, and records the result in its entry.

use std::sync::Arc;

use http::header::{AGE, CACHE_CONTROL};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::runtime::api::operation::{OperationInfo, RetryClass, SecurityRequirement};
use crate::runtime::call::execute::{Exchange, kept_body};
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::call::trace::Span;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, ErrorKind, is_transient};
use crate::runtime::replacement::Replacing;
use crate::runtime::replacement::effect::{
    error_shows_active, has_ended, identity, is_cut, shows_active,
};
use crate::runtime::replacement::info::{CredentialEffect, CredentialTarget};
use crate::runtime::replacement::registry::{ActiveStatus, Entry};

/// The result of a check.
pub(crate) enum Check {
    Active,
    Inactive,
    Inconclusive(Error),
}

impl Check {
    /// Returns whether retrying is pointless: the response is complete, inconclusive, not transient and not cached.
    pub(crate) fn is_retry_pointless(&self) -> bool {
        let Self::Inconclusive(error) = self else {
            return false;
        };
        let is_whole = matches!(
            error.kind(),
            ErrorKind::Status | ErrorKind::Redirect | ErrorKind::Credential
        );
        let stays = |status: StatusCode| !is_transient(status) && !status.is_server_error();
        is_whole
            && !is_cut(error.body())
            && error.status().is_some_and(stays)
            && !is_stored(error.headers())
    }
}

/// Checks with the server whether a credential is active, and records the result.
pub(crate) async fn check(call: &Replacing, effect: &CredentialEffect, entry: &Entry) -> Check {
    let checked_at = call.shared.timer.now();
    let suspected = entry.lock().suspected();
    let registry = &call.registry;
    let is_named = matches!(effect.target, CredentialTarget::Parameter(_));
    // If a response has no identity, this is recorded as well, so that it is not requested again.
    let identity = |response: Option<&HttpResponse>| {
        let is_expected = effect.status.identity.is_some() || is_named;
        is_expected.then(|| response.and_then(|response| identity(effect, response)))
    };
    let active = |identity| {
        let status = ActiveStatus {
            checked_at,
            suspected,
            identity,
        };
        registry.mark_active(entry, status);
        Check::Active
    };
    let response = match effect.status.check_path {
        Some(path) => send_check(call, path, entry).await,
        None => Err(Error::credential(
            "not sent: it is unknown whether the credential was replaced, and the API has no operation to check it",
        )),
    };
    match response {
        Ok(response) if !shows_active(effect, &response) || is_stored(response.headers()) => {
            Check::Inconclusive(inconclusive(&response))
        }
        Ok(response) => match identity(Some(&response)) {
            Some(Some(other)) if entry.lock().is_another(&other) => {
                Check::Inconclusive(inconclusive(&response))
            }
            identity => active(identity),
        },
        Err(error) if is_stored(error.headers()) => Check::Inconclusive(error),
        Err(error) if has_ended(effect, &error) => {
            entry.lock().ended();
            Check::Inactive
        }
        Err(error) if error_shows_active(effect, &error) => active(identity(None)),
        Err(error) => Check::Inconclusive(error),
    }
}

/// Returns whether the response comes from a cache (RFC 9111, section 5.1) and may be outdated. Some caches add an age of 0 to a new
/// response.
fn is_stored(headers: &HeaderMap) -> bool {
    headers
        .get_all(AGE)
        .iter()
        .any(|age| age.as_bytes() != b"0")
}

/// Creates the error of a call that is not sent because the check was inconclusive, for example if a proxy's login page was returned.
fn inconclusive(response: &HttpResponse) -> Error {
    Error::credential(
        "not sent: the response to a check does not prove whether the credential is active",
    )
    .in_operation(CHECK.name)
    .with_response(
        response.head(),
        kept_body(response.body().clone(), CHECK.secret),
    )
}

async fn send_check(
    call: &Replacing,
    path: &'static str,
    entry: &Entry,
) -> Result<HttpResponse, Error> {
    let mut request = HttpRequest::on_path(&CHECK, path);
    // A shared cache may not know that the credential's header makes a response private, and a stale response may be outdated.
    let no_cache = HeaderValue::from_static("no-cache");
    request.headers_mut().insert(CACHE_CONTROL, no_cache);
    // The check needs the same headers as the call to reach the server, except for those about caches.
    let mut headers = call.options.headers.clone();
    headers.remove(CACHE_CONTROL);
    let options = RequestOptions {
        headers,
        auth: Some(entry.credential().auth().clone()),
        guard_flags: 0,
        max_response_size: None,
        ..call.options.clone()
    };
    let span = Span::operation(&request, &call.shared.base_url);
    let call = Exchange::new(
        Arc::clone(&call.shared),
        request,
        options,
        None,
        span.clone(),
    );
    let response = span.run(async { call?.run().await }).await;
    span.record(&response);
    // Not the operation that replaces the credential.
    response.map_err(|error| error.in_operation(CHECK.name))
}

/// The operation that checks whether a credential is active. Its path comes from the API.
static CHECK: OperationInfo = OperationInfo {
    id: "check",
    name: "credential.check",
    method: &Method::GET,
    path: "",
    accept: Some("application/json"),
    security: SecurityRequirement::Required,
    retry: RetryClass::Idempotent,
    secret: false,
    new_secret: None,
    error_advice: &[],
};
