//! `cargo xtask fuzz`: runs each fuzz target for a limited time. Independent of what the targets do.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{fs, io};

use clap::builder::PossibleValuesParser;

use crate::workspace;

/// Every target, as in the folder `fuzz_targets`.
pub const TARGETS: [&str; 5] = ["document", "response", "headers", "link", "retry_after"];

/// The memory limit of a target, in megabytes. Exceeding it is a finding.
const MEMORY: u32 = 2048;

/// The time limit of one input, in seconds. Exceeding it is a finding.
const PATIENCE: u32 = 10;

/// Run each fuzz target (generator/fuzz) for a limited time.
///
/// Requires a nightly toolchain and cargo-fuzz, unlike the rest of the workspace.
///
/// Exit codes: 0 if there is no finding, 1 if a target has a finding or can't be built, 2 if an option is invalid or a tool is
/// missing.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The targets to run, one after the other [default: all].
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(TARGETS))]
    pub targets: Vec<String>,
    /// The time for each target, in seconds.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub seconds: u32,
}

/// Runs the command.
#[must_use]
pub fn main(arguments: &Arguments) -> ExitCode {
    if let Some(remedy) = missing_tool() {
        eprintln!("error: {remedy}");
        return ExitCode::from(2);
    }
    let targets: Vec<&str> = match arguments.targets.as_slice() {
        [] => TARGETS.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    let folder = workspace::root().join(workspace::FUZZ);
    let mut failed = Vec::new();
    for target in targets {
        match run(&folder, target, arguments.seconds) {
            Ok(true) => {}
            Ok(false) => failed.push(target),
            Err(error) => {
                eprintln!("error: can't run the target {target}: {error}");
                failed.push(target);
            }
        }
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "error: {} failed; the findings are in {}; turn each into an ordinary test (see {})",
        failed.join(", "),
        folder.join("artifacts").display(),
        folder.join("README.md").display()
    );
    ExitCode::FAILURE
}

/// The missing tool and how to install it, or none.
fn missing_tool() -> Option<&'static str> {
    if !succeeds(&["--version"]) {
        return Some(
            "no nightly toolchain was found; install one with `rustup toolchain install nightly --profile minimal`",
        );
    }
    if !succeeds(&["fuzz", "--version"]) {
        return Some("cargo-fuzz was not found; install it with `cargo install cargo-fuzz`");
    }
    None
}

fn succeeds(arguments: &[&str]) -> bool {
    nightly()
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The nightly cargo, by name: the variable `CARGO` is the toolchain that runs this command.
fn nightly() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.arg("+nightly");
    cargo
}

/// Whether the target ran without a finding.
fn run(folder: &Path, target: &str, seconds: u32) -> io::Result<bool> {
    fs::create_dir_all(corpus(folder, target))?;
    let status = nightly()
        .args(command_line(folder, target, seconds))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .status()?;
    Ok(status.success())
}

/// The folder that keeps inputs with new coverage between runs.
fn corpus(folder: &Path, target: &str) -> PathBuf {
    folder.join("corpus").join(target)
}

/// The arguments of one run. New inputs go into the first folder; the seeds are only read.
fn command_line(folder: &Path, target: &str, seconds: u32) -> Vec<OsString> {
    let mut dictionary = OsString::from("-dict=");
    dictionary.push(folder.join("http.dict"));
    vec![
        "fuzz".into(),
        "run".into(),
        "--fuzz-dir".into(),
        folder.into(),
        // The code under test has no `unsafe`.
        "--sanitizer".into(),
        "none".into(),
        target.into(),
        corpus(folder, target).into(),
        folder.join("seeds").join(target).into(),
        "--".into(),
        format!("-max_total_time={seconds}").into(),
        format!("-rss_limit_mb={MEMORY}").into(),
        format!("-timeout={PATIENCE}").into(),
        dictionary,
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_target_is_known_and_has_seeds() {
        let folder = workspace::root().join(workspace::FUZZ);
        let known: BTreeSet<String> = TARGETS.map(str::to_owned).into();
        let stems = |name: &str| -> BTreeSet<String> {
            fs::read_dir(folder.join(name))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
                .collect()
        };

        assert_eq!(stems("fuzz_targets"), known);
        assert_eq!(stems("seeds"), known);
    }

    #[test]
    fn new_inputs_go_into_the_corpus_and_not_among_the_seeds() {
        let line: Vec<String> = command_line(Path::new("f"), "link", 7)
            .into_iter()
            .map(|word| word.into_string().unwrap())
            .collect();

        let slashes = line.join(" ").replace('\\', "/");
        assert_eq!(
            slashes,
            "fuzz run --fuzz-dir f --sanitizer none link f/corpus/link f/seeds/link -- -max_total_time=7 -rss_limit_mb=2048 \
             -timeout=10 -dict=f/http.dict"
        );
    }
}
