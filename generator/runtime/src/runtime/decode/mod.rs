//! Decoding of JSON into types, and encoding of types as JSON.

pub(crate) mod context;
pub mod enumeration;
pub mod json;
pub(crate) mod json_path;
pub mod limits;
pub mod member;
pub mod nullable;
pub mod record;
#[cfg(feature = "test-util")]
pub mod sample;
pub(crate) mod secret_member;
pub mod time;
pub mod union;
pub(crate) mod words;
