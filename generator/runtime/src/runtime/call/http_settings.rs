//! The builder's settings of the client's own HTTP stack.

use std::time::Duration;

use crate::runtime::call::builder::ClientBuilder;
use crate::runtime::error::Error;
use crate::runtime::redact::secret::Secret;

/// Settings of the built-in HTTP client.
impl<C> ClientBuilder<C> {
    /// Sets the time limit for making a connection. The default is 10 seconds. `None` removes the limit.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.http.connect_timeout = timeout.into();
        self
    }

    /// Sets the time for which a server may send nothing before or during a response. The default is 30 seconds. `None` removes the limit.
    ///
    /// It lets the client retry a silent server before the call's [`timeout`](Self::timeout). A request that must not be sent twice, or
    /// whose response contains a new secret, is not given up before that timeout. The limit applies to it only if its call has no timeout.
    /// A limit that [`configure_http`](Self::configure_http) sets applies to every request.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.http.read_timeout = timeout.into();
        self
    }

    /// Trusts the certificates of additional authorities: one or several in PEM. [`build`](Self::build) returns an error for an invalid
    /// one.
    pub fn add_root_certificate_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.http.root_certificates.push(pem.as_ref().to_vec());
        self
    }

    /// Trusts only the certificates of [`add_root_certificate_pem`](Self::add_root_certificate_pem).
    pub fn tls_roots_only(mut self, only: bool) -> Self {
        self.http.roots_only = only;
        self
    }

    /// Sets the client's own certificate. The PEM text contains the private key (PKCS #8), and the certificate with the chain to its
    /// authority.
    pub fn identity_pem(mut self, pem: impl Into<Secret>) -> Self {
        self.http.identity = Some(pem.into());
        self
    }

    /// Sends all requests through this proxy, `http://[user:password@]host:port`, instead of the proxies in the environment (such as
    /// `HTTPS_PROXY`). Servers on the local machine are always reached directly.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not the URL of a proxy.
    pub fn proxy(mut self, url: &str) -> Result<Self, Error> {
        let proxy = reqwest::Proxy::all(url)
            .map_err(|_| Error::configuration("the proxy is not a URL such as http://host:port"))?;
        self.http.proxies.push(proxy);
        Ok(self)
    }

    /// Uses no proxy and ignores the proxies in the environment.
    pub fn no_proxy(mut self) -> Self {
        self.http.no_proxy = true;
        self
    }

    /// Changes the settings of the HTTP library.
    ///
    /// This is the only method whose signature has a type of reqwest, which the crate does not re-export. The caller's reqwest must be the
    /// version that this crate depends on, and an update of this crate can change it.
    ///
    /// The client's own rules are applied afterwards: no redirects, no retries, no referer, no decompression, and no logging of connections
    /// by the library. With rustls, the client's TLS settings are applied before, as a prepared configuration. Certificates are therefore
    /// set on this builder, or the closure sets a complete `rustls` configuration (`tls_backend_preconfigured`).
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        let earlier = self.http.configure.take();
        self.http.configure = Some(Box::new(move |builder| {
            let builder = match earlier {
                Some(earlier) => earlier(builder),
                None => builder,
            };
            configure(builder)
        }));
        self
    }
}
