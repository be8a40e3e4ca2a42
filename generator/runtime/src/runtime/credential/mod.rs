//! Credentials: what they are, and where a client gets them.

pub mod auth;
pub mod auth_provider;
pub(crate) mod credentials;
pub(crate) mod header;
