//! Files as they are in a git revision.

use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use generator::source::{Load, LoadError, Loaded};

use crate::workspace;

/// A revision that git knows, under the name that the user gave it.
#[derive(Debug)]
pub(super) struct Revision(String);

/// The reason why git gives no file.
#[derive(Debug)]
pub enum GitError {
    /// Git can't be run.
    Unavailable(std::io::Error),
    /// The folder is in no repository, or the repository has no such revision.
    Unknown(String),
    /// The revision has no such file.
    Missing(String, PathBuf),
}

impl fmt::Display for GitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(error) => write!(formatter, "git can't be run: {error}"),
            Self::Unknown(name) => {
                write!(
                    formatter,
                    "`{name}` is neither a file nor a git revision here"
                )
            }
            Self::Missing(name, path) => write!(
                formatter,
                "the git revision `{name}` has no file {}",
                path.display()
            ),
        }
    }
}

impl GitError {
    /// Returns what to do about it.
    pub(super) fn remedy(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "install git, or name a document instead of a revision",
            Self::Unknown(_) => "name a document, or a revision that `git log` shows",
            Self::Missing(..) => "name a later revision, or a document",
        }
    }
}

impl std::error::Error for GitError {}

impl fmt::Display for Revision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Revision {
    /// Finds a revision of the repository that a folder is in.
    pub(super) fn find(name: &str, folder: &Path) -> Result<Self, GitError> {
        let commit = format!("{name}^{{commit}}");
        match git(
            folder,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ],
        )? {
            Some(_) => Ok(Self(name.to_owned())),
            None => Err(GitError::Unknown(name.to_owned())),
        }
    }

    /// Reads a file, given by its path on the disk, where neither it nor its folder need exist any more.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, GitError> {
        let missing = || GitError::Missing(self.0.clone(), path.to_path_buf());
        let path = std::path::absolute(path).map_err(|_| missing())?;
        let folder = path.ancestors().skip(1).find(|folder| folder.is_dir());
        let folder = folder.ok_or_else(missing)?;
        let rest = path.strip_prefix(folder).map_err(|_| missing())?;
        let rest: Vec<_> = rest.iter().map(|part| part.to_string_lossy()).collect();
        let object = format!("{}:./{}", self.0, rest.join("/"));
        git(folder, &["cat-file", "blob", &object])?.ok_or_else(missing)
    }
}

/// Runs git in a folder. Returns its output, or nothing if it fails.
fn git(folder: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, GitError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(GitError::Unavailable)?;
    Ok(output.status.success().then_some(output.stdout))
}

/// The files that a document of a revision refers to. They are in the folder of the document.
pub(super) struct RevisionFiles<'a> {
    revision: &'a Revision,
    folder: &'a Path,
}

impl<'a> RevisionFiles<'a> {
    pub(super) fn new(revision: &'a Revision, folder: &'a Path) -> Self {
        Self { revision, folder }
    }
}

impl Load for RevisionFiles<'_> {
    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        let mut inside = PathBuf::new();
        for component in Path::new(path).components() {
            match component {
                Component::Normal(name) => inside.push(name),
                Component::CurDir => {}
                Component::ParentDir if inside.pop() => {}
                _ => return Err(LoadError::Outside),
            }
        }
        let file = self.folder.join(inside);
        let bytes = self.revision.read(&file);
        Ok(Loaded {
            name: format!("{}:{}", self.revision, workspace::display_name(&file)),
            bytes: bytes.map_err(|_| LoadError::Missing)?,
        })
    }
}
