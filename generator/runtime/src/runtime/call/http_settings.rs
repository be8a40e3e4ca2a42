//! The builder's settings of the client's own HTTP stack.

use std::time::Duration;

use crate::runtime::call::builder::ClientBuilder;
use crate::runtime::error::Error;
use crate::runtime::redact::secret::Secret;

/// Settings of the client's own HTTP stack.
impl ClientBuilder {
    /// The time that making a connection may take; 10 seconds unless set. `None` sets no limit.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.http.connect_timeout = timeout.into();
        self
    }

    /// The time for which a server may send nothing; 30 seconds unless set. `None` sets no limit.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.http.read_timeout = timeout.into();
        self
    }

    /// Trusts the certificates of these authorities, too: one or several in PEM. [`build`](Self::build) refuses what is none.
    pub fn add_root_certificate_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.http.root_certificates.push(pem.as_ref().to_vec());
        self
    }

    /// Trusts nothing but the certificates of [`add_root_certificate_pem`](Self::add_root_certificate_pem).
    pub fn tls_roots_only(mut self, only: bool) -> Self {
        self.http.roots_only = only;
        self
    }

    /// The client's own certificate with the chain to its authority, and its private key (PKCS #8), all in one PEM text.
    pub fn identity_pem(mut self, pem: impl Into<Secret>) -> Self {
        self.http.identity = Some(pem.into());
        self
    }

    /// Sends everything through this proxy, `http://[user:password@]host:port`, in place of the ones that the environment names
    /// (`HTTPS_PROXY` and its like). A server on this machine is always reached without.
    ///
    /// # Errors
    /// The text is no proxy's URL.
    pub fn proxy(mut self, url: &str) -> Result<Self, Error> {
        let proxy = reqwest::Proxy::all(url)
            .map_err(|_| Error::configuration("the proxy is not a URL such as http://host:port"))?;
        self.http.proxies.push(proxy);
        Ok(self)
    }

    /// Uses no proxy, whatever the environment names.
    pub fn no_proxy(mut self) -> Self {
        self.http.no_proxy = true;
        self
    }

    /// Changes the HTTP library's settings. The client's rules come after: no redirects, no retries, no referer, no decompression
    /// and no logging of connections by the library. With rustls the TLS settings come before, as a prepared
    /// configuration: certificates are set here in this builder, or the closure brings a whole `rustls` configuration of its own
    /// (`tls_backend_preconfigured`).
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
