//! Tests of the runtime, file by file.

mod hygiene;
mod json;
mod record;
