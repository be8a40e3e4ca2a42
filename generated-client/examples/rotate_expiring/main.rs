//! Rotates the caller's tokens that expire soon, and writes each new secret to a file.
//!
//! ```sh
//! cargo run --example rotate_expiring -- --days 30 --directory ./secrets            # only prints the rotations
//! cargo run --example rotate_expiring -- --days 30 --directory ./secrets --execute  # rotates
//! ```
//!
//! Calls the server in `GITLAB_URL` with the token in `GITLAB_TOKEN`. `cargo run -p gitlab-pat-fake --example serve` in the repository
//! starts a stand-in for GitLab on this machine, and prints both.

mod failure;
mod interruption;
mod program;
mod rotation;
mod store;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match program::run(program::Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // After SIGHUP, there may be no terminal to write to.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
