//! A program that enables no provider. Our client is an error until one is installed.

use rustls::crypto::{CryptoProvider, ring};

fn main() {
    let error = gitlab_pat::Client::builder()
        .build()
        .expect_err("there is no provider");
    println!("{error}");
    // Without a provider, neither rustls nor the HTTP library can create a configuration.
    let plain = gitlab_pat::Client::builder()
        .base_url("http://127.0.0.1:1")
        .expect("a URL")
        .build()
        .expect_err("there is no provider, although TLS is not needed");
    assert_eq!(plain.to_string(), error.to_string());
    assert!(CryptoProvider::get_default().is_none());

    ring::default_provider()
        .install_default()
        .expect("the first one");
    gitlab_pat::Client::builder().build().expect("our client");
}
