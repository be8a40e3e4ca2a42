//! The work that the benchmarks measure, each piece once with the client and once with code written by hand.
//!
//! `cargo bench -p gitlab-pat-bench` runs all of them; `BENCHMARKS.md` at the top of the workspace holds what they printed.

pub mod report;
pub mod server;
pub mod work;

mod by_client;
mod by_hand;
