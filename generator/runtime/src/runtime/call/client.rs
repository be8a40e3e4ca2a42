//! The client: what all calls share, and the door through which operations are run.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use crate::runtime::api::operation::{ApiInfo, OperationInfo, RetryClass};
use crate::runtime::call::base_url::BaseUrl;
use crate::runtime::call::builder::Limits;
use crate::runtime::call::execute;
use crate::runtime::call::guard::{CredentialWatch, ExchangeFuture, Guard};
use crate::runtime::call::observe::Observer;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::raw::RawRequest;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::call::retry::{RetryBudget, RetryPolicy};
use crate::runtime::credential::auth::Auth;
use crate::runtime::credential::credentials::Credentials;
use crate::runtime::decode::secret_member;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, Execution};
use crate::runtime::transport::SharedTransport;
use crate::runtime::transport::timer::SharedTimer;

/// A client of the API. Clones are cheap and share everything: connections, credential, limits.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiInfo,
    pub(crate) base_url: BaseUrl,
    pub(crate) transport: SharedTransport,
    pub(crate) timer: SharedTimer,
    pub(crate) credentials: Credentials,
    /// What is remembered of the credentials, where the API has operations that change one.
    pub(crate) watch: Option<Arc<dyn CredentialWatch>>,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
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

    /// Sends an operation's request and reads the response.
    ///
    /// The request is there already, so the future holds nothing of the operation: it can be moved to other threads whatever the
    /// operation holds.
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

    /// Sends a request and returns the response if its status is a success. The future is opaque, so that users' crates compile nothing
    /// of what is in it, and boxed, so that the futures of calls can be moved about and held by the thousand.
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

    /// Replaces the client's credential, for all its clones and whatever it came from before. Calls in flight use it from their next
    /// attempt on.
    ///
    /// # Errors
    /// The credential cannot be sent; the client keeps the one that it has. The error shows nothing of either.
    pub fn set_auth(&self, auth: Auth) -> Result<(), Error> {
        self.shared.credentials.set(auth.prepare()?);
        Ok(())
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn api(&self) -> &'static ApiInfo {
        self.shared.api
    }

    /// A request to any method and path of the server, for what the API's description lacks. The same rules hold: base URL,
    /// credential, limits, errors.
    ///
    /// `path` is written as the paths of the API's description are: it begins with `/` and with the API's own base path, whether or not
    /// the base URL ended with that. It may hold a query.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest<Self> {
        RawRequest::new(self.clone(), self.shared.api, &method, path)
    }
}

/// Decodes a response, and adds to an error what is known of the call.
pub(crate) fn read<T>(
    info: &'static OperationInfo,
    guard: Option<&'static dyn Guard>,
    response: Result<HttpResponse, Error>,
    decode: fn(HttpResponse) -> Result<T, Error>,
) -> Result<Response<T>, Error> {
    let response =
        response.map_err(|error| with_new_secret(info, guard, error.in_operation(info.name)))?;
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

/// Adds the secret that a response with success holds although it cannot be read as a whole.
fn with_new_secret(info: &OperationInfo, guard: Option<&'static dyn Guard>, error: Error) -> Error {
    let is_success = error.status().is_some_and(|status| status.is_success());
    let pointer = info.new_secret.filter(|_| is_success);
    let secret = pointer.and_then(|pointer| secret_member::find(error.body(), pointer));
    match secret {
        Some(secret) => {
            let advice = guard.and_then(|guard| guard.advice_on_new_secret(&error));
            error.with_new_secret(secret, advice.unwrap_or(STORE))
        }
        None => error,
    }
}

/// What callers are told where the secret was understood.
const STORE: &str = "the secret in the response was understood: store it (`Error::new_secret`); what arrived is kept as well (`Error::body`)";

/// Says that the server acted, which the response's status shows although its body is not what it should be.
fn undecoded(info: &OperationInfo, guard: Option<&'static dyn Guard>, error: Error) -> Error {
    let error = error.with_execution(Execution::Executed, info.retry == RetryClass::Idempotent);
    match guard {
        Some(guard) => guard.undecoded(error),
        None => error,
    }
}

/// Shows where the client connects to, and nothing of its credential.
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
