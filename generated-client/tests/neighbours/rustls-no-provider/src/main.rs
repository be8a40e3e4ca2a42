//! A program that leaves the provider to itself: our client says so until one is installed.

use rustls::crypto::{CryptoProvider, ring};

fn main() {
    let error = gitlab_pat::Client::builder()
        .build()
        .expect_err("there is no provider");
    println!("{error}");
    // rustls configures no connections without one, and the HTTP library none without rustls.
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
