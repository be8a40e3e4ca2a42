//! The client: what all calls share, and the door through which operations are run.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use crate::runtime::auth::Credential;
use crate::runtime::base_url::BaseUrl;
use crate::runtime::builder::Limits;
use crate::runtime::error::Error;
use crate::runtime::execute;
use crate::runtime::operation::{ApiInfo, OperationInfo};
use crate::runtime::options::RequestOptions;
use crate::runtime::raw::RawRequest;
use crate::runtime::request::HttpRequest;
use crate::runtime::response::{HttpResponse, Response};
use crate::runtime::timer::SharedTimer;
use crate::runtime::transport::SharedTransport;

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
    pub(crate) credential: Arc<Credential>,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
}

impl Client {
    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Sends an operation's request and reads the answer.
    ///
    /// The request is there already, so the future holds nothing of the operation: it can be moved to other threads whatever the
    /// operation holds.
    #[doc(hidden)]
    pub fn run<T: 'static>(
        &self,
        info: &'static OperationInfo,
        request: Result<HttpRequest, Error>,
        options: RequestOptions,
        decode: fn(HttpResponse) -> Result<T, Error>,
    ) -> impl Future<Output = Result<Response<T>, Error>> + Send + 'static + use<T> {
        let exchange = self.exchange(request, options);
        async move { read(info, exchange.await, decode) }
    }

    /// Sends a request and returns the answer if its status is a success.
    pub(crate) fn exchange(
        &self,
        request: Result<HttpRequest, Error>,
        options: RequestOptions,
    ) -> impl Future<Output = Result<HttpResponse, Error>> + Send + 'static + use<> {
        let shared = Arc::clone(&self.shared);
        async move { execute::exchange(&shared, request?, options).await }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn api(&self) -> &'static ApiInfo {
        self.shared.api
    }

    /// A request to any method and path of the server, for what the API's description lacks. The same rules hold: base URL,
    /// credential, limits, errors.
    ///
    /// `path` stands below the base URL, begins with `/` and may hold a query.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest<Self> {
        RawRequest::new(self.clone(), self.shared.api, &method, path)
    }
}

/// Decodes an answer, and adds to an error what is known of the call.
pub(crate) fn read<T>(
    info: &'static OperationInfo,
    response: Result<HttpResponse, Error>,
    decode: fn(HttpResponse) -> Result<T, Error>,
) -> Result<Response<T>, Error> {
    let response = response.map_err(|error| error.in_operation(info.name))?;
    let head = Arc::clone(response.head());
    let body = response.body().clone();
    match decode(response) {
        Ok(value) => Ok(Response::new(value, head)),
        Err(error) => Err(error
            .in_operation(info.name)
            .with_answer(&head, execute::kept_body(body, info.secret))),
    }
}

/// Shows where the client connects to, and nothing of its credential.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("api", &self.shared.api.name)
            .field("base_url", &self.shared.base_url)
            .field("auth", &self.shared.credential)
            .finish_non_exhaustive()
    }
}
