//! Asks the server whether a credential still lives, and notes in its account what it says. Replaces nothing.

use std::sync::Arc;

use crate::runtime::credential_effect::{IdentitySource, is_settled};
use crate::runtime::error::Error;
use crate::runtime::execute::Call;
use crate::runtime::ledger::{Account, Life};
use crate::runtime::operation::{
    CredentialEffect, Method, OperationInfo, RetryClass, SecurityRequirement,
};
use crate::runtime::options::RequestOptions;
use crate::runtime::request::HttpRequest;
use crate::runtime::response::HttpResponse;
use crate::runtime::trace::Span;

/// What the server says of a credential.
pub(crate) enum Asked {
    Lives,
    Ended,
    Unclear(Error),
}

/// Asks the server whether a credential still lives, and notes what it says.
pub(crate) async fn ask(call: &Call, effect: &CredentialEffect, account: &Account) -> Asked {
    let asked_at = call.shared.timer.now();
    let concerned_by = account.lock().concerned_by();
    let ledger = &call.shared.ledger;
    let identities = IdentitySource::of(effect).or_else(|| ledger.identities());
    let lives = |identity| {
        let life = Life {
            asked_at,
            concerned_by,
            identity,
        };
        ledger.lives(account, life);
        Asked::Lives
    };
    let answer = match effect.check_path {
        Some(path) => check(call, path, account).await,
        None => Err(Error::credential(
            "not sent: whether the credential was replaced is not known, and there is no way to ask",
        )),
    };
    match answer {
        Ok(response) => lives(identities.map(|source| source.of_checked(effect, &response))),
        Err(error) if is_settled(effect, &error) => {
            account.lock().ended();
            Asked::Ended
        }
        Err(error) if proves_life(&error) => lives(identities.map(|_| None)),
        Err(error) => Asked::Unclear(error),
    }
}

/// Whether the server refuses for a reason that it only finds after it has accepted the credential: it is of the wrong kind, or lacks a
/// permission. Both in the API's own words, since a proxy knows nothing of credentials.
fn proves_life(error: &Error) -> bool {
    match error.status().map(|status| status.as_u16()) {
        Some(400) => error.message().is_some(),
        Some(403) => error.code().is_some(),
        _ => false,
    }
}

async fn check(call: &Call, path: &'static str, account: &Account) -> Result<HttpResponse, Error> {
    let request = HttpRequest::on_path(&CHECK, path);
    let options = RequestOptions::new().auth(account.credential().auth().clone());
    let call = Call::new(
        Arc::clone(&call.shared),
        request,
        options,
        Span::operation(&HttpRequest::on_path(&CHECK, path), &call.shared.base_url),
    )?;
    // Not the operation that was to replace.
    call.run()
        .await
        .map_err(|error| error.in_operation(CHECK.name))
}

/// The operation that tells whether a credential lives; its path is the API's.
static CHECK: OperationInfo = OperationInfo {
    id: "check",
    name: "credential.check",
    method: Method::Get,
    path: "",
    accept: Some("application/json"),
    security: SecurityRequirement::Required,
    retry: RetryClass::Idempotent,
    secret: false,
    credential_effect: None,
};
