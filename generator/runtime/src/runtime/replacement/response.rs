//! Evaluates the response to a request that replaces a credential.
//!
//! Only responses that look like the server's own are trusted. Filters, gateways and portals respond in place of the server with any
//! status, before a request arrives or after it was executed.

use http::StatusCode;

use crate::runtime::call::response::HttpResponse;
use crate::runtime::decode::secret_member;
use crate::runtime::error::{Error, ErrorKind, Execution};
use crate::runtime::replacement::Replacing;
use crate::runtime::replacement::effect::new_secret;
use crate::runtime::replacement::info::CredentialEffect;

/// Returns the response if it contains the new secret, which alone proves that the request was executed. Otherwise returns an error that
/// keeps the body, which may not come from the server.
pub(crate) fn success(
    call: &Replacing,
    effect: &CredentialEffect,
    response: HttpResponse,
) -> Result<HttpResponse, Error> {
    let place = match effect.secret {
        Some(place) if new_secret(effect, response.body()).is_none() => place,
        _ => return Ok(response),
    };
    let detail = if secret_member::find(response.body(), place).is_some() {
        "the status is a success, but the response is not a complete JSON object".to_owned()
    } else {
        format!("the status is a success, but the response contains no new secret at `{place}`")
    };
    Err(Error::new(ErrorKind::Decode, detail)
        .with_execution(Execution::Unknown, call.idempotent)
        .with_response(response.head(), response.body().clone()))
}

/// Returns whether a request that failed with this error was executed.
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

/// Returns whether the server itself reports that it did nothing. A rate limit applies before anything is done, whatever the body contains.
fn is_error_response(status: StatusCode, error: &Error) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status.is_client_error() && error.is_from_api()
}
