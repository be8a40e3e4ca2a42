//! Guards of the credential of a call. An operation that does not change the credential has no guard, and a program that calls only such
//! operations compiles none.

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

/// The guard of an operation that changes a credential. Each operation names its guard in a constant, so that the guard is chosen at
/// compile time.
#[doc(hidden)]
pub trait Guard: Sync {
    /// Runs the exchange as soon as the guard admits it.
    fn run(&'static self, exchange: Exchange) -> ExchangeFuture {
        Box::pin(async move { exchange.run().await })
    }

    /// Returns whether the operation changes a credential, so that a dropped call is worth a warning.
    fn changes_credential(&self) -> bool {
        true
    }

    /// Returns whether every attempt is sent with the credential of the first one.
    fn keeps_credential(&self) -> bool {
        false
    }

    /// Records a successful response to a request with this credential.
    fn succeeded(&self, _: &Exchange, _: &HttpResponse, _: &Arc<Credential>) {}

    /// Evaluates an error response after an earlier attempt that may have been executed. Returns the error, or nothing if the response
    /// proves that the attempt was executed.
    ///
    /// # Errors
    ///
    /// Returns the error, with what it implies about the earlier attempt.
    fn after_lost_attempt(&self, _: &Exchange, error: Error, _: &Credential) -> Result<(), Error> {
        Err(error)
    }

    /// Adds the effect on the credential to the error of a success that can't be decoded.
    fn undecoded(&self, error: Error) -> Error {
        error
    }

    /// Returns the advice to the caller of a failed call about a decoded new secret, if it is more than to store the secret.
    fn advice_on_new_secret(&self, _: &Error) -> Option<&'static str> {
        None
    }
}

/// The end of the calls that are replacing a credential.
pub(crate) type Settled = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The record of a client's credentials, to which all of its calls report.
pub(crate) trait CredentialWatch: Any + Send + Sync {
    /// Records that the server rejected this credential.
    fn rejected(&self, credential: &Arc<Credential>, now: Instant);

    /// Returns a future that waits until no call is replacing this credential.
    fn settled(&self, credential: &Credential) -> Settled;
}
