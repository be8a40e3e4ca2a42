//! Guards operations that revoke a credential: the caller's own, or one that a parameter names and that may be the caller's own.

use std::sync::Arc;

use crate::runtime::call::execute::Exchange;
use crate::runtime::call::guard::Guard;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::credential::auth::Credential;
use crate::runtime::error::{Error, Execution};
use crate::runtime::replacement::effect::has_ended;
use crate::runtime::replacement::info::{CredentialEffect, CredentialTarget};
use crate::runtime::replacement::registry::CredentialRegistry;

/// The advice to callers if the credential of a retry has ended, perhaps by the call's earlier attempt.
const ENDED: &str = "the credential of the call has ended: if the call names that credential, an earlier attempt has most likely revoked it; \
otherwise check with another credential whether the named one is still active";

/// The guard of an operation that revokes a credential.
#[derive(Debug, Clone, Copy)]
pub struct Revokes(pub CredentialEffect);

impl Revokes {
    /// Returns whether the request certainly revokes the credential that it is sent with.
    fn is_own(&self, exchange: &Exchange, credential: &Credential) -> bool {
        let CredentialTarget::Parameter(name) = self.0.target else {
            return true;
        };
        let identity = CredentialRegistry::of(&exchange.shared)
            .and_then(|registry| registry.identity(credential));
        identity.is_some() && identity.as_deref() == exchange.request.path_value(name)
    }
}

impl Guard for Revokes {
    /// A request to revoke the caller's own credential is meant for the credential at the start of the call, and would end any other one.
    fn keeps_credential(&self) -> bool {
        self.0.target == CredentialTarget::Caller
    }

    /// A response with a body may be the page of a proxy, which proves nothing.
    fn succeeded(
        &self,
        exchange: &Exchange,
        response: &HttpResponse,
        credential: &Arc<Credential>,
    ) {
        let is_proof = response.body().is_empty() || !response.status().is_success();
        if is_proof
            && self.is_own(exchange, credential)
            && let Some(registry) = CredentialRegistry::of(&exchange.shared)
        {
            registry.mark_inactive(credential);
        }
    }

    /// If a replacement may have ended the credential, the response does not prove the revocation: an active successor may exist.
    fn after_lost_attempt(
        &self,
        exchange: &Exchange,
        error: Error,
        credential: &Credential,
    ) -> Result<(), Error> {
        if !has_ended(&self.0, &error) {
            return Err(error);
        }
        let is_alone = CredentialRegistry::of(&exchange.shared)
            .is_none_or(|registry| registry.is_beyond_doubt(credential));
        if is_alone && self.is_own(exchange, credential) {
            return Ok(());
        }
        if self.0.target == CredentialTarget::Caller {
            return Err(error);
        }
        // The credential can no longer revoke anything, so the call is not repeatable.
        Err(error
            .with_execution(Execution::Unknown, false)
            .with_advice(ENDED))
    }
}
