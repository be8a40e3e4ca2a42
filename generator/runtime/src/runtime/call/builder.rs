//! Builds a client: collects the settings, then checks them once. Nothing is sent.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::api::operation::ApiInfo;
use crate::runtime::call::base_url::BaseUrl;
use crate::runtime::call::client::{Client, Shared};
use crate::runtime::call::guard::CredentialWatch;
use crate::runtime::call::observe::{Attempt, Observer};
use crate::runtime::call::options::append;
use crate::runtime::call::retry::{DEFAULT_BUDGET, RetryBudget, RetryPolicy};
use crate::runtime::credential::auth::Auth;
use crate::runtime::credential::auth_provider::AuthProvider;
use crate::runtime::credential::credentials::Credentials;
use crate::runtime::credential::header::is_reserved;
use crate::runtime::error::Error;
#[cfg(feature = "reqwest")]
use crate::runtime::http_client::transport_reqwest::{HttpSettings, ReqwestTransport, Server};
use crate::runtime::transport::timer::{SharedTimer, Timer};
use crate::runtime::transport::{SharedTransport, Transport};

/// The default time limit of a call.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The default maximum size of a response.
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// The limits of every call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallLimits {
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_response_size: usize,
}

/// A builder of an async or blocking client `C`. Both have the same settings.
///
/// A blocking client runs the functions, providers, transports and timers that are set here on a thread of its own, in a Tokio runtime. They
/// must not block that thread with calls of the client.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    api: &'static ApiInfo,
    base_url: Option<BaseUrl>,
    auth: Auth,
    provider: Option<Arc<dyn AuthProvider>>,
    user_agent: Option<String>,
    headers: HeaderMap,
    /// The invalid part of a default header.
    invalid: Option<&'static str>,
    limits: CallLimits,
    retry: RetryPolicy,
    retry_budget: u32,
    pub(crate) watch: Option<Arc<dyn CredentialWatch>>,
    observer: Observer,
    allow_insecure_http: bool,
    transport: Option<SharedTransport>,
    timer: Option<SharedTimer>,
    #[cfg(feature = "reqwest")]
    pub(crate) http: HttpSettings,
    client: PhantomData<fn() -> C>,
}

impl ClientBuilder {
    /// Creates a builder for an async client of this API, with default settings.
    #[doc(hidden)]
    pub fn new(api: &'static ApiInfo) -> Self {
        Self::for_api(api)
    }

    /// Checks the settings and creates the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid. The error names the setting and contains no secret.
    pub fn build(self) -> Result<Client, Error> {
        self.build_async()
    }
}

impl<C> ClientBuilder<C> {
    /// Creates a builder for a client of this API, with default settings.
    #[doc(hidden)]
    pub fn for_api(api: &'static ApiInfo) -> Self {
        Self {
            api,
            base_url: None,
            auth: Auth::none(),
            provider: None,
            user_agent: None,
            headers: HeaderMap::new(),
            invalid: None,
            limits: CallLimits {
                timeout: Some(TIMEOUT),
                max_response_size: MAX_RESPONSE_SIZE,
            },
            retry: RetryPolicy::new(),
            retry_budget: DEFAULT_BUDGET,
            watch: None,
            observer: Observer::default(),
            allow_insecure_http: false,
            transport: None,
            timer: None,
            #[cfg(feature = "reqwest")]
            http: HttpSettings::default(),
            client: PhantomData,
        }
    }

    /// Sets the URL of the API: the scheme, the host and the path at which the server is mounted, if there is one.
    ///
    /// If the API's description has a base path that begins every path, the base URL may end with it. It is then not added again. With the
    /// base path `/api/v1`, `https://example.com` and `https://example.com/api/v1` are equivalent. Whole segments are compared, after
    /// percent-decoding and case-sensitively. The base path is removed only once: `https://example.com/api/v1/api/v1` is a server that is
    /// mounted at `/api/v1`. Trailing slashes are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not an absolute http or https URL, or if it contains user information, a query or a fragment.
    pub fn base_url(mut self, url: &str) -> Result<Self, Error> {
        self.base_url = Some(BaseUrl::parse(url, self.api.base_path)?);
        Ok(self)
    }

