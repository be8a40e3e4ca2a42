//! Runs operations that replace a credential, so that no new secret is lost and no replacement ends another's result.
//!
//! Some servers revoke a credential's successors if a request to replace arrives with a credential that has already been replaced, because
//! they treat it as theft. While such a request is in flight, or may still be, no other one is sent with the same credential, nor one that
//! would replace that credential by its name.

pub(crate) mod check;
pub(crate) mod effect;
pub(crate) mod exchange;
pub(crate) mod in_flight;
pub mod info;
pub mod outcome;
pub(crate) mod permit;
pub(crate) mod registry;
pub(crate) mod response;
pub mod revocation;
pub mod settings;
pub(crate) mod single_flight;
pub(crate) mod state;

use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;

use crate::runtime::call::execute::Exchange;
use crate::runtime::call::guard::{ExchangeFuture, Guard};
use crate::runtime::call::response::HttpResponse;
use crate::runtime::credential::auth::Credential;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, ErrorKind, Execution};
use crate::runtime::replacement::check::{Check, check};
use crate::runtime::replacement::effect::{has_ended, new_identity, new_secret};
use crate::runtime::replacement::in_flight::{InFlightGuard, admit, ensure_sendable};
use crate::runtime::replacement::info::{CredentialEffect, CredentialTarget};
use crate::runtime::replacement::outcome::ReplacementOutcome;
use crate::runtime::replacement::permit::Permit;
use crate::runtime::replacement::registry::{CredentialRegistry, Entry, Snapshot};
use crate::runtime::replacement::state::Target;
use crate::runtime::transport::timer::Deadline;
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// The advice to callers if it is unknown whether the caller's own credential was replaced.
const ADVICE: &str = "do not repeat the call: check with the old credential whether it is still active, now and again after some minutes";

/// The same if a successful response arrived.
const ADVICE_AND_BODY: &str = "do not repeat the call: check with the old credential whether it is still active, now and again after some minutes; if it is not, \
the new secret may be in the part of the response that arrived (`Error::body`)";

/// The advice to callers if it is unknown whether the credential that the call names was replaced.
const NAMED_ADVICE: &str = "do not repeat the call: check whether the credential that it names is still active, now and again after some minutes";

/// The same if a successful response arrived.
const NAMED_ADVICE_AND_BODY: &str = "do not repeat the call: check whether the credential that it names is still active, now and again after some minutes; if it is not, \
the new secret may be in the part of the response that arrived (`Error::body`)";

/// The advice to callers if a new secret arrived in an incomplete response.
pub(crate) const CHECK_BEFORE_USE: &str = "do not repeat the call: store the secret that arrived (`Error::new_secret`) and check with it whether it is active; `Error::body` is what arrived";

/// The advice to callers if a response arrived that cannot be decoded.
pub(crate) const IN_BODY: &str =
    "the new secret may be in the part of the response that arrived (`Error::body`)";

/// The advice to callers if the server reports that the credential has ended.
const LOST: &str = "a check found that the credential has ended; if it was replaced, the new secret is lost unless it is in the part of the response that arrived (`Error::body`)";

/// The guard of an operation that replaces a credential.
#[derive(Debug, Clone, Copy)]
pub struct Replaces(pub CredentialEffect);

impl Guard for Replaces {
    fn run(&'static self, mut exchange: Exchange) -> ExchangeFuture {
        // Replacing a credential is never idempotent, whatever the method.
        exchange.idempotent = false;
        Box::pin(async move { run(Replacing::new(exchange)?, &self.0).await })
    }

    fn undecoded(&self, error: Error) -> Error {
        error.with_replacement(ReplacementOutcome::Replaced, Some(IN_BODY))
    }

    fn advice_on_new_secret(&self, error: &Error) -> Option<&'static str> {
        (error.replacement_outcome() == Some(ReplacementOutcome::Unknown))
            .then_some(CHECK_BEFORE_USE)
    }
}

/// The exchange of an operation that replaces a credential, with what is known of the credentials.
pub(crate) struct Replacing {
    exchange: Exchange,
    pub(crate) registry: Arc<CredentialRegistry>,
}

impl Replacing {
    fn new(exchange: Exchange) -> Result<Self, Error> {
        let registry = CredentialRegistry::of(&exchange.shared).ok_or_else(|| {
            Error::configuration(
                "the client has no credential registry; create it with `Client::builder`",
            )
        })?;
        Ok(Self { exchange, registry })
    }
}

impl Deref for Replacing {
    type Target = Exchange;

    fn deref(&self) -> &Exchange {
        &self.exchange
    }
}

