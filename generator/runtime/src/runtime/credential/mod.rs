//! Credentials and their sources.

pub mod auth;
pub mod auth_provider;
pub(crate) mod credentials;
pub(crate) mod header;
