//! `cargo xtask spec import`: reads a published description, calls the generator, reports, and writes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use generator::Source;
use generator::diagnostic::render;
use generator::import::{Imported, Kept, Request, import};
use generator::selection::{Selection, Selector};

use crate::codegen::Files;
use crate::output::{failure, print, print_line};
use crate::replace::{Change, Failed, Flush, replace};
use crate::workspace::{self, display_name, folder_of};

use super::selection;

/// Bring a description into `spec/` as its publisher has it: the operations that are wanted, with everything that they refer to.
///
/// Operation ids, names, order and faults stay as published. Summaries, descriptions, examples and links to documentation are left
/// out. Swagger 2.0 is written in the words of OpenAPI 3.0; other versions stay what they are.
///
/// The report says what is gone, what became of each correction of the overlay (`spec/NAME.overlay.yaml`), and what is new. Which operations
/// are wanted is kept in `spec/NAME.import.yaml`, so the next import needs no selectors. The options add to that file; to take back
/// what they added, edit it.
///
/// A selector is `tag:NAME`, `path:/a/*/b` (`*` is one segment or a part of one, `**` any number of segments, none included) or
/// `operation:ID`. In tags and ids, `*` is any text.
///
/// Exit codes: 0 if the description is written or, without --write, if nothing is to be done; 1 if something has changed or is to be
/// corrected, or if a file can't be read or written; 2 if an option is invalid.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Arguments {
    /// The published document, in OpenAPI 3.0, 3.1 or 3.2 or Swagger 2.0, as YAML or JSON.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The description to compare with and to write [default: spec/gitlab-pat.yaml].
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Also import the operations that this selects. It is added to `include` of the selection that is kept; the first one there
    /// narrows the import from all operations to these. May be repeated.
    #[arg(long, value_name = "SELECTOR")]
    include: Vec<Selector>,
    /// Leave out the operations that this selects. It is added to `exclude` of the selection that is kept. May be repeated.
    #[arg(long, value_name = "SELECTOR")]
    exclude: Vec<Selector>,
    /// Keep summaries, descriptions, examples and links to documentation, in later imports too.
    #[arg(long)]
    keep_prose: bool,
    /// An overlay with the corrections to judge [default: NAME.overlay.yaml beside NAME.yaml, if it exists]; may be repeated.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// A folder beside that of the document, of which files may be read that it refers to; may be repeated.
    #[arg(long, value_name = "DIR")]
    allow_root: Vec<PathBuf>,
    /// Write the description and its selection. Without it, nothing is written.
    #[arg(long)]
    write: bool,
}

/// The settings of an import, with all defaults filled in.
#[derive(Debug, Clone)]
pub struct Job {
    /// The published document.
    pub file: PathBuf,
    /// The description that it is brought into.
    pub into: PathBuf,
    /// What is added to the selection that is kept.
    pub given: Kept,
    /// The overlays.
    pub overlays: Vec<PathBuf>,
    /// Folders of which files may be read, beside that of the document.
    pub allowed: Vec<PathBuf>,
}

impl Job {
    fn from_arguments(arguments: &Arguments) -> Self {
        let into = arguments
            .into
            .clone()
            .unwrap_or_else(|| workspace::root().join(workspace::SPEC));
        let given = Kept {
            selection: Selection {
                include: arguments.include.clone(),
                exclude: arguments.exclude.clone(),
            },
            keep_prose: arguments.keep_prose,
        };
        let beside = beside(&into, "overlay");
        let overlays = match arguments.overlay.is_empty() {
            true if beside.is_file() => vec![beside],
            _ => arguments.overlay.clone(),
        };
        Self {
            file: arguments.file.clone(),
            given,
            overlays,
            allowed: arguments.allow_root.clone(),
            into,
        }
    }
}

/// Returns the file of the same name with another word before its ending.
fn beside(file: &Path, word: &str) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{word}.yaml"));
    file.with_file_name(name)
}

/// What an import would do.
#[derive(Debug)]
pub struct Outcome {
    /// The generator's result.
    pub imported: Imported,
    /// The files that change, by their names in the folder of the description.
    pub changes: Vec<Change>,
}

/// The reason for an import that ended early. Nothing was written.
#[derive(Debug)]
pub struct Failure(String);

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    fn file(path: &Path, what: &str, error: &io::Error, help: &str) -> Self {
        let path = path.display();
        Self(failure(
            format_args!("{path} can't be {what}: {error}"),
            help,
        ))
    }

    fn comments(path: &Path, text: &str) -> Self {
        let path = display_name(path);
        let failure = failure(
            format_args!("{path} has comments, and the selectors can't be added among them"),
            "bring it to this selection by hand, then import again without these options:",
        );
        Self(format!("{failure}\n\n{text}"))
    }
}

