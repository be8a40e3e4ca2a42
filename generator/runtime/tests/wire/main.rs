//! The client as emitted code uses it, over a scripted server and a clock that tests move.

#[cfg(feature = "blocking")]
mod blocking;
mod build;
mod errors;
mod exchange;
#[cfg(feature = "reqwest")]
mod http;
#[cfg(feature = "reqwest")]
mod loopback;
mod pages;
mod replacement;
mod secrets;
mod support;
#[cfg(feature = "rustls")]
mod tls;
