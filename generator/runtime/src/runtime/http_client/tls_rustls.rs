//! TLS by rustls, with the program's cryptography provider and the machine's certificates.
//!
//! The configuration belongs to one client. No provider is installed for the process, since that is the program's decision.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::runtime::error::Error;
use crate::runtime::redact::secret::Secret;

/// The settings of TLS connections.
pub(crate) struct Settings<'settings> {
    pub(crate) root_certificates: &'settings [Vec<u8>],
    pub(crate) roots_only: bool,
    pub(crate) identity: Option<&'settings Secret>,
    /// Whether any connection uses TLS.
    pub(crate) needed: bool,
}

/// Returns the TLS configuration of a client.
pub(crate) fn configuration(settings: &Settings<'_>) -> Result<ClientConfig, Error> {
    let provider = provider()?;
    let roots = roots(settings.root_certificates)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::configuration("no version of TLS can be used"))?;
    let builder = if settings.needed {
        let verifier = verifier(settings, roots, provider)?;
        builder
            .dangerous()
            .with_custom_certificate_verifier(verifier)
    } else {
        // An empty store trusts no certificate. It is never consulted.
        builder.with_root_certificates(RootCertStore::empty())
    };
    let mut config = match settings.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let (chain, key) = client_certificate(identity)?;
            builder.with_client_auth_cert(chain, key).map_err(|_| {
                Error::configuration("the identity's certificate and key do not belong together")
            })?
        }
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Returns the provider that the program installed, or else the one that is compiled in.
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    CryptoProvider::get_default().map_or_else(compiled_in, |installed| Ok(Arc::clone(installed)))
}

#[cfg(feature = "rustls")]
fn compiled_in() -> Result<Arc<CryptoProvider>, Error> {
    Ok(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn compiled_in() -> Result<Arc<CryptoProvider>, Error> {
    Err(Error::configuration(
        "no cryptography provider is installed for rustls; install one before the client is built, for example with \
         `rustls::crypto::ring::default_provider().install_default()`, or enable the feature `rustls`",
    ))
}

fn roots(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let invalid = || Error::configuration("a root certificate is not valid PEM");
    let mut roots = Vec::new();
    for pem in pems {
        let certificates = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| invalid())?;
        if certificates.is_empty() {
            return Err(invalid());
        }
        roots.extend(certificates);
    }
    Ok(roots)
}

fn verifier(
    settings: &Settings<'_>,
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let invalid_root =
        || Error::configuration("a root certificate is not the certificate of an authority");
    if settings.roots_only {
        let mut store = RootCertStore::empty();
        for root in roots {
            store.add(root).map_err(|_| invalid_root())?;
        }
        if store.is_empty() {
            return Err(Error::configuration(
                "`tls_roots_only` is set without a root certificate; add one with `add_root_certificate_pem`",
            ));
        }
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider)
            .build()
            .map_err(|_| invalid_root())?;
        return Ok(verifier);
    }
    // The certificates are checked separately first, because a machine without certificates needs another remedy.
    let mut store = RootCertStore::empty();
    for root in &roots {
        store.add(root.clone()).map_err(|_| invalid_root())?;
    }
    let verifier = Verifier::new_with_extra_roots(roots, provider).map_err(|_| {
        Error::configuration(
            "this machine has no certificates of authorities; install them (package `ca-certificates`), name a file of them in the \
             environment variable SSL_CERT_FILE, or add your server's with `add_root_certificate_pem`",
        )
    })?;
    Ok(Arc::new(verifier))
}

fn client_certificate(
    identity: &Secret,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let invalid = || Error::configuration("the identity is not a certificate and a key in PEM");
    let pem = identity.expose_secret().as_bytes();
    let chain = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| invalid())?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| invalid())?;
    if chain.is_empty() {
        return Err(invalid());
    }
    Ok((chain, key))
}

/// Returns a description of a failed handshake. rustls' own messages quote names and times that the server sent.
pub(crate) fn reason(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::UnknownIssuer => {
                "the certificate's issuer is unknown; add the certificate of a private authority with `add_root_certificate_pem`"
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the certificate is not valid yet; check this machine's clock"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the certificate is for another host"
            }
            CertificateError::Revoked => "the certificate is revoked",
            _ => "the certificate is not valid",
        },
        rustls::Error::AlertReceived(_) => "the server rejected the handshake",
        rustls::Error::InvalidMessage(_) => "the server does not speak TLS",
        rustls::Error::PeerIncompatible(_) => {
            "client and server have no version or cipher of TLS in common"
        }
        _ => "the handshake failed",
    }
}
