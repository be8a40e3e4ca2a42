//! Decoding of JSON into types, and encoding of types as JSON.

pub mod additional;
pub(crate) mod context;
pub mod integer_enum;
pub mod json;
pub(crate) mod json_path;
pub mod limits;
pub mod member;
pub mod nullable;
pub mod record;
#[cfg(feature = "test-util")]
pub mod sample;
pub mod secret_member;
pub mod string_enum;
pub mod time;
pub mod union;
pub(crate) mod whole_number;
pub(crate) mod words;