/// Runs a call that replaces a credential.
async fn run(call: Replacing, effect: &'static CredentialEffect) -> Result<HttpResponse, Error> {
    if call.options.adopts() && !call.uses_held_credential() {
        return Err(Error::invalid_request(
            "`adopt` requires a credential that the client itself holds, but the call has its own or a provider returns it",
        ));
    }
    let target = target(effect, &call.request);
    let credential = call.credential().await?;
    let entry = call.registry.entry(&credential);
    match entry {
        Some(entry) if target == Target::Caller => {
            let (request, options) = (call.request.clone(), call.options.clone());
            let patience = patience(&call);
            let late = call.timed_out().with_execution(Execution::Unknown, false);
            let late = unknown(&target, late);
            let coalesced = entry.calls.coalesce(&request, &options, || {
                let work = async move { with_permit(&call, effect, &target, credential).await };
                let work = AssertUnwindSafe(work).catch_unwind();
                Box::pin(work.map(|result| result.unwrap_or_else(|_| Err(panicked()))))
            });
            coalesced.outcome(patience, late).await
        }
        _ => with_permit(&call, effect, &target, credential).await,
    }
}

/// The extra time for the exchange of another call that ends at the same time as the waiting call.
const GRACE: Duration = Duration::from_secs(1);

/// Returns the deadline for waiting for the exchange of another call. That exchange has a deadline of its own, but its executor may be
/// blocked. A call with `verify_outcome` has no limit.
fn patience(call: &Replacing) -> Option<Deadline> {
    let remaining = call.deadline.remaining();
    let remaining = remaining.filter(|_| !call.options.verifies_outcome())?;
    Some(
        call.shared
            .timer
            .deadline(Some(remaining.saturating_add(GRACE))),
    )
}

/// Creates the error for all callers of an exchange that panicked, perhaps in the transport. The request may have been sent.
fn panicked() -> Error {
    let source = TransportError::new(TransportErrorKind::Other).with_reason("it panicked");
    Error::transport(source)
        .with_execution(Execution::Unknown, false)
        .with_replacement(ReplacementOutcome::Unknown, Some(ADVICE))
}

fn target(effect: &CredentialEffect, request: &HttpRequest) -> Target {
    match effect.target {
        CredentialTarget::Caller => Target::Caller,
        CredentialTarget::Parameter(name) => request
            .path_value(name)
            .map_or(Target::Other, |value| Target::Named(value.to_owned())),
    }
}

/// Waits until no other call is in the way, then sends the request.
async fn with_permit(
    call: &Replacing,
    effect: &CredentialEffect,
    target: &Target,
    mut credential: Arc<Credential>,
) -> Result<HttpResponse, Error> {
    loop {
        credential = call.latest(credential);
        let Some(entry) = call.registry.entry(&credential) else {
            return call.run().await;
        };
        // A request that cannot be sent in any case need not wait for a check.
        if let Err(error) = ensure_sendable(call, target, &entry) {
            // Another call may just have put the successor in place.
            let latest = call.latest(Arc::clone(&credential));
            if entry.is_for(&latest) {
                return Err(error);
            }
            credential = latest;
            continue;
        }
        let mut permit = match Permit::try_acquire(&entry, target) {
            Some(permit) => permit,
            None => {
                let permit = Permit::acquire(&entry, target);
                let Ok(permit) = call.deadline.run(permit).await else {
                    // The effect of the call that holds the permit is unknown here.
                    return Err(call.timed_out());
                };
                // The previous holder of the permit may have changed everything.
                credential = call.credential().await?;
                permit
            }
        };
        if !entry.is_for(&credential) {
            continue;
        }
        let guard = admit(call, effect, target, &entry).await?;
        if !entry.lock().may_replace_own(target) {
            permit = permit.shared();
        }
        credential = call.latest(credential);
        let result = call
            .send_while(Arc::clone(&credential), |credential| {
                // During a pause, another call may have learned that the credential has ended.
                entry.is_for(credential) && entry.lock().is_beyond_doubt()
            })
            .await;
        let result = match result {
            Ok(Err(other)) => {
                guard.end();
                credential = other;
                continue;
            }
            Ok(Ok(response)) => match response::success(call, effect, response) {
                Ok(response) => succeeded(guard, effect, response),
                Err(error) => failed(guard, effect, error).await,
            },
            Err(error) => failed(guard, effect, error).await,
        };
        drop(permit);
        return result;
    }
}

fn succeeded(
    guard: InFlightGuard<'_>,
    effect: &CredentialEffect,
    response: HttpResponse,
) -> Result<HttpResponse, Error> {
    let InFlightGuard { call, entry, .. } = guard;
    let replaces_own = entry.lock().replaces_own(guard.target);
    let left = guard.snapshot;
    // Before the old credential is marked as inactive, so that no call finds the client with that one only.
    let adopted = if call.options.adopts() {
        adopt(call, effect, entry.credential(), &response)
    } else {
        Ok(())
    };
    guard.succeeded();
    // The client does not use the secrets of others.
    if replaces_own {
        register_new(call, effect, entry.credential(), &response, left);
    }
    if let Err(detail) = adopted {
        return Err(Error::new(ErrorKind::Decode, detail)
            .with_execution(Execution::Executed, call.idempotent)
            .with_replacement(ReplacementOutcome::Replaced, Some(IN_BODY))
            .with_response(response.head(), response.body().clone()));
    }
    Ok(response)
}

