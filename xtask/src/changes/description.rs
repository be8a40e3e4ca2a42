//! A description before or now: on the disk, or in a git revision.

use std::path::{Path, PathBuf};

use generator::selection::Selection;
use generator::{Generated, Source};

use super::Failure;
use super::revision::{Revision, RevisionFiles};
use crate::codegen::{self, Files, Job, ReadFile};
use crate::workspace::{self, folder_of};

/// Where a document and its overlays are.
#[derive(Debug)]
pub(super) struct Description {
    spec: PathBuf,
    overlays: Vec<PathBuf>,
    allowed: Vec<PathBuf>,
    selection: Selection,
    revision: Option<Revision>,
}

impl Description {
    /// The description that a job reads.
    pub(super) fn on_disk(job: &Job) -> Self {
        Self {
            spec: job.spec.clone(),
            overlays: job.overlays.clone(),
            allowed: job.allowed.clone(),
            selection: job.selection.clone(),
            revision: None,
        }
    }

    /// The description that a job reads, as it was committed last.
    pub(super) fn committed(job: &Job) -> Result<Self, Failure> {
        Ok(Self {
            revision: Some(Revision::find("HEAD", folder_of(&job.spec)).map_err(Failure::Git)?),
            ..Self::on_disk(job)
        })
    }

    /// The description that an argument names: a document, if there is such a file, or else a revision.
    pub(super) fn named(name: &str, overlays: &[PathBuf]) -> Result<Self, Failure> {
        if Path::new(name).is_file() {
            return Ok(Self {
                spec: PathBuf::from(name),
                overlays: overlays.to_vec(),
                allowed: Vec::new(),
                selection: Selection::default(),
                revision: None,
            });
        }
        if !overlays.is_empty() {
            return Err(Failure::Overlay(name.to_owned()));
        }
        Ok(Self {
            revision: Some(Revision::find(name, &workspace::root()).map_err(Failure::Git)?),
            ..Self::on_disk(&Job::workspace())
        })
    }

    /// Reads the model.
    pub(super) fn read(&self) -> Result<Generated, Failure> {
        let spec = self.file(&self.spec)?;
        let overlays = self.overlays.iter().map(|path| self.file(path));
        let overlays = overlays.collect::<Result<Vec<ReadFile>, Failure>>()?;
        let overlays: Vec<Source<'_>> = overlays.iter().map(ReadFile::source).collect();
        let selection = &self.selection;
        let generated = match &self.revision {
            Some(revision) => {
                let files = RevisionFiles::new(revision, folder_of(&self.spec));
                generator::read_model_with_files(spec.source(), &files, &overlays, selection)
            }
            None => {
                let files = Files::of(&self.spec, &self.allowed);
                generator::read_model_with_files(spec.source(), &files, &overlays, selection)
            }
        };
        match generated.api {
            Some(_) => Ok(generated),
            None => Err(Failure::Document(Box::new(generated))),
        }
    }

    fn file(&self, path: &Path) -> Result<ReadFile, Failure> {
        match &self.revision {
            Some(revision) => Ok(ReadFile {
                path: path.to_path_buf(),
                bytes: revision.read(path).map_err(Failure::Git)?,
                name: format!("{revision}:{}", workspace::display_name(path)),
            }),
            None => match codegen::read(path) {
                Ok(file) => Ok(file),
                Err(codegen::Failure::Read(path, error)) => Err(Failure::File(path, error)),
                Err(_) => Err(Failure::File(
                    path.to_path_buf(),
                    std::io::ErrorKind::Other.into(),
                )),
            },
        }
    }
}
