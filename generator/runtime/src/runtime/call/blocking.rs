//! The blocking client: the same operations, with their exchanges on a thread of the client's own.
//!
//! Requests are built and responses are decoded on the caller's thread. Only the exchange runs on the other thread. The caller's thread
//! waits without an executor, so that a call in an async context blocks that context but does not panic.

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::call::guard::Guard;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::raw::RawRequest;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::call::trace::in_callers_span;
use crate::runtime::call::{builder, client};
use crate::runtime::credential::auth::Auth;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, Execution};
use crate::runtime::transport::{TransportError, TransportErrorKind};

/// A blocking client of the API.
///
/// Clones are cheap. They share connections, the credential and limits.
#[derive(Clone)]
pub struct Client {
    client: client::Client,
    executor: Arc<Executor>,
}

impl Client {
    /// Sends the request of an operation, waits for the response and decodes it.
    #[doc(hidden)]
    pub fn run<T>(
        &self,
        info: &'static OperationInfo,
        guard: Option<&'static dyn Guard>,
        request: Result<HttpRequest, Error>,
        options: RequestOptions,
        decode: fn(HttpResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        let exchange = self.client.exchange(guard, request, options);
        let response = self.executor.wait_for(exchange);
        client::read(info, guard, response, decode)
    }

    /// Creates a request with any method and path, for endpoints that the API's description lacks. The base URL, the credential, the limits
    /// and the errors are the same as for operations.
    ///
    /// `path` has the form of the paths in the API's description: it begins with `/` and with the API's own base path, whether or not the
    /// base URL ends with the latter. It may contain a query.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest<Self> {
        RawRequest::new(self.clone(), self.client.api(), &method, path)
    }

    /// Replaces the credential of the client and all its clones, including one from a provider. In-flight calls use the new one from their
    /// next attempt on. If the server rejects the old one, a call that may be executed twice makes that attempt at once, unless its
    /// [`RetryPolicy`](crate::runtime::call::retry::RetryPolicy) allows no other one.
    ///
    /// # Errors
    ///
    /// Returns an error if the credential cannot be sent. The client then keeps its current credential. The error contains neither of them.
    pub fn set_auth(&self, auth: Auth) -> Result<(), Error> {
        self.client.set_auth(auth)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(formatter)
    }
}

/// The thread that runs a client's exchanges. It ends when the last clone of the client is dropped.
struct Executor {
    handle: Handle,
    /// Ends the thread when it is dropped.
    _stop: oneshot::Sender<()>,
}

impl Executor {
    fn start() -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|_| Error::configuration("the client's runtime cannot be started"))?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        // The runtime is created and dropped on its own thread, because dropping it in an async context would panic.
        thread::Builder::new()
            .name("api-client".to_owned())
            .spawn(move || {
                // The error reports that the sender was dropped, which is the signal to end.
                let _ = runtime.block_on(stopped);
            })
            .map_err(|_| Error::configuration("the client's thread cannot be started"))?;
        Ok(Self {
            handle,
            _stop: stop,
        })
    }

    fn wait_for<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.handle.spawn(in_callers_span(async move {
            // This fails only if the caller no longer waits for the result.
            let _ = sender.send(work.await);
        }));
        receiver.recv().unwrap_or_else(|_| Err(gone()))
    }
}

/// Creates the error of an exchange that panicked. Whether the request was executed is unknown.
fn gone() -> Error {
    let reason = "the client's thread has ended, or a transport or provider has panicked";
    Error::transport(TransportError::new(TransportErrorKind::Other).with_reason(reason))
        .with_execution(Execution::Unknown, false)
}

/// A builder of a blocking [`Client`].
pub type ClientBuilder = builder::ClientBuilder<Client>;

impl ClientBuilder {
    /// Checks the settings, creates the client and starts its thread. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid or the thread cannot be started. The error names the setting and contains no secret.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client {
            client: self.build_async()?,
            executor: Arc::new(Executor::start()?),
        })
    }
}
