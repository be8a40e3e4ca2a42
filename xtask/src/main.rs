//! `cargo xtask`: flags and one match.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{codegen, fuzz};

/// Maintenance commands of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Codegen(codegen::Arguments),
    Fuzz(fuzz::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::main(&arguments),
        Command::Fuzz(arguments) => fuzz::main(&arguments),
    }
}
