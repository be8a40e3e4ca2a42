//! `cargo xtask corpus`: generates a crate from each of many documents and counts what comes of it. Knows nothing of a single document.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{fs, io};

use generator::parallel;

use crate::codegen::{self, Failure, Job};
use crate::output::print;

mod compile;
mod discover;
mod table;

use discover::Candidate;

/// Generate a crate from each OpenAPI document in the given folders, and print a table of the results for each version of OpenAPI.
///
/// The documents stay as they are. Crates are written to --out, which --check and --lint need.
///
/// Exit codes: 0 if each document generates a crate and, with --check or --lint, each crate compiles without a warning; 1 if one does not;
/// 2 if an option is invalid.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Documents, and folders that are searched for documents.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Write the crates here, one folder for each. What is in the folder is removed.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Compile each crate with `cargo check`.
    #[arg(long, requires = "out")]
    pub check: bool,
    /// Check each crate with `cargo clippy` and `cargo doc` instead, where each warning is an error.
    #[arg(long, requires = "out")]
    pub lint: bool,
    /// Take every Nth document only.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub every: u32,
    /// Print a line for each document that does not generate a crate or whose crate does not compile.
    #[arg(long)]
    pub verbose: bool,
}

/// What came of one document.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) path: PathBuf,
    /// The declared version, `3.0`.
    pub(crate) version: String,
    pub(crate) result: Generation,
    pub(crate) took: Duration,
    /// What Cargo printed of the crate. None where it was not run or printed nothing.
    pub(crate) complaint: Option<String>,
}

/// How the generation of one crate ended.
#[derive(Debug)]
pub(crate) enum Generation {
    /// A crate.
    Emitted(Counts),
    /// Fatal diagnostics, rendered.
    Rejected(String),
    /// A panic of the generator.
    Panicked,
}

/// What one crate holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) read: usize,
    pub(crate) emitted: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

/// Runs the command.
#[must_use]
pub fn main(arguments: &Arguments) -> ExitCode {
    match run(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<bool> {
    let candidates: Vec<Candidate> = discover::documents(&arguments.paths)?
        .into_iter()
        .step_by(arguments.every as usize)
        .collect();
    if let Some(out) = &arguments.out {
        match fs::remove_dir_all(out.join("crates")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let mut entries = generate_all(&candidates, arguments.out.as_deref());
    let tools = match (arguments.lint, arguments.check) {
        (true, _) => compile::LINT,
        (false, true) => compile::CHECK,
        (false, false) => &[],
    };
    if let Some(out) = &arguments.out {
        compile::compile(&mut entries, out, tools)?;
    }
    if arguments.verbose {
        print(table::faults(&entries));
    }
    let mut versions: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &entries {
        versions.entry(&entry.version).or_default().push(entry);
    }
    print(table::of_versions(&versions, !tools.is_empty()));
    Ok(entries
        .iter()
        .all(|entry| matches!(entry.result, Generation::Emitted(_)) && entry.complaint.is_none()))
}

/// Generates on every core. The entries are in the order of the documents.
fn generate_all(candidates: &[Candidate], out: Option<&Path>) -> Vec<Entry> {
    let numbered: Vec<_> = candidates.iter().enumerate().collect();
    parallel::map(&numbered, |(number, candidate)| {
        generate(candidate, out.map(|out| crate_folder(out, *number)))
    })
}

/// The package name of the crate of the document with this number.
fn package(number: usize) -> String {
    format!("d{number}")
}

fn crate_folder(out: &Path, number: usize) -> (PathBuf, String) {
    let package = package(number);
    (out.join("crates").join(&package), package)
}

fn generate(candidate: &Candidate, target: Option<(PathBuf, String)>) -> Entry {
    let started = Instant::now();
    let written = target.is_some();
    let (out, package) = target.unwrap_or_else(|| (PathBuf::from("."), "corpus".to_owned()));
    let job = Job {
        spec: candidate.path.clone(),
        overlays: Vec::new(),
        allowed: Vec::new(),
        out,
        package,
        strict: false,
        selection: Default::default(),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| -> Result<Counts, Failure> {
        let outcome = codegen::prepare(&job)?;
        if written {
            codegen::write(&job, &outcome)?;
        }
        let counts = outcome.generated.diagnostics.counts();
        Ok(Counts {
            read: outcome.generated.summary.operations_read,
            emitted: outcome.generated.summary.operations_emitted,
            errors: counts.errors,
            warnings: counts.warnings,
        })
    }));
    Entry {
        path: candidate.path.clone(),
        version: candidate.version.clone(),
        result: match outcome {
            Ok(Ok(counts)) => Generation::Emitted(counts),
            Ok(Err(failure)) => Generation::Rejected(failure.to_string()),
            Err(_) => Generation::Panicked,
        },
        took: started.elapsed(),
        complaint: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_has_an_entry_in_the_order_of_the_paths() {
        let folder = tempfile::tempdir().unwrap();
        let good = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {responses: {'204': {description: D}}}\n";
        fs::write(folder.path().join("a.yaml"), good).unwrap();
        fs::write(folder.path().join("b.yaml"), "openapi: 3.0.3\npaths: [").unwrap();
        let candidates = discover::documents(&[folder.path().to_path_buf()]).unwrap();

        let entries = generate_all(&candidates, Some(folder.path()));

        let (good, bad) = match entries.as_slice() {
            [good, bad] => (good, bad),
            other => panic!("{other:?}"),
        };
        assert!(
            matches!(
                good.result,
                Generation::Emitted(Counts {
                    read: 1,
                    emitted: 1,
                    ..
                })
            ),
            "{good:?}"
        );
        assert!(folder.path().join("crates/d0/src/lib.rs").exists());
        assert!(matches!(bad.result, Generation::Rejected(_)), "{bad:?}");
        let faults = table::faults(&entries);
        assert!(faults.contains("b.yaml: error[syntax]"), "{faults}");
        assert!(!faults.contains("a.yaml"), "{faults}");
    }
}
