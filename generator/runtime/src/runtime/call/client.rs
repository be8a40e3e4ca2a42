//! The client: the state that its clones share, and the method that runs operations.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use crate::runtime::api::operation::{ApiInfo, OperationInfo, RetryClass};
use crate::runtime::call::base_url::BaseUrl;
use crate::runtime::call::builder::CallLimits;
use crate::runtime::call::execute;
use crate::runtime::call::guard::{CredentialWatch, ExchangeFuture, Guard};
use crate::runtime::call::observe::Observer;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::raw::RawRequest;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::call::retry::{RetryBudget, RetryPolicy};
use crate::runtime::credential::auth::Auth;
use crate::runtime::credential::credentials::Credentials;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, ErrorKind, Execution};
use crate::runtime::transport::SharedTransport;
use crate::runtime::transport::timer::SharedTimer;

/// A client of the API.
///
/// Clones are cheap. They share connections, the credential and limits.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// The state that the clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiInfo,
    pub(crate) base_url: BaseUrl,
    pub(crate) transport: SharedTransport,
    pub(crate) timer: SharedTimer,
    pub(crate) credentials: Credentials,
    /// The record of the credentials, if the API has operations that change one.
    pub(crate) watch: Option<Arc<dyn CredentialWatch>>,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: CallLimits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) observer: Observer,
}

impl Client {
    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Sends the request of an operation and decodes the response.
    ///
    /// The future does not contain the operation, so that it can be sent to other threads whatever the operation contains.
    #[doc(hidden)]
    pub fn run<T: 'static>(
        &self,
        info: &'static OperationInfo,
        guard: Option<&'static dyn Guard>,
        request: Result<HttpRequest, Error>,
        options: RequestOptions,
        decode: fn(HttpResponse) -> Result<T, Error>,
    ) -> impl Future<Output = Result<Response<T>, Error>> + Send + 'static + use<T> {
        let exchange = self.exchange(guard, request, options);
        async move { read(info, guard, exchange.await, decode) }
    }

    /// Sends a request and returns the response if its status is a success.
    ///
    /// The future is opaque, so that users' crates do not compile its content, and boxed to keep the futures of calls small.
    pub(crate) fn exchange(
        &self,
        guard: Option<&'static dyn Guard>,
        request: Result<HttpRequest, Error>,
        options: RequestOptions,
    ) -> ExchangeFuture {
        match request {
            Ok(request) => Box::pin(execute::exchange(
                Arc::clone(&self.shared),
                request,
                options,
                guard,
            )),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Replaces the credential of the client and all its clones, including one from a provider. In-flight calls use the new one from their
    /// next attempt on. If the server rejects the old one, a call that may be executed twice makes that attempt at once, unless its
    /// [`RetryPolicy`] allows no other one.
    ///
    /// # Errors
    ///
    /// Returns an error if the credential cannot be sent. The client then keeps its current credential. The error contains neither of them.
    pub fn set_auth(&self, auth: Auth) -> Result<(), Error> {
        self.shared.credentials.set(auth.prepare()?);
        Ok(())
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn api(&self) -> &'static ApiInfo {
        self.shared.api
    }

    /// Creates a request with any method and path, for endpoints that the API's description lacks. The base URL, the credential, the limits
    /// and the errors are the same as for operations.
    ///
    /// `path` has the form of the paths in the API's description: it begins with `/` and with the API's own base path, whether or not the
    /// base URL ends with the latter. It may contain a query.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest<Self> {
        RawRequest::new(self.clone(), self.shared.api, &method, path)
    }
}

/// Decodes a response, and adds the details of the call to an error.
pub(crate) fn read<T>(
    info: &'static OperationInfo,
    guard: Option<&'static dyn Guard>,
    response: Result<HttpResponse, Error>,
    decode: fn(HttpResponse) -> Result<T, Error>,
) -> Result<Response<T>, Error> {
    let response = response.map_err(|error| {
        let error = error.in_operation(info.name);
        with_loss_advice(
            info,
            with_error_advice(info, with_new_secret(info, guard, error)),
        )
    })?;
    let head = Arc::clone(response.head());
    let body = response.body().clone();
    match decode(response) {
        Ok(value) => Ok(Response::new(value, head)),
        Err(error) => {
            let error = undecoded(info, guard, error)
                .in_operation(info.name)
                .with_response(&head, execute::kept_body(body, info.secret));
            Err(with_new_secret(info, guard, error))
        }
    }
}

/// Adds the advice of the API's description on an error response without a code. Advice on a credential that may have been replaced is more
/// important.
fn with_error_advice(info: &OperationInfo, error: Error) -> Error {
    let status = error.status().map(|status| status.as_u16());
    let is_unexplained =
        error.kind() == ErrorKind::Status && error.code().is_none() && error.advice().is_none();
    let mut advice = info.error_advice.iter();
    match advice.find(|advice| is_unexplained && Some(advice.status) == status) {
        Some(advice) => error.with_advice(advice.text),
        None => error,
    }
}

/// Adds advice on the secret of a request that may have been executed, if there is no better advice.
fn with_loss_advice(info: &OperationInfo, error: Error) -> Error {
    let is_lost = info.new_secret.is_some() && error.is_outcome_unknown();
    match is_lost && error.advice().is_none() {
        true => error.with_advice(LOST),
        false => error,
    }
}

/// Adds the secret in a response that cannot be decoded as a whole, or that has an error status although the server may have executed the
/// request.
fn with_new_secret(info: &OperationInfo, guard: Option<&'static dyn Guard>, error: Error) -> Error {
    let is_success = error.status().is_some_and(|status| status.is_success());
    let may_hold_one = is_success || error.execution() == Execution::Unknown;
    let new_secret = info.new_secret.filter(|_| may_hold_one);
    match new_secret.and_then(|secret| (secret.find)(error.body(), secret.pointer)) {
        Some(secret) => {
            let advice = guard.and_then(|guard| guard.advice_on_new_secret(&error));
            error.with_new_secret(secret, advice.unwrap_or(STORE))
        }
        None => error,
    }
}

/// The advice to a caller if the response, with its secret, did not arrive.
const LOST: &str =
    "look for its effect before you repeat the call: its secret is lost, so revoke what it created";

/// The advice to a caller if the secret could be decoded.
const STORE: &str = "the response contains a new secret: store it (`Error::new_secret`); `Error::body` is what arrived";

/// Marks the request as executed, since the status is a success although the body is not valid.
fn undecoded(info: &OperationInfo, guard: Option<&'static dyn Guard>, error: Error) -> Error {
    let error = error.with_execution(Execution::Executed, info.retry == RetryClass::Idempotent);
    match guard {
        Some(guard) => guard.undecoded(error),
        None => error,
    }
}

/// Prints the URL of the API, but not the credential.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("api", &self.shared.api.name)
            .field("base_url", &self.shared.base_url)
            .field("auth", &self.shared.credentials)
            .finish_non_exhaustive()
    }
}
