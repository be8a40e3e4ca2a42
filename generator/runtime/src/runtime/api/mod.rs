//! Static descriptions of an API and its operations.

pub mod operation;
