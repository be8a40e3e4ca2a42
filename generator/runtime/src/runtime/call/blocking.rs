//! The client for code that is not async: the same operations, run on a thread of the client's own.
//!
//! Requests are made and responses are read on the caller's thread; only the exchange crosses over. The caller's thread waits without
//! any executor, so a call inside an async context blocks that context and does not panic.

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

/// A client of the API for code that is not async. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Client {
    client: client::Client,
    executor: Arc<Executor>,
}

impl Client {
    /// Sends an operation's request, waits for the response and reads it.
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
    /// A request to any method and path of the server, for what the API's description lacks. The same rules hold: base URL,
    /// credential, limits, errors.
    ///
    /// `path` is written as the paths of the API's description are: it begins with `/` and with the API's own base path, whether or not
    /// the base URL ended with that. It may hold a query.
    pub fn request(&self, method: http::Method, path: &str) -> RawRequest<Self> {
        RawRequest::new(self.clone(), self.client.api(), &method, path)
    }

    /// Replaces the client's credential, for all its clones and whatever it came from before. Calls in flight use it from their next
    /// attempt on.
    ///
    /// # Errors
    /// The credential cannot be sent; the client keeps the one that it has. The error shows nothing of either.
    pub fn set_auth(&self, auth: Auth) -> Result<(), Error> {
        self.client.set_auth(auth)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(formatter)
    }
}

/// The thread on which a client's exchanges run. It ends when the last clone of the client is gone.
struct Executor {
    handle: Handle,
    /// Dropping it ends the thread.
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
        // The runtime lives and ends on its own thread: ending one inside an async context would panic.
        thread::Builder::new()
            .name("api-client".to_owned())
            .spawn(move || {
                // Ends with an error when the sender is dropped, which is how it is meant to end.
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
            // Fails only when the caller is gone, and then nobody wants the result.
            let _ = sender.send(work.await);
        }));
        receiver.recv().unwrap_or_else(|_| Err(gone()))
    }
}

/// The exchange has ended without a result: something in it has panicked, and how far it got is not known.
fn gone() -> Error {
    let reason = "the client's thread has ended, or a transport or provider has panicked";
    Error::transport(TransportError::new(TransportErrorKind::Other).with_reason(reason))
        .with_execution(Execution::Unknown, false)
}

/// Collects the settings of a blocking [`Client`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    inner: crate::runtime::call::builder::ClientBuilder,
}

impl ClientBuilder {
    /// The settings of a client of this API, all at their defaults.
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

    /// Where the API is: scheme, host and what stands before the API's own paths. A trailing slash makes no difference.
    ///
    /// # Errors
    /// The text is not an absolute http or https URL, or it holds user information, a query or a fragment.
    pub fn base_url(self, url: &str) -> Result<Self, Error> {
        Ok(Self {
            inner: self.inner.base_url(url)?,
        })
    }

    /// The credential. It is sent to the origin of the base URL and nowhere else.
    pub fn auth(self, auth: Auth) -> Self {
        self.map(|builder| builder.auth(auth))
    }

    /// Where the credential comes from, in place of a fixed one: asked before each attempt, within the call's timeout, on the client's
    /// own thread, which it must not block with calls of this client.
    pub fn auth_provider(self, provider: impl AuthProvider) -> Self {
        self.map(|builder| builder.auth_provider(provider))
    }

    /// The header `User-Agent`, in place of the client's name and version.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.map(|builder| builder.user_agent(user_agent))
    }

    /// A header that goes with every request. Its value is never printed. [`build`](Self::build) refuses names and values that
    /// cannot be sent, and headers that carry credentials: those are set with [`auth`](Self::auth).
    pub fn default_header<N, V>(self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        self.map(|builder| builder.default_header(name, value))
    }

    /// The time that a whole call may take, everything included; 60 seconds unless set. `None` sets no limit.
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.map(|builder| builder.timeout(timeout))
    }

    /// The largest response that is accepted, in bytes, both as it arrives and decompressed; 64 MiB unless set.
    pub fn max_response_size(self, bytes: usize) -> Self {
        self.map(|builder| builder.max_response_size(bytes))
    }

    /// How failed calls are repeated; see [`RetryPolicy`] for what is repeated at all.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.map(|builder| builder.retry(policy))
    }

    /// The retries that the client and its clones have in reserve, so that they do not add to a server's outage; 20 unless set. Each
    /// retry takes one, ten successful calls give one back.
    pub fn retry_budget(self, retries: u32) -> Self {
        self.map(|builder| builder.retry_budget(retries))
    }

    /// A function to call after each attempt, for metrics. It runs on the client's own thread and must not block, nor call this client;
    /// should it panic, the call goes on.
    pub fn on_attempt(self, hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.map(|builder| builder.on_attempt(hook))
    }

    /// Lets requests, credential included, travel in the clear to a machine other than this one.
    pub fn allow_insecure_http(self, allow: bool) -> Self {
        self.map(|builder| builder.allow_insecure_http(allow))
    }

    /// What carries the requests, in place of the client's own HTTP stack. Settings of connections and TLS have no effect then.
    /// It is used inside a Tokio runtime on the client's own thread.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.map(|builder| builder.transport(transport))
    }

    /// Sleeping and clocks, in place of Tokio's.
    pub fn timer(self, timer: impl Timer) -> Self {
        self.map(|builder| builder.timer(timer))
    }

    /// Checks the settings, makes the client and starts its thread. Nothing is sent.
    ///
    /// # Errors
    /// A setting cannot be used, which the error names without showing a secret, or no thread can be started.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client {
            client: self.inner.build()?,
            executor: Arc::new(Executor::start()?),
        })
    }
}

/// Settings of the client's own HTTP stack.
#[cfg(feature = "reqwest")]
impl ClientBuilder {
    /// The time that making a connection may take; 10 seconds unless set. `None` sets no limit.
    pub fn connect_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.map(|builder| builder.connect_timeout(timeout))
    }

    /// The time for which a server may send nothing; 30 seconds unless set. `None` sets no limit.
    pub fn read_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.map(|builder| builder.read_timeout(timeout))
    }

    /// Trusts the certificates of these authorities, too: one or several in PEM. [`build`](Self::build) refuses what is none.
    pub fn add_root_certificate_pem(self, pem: impl AsRef<[u8]>) -> Self {
        self.map(|builder| builder.add_root_certificate_pem(pem))
    }

    /// Trusts nothing but the certificates of [`add_root_certificate_pem`](Self::add_root_certificate_pem).
    pub fn tls_roots_only(self, only: bool) -> Self {
        self.map(|builder| builder.tls_roots_only(only))
    }

    /// The client's own certificate with the chain to its authority, and its private key (PKCS #8), all in one PEM text.
    pub fn identity_pem(self, pem: impl Into<crate::runtime::redact::secret::Secret>) -> Self {
        self.map(|builder| builder.identity_pem(pem))
    }

    /// Sends everything through this proxy, `http://[user:password@]host:port`, in place of the ones that the environment names
    /// (`HTTPS_PROXY` and its like). A server on this machine is always reached without.
    ///
    /// # Errors
    /// The text is no proxy's URL.
    pub fn proxy(self, url: &str) -> Result<Self, Error> {
        Ok(Self {
            inner: self.inner.proxy(url)?,
        })
    }

    /// Uses no proxy, whatever the environment names.
    pub fn no_proxy(self) -> Self {
        self.map(crate::runtime::call::builder::ClientBuilder::no_proxy)
    }

    /// Changes the HTTP library's settings; see the async builder's method of this name.
    pub fn configure_http(
        self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.map(|builder| builder.configure_http(configure))
    }
}
