//! The built-in transport, based on reqwest.
//!
//! reqwest's own policies are disabled: redirects, retries, referer and decompression. `transport_reqwest_error` converts its errors.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use crate::runtime::error::Error;
#[cfg(feature = "rustls-no-provider")]
use crate::runtime::http_client::tls_rustls;
use crate::runtime::http_client::transport_reqwest_error::reduced;
use crate::runtime::redact::secret::Secret;
use crate::runtime::transport::{
    RequestBody, ResponseBody, TransportError, TransportErrorKind, TransportFuture, UrlTransport,
    WaitsForDeadline,
};

/// The default limit on the time to make a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The default limit on the time in which a server sends nothing, for requests that are not marked with [`WaitsForDeadline`].
const READ_TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) type Configure =
    Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The settings of connections.
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) root_certificates: Vec<Vec<u8>>,
    pub(crate) roots_only: bool,
    pub(crate) identity: Option<Secret>,
    pub(crate) proxies: Vec<reqwest::Proxy>,
    pub(crate) no_proxy: bool,
    pub(crate) configure: Option<Configure>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(CONNECT_TIMEOUT),
            read_timeout: Some(READ_TIMEOUT),
            root_certificates: Vec::new(),
            roots_only: false,
            identity: None,
            proxies: Vec::new(),
            no_proxy: false,
            configure: None,
        }
    }
}

/// The properties of a server that determine the settings of connections.
#[derive(Clone, Copy)]
pub(crate) struct Server {
    /// Whether it is on this machine.
    pub(crate) is_loopback: bool,
    /// Whether it is reached without TLS.
    pub(crate) is_plain_http: bool,
}

/// The built-in transport.
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    /// Not a setting of the HTTP library, because it does not apply to every request.
    read_timeout: Option<Duration>,
}

impl ReqwestTransport {
    pub(crate) fn build(settings: HttpSettings, server: Server) -> Result<Self, Error> {
        let mut builder = tls(reqwest::Client::builder(), &settings, server)?;
        if let Some(timeout) = settings.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        for proxy in settings.proxies {
            builder = builder.proxy(proxy);
        }
        if let Some(configure) = settings.configure {
            builder = configure(builder);
        }
        if settings.no_proxy || server.is_loopback {
            builder = builder.no_proxy();
        }
        let client = builder
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            // Verbose logging would include every byte of a connection, including the credential.
            .connection_verbose(false)
            .build()
            .map_err(|_| {
                Error::configuration(
                    "the HTTP library rejected its settings; check `configure_http`",
                )
            })?;
        Ok(Self {
            client,
            read_timeout: settings.read_timeout,
        })
    }
}

/// Configures TLS, with rustls if it is compiled in. Certificates are read only if a server is reached over TLS, so that a machine without
/// certificates can connect to itself.
#[cfg(feature = "rustls-no-provider")]
fn tls(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
    server: Server,
) -> Result<reqwest::ClientBuilder, Error> {
    let config = tls_rustls::configuration(&tls_rustls::Settings {
        root_certificates: &settings.root_certificates,
        roots_only: settings.roots_only,
        identity: settings.identity.as_ref(),
        needed: !server.is_plain_http,
    })?;
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
fn tls(
    mut builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
    _: Server,
) -> Result<reqwest::ClientBuilder, Error> {
    let invalid = || Error::configuration("a root certificate is not valid PEM");
    let mut roots = Vec::new();
    for pem in &settings.root_certificates {
        let certificates = reqwest::Certificate::from_pem_bundle(pem).map_err(|_| invalid())?;
        if certificates.is_empty() {
            return Err(invalid());
        }
        roots.extend(certificates);
    }
    builder = if settings.roots_only {
        builder.tls_certs_only(roots)
    } else {
        builder.tls_certs_merge(roots)
    };
    if let Some(identity) = &settings.identity {
        let pem = identity.expose_secret().as_bytes();
        let identity = reqwest::Identity::from_pkcs8_pem(pem, pem).map_err(|_| {
            Error::configuration("the identity is not a certificate and a PKCS #8 key in PEM")
        })?;
        builder = builder.identity(identity);
    }
    // Other features of the program may have changed the HTTP library's default.
    Ok(builder.tls_backend_native())
}

#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
fn tls(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
    server: Server,
) -> Result<reqwest::ClientBuilder, Error> {
    let wants_tls = !settings.root_certificates.is_empty() || settings.identity.is_some();
    if wants_tls || settings.roots_only || !server.is_plain_http {
        return Err(Error::configuration(
            "the client was compiled without TLS; enable the feature `rustls` or `native-tls`",
        ));
    }
    Ok(builder)
}

impl UrlTransport for ReqwestTransport {
    fn send(&self, url: url::Url, request: http::Request<RequestBody>) -> TransportFuture {
        let client = self.client.clone();
        let (parts, body) = request.into_parts();
        let waits = parts.extensions.get::<WaitsForDeadline>().is_some();
        let read_timeout = self.read_timeout.filter(|_| !waits);
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        if !body.is_empty() {
            *request.body_mut() = Some(reqwest::Body::from(body.into_bytes()));
        }
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(TransportError::new(TransportErrorKind::Connect)
                    .with_reason("there is no Tokio runtime here"));
            }
            let response = client.execute(request);
            let response = match read_timeout {
                Some(limit) => tokio::time::timeout(limit, response)
                    .await
                    .map_err(|_| silent())?,
                None => response.await,
            };
            let response = response.map_err(|error| reduced(&error))?;
            let (parts, body) = http::Response::from(response).into_parts();
            Ok(http::Response::from_parts(
                parts,
                ResponseBody::from_stream(Chunks {
                    body,
                    read_timeout,
                    silence: None,
                }),
            ))
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ReqwestTransport")
    }
}

/// Creates the error of a server that sent nothing within the time limit.
fn silent() -> TransportError {
    TransportError::new(TransportErrorKind::ReadTimeout)
        .with_reason("the limit is the client's `read_timeout`")
}

/// The data frames of a body. Trailers are ignored.
struct Chunks {
    body: reqwest::Body,
    read_timeout: Option<Duration>,
    /// Ends when the server has sent nothing for too long. It exists only while the reader waits.
    silence: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Chunks {
    /// Returns whether the time limit has passed since the last frame.
    fn is_silent(&mut self, context: &mut Context<'_>) -> bool {
        let Some(limit) = self.read_timeout else {
            return false;
        };
        let silence = self
            .silence
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        silence.as_mut().poll(context).is_ready()
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending if self.is_silent(context) => {
                    return Poll::Ready(Some(Err(silent())));
                }
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(reduced(&error)))),
                Poll::Ready(Some(Ok(frame))) => frame,
            };
            self.silence = None;
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}
