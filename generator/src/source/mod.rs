//! Reads JSON or YAML bytes into a tree in which the line and column of every node can be found again. It knows nothing of OpenAPI.

mod allowance;
mod deserializer;
mod document;
mod json;
mod json_tokens;
mod load;
mod locate;
mod number;
mod reference;
mod repair;
mod report;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod value;
mod write;
mod yaml;
mod yaml_fault;
mod yaml_tokens;

pub use crate::diagnostic::Origin;
pub use allowance::Allowance;
pub use deserializer::{Error, from_value};
pub use document::Document;
pub use load::{Load, LoadError, Loaded};
pub use number::Number;
pub use reference::{Resolved, Target, follow, hops, reference_target, resolve};
pub use value::{Data, MAX_DEPTH, Object, Value};
pub use write::to_yaml;
