//! `cargo xtask fuzz`: runs the fuzz targets, each for a while. Knows nothing of what they do.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{fs, io};

use clap::builder::PossibleValuesParser;

use crate::workspace;

/// Every target, as in the folder `fuzz_targets`.
pub const TARGETS: [&str; 4] = ["response", "headers", "link", "retry_after"];

/// What a target may use, in megabytes; more is a finding.
const MEMORY: u32 = 2048;

/// What one input may take, in seconds; more is a finding.
const PATIENCE: u32 = 20;

/// Run fuzz targets (generator/fuzz), each for a while.
///
/// Needs a nightly toolchain and cargo-fuzz; nothing else in the workspace does.
///
/// Exit codes: 0 when nothing was found, 1 when a target found something or could not be built, 2 when the options are wrong or a
/// tool is missing.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The targets to run, one after the other [default: all].
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(TARGETS))]
    pub targets: Vec<String>,
    /// How long each runs.
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
                eprintln!("error: {target} cannot be run: {error}");
                failed.push(target);
            }
        }
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "error: {} failed; what was found stands in {}, and becomes an ordinary test (see {})",
        failed.join(", "),
        folder.join("artifacts").display(),
        folder.join("README.md").display()
    );
    ExitCode::FAILURE
}

/// What to install; none where everything is there.
fn missing_tool() -> Option<&'static str> {
    if !succeeds(&["--version"]) {
        return Some(
            "there is no nightly toolchain; install one with `rustup toolchain install nightly --profile minimal`",
        );
    }
    if !succeeds(&["fuzz", "--version"]) {
        return Some("there is no cargo-fuzz; install it with `cargo install cargo-fuzz`");
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

/// The nightly cargo. Its name is looked up anew: the variable `CARGO` names the toolchain that runs this command.
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

/// Where inputs that reach something new are kept between runs.
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
             -timeout=20 -dict=f/http.dict"
        );
    }
}
