//! Support code of the client: what every operation shares.
//!
//! The operations and types of the API only describe themselves; this module turns them into requests and reads the answers.

pub mod encode;
mod encoder;
pub mod enumeration;
pub mod form;
pub mod json;
mod json_path;
pub mod multipart;
pub mod node;
pub mod nullable;
pub mod operation;
pub mod parameter;
pub mod presence;
pub mod record;
pub mod request;
pub mod secret;
pub mod time;
pub mod union;
