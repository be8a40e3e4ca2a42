//! The runtime that is copied into every generated client.
//!
//! The files under `runtime` are compiled and tested here; a generated crate holds the same text. They refer to one another as
//! `crate::runtime::…`, know nothing of one API, and may be copied without their optional neighbours (see `runtime`).

pub mod runtime;

#[cfg(test)]
mod tests;
