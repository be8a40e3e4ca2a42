//! The blocking client: the same operations, with their exchanges on a thread of the client's own.
//!
//! Requests are built and responses are decoded on the caller's thread. Only the exchange runs on the other thread. The caller's thread
//! waits without an executor, so that a call in an async context blocks that context but does not panic.

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::runtime::api::operation::{ApiInfo, OperationInfo};
use crate::runtime::call::client;
use crate::runtime::call::guard::Guard;
use crate::runtime::call::observe::Attempt;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::raw::RawRequest;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::call::retry::RetryPolicy;
use crate::runtime::call::trace::in_callers_span;
use crate::runtime::credential::auth::Auth;
use crate::runtime::credential::auth_provider::AuthProvider;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, Execution};
use crate::runtime::transport::timer::Timer;
use crate::runtime::transport::{Transport, TransportError, TransportErrorKind};

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
}

impl Client {
    /// Creates a request with any method and path, for endpoints that the API's description lacks. The base URL, the credential, the limits
    /// and the errors are the same as for operations.
    ///
    /// `path` has the form of the paths in the API's description: it begins with `/` and with the API's own base path, whether or not the
    /// base URL ends with the latter. It may contain a query.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest<Self> {
        RawRequest::new(self.clone(), self.client.api(), &method, path)
    }

    /// Replaces the credential of the client and all its clones, including one from a provider. In-flight calls use the new one from their
    /// next attempt on.
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
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    inner: crate::runtime::call::builder::ClientBuilder,
}

impl ClientBuilder {
    /// Creates a builder for a client of this API, with default settings.
    pub fn new(api: &'static ApiInfo) -> Self {
        Self {
            inner: crate::runtime::call::builder::ClientBuilder::new(api),
        }
    }

    pub(crate) fn map(
        self,
        change: impl FnOnce(
            crate::runtime::call::builder::ClientBuilder,
        ) -> crate::runtime::call::builder::ClientBuilder,
    ) -> Self {
        Self {
            inner: change(self.inner),
        }
    }

    /// Sets the URL of the API: the scheme, the host and the path before the API's own paths. Trailing slashes are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not an absolute http or https URL, or if it contains user information, a query or a fragment.
    pub fn base_url(self, url: &str) -> Result<Self, Error> {
        Ok(Self {
            inner: self.inner.base_url(url)?,
        })
    }

    /// Sets the credential. It is sent only to the origin of the base URL.
    pub fn auth(self, auth: Auth) -> Self {
        self.map(|builder| builder.auth(auth))
    }

    /// Sets a provider of credentials instead of a fixed credential. The client asks the provider before each attempt, within the call's
    /// timeout, on the client's own thread. The provider must not block that thread with calls of this client.
    pub fn auth_provider(self, provider: impl AuthProvider) -> Self {
        self.map(|builder| builder.auth_provider(provider))
    }

    /// Sets the `User-Agent` header. The default is the client's name and version.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.map(|builder| builder.user_agent(user_agent))
    }

    /// Adds a header to every request. Its value is never printed. [`build`](Self::build) returns an error for an invalid name or value,
    /// and for a header that carries credentials, which are set with [`auth`](Self::auth).
    pub fn default_header<N, V>(self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        self.map(|builder| builder.default_header(name, value))
    }

    /// Sets the time limit for a whole call, including retries and the pauses between them. The default is 60 seconds. `None` removes the
    /// limit.
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.map(|builder| builder.timeout(timeout))
    }

    /// Sets the maximum size of a response in bytes, both compressed and decompressed. The default is 64 MiB.
    pub fn max_response_size(self, bytes: usize) -> Self {
        self.map(|builder| builder.max_response_size(bytes))
    }

    /// Sets the policy for retries. [`RetryPolicy`] documents which calls are retried.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.map(|builder| builder.retry(policy))
    }

    /// Sets the number of retries that the client and its clones have in reserve, so that retries do not prolong a server's outage. The
    /// default is 20. Each retry takes one, and ten successful calls give one back.
    pub fn retry_budget(self, retries: u32) -> Self {
        self.map(|builder| builder.retry_budget(retries))
    }

    /// Sets a function that is called after each attempt, for metrics. It runs on the client's own thread. It must not block or call this
    /// client. If it panics, the call continues.
    pub fn on_attempt(self, hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.map(|builder| builder.on_attempt(hook))
    }

    /// Allows requests, including the credential, to be sent without encryption to another machine.
    pub fn allow_insecure_http(self, allow: bool) -> Self {
        self.map(|builder| builder.allow_insecure_http(allow))
    }

    /// Sets the transport instead of the built-in HTTP client. Settings of connections and TLS then have no effect. The transport runs in a
    /// Tokio runtime on the client's own thread.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.map(|builder| builder.transport(transport))
    }

    /// Sets the timer instead of Tokio's.
    pub fn timer(self, timer: impl Timer) -> Self {
        self.map(|builder| builder.timer(timer))
    }

    /// Checks the settings, creates the client and starts its thread. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid or the thread cannot be started. The error names the setting and contains no secret.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client {
            client: self.inner.build()?,
            executor: Arc::new(Executor::start()?),
        })
    }
}

/// Settings of the built-in HTTP client.
#[cfg(feature = "reqwest")]
impl ClientBuilder {
    /// Sets the time limit for making a connection. The default is 10 seconds. `None` removes the limit.
    pub fn connect_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.map(|builder| builder.connect_timeout(timeout))
    }

    /// Sets the time for which a server may send nothing. The default is 30 seconds. `None` removes the limit.
    pub fn read_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.map(|builder| builder.read_timeout(timeout))
    }

    /// Trusts the certificates of additional authorities: one or several in PEM. [`build`](Self::build) returns an error for an invalid
    /// one.
    pub fn add_root_certificate_pem(self, pem: impl AsRef<[u8]>) -> Self {
        self.map(|builder| builder.add_root_certificate_pem(pem))
    }

    /// Trusts only the certificates of [`add_root_certificate_pem`](Self::add_root_certificate_pem).
    pub fn tls_roots_only(self, only: bool) -> Self {
        self.map(|builder| builder.tls_roots_only(only))
    }

    /// Sets the client's own certificate. The PEM text contains the private key (PKCS #8), and the certificate with the chain to its
    /// authority.
    pub fn identity_pem(self, pem: impl Into<crate::runtime::redact::secret::Secret>) -> Self {
        self.map(|builder| builder.identity_pem(pem))
    }

    /// Sends all requests through this proxy, `http://[user:password@]host:port`, instead of the proxies in the environment (such as
    /// `HTTPS_PROXY`). Servers on the local machine are always reached directly.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not the URL of a proxy.
    pub fn proxy(self, url: &str) -> Result<Self, Error> {
        Ok(Self {
            inner: self.inner.proxy(url)?,
        })
    }

    /// Uses no proxy and ignores the proxies in the environment.
    pub fn no_proxy(self) -> Self {
        self.map(crate::runtime::call::builder::ClientBuilder::no_proxy)
    }

    /// Changes the settings of the HTTP library. The async builder documents the details under the same name.
    pub fn configure_http(
        self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.map(|builder| builder.configure_http(configure))
    }
}
