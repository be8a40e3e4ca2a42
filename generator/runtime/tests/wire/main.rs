//! The client as emitted code uses it, with a scripted server and a clock that tests control.

mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod build;
#[cfg(feature = "gzip")]
mod compression;
mod credential_source;
mod empty_pages;
mod errors;
mod exchange;
#[cfg(feature = "reqwest")]
mod http;
#[cfg(feature = "reqwest")]
mod loopback;
mod lossy;
mod observation;
mod page_failures;
mod page_headers;
mod pages;
mod raw_requests;
mod redirects;
mod replacement;
mod response_bodies;
mod retries;
mod revocation;
#[cfg(feature = "test-util")]
mod scripted;
mod secrets;
#[cfg(feature = "tracing")]
mod spans;
mod support;
#[cfg(feature = "rustls")]
mod tls;
