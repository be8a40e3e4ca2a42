//! Crates outside of the workspace, like those of users. Cargo compiles each in a directory of its own with the client as a path
//! dependency. They run against the stand-in.

mod crates;
mod default_features;
mod neighbours;
mod no_features;
mod package;
mod readme;
mod refused;
mod security;
