//! Maintenance commands of the workspace: all input and output of code generation.
//!
//! The generator itself is pure; this crate reads the documents, calls it, and compares or writes what it returns. It knows
//! nothing of OpenAPI and nothing of Rust source.

pub mod codegen;
pub mod workspace;
