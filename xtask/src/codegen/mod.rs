//! `cargo xtask codegen`: reads the documents, calls the generator, compares or writes.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{fs, io, iter, mem};

use generator::selection::{Selection, Selector};
use generator::{Config, Generated, Source};

use crate::output::{failure, print, print_line};
use crate::replace::{self, Flush};
use crate::workspace;
use crate::workspace::display_name;

mod difference;
mod files;
mod tree;

pub use files::Files;
pub use tree::{Plan, TreeError};

/// Generate the client crate from its OpenAPI description.
///
/// Without options, it generates the client of this workspace in strict mode: a part of the description that the client can't
/// express is an error. With another description, it generates a complete new crate.
///
/// Exit codes: 0 if the crate is up to date, 1 if the description has errors, the crate can't be written or, with --check, is
/// stale, 2 if an option is invalid.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Arguments {
    /// Write nothing; print a diff of each stale file and exit with 1 if there is one.
    #[arg(long)]
    pub check: bool,
    /// Stop at errors and warnings about the document, and not only at fatal errors.
    #[arg(long)]
    pub strict: bool,
    /// The OpenAPI or Swagger 2.0 document, in YAML or JSON [default: spec/gitlab-pat.yaml].
    #[arg(long, value_name = "FILE", requires = "out")]
    pub spec: Option<PathBuf>,
    /// An OpenAPI Overlay 1.0.0 document to apply; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// A folder beside that of the document, of which files may be read that it refers to; may be repeated.
    #[arg(long, value_name = "DIR")]
    pub allow_root: Vec<PathBuf>,
    /// Generate only the operations that this selects, with the types that they need: `tag:NAME`, `path:/a/*/b` (`*` is one
    /// segment or a part of one, `**` any number of segments, none included) or `operation:ID`; may be repeated.
    #[arg(long, value_name = "SELECTOR", requires = "spec")]
    pub include: Vec<Selector>,
    /// Leave out the operations that this selects; may be repeated.
    #[arg(long, value_name = "SELECTOR", requires = "spec")]
    pub exclude: Vec<Selector>,
    /// The folder of the crate [default: generated-client].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write the counts and all diagnostics to this file, as JSON. It is written whether the documents have errors or not; where they
    /// can't be read, the file of an earlier run is removed.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// The package name of the crate [default: the name of its folder].
    #[arg(long, value_name = "NAME", value_parser = parse_package)]
    pub package: Option<String>,
}

/// The settings of a run, with all defaults filled in.
#[derive(Debug, Clone)]
pub struct Job {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// Overlays, applied in this order.
    pub overlays: Vec<PathBuf>,
    /// Folders of which files may be read, beside that of the document.
    pub allowed: Vec<PathBuf>,
    /// The crate's folder.
    pub out: PathBuf,
    /// The crate's package name.
    pub package: String,
    /// Whether warnings stop the run.
    pub strict: bool,
    /// The operations that are generated.
    pub selection: Selection,
}

impl Job {
    /// The client of this workspace.
    #[must_use]
    pub fn workspace() -> Self {
        let root = workspace::root();
        Self {
            spec: root.join(workspace::SPEC),
            overlays: vec![root.join(workspace::OVERLAY)],
            allowed: Vec::new(),
            out: root.join(workspace::OUT),
            package: workspace::PACKAGE.to_owned(),
            strict: true,
            selection: Selection::default(),
        }
    }

    fn from_arguments(arguments: &Arguments) -> Self {
        let mut job = Self::workspace();
        if let Some(spec) = &arguments.spec {
            job.spec.clone_from(spec);
            job.overlays.clear();
            job.strict = false;
        }
        if !arguments.overlay.is_empty() {
            job.overlays.clone_from(&arguments.overlay);
        }
        job.allowed.clone_from(&arguments.allow_root);
        job.selection.include.clone_from(&arguments.include);
        job.selection.exclude.clone_from(&arguments.exclude);
        if let Some(out) = &arguments.out {
            job.package = package_of_folder(out);
            job.out.clone_from(out);
        }
        if let Some(package) = &arguments.package {
            job.package.clone_from(package);
        }
        job.strict |= arguments.strict;
        job
    }
}

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
        document: document_name(&job.spec),
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
        if let Some(path) = &arguments.report {
            report(path, &outcome)?;
        }
        let outcome = outcome?;
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
        None if is_replaceable => match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
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

/// The document's name in emitted files, the same on every machine.
fn document_name(path: &Path) -> String {
    match path.strip_prefix(workspace::root()) {
        Ok(relative) => relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/"),
        Err(_) => path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    }
}

fn package_of_folder(folder: &Path) -> String {
    let absolute = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    let name = absolute
        .file_name()
        .and_then(OsStr::to_str)
        .unwrap_or("client");
    if absolute == workspace::root().join(workspace::OUT) {
        return workspace::PACKAGE.to_owned();
    }
    parse_package(name).unwrap_or_else(|_| "client".to_owned())
}

fn parse_package(name: &str) -> Result<String, String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let rest_is_well = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if starts_well && rest_is_well {
        Ok(name.to_owned())
    } else {
        Err(
            "a package name starts with a letter and contains only letters, digits, `-` and `_`"
                .to_owned(),
        )
    }
}
