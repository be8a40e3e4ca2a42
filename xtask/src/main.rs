//! `cargo xtask`: flags and one match.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use xtask::{changes, codegen, corpus, fuzz, spec};

/// Generation is many small allocations in several threads, of which this allocator makes a quarter less work.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Maintenance commands of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Changes(changes::Arguments),
    Codegen(codegen::Arguments),
    Corpus(corpus::Arguments),
    Fuzz(fuzz::Arguments),
    Spec(spec::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Changes(arguments) => changes::main(&arguments),
        Command::Codegen(arguments) => codegen::main(&arguments, changes::since_commit),
        Command::Corpus(arguments) => corpus::main(&arguments),
        Command::Fuzz(arguments) => fuzz::main(&arguments),
        Command::Spec(arguments) => spec::main(&arguments),
    }
}
