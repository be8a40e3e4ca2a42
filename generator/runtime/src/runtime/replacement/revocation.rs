//! Guards the operation that revokes the caller's own credential.

use std::sync::Arc;

use crate::runtime::call::execute::Exchange;
use crate::runtime::call::guard::Guard;
use crate::runtime::credential::auth::Credential;
use crate::runtime::error::Error;
use crate::runtime::replacement::effect::has_ended;
use crate::runtime::replacement::info::CredentialEffect;
use crate::runtime::replacement::registry::CredentialRegistry;

/// The guard of an operation that revokes the credential of its own request.
#[derive(Debug, Clone, Copy)]
pub struct Revokes(pub CredentialEffect);

impl Guard for Revokes {
    /// The request is meant for the credential at the start of the call, and would end any other one.
    fn keeps_credential(&self) -> bool {
        true
    }

    fn succeeded(&self, exchange: &Exchange, credential: &Arc<Credential>) {
        if let Some(registry) = CredentialRegistry::of(&exchange.shared) {
            registry.mark_inactive(credential);
        }
    }

    /// If a replacement may have ended the credential, the response does not prove the revocation: an active successor may exist.
    fn proves_success(&self, exchange: &Exchange, error: &Error, credential: &Credential) -> bool {
        let is_alone = || {
            CredentialRegistry::of(&exchange.shared)
                .is_none_or(|registry| registry.is_beyond_doubt(credential))
        };
        has_ended(&self.0, error) && is_alone()
    }
}
