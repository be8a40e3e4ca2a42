//! What the response to a request that replaces a credential tells of it. Believes none that does not look like the server's own: filters,
//! gateways and portals respond in the server's place, with any status, before a request arrives or after it was carried out.
//!
//! Judges; sends and remembers nothing.

use http::StatusCode;

use crate::runtime::call::response::HttpResponse;
use crate::runtime::error::{Error, ErrorKind, Execution};
use crate::runtime::replacement::Replacing;
use crate::runtime::replacement::effect::{new_secret, object};
use crate::runtime::replacement::info::CredentialEffect;

/// The response, where the new secret is in it. Nothing else shows that the request was carried out: what is cut off need not be the
/// server's, so it ends in an error that keeps it.
pub(crate) fn success(
    call: &Replacing,
    effect: &CredentialEffect,
    response: HttpResponse,
) -> Result<HttpResponse, Error> {
    let place = match effect.secret {
        Some(place) if new_secret(effect, response.body()).is_none() => place,
        _ => return Ok(response),
    };
    let detail = format!(
        "the status says that the server acted, and the response holds no new secret at `{place}`"
    );
    Err(Error::new(ErrorKind::Decode, detail)
        .with_execution(Execution::Unknown, call.idempotent)
        .with_response(response.head(), response.body().clone()))
}

/// How far a request got that failed so.
pub(crate) fn failure(effect: &CredentialEffect, error: &Error) -> Execution {
    match (error.execution(), error.status()) {
        (Execution::NotExecuted, Some(status)) if !is_error_response(status, error) => {
            Execution::Unknown
        }
        (Execution::Executed, _) if new_secret(effect, error.body()).is_none() => {
            Execution::Unknown
        }
        (execution, _) => execution,
    }
}

/// Whether the server itself says that it did nothing. Whoever limits the rate does so before anything is done, in whatever words.
fn is_error_response(status: StatusCode, error: &Error) -> bool {
    let is_said = || error.message().is_some() || error.code().is_some();
    status == StatusCode::TOO_MANY_REQUESTS
        || status.is_client_error() && object(error.body()).is_some() && is_said()
}
