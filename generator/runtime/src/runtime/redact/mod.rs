//! Secrets, and what keeps them out of everything that is shown.

pub(crate) mod redactor;
pub mod secret;
