//! The runtime that is copied into every generated client.