/// Records the identity of the new credential if the response contains it, so that it need not be requested.
fn register_new(
    call: &Replacing,
    effect: &CredentialEffect,
    old: &Credential,
    response: &HttpResponse,
    left: Snapshot,
) {
    let identity = new_identity(effect, response);
    let new = new_secret(effect, response.body())
        .and_then(|secret| old.auth().with_secret(secret))
        .and_then(|auth| auth.prepare().ok());
    if let (Some(identity), Some(new)) = (identity, new) {
        call.registry.register(&Arc::new(new), identity, left);
    }
}

/// Replaces the old credential with the new one.
fn adopt(
    call: &Replacing,
    effect: &CredentialEffect,
    old: &Credential,
    response: &HttpResponse,
) -> Result<(), &'static str> {
    let secret = new_secret(effect, response.body())
        .ok_or("expected a new secret to adopt, but the response contains none")?;
    if call.shared.credentials.replace(old, &secret) {
        Ok(())
    } else {
        Err("the new secret cannot be sent in the form of the old one, so it was not adopted")
    }
}

async fn failed(
    guard: InFlightGuard<'_>,
    effect: &CredentialEffect,
    error: Error,
) -> Result<HttpResponse, Error> {
    let InFlightGuard {
        call,
        target,
        entry,
        ..
    } = guard;
    if has_ended(effect, &error) {
        entry.lock().ended();
        guard.end();
        return Err(error);
    }
    let execution = response::failure(effect, &error);
    let error = error.with_execution(execution, call.idempotent);
    Err(match execution {
        Execution::NotExecuted => {
            if error.status().is_none() || error.is_rate_limited() {
                guard.end();
                return Err(error.with_replacement(ReplacementOutcome::NotReplaced, None));
            }
            // The request may be rejected because an earlier one was executed.
            let is_second = call.registry.has_lost(target);
            guard.rejected();
            if is_second {
                let error = error.with_execution(Execution::Unknown, call.idempotent);
                return Err(unknown(target, error));
            }
            let checked = match is_verified(call, target) {
                true => Some(check(call, effect, entry).await),
                false => None,
            };
            match checked {
                Some(Check::Inactive) => replaced(call, error),
                _ => error.with_replacement(ReplacementOutcome::NotReplaced, None),
            }
        }
        Execution::Executed => {
            guard.succeeded();
            error.with_replacement(ReplacementOutcome::Replaced, Some(IN_BODY))
        }
        Execution::Unknown => {
            guard.unknown();
            if is_verified(call, target) {
                verify(call, effect, entry, error).await
            } else {
                unknown(target, error)
            }
        }
    })
}

/// Determines the result of a request whose outcome is unknown. Before the replacement cooldown has passed, an active credential proves
/// nothing, because the request may still be executed.
async fn verify(call: &Replacing, effect: &CredentialEffect, entry: &Entry, error: Error) -> Error {
    let cooldown = call.shared.timer.sleep(call.registry.cooldown());
    let mut checked = check(call, effect, entry).await;
    if !matches!(checked, Check::Inactive) && !checked.is_retry_pointless() {
        cooldown.await;
        checked = check(call, effect, entry).await;
    }
    match checked {
        Check::Inactive => replaced(call, error),
        Check::Active => error
            .with_execution(Execution::NotExecuted, call.idempotent)
            .with_replacement(
                ReplacementOutcome::NotReplaced,
                Some("a check found that the credential was not replaced"),
            ),
        Check::Inconclusive(_) => unknown(&Target::Caller, error),
    }
}

fn is_verified(call: &Replacing, target: &Target) -> bool {
    call.options.verifies_outcome() && *target == Target::Caller
}

fn replaced(call: &Replacing, error: Error) -> Error {
    error
        .with_execution(Execution::Executed, call.idempotent)
        .with_replacement(ReplacementOutcome::Replaced, Some(LOST))
}

fn unknown(target: &Target, error: Error) -> Error {
    let is_success = error.status().is_some_and(|status| status.is_success());
    let has_body = is_success && !error.body().is_empty();
    let advice = match (target, has_body) {
        (Target::Caller, true) => ADVICE_AND_BODY,
        (Target::Caller, false) => ADVICE,
        (Target::Named(_) | Target::Other, true) => NAMED_ADVICE_AND_BODY,
        (Target::Named(_) | Target::Other, false) => NAMED_ADVICE,
    };
    error.with_replacement(ReplacementOutcome::Unknown, Some(advice))
}
