//! How long generation takes, in phases, in whole processes and as documents grow.
//!
//! `cargo bench -p generator` runs everything; `cargo bench -p generator -- phases` (or `processes`, `sweep`) runs a part. The real
//! documents are measured where they are at hand, in `../shared/specs` beside the checkout. `generator/BENCHMARKS.md` has the figures.

mod chains;
mod clock;
mod copies;
mod document;
mod phases;
mod process;

use std::env;
use std::process::ExitCode;

use document::Input;
use mimalloc::MiMalloc;

/// As in the command, `xtask`.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|one| one != "--bench").collect();
    if let [command, name, out] = arguments.as_slice()
        && command == process::COMMAND
    {
        return process::run(name, out.as_ref());
    }
    let is_wanted =
        |part: &str| arguments.is_empty() || arguments.iter().any(|wanted| wanted == part);
    let inputs = Input::all();
    if is_wanted("phases") {
        phases::print(&inputs);
    }
    if is_wanted("processes") {
        process::print(&inputs);
    }
    if is_wanted("sweep") {
        copies::print(&inputs);
        chains::print();
    }
    ExitCode::SUCCESS
}
