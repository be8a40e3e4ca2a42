//! Maintenance commands of the workspace: all input and output of code generation and of imports,
//! reports of changes, runs over many documents, and the runs of the fuzz targets.
//!
//! The generator itself is pure; this crate reads the documents, calls it, and compares or writes the result. It does
//! not depend on OpenAPI or Rust source.

pub mod changes;
pub mod codegen;
pub mod corpus;
pub mod fuzz;
mod output;
mod replace;
pub mod spec;
pub mod workspace;

pub use replace::Change;
