//! A program that uses rustls with its default features. With the argument `before` it builds its own configuration before our client as well.

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};

fn main() {
    let before = std::env::args().any(|argument| argument == "before");
    if before {
        own();
    }
    gitlab_pat::Client::builder().build().expect("our client");
    // rustls installs a default when the program builds its configuration. Our client never does.
    assert_eq!(CryptoProvider::get_default().is_some(), before);
    own();
}

fn own() {
    let _ = ClientConfig::builder()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
}
