//! The built-in HTTP client.

#[cfg(feature = "tokio")]
pub(crate) mod timer_tokio;
#[cfg(feature = "rustls-no-provider")]
pub(crate) mod tls_rustls;
#[cfg(feature = "reqwest")]
pub(crate) mod transport_reqwest;
#[cfg(feature = "reqwest")]
pub(crate) mod transport_reqwest_error;
