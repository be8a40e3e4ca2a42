//! Support code of the client: what every operation shares.
//!
//! The operations and types of the API only describe themselves; this module turns them into requests and reads the answers.

pub mod encode;
pub mod node;
pub mod operation;
pub mod parameter;
pub mod request;
pub mod secret;
