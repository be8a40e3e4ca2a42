//! A program that leaves the provider to itself: our client says so until one is installed.

use rustls::crypto::{CryptoProvider, ring};

fn main() {
    let error = gitlab_pat::Client::builder()
        .build()
        .expect_err("there is no provider");
    println!("{error}");
    assert!(CryptoProvider::get_default().is_none());

    ring::default_provider()
        .install_default()
        .expect("the first one");
    gitlab_pat::Client::builder().build().expect("our client");
}
