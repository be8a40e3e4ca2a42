//! Support code of the client: what every operation shares.
//!
//! The operations and types of the API only describe themselves; this module turns them into requests and reads the answers.

pub mod auth;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
pub mod builder;
pub mod call;
pub mod client;
pub mod encode;
mod encoder;
pub mod enumeration;
pub mod error;
mod error_body;
mod execute;
pub mod form;
mod header;
pub mod json;
mod json_path;
pub mod limits;
mod link;
pub mod member;
pub mod multipart;
pub mod node;
pub mod nullable;
pub mod operation;
pub mod options;
pub mod page;
#[cfg(feature = "blocking")]
pub mod page_blocking;
pub mod page_stream;
pub mod parameter;
mod prepare;
pub mod raw;
pub mod record;
mod redact;
pub mod request;
pub mod response;
mod retry_after;
#[cfg(feature = "test-util")]
pub mod scripted_transport;
pub mod secret;
pub mod time;
pub mod timer;
#[cfg(feature = "tokio")]
pub mod timer_tokio;
#[cfg(feature = "rustls")]
mod tls_rustls;
pub mod transport;
#[cfg(feature = "reqwest")]
mod transport_reqwest;
pub mod union;
