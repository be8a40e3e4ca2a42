//! Secrets and their redaction.

pub(crate) mod redactor;
pub mod secret;
