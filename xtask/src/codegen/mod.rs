//! `cargo xtask codegen`: reads the documents, calls the generator, compares or writes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{fs, io, iter, mem};

use generator::{Config, Generated, Source};

use crate::output::{failure, print, print_line};
use crate::replace::{self, Flush};
use crate::workspace::display_name;

mod difference;
mod files;
mod job;
mod tree;

pub use files::Files;
pub use job::{Arguments, Job};
pub use tree::{Plan, TreeError};

/// The result of a run, before anything is written.
#[derive(Debug)]
pub struct Outcome {
    /// The generator's result.
    pub generated: Generated,
    /// The changes to the files on disk.
    pub plan: Plan,
    /// The lines that the crate's manifest lacks.
    pub manifest: Vec<String>,
    /// The time for reading and generating.
    pub took: Duration,
    /// The files that the description was read from, or nothing if one of them could not be read.
    read: Option<Vec<ReadFile>>,
}

/// The reason for a run that ended early. Nothing was written.
#[derive(Debug)]
pub enum Failure {
    /// A document can't be read.
    Read(PathBuf, io::Error),
    /// The documents have errors, which stop a run that is as strict as this one.
    Document {
        /// The result without files.
        generated: Box<Generated>,
        /// Whether warnings stopped the run.
        strict: bool,
    },
    /// The report can't be written.
    Report(PathBuf, io::Error),
    /// The file of the report holds something else.
    NoReport(PathBuf),
    /// The tree can't be read or written.
    Tree(TreeError),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(path, error) => formatter.write_str(&failure(
                format_args!("{} can't be read: {error}", path.display()),
                "name the document with --spec FILE (overlays with --overlay FILE)",
            )),
            Self::Document { generated, strict } => {
                formatter.write_str(&generated.render_diagnostics(*strict))
            }
            Self::Report(path, error) => formatter.write_str(&failure(
                format_args!("{} can't be written: {error}", path.display()),
                "name another file with --report, in a folder that exists",
            )),
            Self::NoReport(path) => formatter.write_str(&failure(
                format_args!(
                    "{} is no report of an earlier run, so it is not removed; this run has no report",
                    path.display()
                ),
                "name another file with --report",
            )),
            Self::Tree(error) => write!(formatter, "{error}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Reads, generates and compares. Writes nothing.
///
/// # Errors
///
/// Returns an error if a document can't be read or has errors, or if the crate's folder can't be read.
pub fn prepare(job: &Job) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let spec = read(&job.spec)?;
    let overlays = job
        .overlays
        .iter()
        .map(|path| read(path))
        .collect::<Result<Vec<_>, _>>()?;
    let sources: Vec<Source<'_>> = overlays.iter().map(ReadFile::source).collect();
    let config = Config {
        package: job.package.clone(),
        document: job.document_name(),
        strict: job.strict,
        selection: job.selection.clone(),
    };
    let others = Files::of(&job.spec, &job.allowed);
    let generated = generator::generate_with_files(spec.source(), &others, &sources, &config);
    let took = started.elapsed();
    let Some(files) = &generated.files else {
        return Err(Failure::Document {
            generated: Box::new(generated),
            strict: job.strict,
        });
    };
    let plan = tree::plan(&job.out, files).map_err(Failure::Tree)?;
    let manifest = match fs::read_to_string(job.out.join("Cargo.toml")) {
        Ok(text) => generated.missing_in_manifest(&text),
        // It is about to be written.
        Err(_) => Vec::new(),
    };
    Ok(Outcome {
        generated,
        plan,
        manifest,
        took,
        read: others
            .into_read()
            .map(|others| iter::once(spec).chain(overlays).chain(others).collect()),
    })
}

/// Writes the generated crate to disk: all of it or, if a write fails, nothing.
///
/// # Errors
///
/// Returns an error if a file can't be written.
pub fn write(job: &Job, outcome: &Outcome) -> Result<(), Failure> {
    tree::apply(&job.out, &outcome.plan).map_err(Failure::Tree)
}

/// Returns a unified diff of each stale file.
#[must_use]
pub fn diff(outcome: &Outcome) -> String {
    outcome
        .plan
        .changes
        .iter()
        .map(difference::unified)
        .collect()
}

/// Runs the command. The last line of the summary is that of what `changes` returns at the start.
#[must_use]
pub fn main<C: FnOnce(&Job, &Generated, Option<&[ReadFile]>) -> String>(
    arguments: &Arguments,
    changes: impl FnOnce(&Job) -> C,
) -> ExitCode {
    let job = Job::from_arguments(arguments);
    let changes = changes(&job);
    let run = || -> Result<bool, Failure> {
        let outcome = prepare(&job);
        let reported = match &arguments.report {
            Some(path) => report(path, &outcome),
            None => Ok(()),
        };
        let outcome = match (outcome, reported) {
            (Err(failure), Err(other)) => {
                eprintln!("{}", failure.to_string().trim_end());
                return Err(other);
            }
            (outcome, reported) => reported.and(outcome)?,
        };
        eprint!("{}", outcome.generated.render_diagnostics(job.strict));
        if arguments.check {
            print(diff(&outcome));
        } else {
            write(&job, &outcome)?;
        }
        for line in &outcome.manifest {
            eprintln!("error: {}: {line}", job.out.join("Cargo.toml").display());
        }
        print_line(&outcome.generated.account);
        print_line(summary(&job, &outcome, arguments.check));
        print_line(changes(&job, &outcome.generated, outcome.read.as_deref()));
        let is_up_to_date = outcome.plan.changes.is_empty() || !arguments.check;
        let is_success = outcome.manifest.is_empty() && is_up_to_date;
        // The process ends here, and the system frees its memory in less time.
        mem::forget(outcome);
        Ok(is_success)
    };
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{}", failure.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Writes the report of a run. Where the generator did not run, removes that of an earlier one.
fn report(path: &Path, outcome: &Result<Outcome, Failure>) -> Result<(), Failure> {
    let generated = match outcome {
        Ok(outcome) => Some(&outcome.generated),
        Err(Failure::Document { generated, .. }) => Some(&**generated),
        Err(_) => None,
    };
    let is_replaceable = fs::symlink_metadata(path).map_or(true, |known| known.is_file());
    let written = match generated.map(Generated::report) {
        Some(text) if is_replaceable => replace::write(path, text.as_bytes(), Flush::Later),
        // Such as `/dev/stdout`.
        Some(text) => fs::write(path, text),
        None if is_replaceable => match fs::read(path) {
            Ok(text) if !generator::is_report(&text) => {
                return Err(Failure::NoReport(path.to_path_buf()));
            }
            Ok(_) => fs::remove_file(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        },
        None => Ok(()),
    };
    written.map_err(|error| Failure::Report(path.to_path_buf(), error))
}

fn summary(job: &Job, outcome: &Outcome, check: bool) -> String {
    let written = outcome
        .plan
        .changes
        .iter()
        .filter(|change| change.after.is_some())
        .count();
    let removed = outcome.plan.changes.len() - written;
    let unchanged = outcome.plan.unchanged;
    let files = match (check, written + removed) {
        (_, 0) => format!("nothing changes ({unchanged} files)"),
        (true, stale) => format!("{stale} files are stale; run `cargo xtask codegen`"),
        (false, _) => format!("{written} files written, {removed} removed, {unchanged} unchanged"),
    };
    format!(
        "{} -> {}: {}, {} ms; {files}",
        job.spec.display(),
        job.out.display(),
        outcome.generated.summary,
        outcome.took.as_millis()
    )
}

/// A file's path, its name in diagnostics, and its bytes.
#[derive(Debug, Clone)]
pub struct ReadFile {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl ReadFile {
    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

pub(crate) fn read(path: &Path) -> Result<ReadFile, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::Read(path.to_path_buf(), error))?;
    Ok(ReadFile {
        path: path.to_path_buf(),
        name: display_name(path),
        bytes,
    })
}
