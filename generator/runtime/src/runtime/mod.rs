//! Support code of the client: what every operation shares.
//!
//! The operations and types of the API only describe themselves; this module turns them into requests and reads the responses.

mod attempt;
pub mod auth;
pub mod auth_provider;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
pub mod builder;
pub mod call;
pub mod client;
mod credential_check;
mod credential_effect;
pub(crate) mod credential_state;
mod credentials;
#[cfg(feature = "gzip")]
pub(crate) mod decompress;
pub mod encode;
mod encoder;
pub mod enumeration;
pub mod error;
mod error_body;
mod error_display;
mod error_kind;
mod execute;
mod guard;
pub mod form;
mod header;
pub mod json;
mod json_path;
pub(crate) mod registry;
pub mod limits;
mod link;
pub mod list;
pub mod member;
pub mod multipart;
pub mod node;
pub mod nullable;
pub mod observe;
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
pub(crate) mod redact;
mod redirect;
mod replacement;
mod replacement_response;
pub mod request;
pub mod response;
pub mod retry;
mod retry_after;
#[cfg(feature = "test-util")]
pub mod scripted_transport;
pub mod secret;
mod shared_call;
pub mod time;
pub mod timer;
#[cfg(feature = "tokio")]
pub mod timer_tokio;
#[cfg(feature = "rustls-no-provider")]
mod tls_rustls;
mod trace;
pub mod transport;
#[cfg(feature = "reqwest")]
mod transport_reqwest;
#[cfg(feature = "reqwest")]
mod transport_reqwest_error;
pub mod union;
