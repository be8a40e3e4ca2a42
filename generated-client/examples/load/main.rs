//! Many concurrent calls against a stand-in with faults, and the outcome of each.
//!
//! ```sh
//! cargo run --release -p gitlab-pat --example load                 # 10,000 calls, 64 at a time, a fault in 5 % of the requests
//! cargo run --release -p gitlab-pat --example load -- --reads-only --calls 100000   # memory is the client's alone
//! ```
//!
//! The exit code is 1 if a call was lost, a request was executed twice that must not be, or memory grew with the number of calls.

mod run;

use std::process::ExitCode;

use clap::Parser;

use run::{Load, run};

/// Loads the client with calls to a stand-in on this machine.
#[derive(Parser)]
struct Arguments {
    /// The number of calls.
    #[arg(long, default_value_t = 10_000)]
    calls: usize,
    /// The number of concurrent calls.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..))]
    concurrency: u16,
    /// The share of requests with a fault, in percent.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(0..=100))]
    faults: u8,
    /// Only read, so that the stand-in keeps no tokens and only the client can use more memory.
    #[arg(long)]
    reads_only: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let load = Load {
        calls: arguments.calls,
        concurrency: usize::from(arguments.concurrency),
        faults: arguments.faults,
        reads_only: arguments.reads_only,
        watches_memory: true,
    };
    match run(load).await {
        Ok(report) => {
            print!("{report}");
            if report.violations.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
