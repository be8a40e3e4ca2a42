//! Turns an OpenAPI document into a Rust client crate.

pub mod model;
