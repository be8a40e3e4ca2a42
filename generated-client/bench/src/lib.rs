//! The cases that the benchmarks measure, each with the client and with code written by hand.
//!
//! `cargo bench -p gitlab-pat-bench` runs all of them. `BENCHMARKS.md` at the root of the workspace has their results.

pub mod report;
pub mod server;
pub mod work;

mod by_client;
mod by_hand;
mod token;
