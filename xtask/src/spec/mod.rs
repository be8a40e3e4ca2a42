//! `cargo xtask spec`: the published descriptions in `spec/`.

use std::process::ExitCode;

mod import;
mod selection;

pub use import::{Failure, Job, Outcome, prepare, write};

/// Keep the published descriptions in `spec/` up to date.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    Import(import::Arguments),
}

/// Runs the command and prints its result.
#[must_use]
pub fn main(arguments: &Arguments) -> ExitCode {
    match &arguments.command {
        Command::Import(arguments) => import::main(arguments),
    }
}
