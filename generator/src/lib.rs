//! Turns an OpenAPI document into a Rust client crate.

pub mod diagnostic;
pub mod dialect;
pub mod model;
pub mod source;
