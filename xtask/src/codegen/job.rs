//! The arguments of the command, and the settings of a run that they make.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use generator::selection::{Selection, Selector};

use crate::workspace;

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

    pub(super) fn from_arguments(arguments: &Arguments) -> Self {
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

    /// The document's name in emitted files, the same on every machine.
    pub(super) fn document_name(&self) -> String {
        match self.spec.strip_prefix(workspace::root()) {
            Ok(relative) => relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/"),
            Err(_) => self
                .spec
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        }
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

pub(super) fn parse_package(name: &str) -> Result<String, String> {
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