/// Reads and compares. Writes nothing.
///
/// # Errors
///
/// Returns an error if a file can't be read, or if the selection does not fit the document.
pub fn prepare(job: &Job) -> Result<Outcome, Failure> {
    let published = read(&job.file, "name the published document")?;
    let earlier = read_if_exists(&job.into)?;
    let selection_file = beside(&job.into, "import");
    let kept_file = read_if_exists(&selection_file)?;
    let known = kept_file
        .as_ref()
        .map(|file| Kept::read(file.source()))
        .transpose()
        .map_err(|diagnostics| Failure(render(&diagnostics, false)))?
        .unwrap_or_default();
    let mut kept = known.clone();
    kept.selection.add(&job.given.selection);
    kept.keep_prose |= job.given.keep_prose;
    let overlays = job
        .overlays
        .iter()
        .map(|path| read(path, "name overlays with --overlay FILE"))
        .collect::<Result<Vec<_>, _>>()?;
    let overlays: Vec<Source<'_>> = overlays.iter().map(ReadFile::source).collect();
    let files = Files::of(&job.file, &job.allowed);
    let imported = import(&Request {
        published: published.source(),
        files: &files,
        kept: &kept,
        given: &job.given.selection,
        earlier: earlier.as_ref().map(ReadFile::source),
        overlays: &overlays,
    })
    .map_err(|diagnostics| Failure(render(&diagnostics, false)))?;
    let mut changes = Vec::new();
    let mut change = |path: &Path, before: Option<&ReadFile>, text: String| {
        if before.is_none_or(|before| before.bytes != text.as_bytes()) {
            let name = path.file_name().unwrap_or_default();
            changes.push(Change {
                path: name.into(),
                before: before.map(|before| before.bytes.clone()),
                after: Some(text),
            });
        }
    };
    change(&job.into, earlier.as_ref(), imported.text.clone());
    if kept != known {
        let text = match &kept_file {
            None => format!("{COMMENT}{kept}"),
            Some(file) => selection::text(&file.bytes, &known, &kept)
                .map_err(|text| Failure::comments(&selection_file, &text))?,
        };
        change(&selection_file, kept_file.as_ref(), text);
    }
    Ok(Outcome { imported, changes })
}

/// The comment of a new selection.
const COMMENT: &str = "# What `cargo xtask spec import` takes from the published document. `--include` and `--exclude` add to it.\n";

/// Writes the description and its selection: both of them or, if a write fails, none.
///
/// # Errors
///
/// Returns an error if a file can't be written.
pub fn write(job: &Job, outcome: &Outcome) -> Result<(), Failure> {
    replace(folder_of(&job.into), &outcome.changes, Flush::First).map_err(|failed| {
        Failure::file(
            &failed.path,
            "written",
            &failed.error,
            &state_after(&failed),
        )
    })
}

/// Returns what a failure has left.
fn state_after(failed: &Failed) -> String {
    let changed: Vec<String> = failed
        .changed
        .iter()
        .map(|path| display_name(path))
        .collect();
    match changed.is_empty() {
        true => "nothing was changed".to_owned(),
        false => format!(
            "{} can't be restored; bring it back from version control, then import again",
            changed.join(" and ")
        ),
    }
}

/// Runs the command and prints its result.
pub(super) fn main(arguments: &Arguments) -> ExitCode {
    match run(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{}", failure.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let job = Job::from_arguments(arguments);
    let outcome = prepare(&job)?;
    eprint!("{}", render(&outcome.imported.diagnostics, false));
    print(&outcome.imported.report);
    let names: Vec<String> = outcome
        .changes
        .iter()
        .map(|change| display_name(&job.into.with_file_name(&change.path)))
        .collect();
    let names = names.join(" and ");
    print_line("");
    if outcome.changes.is_empty() {
        print_line(format_args!("{} is up to date", display_name(&job.into)));
        return Ok(arguments.write || outcome.imported.report.is_clean());
    }
    if !arguments.write {
        print_line(format_args!("nothing is written; --write changes {names}"));
        return Ok(false);
    }
    write(&job, &outcome)?;
    print_line(format_args!(
        "{names} written; next: review the diff, adapt the overlay, run `cargo xtask codegen`"
    ));
    Ok(true)
}

/// A file's name and bytes.
struct ReadFile {
    name: String,
    bytes: Vec<u8>,
}

impl ReadFile {
    fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

fn read(path: &Path, help: &str) -> Result<ReadFile, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, "read", &error, help))?;
    Ok(ReadFile {
        name: display_name(path),
        bytes,
    })
}

fn read_if_exists(path: &Path) -> Result<Option<ReadFile>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(ReadFile {
            name: display_name(path),
            bytes,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(
            path,
            "read",
            &error,
            "put a file that can be read in its place, or remove it",
        )),
    }
}