    /// Sets the credential. It is sent only to the origin of the base URL.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self.provider = None;
        self
    }

    /// Sets a provider of credentials instead of a fixed credential. The client asks the provider before each attempt, within the call's
    /// timeout.
    pub fn auth_provider(mut self, provider: impl AuthProvider) -> Self {
        self.provider = Some(Arc::new(provider));
        self
    }

    /// Sets the `User-Agent` header. The default is the client's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Adds a header to every request. Its value is never printed. [`build`](Self::build) returns an error for an invalid name or value,
    /// and for a header that carries credentials, which are set with [`auth`](Self::auth).
    pub fn default_header<N, V>(mut self, name: N, value: V) -> Self
    where
        HeaderName: TryFrom<N>,
        HeaderValue: TryFrom<V>,
    {
        if let Err(part) = append(&mut self.headers, name, value) {
            self.invalid = Some(part);
        }
        self
    }

    /// Sets the time limit for a whole call, including retries and the pauses between them. The default is 60 seconds. `None` removes the
    /// limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = timeout.into();
        self
    }

    /// Sets the maximum size of a response in bytes, both compressed and decompressed. The default is 64 MiB.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Sets the policy for retries. [`RetryPolicy`] documents which calls are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the number of retries that the client and its clones have in reserve, so that retries do not prolong a server's outage. The
    /// default is 20. Each retry takes one, and ten successful calls give one back.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Sets a function that is called after each attempt, for metrics. It runs on the task of the call and must not block. If it panics,
    /// the call continues. It is not called for an attempt whose call is dropped.
    pub fn on_attempt(mut self, hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.observer = Observer::new(hook);
        self
    }

    /// Allows requests, including the credential, to be sent without encryption to another machine.
    ///
    /// A proxy that the environment names for plain http (`HTTP_PROXY`) gets them without encryption as well, and can read the credential.
    /// [`no_proxy`](Self::no_proxy) prevents that.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// Sets the transport instead of the built-in HTTP client. Settings of connections and TLS then have no effect.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(SharedTransport::given(transport));
        self
    }

    /// Sets the timer instead of Tokio's.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Some(SharedTimer::new(timer));
        self
    }

    /// Checks the settings and creates the async client.
    pub(crate) fn build_async(mut self) -> Result<Client, Error> {
        if let Some(part) = self.invalid {
            return Err(Error::configuration(format!(
                "a default header has an invalid {part}"
            )));
        }
        let base_url = self.checked_base_url()?;
        let credentials = match self.provider.take() {
            Some(provider) => Credentials::provided(provider),
            None => Credentials::fixed(&self.auth)?,
        };
        let headers = self.checked_headers()?;
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => self.default_transport(&base_url)?,
        };
        let timer = match self.timer.take() {
            Some(timer) => timer,
            None => default_timer()?,
        };
        Ok(Client::from_shared(Shared {
            api: self.api,
            base_url,
            transport,
            timer,
            credentials,
            watch: self.watch,
            headers,
            limits: self.limits,
            retry: self.retry,
            budget: RetryBudget::new(self.retry_budget),
            observer: self.observer,
        }))
    }

    fn checked_base_url(&mut self) -> Result<BaseUrl, Error> {
        let base_url = match (self.base_url.take(), self.api.default_base_url) {
            (Some(base_url), _) => base_url,
            (None, Some(default)) => BaseUrl::parse(default, self.api.base_path)?,
            (None, None) => {
                return Err(Error::configuration(
                    "no base URL is set, and the API's description names none; set one with `base_url`",
                ));
            }
        };
        if base_url.is_plain_http() && !base_url.is_loopback() && !self.allow_insecure_http {
            return Err(Error::configuration(
                "the base URL's scheme is http, which sends the credential without encryption; use https, or set \
                 `allow_insecure_http(true)`",
            ));
        }
        Ok(base_url)
    }

    fn checked_headers(&mut self) -> Result<HeaderMap, Error> {
        let mut headers = std::mem::take(&mut self.headers);
        if headers.keys().any(|name| is_reserved(name, self.api)) {
            return Err(Error::configuration(
                "a default header is reserved for credentials or the connection; set credentials with `auth`",
            ));
        }
        let user_agent = match &self.user_agent {
            Some(user_agent) => HeaderValue::from_str(user_agent),
            None => HeaderValue::from_str(&format!(
                "{}/{}",
                self.api.package, self.api.package_version
            )),
        }
        .map_err(|_| {
            Error::configuration("the user agent contains bytes that are not allowed in a header")
        })?;
        headers.insert(USER_AGENT, user_agent);
        Ok(headers)
    }

    #[cfg(feature = "reqwest")]
    fn default_transport(&mut self, base_url: &BaseUrl) -> Result<SharedTransport, Error> {
        let server = Server {
            is_loopback: base_url.is_loopback(),
            is_plain_http: base_url.is_plain_http(),
        };
        ReqwestTransport::build(std::mem::take(&mut self.http), server).map(SharedTransport::new)
    }

    #[cfg(not(feature = "reqwest"))]
    fn default_transport(&mut self, _: &BaseUrl) -> Result<SharedTransport, Error> {
        Err(Error::configuration(
            "no transport is set; set one with `transport`, or enable the feature `reqwest`",
        ))
    }
}

#[cfg(feature = "tokio")]
fn default_timer() -> Result<SharedTimer, Error> {
    Ok(SharedTimer::new(
        crate::runtime::http_client::timer_tokio::TokioTimer,
    ))
}

#[cfg(not(feature = "tokio"))]
fn default_timer() -> Result<SharedTimer, Error> {
    Err(Error::configuration(
        "no timer is set; set one with `timer`, or enable the feature `tokio`",
    ))
}

/// Prints neither the credential nor header values.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("base_url", &self.base_url)
            .field("auth", &self.auth)
            .field("has_provider", &self.provider.is_some())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
