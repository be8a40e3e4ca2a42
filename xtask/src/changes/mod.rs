//! `cargo xtask changes`: what a new description changes for the users of the client.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generator::Generated;
use generator::changes::{Changes, compare, insert};

use crate::codegen::{Job, ReadFile};
use crate::output::{failure, print};
use crate::workspace::{self, folder_of};

mod committed;
mod description;
mod revision;

use committed::Committed;
use description::Description;
use revision::GitError;

/// Report what a new description changes for the users of the client.
///
/// Compares the client of the description before with that of the description now, both made by the generator of this checkout, and
/// derives the version that the next release needs. What a new version of the generator or its runtime changes is not part of the report.
///
/// Exit codes: 0 if the descriptions could be compared, 1 if not, 2 if an option is invalid.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The description before: a git revision, of which `spec/` is read, or a document.
    #[arg(long, value_name = "REV|FILE", default_value = "HEAD")]
    pub from: String,
    /// An overlay to apply to the document of --from; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub from_overlay: Vec<PathBuf>,
    /// The description now: a git revision, of which `spec/` is read, or a document [default: spec/ on the disk].
    #[arg(long, value_name = "REV|FILE")]
    pub to: Option<String>,
    /// An overlay to apply to the document of --to; may be repeated.
    #[arg(long, value_name = "FILE", requires = "to")]
    pub to_overlay: Vec<PathBuf>,
    /// The format of the report. `markdown` is a section for a changelog, without places.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Add the Markdown section to the part `Unreleased` of this file, without the entries that are there already.
    #[arg(long, value_name = "FILE")]
    pub changelog: Option<PathBuf>,
}

/// The format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal, with places.
    Text,
    /// A section for a changelog.
    Markdown,
    /// One JSON object, with places.
    Json,
}

/// The reason why two descriptions can't be compared.
#[derive(Debug)]
pub enum Failure {
    /// A file can't be read or written.
    File(PathBuf, io::Error),
    /// Git has no such file, or there is no git.
    Git(GitError),
    /// An overlay was given for a revision, which has its own.
    Overlay(String),
    /// A description has errors that leave no client.
    Document(Box<Generated>),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path, error) => write!(formatter, "error: {}: {error}", path.display()),
            Self::Git(error) => formatter.write_str(&failure(error, error.remedy())),
            Self::Overlay(revision) => formatter.write_str(&failure(
                format_args!("`{revision}` is a git revision, which has its own overlay"),
                "name a document with the overlay, or leave the overlay out",
            )),
            Self::Document(generated) => {
                formatter.write_str(generated.render_diagnostics(false).trim_end())
            }
        }
    }
}

impl std::error::Error for Failure {}

/// Compares two descriptions.
///
/// # Errors
///
/// Returns an error if a description can't be read or gives no client.
pub fn changes(arguments: &Arguments) -> Result<Changes, Failure> {
    let before = Description::named(&arguments.from, &arguments.from_overlay)?;
    let after = match &arguments.to {
        Some(to) => Description::named(to, &arguments.to_overlay)?,
        None => Description::on_disk(&Job::workspace()),
    };
    Ok(between(&before.read()?, &after.read()?, workspace::PACKAGE))
}

fn between(before: &Generated, after: &Generated, package: &str) -> Changes {
    let surface = |generated: &Generated| generated.surface(package).unwrap_or_default();
    compare(&surface(before), &surface(after))
}

/// Returns what makes one line about the changes of a description since the last commit, or about the reason why there is none. It takes
/// the files that the description was read from, or nothing if one of them could not be read. Git starts at once, so that it is ready then.
pub fn since_commit(
    job: &Job,
) -> impl FnOnce(&Job, &Generated, Option<&[ReadFile]>) -> String + use<> {
    let committed = Committed::start(folder_of(&job.spec));
    move |job, generated, files| {
        let is_committed = committed
            .zip(files)
            .is_some_and(|(mut committed, files)| committed.has(files));
        match is_committed {
            true => line(Ok(Changes::default())),
            false => line(since_committed(job, generated)),
        }
    }
}

fn since_committed(job: &Job, generated: &Generated) -> Result<Changes, Failure> {
    let before = Description::committed(job)?.read()?;
    Ok(between(&before, generated, &job.package))
}

fn line(compared: Result<Changes, Failure>) -> String {
    match compared {
        Ok(changes) => format!("changes for users since HEAD: {}", changes.summary()),
        Err(Failure::Git(GitError::Unknown(_))) => {
            unknown("because the description is in no git repository with a commit")
        }
        Err(Failure::Git(GitError::Missing(..))) => {
            unknown("because it does not have the description")
        }
        Err(Failure::Git(reason)) => unknown(&reason.to_string()),
        Err(_) => unknown("because the description there gives no client"),
    }
}

fn unknown(reason: &str) -> String {
    format!("changes for users since HEAD: unknown, {reason}")
}

/// Runs the command.
#[must_use]
pub fn main(arguments: &Arguments) -> ExitCode {
    match run(arguments) {
        Ok(report) => {
            print(&report);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<String, Failure> {
    let changes = changes(arguments)?;
    if let Some(path) = &arguments.changelog {
        let failed = |error| Failure::File(path.clone(), error);
        let text = fs::read_to_string(path).map_err(failed)?;
        match insert(&text, &changes.markdown()) {
            Some(text) => fs::write(path, text).map_err(failed)?,
            None => eprintln!(
                "{}: nothing to add, every entry is there already",
                path.display()
            ),
        }
    }
    Ok(match arguments.format {
        Format::Text => changes.text(version().as_deref()),
        Format::Markdown => changes.markdown(),
        Format::Json => changes.json(),
    })
}

/// The version in the manifest of the client.
fn version() -> Option<String> {
    let manifest = Path::new(workspace::OUT).join("Cargo.toml");
    let text = fs::read_to_string(workspace::root().join(manifest)).ok()?;
    let mut lines = text.lines();
    let version = lines.find_map(|line| line.strip_prefix("version = \""))?;
    Some(version.trim_end_matches('"').to_owned())
}
