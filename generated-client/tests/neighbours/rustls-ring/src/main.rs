//! A program that installs a ring provider and uses reqwest without TLS features. With the argument `before` it builds its own clients before
//! ours as well.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::crypto::{CryptoProvider, KeyProvider, ring};
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use rustls::{ClientConfig, RootCertStore};

const IDENTITY: &str =
    include_str!("../../../../../generator/runtime/tests/wire/certificates/client.pem");

/// ring's keys, counted.
#[derive(Debug)]
struct Counted;

static LOADED: AtomicUsize = AtomicUsize::new(0);

impl KeyProvider for Counted {
    fn load_private_key(
        &self,
        key: PrivateKeyDer<'static>,
    ) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        LOADED.fetch_add(1, Ordering::Relaxed);
        ring::default_provider().key_provider.load_private_key(key)
    }
}

fn main() {
    let provider = CryptoProvider {
        key_provider: &Counted,
        ..ring::default_provider()
    };
    provider.install_default().expect("the first one");
    if std::env::args().any(|argument| argument == "before") {
        own();
    }
    gitlab_pat::Client::builder()
        .identity_pem(IDENTITY)
        .build()
        .expect("our client");
    assert_eq!(
        LOADED.load(Ordering::Relaxed),
        1,
        "our client uses the installed provider"
    );
    own();
}

fn own() {
    let _ = reqwest::Client::new();
    let _ = ClientConfig::builder()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
}
