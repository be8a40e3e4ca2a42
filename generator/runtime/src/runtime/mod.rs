//! Support code of the client: what every operation shares.
//!
//! The operations and types of the API only describe themselves; this module turns them into requests and reads the responses.

pub mod api;
pub mod call;
pub mod credential;
pub mod decode;
pub mod encode;
pub mod error;
#[cfg(feature = "tokio")]
mod http_client;
pub mod page;
pub mod redact;
pub mod replacement;
pub mod transport;
