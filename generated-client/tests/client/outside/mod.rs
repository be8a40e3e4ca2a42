//! Crates outside of the workspace, as users have them: compiled by cargo in a directory of their own, with the client as a path
//! dependency, and run against the stand-in.

mod crates;
mod default_features;
mod neighbours;
mod no_features;
mod package;
mod readme;
mod refused;
mod security;
