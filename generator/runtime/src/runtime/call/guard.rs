//! What watches over the credential of a call. Operations that leave it as it is have no guard, and a program that calls no other
//! compiles none.

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use crate::runtime::call::execute::Exchange;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::credential::auth::Credential;
use crate::runtime::error::Error;

/// The work of an exchange.
pub type ExchangeFuture = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send>>;

/// The guard of an operation that changes a credential. Each operation names its own in a constant, so it is chosen when a program is
/// compiled.
#[doc(hidden)]
pub trait Guard: Sync {
    /// Runs the exchange, once the guard lets it begin.
    fn run(&'static self, exchange: Exchange) -> ExchangeFuture {
        Box::pin(async move { exchange.run().await })
    }

    /// Returns whether every attempt is sent with the credential of the first.
    fn keeps_credential(&self) -> bool {
        false
    }

    /// Notes that the server carried out a request with this credential.
    fn succeeded(&self, _: &Exchange, _: &Arc<Credential>) {}

    /// Returns whether this error response proves that an earlier attempt, which may have been carried out, was.
    fn proves_success(&self, _: &Exchange, _: &Error, _: &Credential) -> bool {
        false
    }

    /// Adds to the error of a success that can't be decoded what became of the credential.
    fn undecoded(&self, error: Error) -> Error {
        error
    }

    /// Returns what the caller of a failed call is to do with a new secret that was understood, where it is more than to store it.
    fn advice_on_new_secret(&self, _: &Error) -> Option<&'static str> {
        None
    }
}

/// What a client remembers of its credentials, told by all of its calls.
pub(crate) trait CredentialWatch: Any + Send + Sync {
    /// Notes that the server did not take this credential.
    fn rejected(&self, credential: &Arc<Credential>, now: Instant);
}
