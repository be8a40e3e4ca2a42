//! What a client knows of its API before it is called.

pub mod operation;
